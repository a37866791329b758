package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.macro.Interpreter;
import ij.process.ShortProcessor;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;

/** The command as macros in batch mode call it, with four square nuclei in a row. */
public class CountNucleiTest {

	@TempDir
	static Path folder;

	private static CountNuclei command;
	private static String options;
	private static ImagePlus image;
	private static ImagePlus labels;

	@BeforeAll
	static void writeModel() throws IOException {
		NativeBackend.initialize();
		final ModelInfo info = ModelInfo.builder("untrained", Architecture.of("unet")).build();
		ModelFile.write(new TrainableModel(info, Networks.build(Architecture.UNET, 1, 1e-3)).model(), folder.resolve("untrained.zip"));
	}

	@BeforeEach
	void draw() {
		command = null;
		image = IJ.createImage("cells", "8-bit ramp", 80, 20, 1);
		labels = new ImagePlus("cells labels", row(0));
	}

	/** Squares of 10 x 10 pixels at x = 5, 25, 45 and 65. */
	private static ShortProcessor row(final int first) {
		final ShortProcessor row = new ShortProcessor(80, 20);
		for (int i = 0; i < 4; i++) {
			row.setValue(first + i + 1);
			row.setRoi(5 + 20 * i, 5, 10, 10);
			row.fill();
		}
		row.resetRoi();
		return row;
	}

	@AfterEach
	void close() {
		closeImages();
	}

	private static void closeImages() {
		for (final String title : OpenImages.titles()) Interpreter.removeBatchModeImage(OpenImages.find("image", title));
		Interpreter.batchMode = false;
		IJ.redirectErrorMessages(false);
	}

	/** Called by the macros below. */
	public static String open() {
		labels.show();
		image.show();
		return "";
	}

