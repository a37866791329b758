package io.github.nuclei4j.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.ResultsTable;
import io.github.nuclei4j.Nuclei;
import io.github.nuclei4j.evaluation.InstanceMatching;
import io.github.nuclei4j.evaluation.MatchCounts;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.PlaneChoice;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.VolumeMethod;
import io.github.nuclei4j.util.Progress;

class VolumeSegmenterTest {

	private static final SegmentationOptions OPTIONS = SegmentationOptions.defaults().planes(PlaneChoice.VOLUME).diameter(16);

	private static Segmentation segment(final ImagePlus image, final SegmentationOptions options) {
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new IdealNetwork(), IdealNetwork.model())) {
			return VolumeSegmenter.segment(segmenter, image, options, Progress.NONE);
		}
	}

	/** Two balls above each other, one beside them, and a long body. */
	private static Bodies scene(final double step) {
		return new Bodies(64, 48, (int) Math.ceil(48 / step), 1, 1, step).add(14, 14, 11, 8, 8, 8).add(14, 14, 32, 8, 8, 8).add(36, 30, 24,
			8, 8, 8).add(54, 20, 24, 7, 8, 14);
	}

	static int[] voxels(final ImagePlus labels) {
		final int plane = labels.getWidth() * labels.getHeight();
		final int[] voxels = new int[plane * labels.getStackSize()];
		for (int i = 0; i < voxels.length; i++) voxels[i] = (int) labels.getStack().getProcessor(1 + i / plane).getf(i % plane);
		return voxels;
	}

	@ParameterizedTest
	@ValueSource(doubles = { 1, 2, 3, 4 })
	void bodiesAreFoundWhateverTheDistanceOfSlices(final double step) {
		final Bodies scene = scene(step);
		final Segmentation found = segment(scene.image(), OPTIONS);
		final MatchCounts matches = InstanceMatching.of(scene.labels(), voxels(found.labels())).counts(0.7);
		assertEquals(4, matches.truePositives(), "bodies with IoU above 0.7");
		assertEquals(4, found.count());
		assertTrue(found.isVolume());
		assertEquals(step, found.labels().getCalibration().pixelDepth);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3 })
	void swappedAndMirroredAxesGiveTheSameNuclei(final int change) {
		final Bodies scene = new Bodies(48, 48, 48, 1, 1, 1).add(14, 14, 11, 8, 8, 8).add(14, 14, 32, 8, 8, 8).add(33, 30, 24, 8, 7, 10);
		final ImagePlus image = scene.image();
		final int[] plain = voxels(segment(image, OPTIONS).labels());
		final ImageStack stack = new ImageStack(48, 48);
		for (int z = 0; z < 48; z++) stack.addSlice(new ij.process.ShortProcessor(48, 48));
		for (int i = 0; i < plain.length; i++) {
			final int[] to = changed(i, change);
			stack.getProcessor(to[2] + 1).set(to[0], to[1], image.getStack().getProcessor(1 + i / 2304).get(i % 2304));
		}
		final ImagePlus other = new ImagePlus("changed", stack);
		other.setDimensions(1, 48, 1);
		other.setCalibration(image.getCalibration());
		final int[] found = voxels(segment(other, OPTIONS).labels());
		final int[] back = new int[found.length];
		for (int i = 0; i < back.length; i++) {
			final int[] to = changed(i, change);
			back[i] = found[(to[2] * 48 + to[1]) * 48 + to[0]];
		}
		assertEquals(3, InstanceMatching.of(plain, back).counts(0.9).truePositives());
	}

	private static int[] changed(final int i, final int change) {
		final int x = i % 48;
		final int y = i / 48 % 48;
		final int z = i / 2304;
		if (change == 0) return new int[] { z, y, x };
		if (change == 1) return new int[] { x, z, y };
		return change == 2 ? new int[] { y, z, x } : new int[] { 47 - x, y, 47 - z };
	}

	@Test
	void linkedSlicesFindBallsApart() {
		final Bodies scene = new Bodies(64, 48, 24, 1, 1, 2).add(14, 14, 12, 8, 8, 8).add(36, 30, 24, 8, 8, 8);
		final Segmentation found = segment(scene.image(), OPTIONS.depth(VolumeMethod.LINKED).confidence(0));
		assertEquals(2, InstanceMatching.of(scene.labels(), voxels(found.labels())).counts(0.8).truePositives());
		assertEquals(2, found.count());
	}

	@Test
	void framesAreVolumesOfTheirOwn() {
		final ImagePlus one = new Bodies(40, 40, 16, 1, 1, 2).add(14, 14, 16, 8, 8, 8).image();
		final ImageStack stack = one.getStack().duplicate();
		for (int z = 1; z <= 16; z++) stack.addSlice(one.getStack().getProcessor(z));
		final ImagePlus image = new ImagePlus("two", stack);
		image.setDimensions(1, 16, 2);
		image.setCalibration(one.getCalibration());
		final Segmentation found = segment(image, OPTIONS);
		assertEquals(2, found.count());
		assertEquals(1, found.labels().getStack().getProcessor(8).get(14, 14));
		assertEquals(2, found.labels().getStack().getProcessor(24).get(14, 14));
	}

	@Test
	void nucleiAtFacesAreRemovedIfAskedFor() {
		final ImagePlus image = new Bodies(64, 48, 24, 1, 1, 2).add(14, 14, 4, 8, 8, 8).add(36, 30, 24, 8, 8, 8).image();
		assertEquals(2, segment(image, OPTIONS).count());
		assertEquals(1, segment(image, OPTIONS.dropBorder(true)).count());
	}

	@Test
	void aNucleusInOneSliceIsKeptOnlyIfAskedFor() {
		final ImagePlus image = new Bodies(64, 48, 8, 1, 1, 8).add(20, 20, 28, 9, 9, 4).image();
		final SegmentationOptions linked = OPTIONS.depth(VolumeMethod.LINKED).confidence(0);
		assertEquals(0, segment(image, linked).count());
		assertEquals(1, segment(image, linked.keepSingle(true)).count());
	}

	@Test
	void theImageStaysAsItIs() {
		final ImagePlus image = scene(2).image();
		final int[] before = voxels(image);
		segment(image, OPTIONS);
		assertArrayEquals(before, voxels(image));
	}

	@Test
	void withoutAScaleTheDistanceOfSlicesIsAskedFor() {
		final Bodies scene = scene(2);
		final ImagePlus image = scene.image();
		image.setCalibration(null);
		final String message = assertThrows(IllegalArgumentException.class, () -> segment(image, OPTIONS)).getMessage();
		assertTrue(message.contains("zstep") && message.contains("Image > Properties"), message);
		final Segmentation found = segment(image, OPTIONS.zStep(OptionalDouble.of(2)));
		assertEquals(4, found.count());
		// volumes are in cubes of pixels, not in voxels
		final ResultsTable table = Nuclei.measure(image, found);
		final double voxels = Arrays.stream(voxels(found.labels())).filter(label -> label == 1).count();
		assertEquals(2 * voxels, table.getValue("Volume", 0));
		assertEquals(4, table.size());
		final Segmentation linked = segment(image, OPTIONS.depth(VolumeMethod.LINKED));
		assertTrue(linked.warnings().toString().contains("zstep"), linked.warnings().toString());
	}

	@Test
	void oneSliceIsNoVolume() {
		final ImagePlus image = new ImagePlus("flat", new ij.process.ByteProcessor(32, 32));
		final String message = assertThrows(IllegalArgumentException.class, () -> segment(image, OPTIONS)).getMessage();
		assertTrue(message.contains("'flat' has one") && message.contains("planes=all"), message);
	}

	@Test
	void itStopsWhenAskedTo() {
		final Progress canceled = new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				// nobody looks
			}

			@Override
			public boolean isCanceled() {
				return true;
			}
		};
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new IdealNetwork(), IdealNetwork.model())) {
			assertThrows(CancellationException.class, () -> VolumeSegmenter.segment(segmenter, scene(2).image(), OPTIONS, canceled));
		}
	}

	@Test
	void seamsOfBlocksCannotBeSeen() {
		final Bodies scene = scene(2);
		final VolumeMaps maps;
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new IdealNetwork(), IdealNetwork.model())) {
			final VolumePixels pixels = VolumePixels.of(scene.image(), 1, 1, new double[] { 1, 1, 2 }).smooth(1);
			maps = new VolumePredictor(segmenter.tiles(OPTIONS), IdealNetwork.model().target()).predict(pixels, IdealNetwork.model().normalizer()
				.fit(pixels.all()), 1, new int[] { 2, 2, 1 }, Progress.NONE);
		}
		final VolumeSeparator separator = new VolumeSeparator(0.4, 0.4, new double[] { 1, 1, 2 });
		final VolumeLabels whole = new VolumeBlocks(maps, separator, new int[] { 24, 24, 12 }, 1000).separate(Progress.NONE);
		final VolumeLabels blocks = new VolumeBlocks(maps, separator, new int[] { 24, 24, 12 }, 13).separate(Progress.NONE);
		assertEquals(4, whole.count());
		for (int z = 0; z < whole.depth(); z++) assertArrayEquals(whole.slice(z), blocks.slice(z), "slice " + z);
	}
}
