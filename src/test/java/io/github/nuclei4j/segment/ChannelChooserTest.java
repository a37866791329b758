package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import io.github.nuclei4j.image.LargeImages;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.util.Progress;

/** The channel is chosen by names, colours, and then by a network, which here takes everything bright for nuclei. */
class ChannelChooserTest {

	private static final int SIZE = 160;

	private static final ModelInfo MODEL = FirstChannel.model().toBuilder().nucleusDiameter(24.0).build();

	private static NucleusSegmenter segmenter;

	@BeforeAll
	static void open() {
		segmenter = new NucleusSegmenter(new FirstChannel(), MODEL);
	}

	@AfterAll
	static void close() {
		segmenter.close();
	}

	/** Discs in a grid of 40 pixels, each moved a little. */
	private static ByteProcessor discs(final int diameter, final int brightness, final Random random) {
		final ByteProcessor plane = new ByteProcessor(SIZE, SIZE);
		plane.setValue(brightness);
		for (int y = 5; y + 35 < SIZE; y += 40) {
			for (int x = 5; x + 35 < SIZE; x += 40) {
				final int at = (35 - diameter) / 2;
				plane.fillOval(x + at + random.nextInt(3), y + at + random.nextInt(3), diameter, diameter);
			}
		}
		return plane;
	}

	private static ByteProcessor nuclei() {
		return discs(24, 240, new Random(1));
	}

	/** Lines, which are bright but no nuclei. */
	private static ByteProcessor lines() {
		final ByteProcessor plane = new ByteProcessor(SIZE, SIZE);
		plane.setValue(250);
		for (int i = -SIZE; i < SIZE; i += 14) plane.drawLine(i, 0, i + SIZE, SIZE);
		return plane;
	}

	private static ByteProcessor specks() {
		return discs(5, 255, new Random(2));
	}

	private static CompositeImage composite(final List<? extends ImageProcessor> channels, final String... names) {
		final ImageStack stack = new ImageStack(channels.get(0).getWidth(), channels.get(0).getHeight());
		for (int c = 0; c < channels.size(); c++) stack.addSlice(names.length == 0 ? null : names[c], channels.get(c));
		final ImagePlus image = new ImagePlus("cells", stack);
		image.setDimensions(channels.size(), 1, 1);
		return new CompositeImage(image, CompositeImage.COMPOSITE);
	}

	private static ChannelChoice choose(final ImagePlus image, final Channel wanted) {
		return segmenter.choose(LargeImages.of(image), SegmentationOptions.defaults().channel(wanted), Progress.NONE);
	}

	private static void assertChosen(final int number, final ChannelChoice.Reason reason, final ImagePlus image) {
		final ChannelChoice choice = choose(image, Channel.AUTO);
		assertEquals(number + " " + reason, choice.number() + " " + choice.reason(), choice.toString());
	}

	@Test
	void namesComeFirst() {
		final List<ByteProcessor> same = Arrays.asList(lines(), specks(), nuclei());
		assertChosen(2, ChannelChoice.Reason.NAME, composite(same, "GFP", "Hoechst", "anti-DNA"));
		assertChosen(1, ChannelChoice.Reason.NAME, composite(same, "H2B-RFP", "actin", "Cy5"));
		assertChosen(1, ChannelChoice.Reason.NAME, composite(same, "DAPI", "H2B-GFP", "Cy5"));
		assertChosen(1, ChannelChoice.Reason.NAME, composite(same, "405", "488", "561"));
	}

	@Test
	void thenColours() {
		final CompositeImage image = composite(Arrays.asList(lines(), nuclei()));
		image.setChannelLut(LUT.createLutFromColor(Color.BLUE), 1);
		image.setChannelLut(LUT.createLutFromColor(Color.GREEN), 2);
		assertChosen(1, ChannelChoice.Reason.BLUE, image);
	}

	@Test
	void thenTheNetworkWhateverTheOrder() {
		final List<ByteProcessor> channels = Arrays.asList(nuclei(), specks(), lines(), new ByteProcessor(SIZE, SIZE));
		for (int first = 0; first < 4; first++) {
			Collections.rotate(channels, 1);
			assertChosen(channels.indexOf(channels.stream().filter(c -> isLike(c, nuclei())).findFirst().get()) + 1,
				ChannelChoice.Reason.NETWORK, composite(channels));
		}
		// among those that have such names
		assertChosen(2, ChannelChoice.Reason.NETWORK, composite(Arrays.asList(nuclei(), discs(20, 200, new Random(3)), specks()), "GFP", "DAPI a", "DAPI b"));
	}

