package io.github.nuclei4j.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import ij.ImagePlus;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.training.DiscImages;
import io.github.nuclei4j.util.Progress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four threads segment, with a model they share and with models of their own, beside a training; all of it is cancelled or
 * interrupted at random times. {@code -Dnuclei4j.cancels} says how many rounds, {@code -Dnuclei4j.seed} where they begin.
 */
@Tag("slow")
class RandomCancelTest {

	private static final int ROUNDS = Integer.getInteger("nuclei4j.cancels", 20);
	private static final long SEED = Long.getLong("nuclei4j.seed", 1);
	private static final Path MODEL = Paths.get("models", "unet-int8.zip");
	private static final SegmentationOptions OPTIONS = SegmentationOptions.defaults();

	@TempDir
	Path folder;

	private final AtomicInteger segmented = new AtomicInteger();
	private final AtomicInteger cancelled = new AtomicInteger();
	private final AtomicInteger interrupted = new AtomicInteger();
	private int trained;
	private int trainingsCancelled;
	private ImagePlus image;
	private String expected;

	@Test
	void nothingHangsOrStaysBehindOrChangesTheNextAnswer() throws Exception {
		image = ImagePlanes.open(Paths.get("samples", "fluorescence-clusters.png"));
		final Path data = DiscImages.write(folder.resolve("discs"), 6, 64);
		final String model = train(data, "expected", Progress.NONE);
		final ExecutorService threads = Executors.newFixedThreadPool(5);
		try (NucleusSegmenter shared = Answers.open(MODEL)) {
			expected = Answers.of(shared, image).fingerprint();
			// begins all threads
			round(new Random(0), shared, data, model, threads);
			final Leftovers leftovers = new Leftovers();
			for (int i = 0; i < ROUNDS; i++) round(new Random(SEED + i), shared, data, model, threads);
			assertEquals(expected, Answers.of(shared, image).fingerprint());
			leftovers.check();
		}
		finally {
			threads.shutdownNow();
		}
		System.out.println((ROUNDS + 1) + " rounds: " + segmented + " segmentations ended with the right answer (" + interrupted +
			" of them interrupted), " + cancelled + " were cancelled; " + trained + " trainings ended with the right weights after " +
			trainingsCancelled + " times cancelled");
		assertTrue(segmented.get() > 0 && cancelled.get() > 0 && interrupted.get() > 0);
	}

	private void round(final Random random, final NucleusSegmenter shared, final Path data, final String model,
		final ExecutorService threads) throws Exception
	{
		final List<Future<?>> work = new ArrayList<>();
		final Until training = new Until(random.nextInt(4000));
		work.add(threads.submit(() -> {
			goOn(data, model, training);
			return null;
		}));
		for (int i = 0; i < 4; i++) {
			final boolean own = random.nextBoolean();
			final boolean interrupt = random.nextInt(3) == 0;
			final Until end = new Until(random.nextInt(4) == 0 ? 60_000 : random.nextInt(1000));
			work.add(threads.submit(() -> {
				if (own) {
					try (NucleusSegmenter segmenter = Answers.open(MODEL)) {
						segment(segmenter, end, interrupt);
					}
				}
				else segment(shared, end, interrupt);
				return null;
			}));
		}
		for (final Future<?> one : work) one.get(3, TimeUnit.MINUTES);
	}

	private void goOn(final Path data, final String model, final Until training) throws IOException {
		try {
			assertEquals(model, train(data, "training" + trained, training));
			trained++;
		}
		catch (final CancellationException e) {
			trainingsCancelled++;
		}
	}

	private String train(final Path data, final String name, final Progress progress) throws IOException {
		return RepeatedTraining.train("reference", 7, data, Files.createDirectories(folder.resolve(name)), progress);
	}

	private void segment(final NucleusSegmenter segmenter, final Until end, final boolean interrupt) {
		if (interrupt) Thread.currentThread().interrupt();
		try {
			segmenter.segment(image, OPTIONS, end);
			assertEquals(expected, Answers.of(segmenter, image).fingerprint());
			segmented.incrementAndGet();
			if (interrupt) interrupted.incrementAndGet();
		}
		catch (final CancellationException e) {
			cancelled.incrementAndGet();
		}
		finally {
			Thread.interrupted();
		}
	}

	/** Is cancelled some time after it was made. */
	private static final class Until implements Progress {

		private final long end;

		Until(final int milliseconds) {
			end = System.nanoTime() + 1_000_000L * milliseconds;
		}

		@Override
		public void update(final double fraction, final String message) {
			// nobody listens
		}

		@Override
		public boolean isCanceled() {
			return System.nanoTime() - end > 0;
		}
	}
}
