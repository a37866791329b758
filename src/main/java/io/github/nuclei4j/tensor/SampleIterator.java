package io.github.nuclei4j.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.nuclei4j.dataset.Augmentation;
import io.github.nuclei4j.dataset.ImagePatch;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.dataset.PatchPlace;

/**
 * One pass over a data set in batches, prepared ahead by other threads so that training does not wait: whole images or
 * parts of them, or patches at places that a sampler chose. What it gives depends only on its arguments, not on the
 * threads.
 */
public final class SampleIterator implements Iterator<Batch>, AutoCloseable {

	private static final int BATCHES_AHEAD = 3;

	/** The target where nobody knows whether there is a nucleus. */
	private static final float UNKNOWN = -1;

	/** For samples begun to end. */
	private static final int PATIENCE_SECONDS = 30;

	/** Prepares the sample at a position of the pass. */
	private interface Source {

		Example prepare(int position) throws IOException;
	}

	private final Settings settings;
	private final int count;
	private final Source source;
	private final ExecutorService workers;
	private final Deque<List<Future<Example>>> ahead = new ArrayDeque<>();
	private int next;

	/**
	 * @param data what to read
	 * @param settings how to prepare it
	 * @param shuffle whether the order is random
	 * @param seed of the order and the augmentation; another one for each epoch
	 */
	public SampleIterator(final NucleusDataset data, final Settings settings, final boolean shuffle, final long seed) {
		this(settings, data.size(), wholeImages(data, settings, shuffle, seed));
	}