	/** Called by the macros below. */
	public static String count() {
		command = new CountNuclei();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(CountNuclei.class).setFromMacro(command, options);
			command.run();
		}
		return command.getCancelReason() != null ? command.getCancelReason() : command.counts().stream().map(count -> count
			.name() + " " + count.count()).collect(Collectors.joining(", "));
	}

	private static String macro(final String parameters) {
		closeImages();
		options = parameters;
		IJ.redirectErrorMessages(true);
		final String name = CountNucleiTest.class.getName();
		final String result = new Interpreter().run("setBatchMode(true); call('" + name + ".open'); x = call('" + name +
			".count'); return '' + x;", "");
		return command.getCancelReason() == null ? result : command.getCancelReason();
	}

	private static Roi region(final int x, final int width, final String name) {
		final Roi roi = new Roi(x, 0, width, 20);
		roi.setName(name);
		return roi;
	}

	@Test
	void withoutRegionsTheWholeImageIsOne() {
		assertEquals("whole image 4", macro("labelimage=[cells labels]"));
		assertEquals("whole image 4", macro("labelimage=[cells labels] regions=selection"));
	}

	@Test
	void theRuleIsTheOneAskedForAndStated() {
		image.setRoi(0, 0, 31, 20);
		final Roi selection = image.getRoi();
		assertEquals("selection 2", macro("labelimage=[cells labels]"));
		assertEquals("centroid", command.counts().get(0).rule().id());
		image.setRoi(0, 0, 28, 20);
		assertEquals("selection 1", macro("labelimage=[cells labels] rule=inside"));
		assertEquals("selection 2", macro("labelimage=[cells labels] rule=overlap"));
		assertEquals("overlap", command.counts().get(0).rule().id());
		assertTrue(selection != image.getRoi() && image.getRoi().getName() == null, "the selection got no name");
	}

	@Test
	void theOverlaysRegionsCountAndItsDrawingsAndNucleiDoNot() {
		final Overlay overlay = new Overlay(region(0, 20, "healthy"));
		overlay.add(new Line(0, 0, 30, 10));
		overlay.add(new TextRoi(3, 3, "note"));
		final Roi nucleus = region(5, 10, "nucleus-0001");
		nucleus.setProperty(NucleusResults.MARK, "segmentation");
		overlay.add(nucleus);
		overlay.add(region(20, 60, "tumour"));
		image.setOverlay(overlay);
		final Roi[] before = overlay.toArray();
		assertEquals("healthy 1, tumour 3", macro("labelimage=[cells labels] regions=overlay"));
		assertEquals("healthy 1, tumour 3", macro("labelimage=[cells labels]"));
		assertSame(overlay, image.getOverlay());
		for (int i = 0; i < before.length; i++) assertSame(before[i], overlay.get(i));
		assertEquals(5, overlay.size());
		assertEquals("healthy 1, tumour 3", macro("labelimage=[cells labels] outlines=true"));
		assertEquals(4 + 4, image.getOverlay().size(), "the user's four and the four nuclei");
		assertEquals("healthy 1, tumour 3", macro("labelimage=[cells labels]"), "the new outlines are no regions");
	}

	@Test
	void theImagesCalibrationIsUsedIfItHasOne() {
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 2;
		image.getCalibration().setUnit("um");
		macro("labelimage=[cells labels]");
		assertEquals(80 * 20 * 4, command.counts().get(0).area());
		assertEquals(4 / (80 * 20 * 4 * 1e-6), command.counts().get(0).density(), 1e-6);
	}

	@Test
	void framesAreCountedTogetherOrOneByOne() {
		final ImageStack stack = new ImageStack(80, 20);
		for (int i = 0; i < 3; i++) stack.addSlice(row(4 * i));
		labels.setStack(stack);
		labels.setDimensions(1, 1, 3);
		image = IJ.createHyperStack("cells", 80, 20, 2, 1, 3, 8);
		final Roi last = region(0, 30, "last");
		last.setPosition(0, 0, 3);
		image.setOverlay(new Overlay(region(0, 20, "all")));
		image.getOverlay().add(last);
		assertEquals("all 3, last 1", macro("labelimage=[cells labels]"));
		assertEquals("all 1, all 1, all 1, last 1", macro("labelimage=[cells labels] separately=true"));
		assertEquals(3, command.counts().get(3).frame());
	}

	@Test
	void aLabelImageOfOursIsCountedAsItIs() {
		LabelImage.mark(image);
		image.setProcessor(row(0));
		image.setRoi(0, 0, 40, 20);
		assertEquals("selection 2", macro("model=none-of-this-name"));
	}

	@Test
	void withoutLabelsTheImageIsSegmented() {
		assertEquals("whole image 1", macro("threshold=0.000001 model=[" + folder.resolve("untrained.zip") + "]"));
		assertEquals(1, command.counts().get(0).covered());
		assertEquals(null, image.getOverlay());
	}

	@Test
	void whatCannotBeIsToldAndCountsNothing() {
		assumeTrue(GraphicsEnvironment.isHeadless(), "ImageJ would show the message and wait");
		assertTrue(macro("labelimage=[cell labels]").contains("labelimage=cell labels is not an open image. Open images: cells labels, cells."));
		assertTrue(macro("labelimage=[cells labels] regions=overlay").contains("The overlay of 'cells' holds no region"));
		assertTrue(macro("labelimage=[cells labels] regions=manager").contains("The ROI Manager holds no region"));
		assertTrue(macro("model=none-of-this-name").contains("none-of-this-name"));
		assertTrue(macro("channel=3").contains("channel=3"));
		image.setRoi(new Line(0, 0, 5, 5));
		assertTrue(macro("labelimage=[cells labels] regions=selection").contains("is a straight line and has no area"));
		assertEquals("whole image 4", macro("labelimage=[cells labels]"));
		labels = IJ.createImage("small labels", 10, 10, 1, 8);
		assertTrue(macro("labelimage=[small labels]").contains("must have the same width, height"));
		assertTrue(command.counts().isEmpty());
	}
}
