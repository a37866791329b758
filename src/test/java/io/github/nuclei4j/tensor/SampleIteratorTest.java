package io.github.nuclei4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nuclei4j.network.NdArrays;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

import io.github.nuclei4j.dataset.Augmentation;
import io.github.nuclei4j.dataset.BalancedSampler;
import io.github.nuclei4j.dataset.ImagePatch;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.dataset.NucleusSample;
import io.github.nuclei4j.dataset.PatchPlace;
import io.github.nuclei4j.util.Progress;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

import net.imglib2.img.array.ArrayImgs;

class SampleIteratorTest {

	private static final TensorLayout LAYOUT = new TensorLayout(3, 16, 32);

	@Test
	void givesEverySampleOnceInBatches() {
		final List<DataSet> batches = batches(Augmentation.none(), true, 1);
		assertEquals(Arrays.asList(4L, 4L, 2L), Arrays.asList(batches.get(0).getFeatures().size(0), batches.get(1)
			.getFeatures().size(0), batches.get(2).getFeatures().size(0)));
		assertArrayEquals(new long[] { 4, 3, 32, 32 }, batches.get(0).getFeatures().shape());
		assertArrayEquals(new long[] { 4, 1, 32, 32 }, batches.get(0).getLabels().shape());
		final List<Double> brightness = brightness(batches);
		assertNotEquals(sorted(brightness), brightness, "shuffled");
		for (int i = 0; i < 10; i++) assertEquals(0.05 * (i + 1), sorted(brightness).get(i), 0.005);
	}

	@Test
	void targetIsOneWhereAreLabels() {
		final DataSet batch = batches(Augmentation.none(), false, 1).get(0);
		for (int i = 0; i < 4; i++) {
			assertEquals(0.25, batch.getLabels().slice(i).meanNumber().doubleValue(), 1e-6);
			assertEquals(1, batch.getLabels().getDouble(i, 0, 31, 31));
			assertEquals(0, batch.getLabels().getDouble(i, 0, 0, 0));
		}
	}

	@Test
	void cropsShowRandomPartsOfThePatchAndItsTarget() {
		final Set<INDArray> targets = new HashSet<>();
		try (SampleIterator iterator = new SampleIterator(data(), settings(Augmentation.none()).crop(16), false, 3)) {
			while (iterator.hasNext()) {
				final DataSet batch = arrays(iterator.next());
				assertArrayEquals(new long[] { batch.getFeatures().size(0), 3, 16, 16 }, batch.getFeatures().shape());
				for (int i = 0; i < batch.getLabels().size(0); i++) {
					final INDArray target = batch.getLabels().slice(i).slice(0);
					targets.add(target.dup());
					// The only nucleus fills the lower right quarter of the patch, so a crop has it in its lower right or not at all.
					assertTrue(target.getDouble(15, 15) >= target.maxNumber().doubleValue());
				}
			}
		}
		assertTrue(targets.size() > 3, targets.size() + " different parts");
		assertThrows(IllegalArgumentException.class, () -> settings(Augmentation.none()).crop(24));
		assertThrows(IllegalArgumentException.class, () -> settings(Augmentation.none()).crop(48));
	}

	@Test
	void dependsOnTheSeedOnly() {
		final List<DataSet> first = batches(Augmentation.standard(), true, 9);
		final List<DataSet> second = batches(Augmentation.standard(), true, 9);
		final List<DataSet> other = batches(Augmentation.standard(), true, 10);
		for (int i = 0; i < first.size(); i++) {
			assertEquals(first.get(i).getFeatures(), second.get(i).getFeatures());
			assertEquals(first.get(i).getLabels(), second.get(i).getLabels());
		}
		assertNotEquals(first.get(0).getFeatures(), other.get(0).getFeatures());
	}

	@Test
	void endsWithAnException() {
		try (SampleIterator iterator = iterator(Augmentation.none(), false, 1)) {
			while (iterator.hasNext()) iterator.next();
			assertFalse(iterator.hasNext());
			assertThrows(NoSuchElementException.class, iterator::next);
		}
	}

