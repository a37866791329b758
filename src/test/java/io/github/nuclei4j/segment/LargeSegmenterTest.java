package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.ImageStack;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.image.LabelFile;
import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.inference.MapPicture;
import io.github.nuclei4j.inference.ProbabilityMaps;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.separate.NucleusScenes;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.util.Progress;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/** Planes segmented area by area are, pixel by pixel, the same as segmented at once. */
class LargeSegmenterTest {

	private static final long BYTES = 1L << 30;

	@TempDir
	Path folder;

	/** What an image of maps gives at once, and in areas. */
	private PlaneNuclei assertSame(final NucleusSegmenter segmenter, final ImagePlus image,
		final SegmentationOptions options, final AreaSizes sizes, final String what) throws IOException
	{
		final Segmentation expected = segmenter.segment(image, options, Progress.NONE);
		final NormalizedImage pixels = NormalizedImage.of(ImagePlanes.plane(image, 0, 1, 1));
		assertSame(expected, (labels, probabilities) -> inParts(segmenter, pixels, options, sizes, labels, probabilities), what +
			" in parts");
		return assertSame(expected, (labels, probabilities) -> segmenter.large(options, BYTES).withAreas(sizes).segment(pixels,
			labels, 1, 100, probabilities, Progress.NONE), what);
	}

	/** Finds the nuclei of a plane. */
	private interface Finder {

		PlaneNuclei find(LabelFile labels, LargeSegmenter.ProbabilitySink probabilities) throws IOException;
	}

	/** Each part of four areas by a segmenter of its own, the last one first, sent as bytes. */
	private static PlaneNuclei inParts(final NucleusSegmenter segmenter, final NormalizedImage pixels,
		final SegmentationOptions options, final AreaSizes sizes, final LabelFile labels,
		final LargeSegmenter.ProbabilitySink probabilities) throws IOException
	{
		final PlaneAreas areas = segmenter.large(options, BYTES).withAreas(sizes).divide(pixels, Long.MAX_VALUE, Progress.NONE);
		final List<Rectangle> parts = areas.parts(4L * sizes.area * sizes.area);
		final List<byte[]> sent = new ArrayList<>();
		for (int i = parts.size() - 1; i >= 0; i--) {
			final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			try (DataOutputStream out = new DataOutputStream(bytes)) {
				segmenter.large(options, BYTES).separate(pixels, areas, parts.get(i), area -> area.write(out, true),
					Progress.NONE);
			}
			sent.add(0, bytes.toByteArray());
		}
		final Deque<DataInputStream> streams = new ArrayDeque<>();
		sent.forEach(bytes -> streams.add(new DataInputStream(new ByteArrayInputStream(bytes))));
		return segmenter.large(options, BYTES).join(areas, () -> {
			while (!streams.isEmpty()) {
				if (streams.getFirst().available() > 0) return AreaNuclei.read(streams.getFirst(), areas.plane());
				streams.removeFirst();
			}
			return null;
		}, labels, 1, 100, probabilities);
	}

	private PlaneNuclei assertSame(final Segmentation expected, final Finder finder, final String what) throws IOException {
		final int width = expected.labels().getWidth();
		final int height = expected.labels().getHeight();
		final float[] probabilities = new float[width * height];
		try (LabelFile file = new LabelFile(Files.createTempDirectory(folder, "labels").resolve("labels"), width, height)) {
			final PlaneNuclei found = finder.find(file, (area, values, offset, stride) -> {
				for (int y = 0; y < area.height; y++) {
					System.arraycopy(values, offset + y * stride, probabilities, (area.y + y) * width + area.x, area.width);
				}
			});
			assertArrayEquals((float[]) expected.probabilities().getProcessor().getPixels(), probabilities, what);
			final int[] labels = file.read(1, new Rectangle(width, height));
			for (int i = 0; i < labels.length; i++) {
				final int label = (int) expected.labels().getProcessor().getf(i);
				assertEquals(label == 0 ? 0 : 100 + label, labels[i], what + ": pixel " + i % width + ", " + i / width);
			}
			assertEquals(expected.count(), found.count(), what);
			assertStatistics(found, expected, what);
			return found;
		}
	}

	private static void assertStatistics(final PlaneNuclei found, final Segmentation expected, final String what) {
		final int width = expected.labels().getWidth();
		final long[] areas = new long[found.count()];
		final double[] sums = new double[found.count()];
		final Rectangle[] bounds = new Rectangle[found.count()];
		for (int i = 0; i < expected.labels().getProcessor().getPixelCount(); i++) {
			final int k = (int) expected.labels().getProcessor().getf(i) - 1;
			if (k < 0) continue;
			areas[k]++;
			sums[k] += expected.probabilities().getProcessor().getf(i);
			final Rectangle pixel = new Rectangle(i % width, i / width, 1, 1);
			bounds[k] = bounds[k] == null ? pixel : bounds[k].union(pixel);
		}
		for (int k = 0; k < areas.length; k++) {
			assertEquals(101 + k, found.label(k));
			assertEquals(areas[k], found.area(k), what);
			assertEquals(sums[k] / areas[k], found.meanProbability(k), what);
			assertEquals(bounds[k], found.bounds(k), what);
			assertEquals(k, found.firstFrom(bounds[k].y) + k - found.firstFrom(bounds[k].y));
			assertTrue(found.firstFrom(bounds[k].y) <= k && found.firstFrom(bounds[k].y + 1) > k, what);
		}
	}