	private SampleIterator(final Settings settings, final int count, final Source source) {
		this.settings = settings;
		this.count = count;
		this.source = source;
		next = settings.first;
		workers = Executors.newFixedThreadPool(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), task -> {
			final Thread thread = new Thread(task, "nuclei4j-samples");
			thread.setDaemon(true);
			return thread;
		});
		for (int i = 0; i < BATCHES_AHEAD; i++) prepareNext();
	}

	/**
	 * Patches at given places in given order, as large as the settings' crops, normalised like their whole images; the
	 * augmentation turns them about their middle and changes the normalised values.
	 *
	 * @param images with the settings' normalizer fitted to each
	 * @param places of the patches, from a {@link io.github.nuclei4j.dataset.BalancedSampler} or
	 *          {@link PatchPlace#middles}
	 * @param seed of the augmentation; another one for each epoch
	 */
	public static SampleIterator ofPatches(final TrainingImages images, final List<PatchPlace> places,
		final Settings settings, final long seed)
	{
		final List<PatchPlace> copy = List.copyOf(places);
		return new SampleIterator(settings, copy.size(), position -> {
			final PatchPlace place = copy.get(position);
			final Random random = new Random(seed * 1_000_003L + position);
			final ImagePatch patch = settings.augmentation.place(images.sample(place.image()), place.x(), place.y(), place
				.scale(), settings.crop, settings.crop, random);
			ImageTensors.scale(patch.pixels(), images.scaling(place.image()));
			return settings.encode(settings.augmentation.recolored(patch, images.appearance(place.image()), random));
		});
	}

	@Override
	public boolean hasNext() {
		return !ahead.isEmpty();
	}

	/**
	 * The next batch: features [batch, 3, size, size], labels [batch, target channels, size, size], where size is
	 * the layout's training size or that of the crops; labels are 0 to 1, or -1 where nobody knows what is right.
	 *
	 * @throws UncheckedIOException if a sample can't be read
	 */
	@Override
	public Batch next() {
		if (!hasNext()) throw new NoSuchElementException("The data set has no more batches.");
		final List<Future<Example>> batch = ahead.removeFirst();
		prepareNext();
		final int size = settings.crop;
		final int channels = settings.encoder.channels();
		final float[] features = new float[batch.size() * 3 * size * size];
		final float[] targets = new float[batch.size() * channels * size * size];
		for (int i = 0; i < batch.size(); i++) {
			final Example example = await(batch.get(i));
			System.arraycopy(example.features, 0, features, i * 3 * size * size, 3 * size * size);
			System.arraycopy(example.targets, 0, targets, i * channels * size * size, channels * size * size);
		}
		return new Batch(new Tensor(features, batch.size(), 3, size, size), new Tensor(targets, batch.size(), channels, size,
			size));
	}

	/** Stops the preparing threads, and waits until they read no more. */
	@Override
	public void close() {
		workers.shutdownNow();
		try {
			workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private void prepareNext() {
		final int begin = next * settings.batchSize;
		if (begin >= count || next >= settings.end) return;
		final List<Future<Example>> batch = new ArrayList<>();
		final int end = Math.min(count, begin + settings.batchSize);
		for (int i = begin; i < end; i++) {
			final int position = i;
			batch.add(workers.submit(() -> source.prepare(position)));
		}
		ahead.addLast(batch);
		next += settings.stride;
	}

	private static Source wholeImages(final NucleusDataset data, final Settings settings, final boolean shuffle,
		final long seed)
	{
		final List<Integer> order = new ArrayList<>();
		for (int i = 0; i < data.size(); i++) order.add(i);
		if (shuffle) Collections.shuffle(order, new Random(seed));
		return position -> {
			final int size = settings.layout.trainingSize();
			final Random random = new Random(seed * 1_000_003L + position);
			final ImagePatch patch = settings.augmentation.apply(data.get(order.get(position)), size, size, random);
			ImageTensors.scale(patch.pixels(), settings.normalizer.fit(patch.pixels()));
			final int crop = settings.crop;
			return settings.encode(crop == size ? patch : patch.crop(random.nextInt(size - crop + 1), random.nextInt(size -
				crop + 1), crop, crop));
		};
	}

	private static Example await(final Future<Example> future) {
		try {
			return future.get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for training data.", e);
		}
		catch (final ExecutionException e) {
			final Throwable cause = e.getCause();
			if (cause instanceof IOException) throw new UncheckedIOException((IOException) cause);
			if (cause instanceof RuntimeException) throw (RuntimeException) cause;
			throw new IllegalStateException("Training data could not be prepared: " + cause, cause);
		}
	}

	/** How samples become tensors. */
	public static final class Settings {

		private final TensorLayout layout;
		private final Normalizer normalizer;
		private final TargetEncoder encoder;
		private final Augmentation augmentation;
		private final int batchSize;
		private final int crop;
		private final int first;
		private final int stride;
		private final int end;

		/**
		 * @param layout of the network's input; batches have its training size
		 * @param normalizer applied to each patch, after augmentation
		 * @param encoder of the targets
		 * @param augmentation applied to image and labels together
		 * @param batchSize number of samples in a batch, the last one may have fewer
		 */
		public Settings(final TensorLayout layout, final Normalizer normalizer, final TargetEncoder encoder,
			final Augmentation augmentation, final int batchSize)
		{
			this(layout, normalizer, encoder, augmentation, batchSize, layout.trainingSize(), 0, 1, Integer.MAX_VALUE);
		}

		private Settings(final TensorLayout layout, final Normalizer normalizer, final TargetEncoder encoder,
			final Augmentation augmentation, final int batchSize, final int crop, final int first, final int stride, final int end)
		{
			if (batchSize < 1) throw new IllegalArgumentException("The batch size must be at least 1, got " + batchSize +
				".");
			this.layout = layout;
			this.normalizer = normalizer;
			this.encoder = encoder;
			this.augmentation = augmentation;
			this.batchSize = batchSize;
			this.crop = crop;
			this.first = first;
			this.stride = stride;
			this.end = end;
		}

		/**
		 * A copy that gives a random square of each patch, cut out after augmentation and normalisation.
		 *
		 * @param pixels width and height of the square, a multiple of the layout's divisor, at most its training size
		 */
		public Settings crop(final int pixels) {
			if (pixels < 1 || pixels > layout.trainingSize() || pixels % layout.divisor() != 0) {
				throw new IllegalArgumentException("Crops of " + pixels + " pixels: expected a multiple of " + layout.divisor() +
					", at most the training size " + layout.trainingSize() + ".");
			}
			return new Settings(layout, normalizer, encoder, augmentation, batchSize, pixels, first, stride, end);
		}

		/**
		 * A copy that gives only some batches of the pass, each the same as in the whole pass.
		 *
		 * @param from number of the first one, from 0
		 * @param every how many numbers on the next one is, at least 1
		 * @param before the number at which the pass ends, if it does not end earlier
		 */
		public Settings batches(final int from, final int every, final int before) {
			if (from < 0 || every < 1) throw new IllegalArgumentException("Batches from number " + from + ", each " + every +
				" on: expected 0 or more, and 1 or more.");
			return new Settings(layout, normalizer, encoder, augmentation, batchSize, crop, from, every, before);
		}

		private Example encode(final ImagePatch patch) {
			final Example example = new Example(patch.pixels(), new float[encoder.channels() * crop * crop]);
			final int[] labels = patch.labels();
			final int[] known = Arrays.stream(labels).map(label -> Math.max(0, label)).toArray();
			encoder.encode(known, crop, crop, example.targets, 0);
			for (int c = 0; c < encoder.channels(); c++) {
				if (encoder.isInsideOnly(c)) continue;
				for (int i = 0; i < labels.length; i++) if (labels[i] < 0) example.targets[c * labels.length + i] = UNKNOWN;
			}
			return example;
		}
	}

	private static final class Example {

		private final float[] features;
		private final float[] targets;

		Example(final float[] features, final float[] targets) {
			this.features = features;
			this.targets = targets;
		}
	}
}