	private static boolean isLike(final ImageProcessor a, final ImageProcessor b) {
		return Arrays.equals((byte[]) a.getPixels(), (byte[]) b.getPixels());
	}

	@Test
	void nucleiRatherThanTheCellsAroundThem() {
		assertChosen(2, ChannelChoice.Reason.NETWORK, composite(Arrays.asList(discs(35, 240, new Random(1)), discs(20, 240,
			new Random(1)))));
	}

	@Test
	void planesMayComeInAnyOrder() {
		final ByteProcessor empty = new ByteProcessor(SIZE, SIZE);
		final List<List<ByteProcessor>> planes = Arrays.asList(Arrays.asList(empty, empty), Arrays.asList(lines(), nuclei()), Arrays
			.asList(specks(), discs(22, 180, new Random(4))));
		final String[] found = new String[3];
		for (int turn = 0; turn < 3; turn++) {
			Collections.rotate(planes, 1);
			final ImageStack stack = new ImageStack(SIZE, SIZE);
			planes.forEach(plane -> plane.forEach(stack::addSlice));
			final ImagePlus image = new ImagePlus("cells", stack);
			image.setDimensions(2, 3, 1);
			found[turn] = choose(image, Channel.AUTO).toString();
		}
		assertTrue(found[0].startsWith("2"), found[0]);
		assertArrayEquals(new String[] { found[0], found[0], found[0] }, found);
	}

	@Test
	void coloursStayTogether() {
		assertChosen(0, ChannelChoice.Reason.COLOR, new ImagePlus("dark", new ColorProcessor(20, 20)));
		final Random random = new Random(7);
		final ColorProcessor tissue = new ColorProcessor(SIZE, SIZE);
		final ByteProcessor stain = nuclei();
		for (int i = 0; i < SIZE * SIZE; i++) {
			final int light = 235 + random.nextInt(20);
			tissue.set(i, stain.get(i) > 0 ? 90 << 16 | 60 << 8 | 140 : light << 16 | light - 25 << 8 | light - 10);
		}
		final List<ByteProcessor> split = Arrays.asList(tissue.getChannel(1, null), tissue.getChannel(2, null), tissue.getChannel(
			3, null));
		assertChosen(0, ChannelChoice.Reason.COLOR, composite(split));
		assertChosen(0, ChannelChoice.Reason.COLOR, composite(split, "Red", "Green", "Blue"));
		assertTrue(choose(composite(split, "DAPI", "GFP", "RFP"), Channel.AUTO).number() > 0, "names of stains");
		// separate channels of a fluorescence microscope
		assertChosen(1, ChannelChoice.Reason.NETWORK, composite(Arrays.asList(nuclei(), lines(), specks())));
	}

	@Test
	void whatIsGivenIsTaken() {
		final CompositeImage image = composite(Arrays.asList(lines(), nuclei()), "GFP", "DAPI");
		assertEquals("1 (GFP), as given", choose(image, Channel.parse("gfp")).toString());
		assertEquals("1 (GFP), as given", choose(image, Channel.of(1)).toString());
		assertEquals("all, as given", choose(image, Channel.ALL).toString());
		final String message = assertThrows(IllegalArgumentException.class, () -> choose(image, Channel.of(3))).getMessage();
		assertTrue(message.contains("1 (GFP), 2 (DAPI)"), message);
		assertEquals("1, the only one", choose(new ImagePlus("one", nuclei()), Channel.AUTO).toString());
	}

	@Test
	void theChoiceIsSaid() {
		final List<ByteProcessor> two = Arrays.asList(nuclei(), discs(24, 230, new Random(9)));
		assertEquals("Channel 2 (DAPI) of 2 was segmented, chosen by its name. The setting 'channel' takes another.", choose(
			composite(two, "GFP", "DAPI"), Channel.AUTO).sentence());
		assertEquals("", choose(composite(two), Channel.of(2)).sentence());
		final String doubt = choose(composite(two), Channel.AUTO).sentence();
		assertTrue(doubt.contains("nearly as much like them"), doubt);
		final ByteProcessor empty = new ByteProcessor(SIZE, SIZE);
		assertChosen(1, ChannelChoice.Reason.NONE, composite(Arrays.asList(empty, empty)));
	}
}