	private static ModelInfo model(final double diameter) {
		final ModelInfo.Builder model = MapPicture.model().toBuilder();
		return (Double.isNaN(diameter) ? model : model.nucleusDiameter(diameter)).build();
	}

	/** Touching nuclei, with noise, as an image that {@link MapPicture} answers with its maps. */
	private static ImagePlus scene(final int width, final int height, final int nuclei, final double diameter,
		final double noise, final Random random)
	{
		final int[] truth = NucleusScenes.touching(width, height, nuclei, diameter, 2, random);
		final Img<FloatType> maps = NucleusScenes.maps(truth, width, TargetEncoder.DISTANCE_FLOW);
		NucleusScenes.addNoise(maps, noise, random);
		final ImageStack stack = new ImageStack(width, height);
		final float[] probability = ProbabilityMaps.plane(maps, 0);
		for (int i = 0; i < probability.length; i++) {
			probability[i] = (float) Math.max(0, Math.min(1, 0.1 + 0.8 * probability[i] + noise * random.nextGaussian()));
		}
		stack.addSlice(null, probability);
		stack.addSlice(null, ProbabilityMaps.plane(maps, 2));
		stack.addSlice(null, MapPicture.angles(ProbabilityMaps.plane(maps, 3), ProbabilityMaps.plane(maps, 4)));
		final ImagePlus image = new ImagePlus("scene", stack);
		image.setDimensions(3, 1, 1);
		return image;
	}

	@ParameterizedTest
	@ValueSource(strings = { "distance-flow", "distance", "flow", "watershed", "components" })
	void manySmallImagesAreTheSame(final String separation) throws IOException {
		int crossing = 0;
		for (int seed = 0; seed < Integer.getInteger("nuclei4j.scenes", 25); seed++) {
			final Random random = new Random(seed);
			final int width = 90 + random.nextInt(120);
			final int height = 90 + random.nextInt(120);
			final ImagePlus image = scene(width, height, 20 + random.nextInt(80), 8 + random.nextInt(7), 0.02 + 0.08 * random
				.nextDouble(), random);
			final int area = 20 + random.nextInt(40);
			final AreaSizes sizes = new AreaSizes(area, 100, area * (1 + random.nextInt(4)));
			try (NucleusSegmenter segmenter = new NucleusSegmenter(new MapPicture(), model(Double.NaN))) {
				final SegmentationOptions options = SegmentationOptions.defaults().channel(Channel.ALL).tiles(64, 16).separation(Separation.of(separation)).dropBorder(
					random.nextBoolean()).size(random.nextInt(30));
				final PlaneNuclei found = assertSame(segmenter, image, options, sizes, separation + ", seed " + seed);
				assertEquals(0, found.conflicts());
				for (int k = 0; k < found.count(); k++) {
					final Rectangle box = found.bounds(k);
					if (box.x / area != (box.x + box.width - 1) / area) crossing++;
				}
			}
		}
		assertTrue(crossing > 50, crossing + " nuclei crossed borders");
	}

	@ParameterizedTest
	@CsvSource({ "24, 1", "24, 2", "9, 2", "16, 1" })
	void alsoAtOtherScalesAndWithACloserLook(final double trained, final int views) throws IOException {
		for (int seed = 0; seed < 3; seed++) {
			final Random random = new Random(100 + seed);
			final ImagePlus image = scene(150 + seed, 140, 50, 12, 0.03, random);
			try (NucleusSegmenter segmenter = new NucleusSegmenter(new MapPicture(), model(trained))) {
				for (final Diameter diameter : new Diameter[] { Diameter.of(12), Diameter.AUTO }) {
					assertSame(segmenter, image, SegmentationOptions.defaults().channel(Channel.ALL).tiles(96, 32).augment(views).diameter(diameter),
						new AreaSizes(35, 100, 70), "trained at " + trained + ", " + views + " views, diameter " + diameter);
				}
			}
		}
	}

