package io.github.nuclei4j.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.nuclei4j.data.Bands;
import io.github.nuclei4j.data.ImageFacts;
import io.github.nuclei4j.data.NucleusDataset;
import io.github.nuclei4j.data.NucleusSample;
import io.github.nuclei4j.data.Progress;

/**
 * All images of a data set, decoded and kept in memory as small as they are, with what is known of each: from 5 bytes per
 * pixel (grey, 8 bits, labels) to 7 (colour). Their percentiles, kind and nuclei are found once.
 */
public final class TrainingImages {

	private final NucleusSample[] samples;
	private final ImageFacts[] facts;
	private final Scaling[] scalings;

	private TrainingImages(final int size) {
		samples = new NucleusSample[size];
		facts = new ImageFacts[size];
		scalings = new Scaling[size];
	}

	/**
	 * Reads all images, several at once.
	 *
	 * @param normalizer is fitted to each whole image
	 * @param progress told the share done; asked between images whether to stop
	 * @throws IOException if an image can't be read
	 * @throws CancellationException if the user asked to stop
	 */
	public static TrainingImages read(final NucleusDataset data, final Normalizer normalizer, final Progress progress)
		throws IOException
	{
		final TrainingImages images = new TrainingImages(data.size());
		final AtomicInteger done = new AtomicInteger();
		try {
			Bands.run(data.size(), 1, (i, end) -> {
				progress.checkCanceled();
				images.add(i, read(data, i), normalizer);
				progress.update((double) done.incrementAndGet() / data.size(), "Reading the images of " + data.name());
			});
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
		return images;
	}

	private static NucleusSample read(final NucleusDataset data, final int index) {
		try {
			return data.get(index).compact();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private void add(final int index, final NucleusSample sample, final Normalizer normalizer) {
		samples[index] = sample;
		facts[index] = ImageFacts.of(sample);
		scalings[index] = normalizer.fit(sample.image());
	}

	/** Number of images. */
	public int size() {
		return samples.length;
	}

	/** An image, in the order of the data set. */
	public NucleusSample sample(final int index) {
		return samples[index];
	}

	/** What is known of each image, in the order of the data set. */
	public List<ImageFacts> facts() {
		return List.of(facts);
	}

	/** The normalizer fitted to an image. */
	public Scaling scaling(final int index) {
		return scalings[index];
	}
}
