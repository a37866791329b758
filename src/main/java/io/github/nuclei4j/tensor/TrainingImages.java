package io.github.nuclei4j.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.nuclei4j.dataset.Appearance;
import io.github.nuclei4j.dataset.ImageFacts;
import io.github.nuclei4j.dataset.ImageKind;
import io.github.nuclei4j.dataset.Mixture;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.dataset.NucleusSample;
import io.github.nuclei4j.dataset.UnlabelledNuclei;
import io.github.nuclei4j.util.ParallelRows;
import io.github.nuclei4j.util.Progress;

/**
 * All images of a data set, decoded and kept in memory as small as they are, with what is known of each: from 5 bytes per
 * pixel (grey, 8 bits, labels) to 7 (colour). Their percentiles, kind and nuclei are found once.
 */
public final class TrainingImages {

	private final NucleusSample[] samples;
	private final ImageFacts[] facts;
	private final Scaling[] scalings;
	private final Appearance[] appearances;
	private final List<String> sets = new ArrayList<>();

	private TrainingImages(final int size) {
		samples = new NucleusSample[size];
		facts = new ImageFacts[size];
		scalings = new Scaling[size];
		appearances = new Appearance[size];
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
		return read(data, normalizer, Mixture.DEFAULT, progress);
	}

	/**
	 * As {@link #read(NucleusDataset, Normalizer, Progress)}, to learn from.
	 *
	 * @param mixture names the sets of which not all nuclei are annotated: what looks like one gets the label
	 *          {@link UnlabelledNuclei#UNKNOWN}
	 */
	public static TrainingImages read(final NucleusDataset data, final Normalizer normalizer, final Mixture mixture,
		final Progress progress) throws IOException
	{
		final TrainingImages images = new TrainingImages(data.size());
		for (int i = 0; i < data.size(); i++) images.sets.add(data.set(i));
		final AtomicInteger done = new AtomicInteger();
		try {
			ParallelRows.run(data.size(), 1, (i, end) -> {
				progress.checkCanceled();
				images.add(i, read(data, i), normalizer, mixture.isIncomplete(data.set(i)));
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

	private void add(final int index, final NucleusSample sample, final Normalizer normalizer, final boolean incomplete) {
		facts[index] = ImageFacts.of(sample);
		final Scaling scaling = normalizer.fit(sample.image());
		appearances[index] = Appearance.of(sample, facts[index].kind(), scaling.offset(), scaling.factor());
		final NucleusSample marked = incomplete && facts[index].kind() == ImageKind.STAINED_TISSUE ? UnlabelledNuclei.marked(sample,
			facts[index]) : sample;
		samples[index] = scaling.isSoft() ? marked.mapped(scaling::apply) : marked;
		scalings[index] = scaling.isSoft() ? Scaling.IDENTITY : scaling;
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

	/** The name of each image's data set. */
	public List<String> sets() {
		return Collections.unmodifiableList(sets);
	}

	/** What changing an image's colours takes to know of it. */
	public Appearance appearance(final int index) {
		return appearances[index];
	}

	/** How patches of an image are brought to what the network learns from. */
	public Scaling scaling(final int index) {
		return scalings[index];
	}
}