	@Test
	void aClumpLargerThanAreaAndMarginIsOneNucleus() throws IOException {
		final int size = 300;
		final float[] probability = new float[size * size];
		for (int i = 0; i < probability.length; i++) {
			final int x = i % size;
			final int y = i / size;
			// a frame and a spot
			probability[i] = x >= 20 && y >= 20 && x < 280 && y < 280 && !(x >= 40 && y >= 40 && x < 260 && y < 260) ||
				Math.hypot(x - 150, y - 150) < 30 ? 0.9f : 0.1f;
		}
		final ImageStack stack = new ImageStack(size, size);
		stack.addSlice(null, probability);
		stack.addSlice(null, new float[size * size]);
		stack.addSlice(null, new float[size * size]);
		final ImagePlus image = new ImagePlus("frame", stack);
		image.setDimensions(3, 1, 1);
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new MapPicture(), model(Double.NaN));
				LabelFile file = new LabelFile(folder.resolve("frame"), size, size))
		{
			final SegmentationOptions options = SegmentationOptions.defaults().channel(Channel.ALL).tiles(64, 16).separation(Separation.COMPONENTS);
			final PlaneNuclei found = segmenter.large(options, BYTES).withAreas(new AreaSizes(50, 20, 100)).segment(NormalizedImage
				.of(ImagePlanes.plane(image, 0, 1, 1)), file, 0, 0, null, Progress.NONE);
			assertEquals(2, found.count());
			assertEquals(260 * 260 - 220 * 220, found.area(0));
			assertEquals(0.9, found.meanProbability(0), 1e-6);
			assertEquals(new Rectangle(20, 20, 260, 260), found.bounds(0));
			assertEquals(0, found.conflicts());
			final int[] labels = file.read(0, new Rectangle(size, size));
			for (int i = 0; i < labels.length; i++) {
				assertEquals(probability[i] < 0.5 ? 0 : Math.hypot(i % size - 150, i / size - 150) < 40 ? 2 : 1, labels[i]);
			}
		}
	}

	@Test
	void theShippedModelFindsTheSame() throws IOException {
		final ImagePlus sample = ImagePlanes.open(Paths.get("samples", "fluorescence-many.png"));
		try (NucleusSegmenter segmenter = new NucleusSegmenter(ModelFile.read(ModelStore.find("nuclei")))) {
			final SegmentationOptions options = SegmentationOptions.defaults().channel(Channel.ALL).tiles(256, 64);
			final PlaneNuclei found = assertSame(segmenter.segment(sample, options, Progress.NONE), (labels,
				probabilities) -> segmenter.large(options, BYTES).withAreas(new AreaSizes(96, 120, 192)).segment(NormalizedImage.of(
					ImagePlanes.plane(sample, 0, 1, 1)), labels, 1, 100, probabilities, Progress.NONE), "sample");
			assertTrue(found.count() > 50, found.count() + " nuclei");
		}
	}

	@Test
	void aMissingAreaIsTold() throws IOException {
		final ImagePlus image = scene(150, 140, 20, 12, 0.03, new Random(1));
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new MapPicture(), model(Double.NaN));
				LabelFile file = new LabelFile(folder.resolve("labels"), 150, 140))
		{
			final LargeSegmenter large = segmenter.large(SegmentationOptions.defaults().channel(Channel.ALL).tiles(64, 16), BYTES);
			final NormalizedImage pixels = NormalizedImage.of(ImagePlanes.plane(image, 0, 1, 1));
			final PlaneAreas areas = large.divide(pixels, 2500, Progress.NONE);
			final List<Rectangle> parts = areas.parts(6000);
			assertEquals(4, parts.size());
			final List<AreaNuclei> found = new ArrayList<>();
			for (final Rectangle part : parts.subList(0, 3)) large.separate(pixels, areas, part, found::add, Progress.NONE);
			final Iterator<AreaNuclei> source = found.iterator();
			assertTrue(assertThrows(IOException.class, () -> large.join(areas, () -> source.hasNext() ? source.next() : null, file,
				0, 0, null)).getMessage().startsWith("Only "));
		}
	}

	@Test
	void tooLittleMemoryIsToldBeforeAnythingRuns() throws IOException {
		final ImagePlus image = scene(150, 140, 20, 12, 0.03, new Random(1));
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new MapPicture(), model(Double.NaN));
				LabelFile file = new LabelFile(folder.resolve("labels"), 150, 140))
		{
			final IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> segmenter.large(
				SegmentationOptions.defaults(), 1000).segment(NormalizedImage.of(ImagePlanes.plane(image, 0, 1, 1)), file, 0, 0, null,
					Progress.NONE));
			assertTrue(failure.getMessage().contains("-Xmx"), failure.getMessage());
			assertTrue(assertThrows(IllegalArgumentException.class, () -> segmenter.large(SegmentationOptions.defaults().mode(
				PredictionMode.SCALED), BYTES).segment(NormalizedImage.of(ImagePlanes.plane(image, 0, 1, 1)), file, 0, 0, null, Progress.NONE))
					.getMessage().contains("'tiles'"));
		}
	}

	@Test
	void canBeCanceled() throws IOException {
		final ImagePlus image = scene(150, 140, 20, 12, 0.03, new Random(1));
		final Progress afterAWhile = new Progress() {

			private int asked;

			@Override
			public void update(final double fraction, final String message) {
				assertTrue(fraction >= 0 && fraction <= 1);
			}

			@Override
			public boolean isCanceled() {
				return ++asked > 9;
			}
		};
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new MapPicture(), model(Double.NaN));
				LabelFile file = new LabelFile(folder.resolve("labels"), 150, 140))
		{
			assertThrows(CancellationException.class, () -> segmenter.large(SegmentationOptions.defaults().channel(Channel.ALL).tiles(64, 16), BYTES)
				.withAreas(new AreaSizes(40, 20, 80)).segment(NormalizedImage.of(ImagePlanes.plane(image, 0, 1, 1)), file, 0, 0, null,
					afterAWhile));
		}
	}
}