	@Test
	void patchesAreNormalisedLikeTheirWholeImages() throws IOException {
		final int[] colors = new int[40 * 40];
		for (int i = 0; i < colors.length; i++) colors[i] = 0xff000000 | (i % 40 + 50) * 0x010101;
		final int[] labels = new int[40 * 40];
		for (int y = 10; y < 20; y++) Arrays.fill(labels, y * 40 + 10, y * 40 + 20, 1);
		final NucleusDataset data = NucleusDataset.of("one", Arrays.asList(new NucleusSample("grey", ArrayImgs.argbs(colors, 40,
			40), ArrayImgs.ints(labels, 40, 40))));
		final TrainingImages images = TrainingImages.read(data, Normalizer.PERCENTILE, Progress.NONE);
		assertEquals(2, images.sample(0).image().numDimensions(), "a grey image is kept as one channel");
		final SampleIterator.Settings settings = new SampleIterator.Settings(LAYOUT, Normalizer.PERCENTILE,
			TargetEncoder.DISTANCE_FLOW, Augmentation.none(), 4).crop(16);
		try (SampleIterator iterator = SampleIterator.ofPatches(images, Arrays.asList(new PatchPlace(0, 8, 8, 1),
			new PatchPlace(0, 20, 20, 2)), settings, 1))
		{
			final DataSet batch = arrays(iterator.next());
			assertFalse(iterator.hasNext());
			assertArrayEquals(new long[] { 2, 3, 16, 16 }, batch.getFeatures().shape());
			assertArrayEquals(new long[] { 2, 5, 16, 16 }, batch.getLabels().shape());
			// The image's values run from 50 to 89, and of these 1 % and 99.8 % are 50 and 89.
			assertEquals(0, batch.getFeatures().getDouble(0, 0, 0, 0), 1e-3);
			assertEquals(15 / 39.0, batch.getFeatures().getDouble(0, 2, 5, 15), 1e-3);
			assertEquals((20 - 0.25 - 0.5) / 39, batch.getFeatures().getDouble(1, 1, 5, 7), 1e-3);
			assertEquals(36, batch.getLabels().slice(0).slice(0).sumNumber().intValue(), "the part of the nucleus seen");
			assertEquals(1, batch.getLabels().slice(0).slice(2).maxNumber().doubleValue());
		}
	}

	@Test
	void strongPatchesDependOnTheSeedOnly() throws IOException {
		final TrainingImages images = TrainingImages.read(data(), Normalizer.UNIT_RANGE, Progress.NONE);
		final List<PatchPlace> places = new BalancedSampler(images.facts(), 12, 16).draw(20, 4);
		final SampleIterator.Settings settings = settings(Augmentation.strong()).crop(16);
		final List<INDArray> features = new ArrayList<>();
		for (final long seed : new long[] { 1, 1, 2 }) {
			try (SampleIterator iterator = SampleIterator.ofPatches(images, places, settings, seed)) {
				int count = 0;
				features.add(arrays(iterator.next()).getFeatures());
				while (iterator.hasNext()) count += arrays(iterator.next()).getFeatures().size(0);
				assertEquals(16, count);
			}
		}
		assertEquals(features.get(0), features.get(1));
		assertNotEquals(features.get(0), features.get(2));
	}

	@Test
	void colourImagesAreKeptAsTheyAre() throws IOException {
		final NucleusSample sample = new NucleusSample("colour", ArrayImgs.argbs(new int[] { 0xff102030, 0xff405060 }, 2, 1),
			ArrayImgs.ints(new int[] { 0, 1 }, 2, 1));
		final ImagePatch before = Augmentation.none().apply(sample, 2, 1, null);
		final ImagePatch after = Augmentation.none().apply(sample.compact(), 2, 1, null);
		assertArrayEquals(before.pixels(), after.pixels());
		assertEquals(3, sample.compact().image().dimension(2));
	}

	private static List<DataSet> batches(final Augmentation augmentation, final boolean shuffle, final long seed) {
		final List<DataSet> batches = new ArrayList<>();
		try (SampleIterator iterator = iterator(augmentation, shuffle, seed)) {
			iterator.forEachRemaining(batch -> batches.add(arrays(batch)));
		}
		return batches;
	}

	private static SampleIterator iterator(final Augmentation augmentation, final boolean shuffle, final long seed) {
		return new SampleIterator(data(), settings(augmentation), shuffle, seed);
	}

	private static SampleIterator.Settings settings(final Augmentation augmentation) {
		return new SampleIterator.Settings(LAYOUT, Normalizer.UNIT_RANGE, TargetEncoder.NUCLEUS, augmentation, 4);
	}

	private static NucleusDataset data() {
		final List<NucleusSample> samples = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			final byte[] pixels = new byte[40 * 40];
			Arrays.fill(pixels, (byte) Math.round(255 * 0.05 * (i + 1)));
			final int[] labels = new int[40 * 40];
			for (int y = 20; y < 40; y++) Arrays.fill(labels, y * 40 + 20, y * 40 + 40, 5);
			samples.add(new NucleusSample("s" + i, ArrayImgs.unsignedBytes(pixels, 40, 40), ArrayImgs.ints(labels, 40, 40)));
		}
		return NucleusDataset.of("test", samples);
	}

	private static List<Double> brightness(final List<DataSet> batches) {
		final List<Double> values = new ArrayList<>();
		for (final DataSet batch : batches) {
			for (int i = 0; i < batch.getFeatures().size(0); i++) {
				values.add(batch.getFeatures().slice(i).meanNumber().doubleValue());
			}
		}
		return values;
	}

	private static List<Double> sorted(final List<Double> values) {
		final List<Double> copy = new ArrayList<>(values);
		copy.sort(Comparator.naturalOrder());
		return copy;
	}

	private static DataSet arrays(final Batch batch) {
		return new DataSet(NdArrays.of(batch.features()), NdArrays.of(batch.labels()));
	}
}
