package io.github.nuclei4j.training;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import io.github.nuclei4j.data.Augmentation;
import io.github.nuclei4j.data.BalancedSampler;
import io.github.nuclei4j.data.NucleusDataset;
import io.github.nuclei4j.data.PatchPlace;
import io.github.nuclei4j.data.Progress;
import io.github.nuclei4j.network.ModelInfo;
import io.github.nuclei4j.tensor.SampleIterator;
import io.github.nuclei4j.tensor.TrainingImages;

/**
 * The batches of a training: whole images or parts of them, every image once per epoch; or, if there is a common diameter
 * of nuclei, patches that bring the nuclei to it, drawn so that kinds of images are balanced.
 */
final class TrainingBatches {

	private final NucleusDataset training;
	private final NucleusDataset validation;
	private final TrainingOptions options;
	private final SampleIterator.Settings varied;
	private final SampleIterator.Settings plain;
	private final TrainingImages trainingImages;
	private final TrainingImages validationImages;
	private final BalancedSampler sampler;
	private final List<PatchPlace> middles;

	/**
	 * @param info of the model: layout, normalizer, target and nucleus diameter
	 * @param progress told while images are read
	 */
	TrainingBatches(final NucleusDataset.Split data, final ModelInfo info, final TrainingOptions options,
		final Progress progress) throws IOException
	{
		training = data.training();
		validation = data.validation();
		this.options = options;
		final boolean patches = info.nucleusDiameter().isPresent();
		varied = settings(info, options.augmentation()).crop(options.crop());
		final SampleIterator.Settings unchanged = settings(info, Augmentation.none());
		plain = patches ? unchanged.crop(options.crop()) : unchanged;
		trainingImages = patches ? TrainingImages.read(training, info.normalizer(), progress) : null;
		validationImages = patches ? TrainingImages.read(validation, info.normalizer(), progress) : null;
		final double diameter = info.nucleusDiameter().orElse(0.0);
		sampler = patches ? new BalancedSampler(trainingImages.facts(), diameter, options.crop()) : null;
		middles = patches ? PatchPlace.middles(validationImages.facts(), diameter, options.crop()) : null;
	}

	private SampleIterator.Settings settings(final ModelInfo info, final Augmentation augmentation) {
		return new SampleIterator.Settings(info.layout(), info.normalizer(), info.target(), augmentation, options
			.batchSize());
	}

	/** Number of steps in an epoch. */
	int perEpoch() {
		return (count() + options.batchSize() - 1) / options.batchSize();
	}

	private int count() {
		return options.samples() == 0 ? training.size() : options.samples();
	}

	/** One epoch. */
	SampleIterator training(final long seed) {
		return sampler == null ? new SampleIterator(training, varied, true, seed) : SampleIterator.ofPatches(trainingImages,
			sampler.draw(count(), seed), varied, seed);
	}

	/** Training images without random changes, in random order; endless enough to measure batch normalisation on. */
	SampleIterator plain(final long seed) {
		return sampler == null ? new SampleIterator(training, plain, true, seed) : SampleIterator.ofPatches(trainingImages,
			sampler.draw(count(), seed), plain, seed);
	}

	/** The validation images, the same each time. */
	SampleIterator validation() {
		return sampler == null ? new SampleIterator(validation, plain, false, 0) : SampleIterator.ofPatches(validationImages,
			middles, plain, 0);
	}

	/** What the training images go through, in words. */
	static String describe(final TrainingOptions options) {
		final String changes = options.augmentation().describe();
		final int crop = options.crop();
		if (options.diameter() > 0) return String.format(Locale.ROOT, "patches of %d x %d pixels, kinds of images " +
			"balanced, nuclei brought to %s pixels (three of four, times 0.6 to 1.7) or near their own size; %s", crop, crop,
			options.diameter(), changes);
		return crop < options.layout().trainingSize() ? changes + "; of that a random part of " + crop + " x " + crop +
			" pixels" : changes;
	}
}
