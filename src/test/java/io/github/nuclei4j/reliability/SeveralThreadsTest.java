package io.github.nuclei4j.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import ij.ImagePlus;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.inference.NetworkPredictor;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.training.DiscImages;
import io.github.nuclei4j.util.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many threads at once get what each would get alone. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SeveralThreadsTest {

	private static final int THREADS = 8;
	private static final Path MODEL = Paths.get("models", "unet-int8.zip");

	@TempDir
	static Path folder;

	private static final List<ImagePlus> images = new ArrayList<>();
	private static final List<String> expected = new ArrayList<>();

	@BeforeAll
	static void segmentOneAfterTheOther() throws IOException {
		for (final String name : Arrays.asList("fluorescence-clusters", "tissue-round", "tissue-elongated")) images.add(
			ImagePlanes.open(Paths.get("samples", name + ".png")));
		try (NucleusSegmenter segmenter = Answers.open(MODEL)) {
			for (final ImagePlus image : images) expected.add(Answers.of(segmenter, image).fingerprint());
		}
	}

	@Test
	void eightThreadsShareAModel() throws Exception {
		try (NucleusSegmenter segmenter = Answers.open(MODEL)) {
			assertAllAsExpected(index -> Answers.of(segmenter, images.get(index)).fingerprint());
		}
	}

	@Test
	void eightThreadsOpenAModelEach() throws Exception {
		assertAllAsExpected(index -> {
			try (NucleusSegmenter segmenter = Answers.open(MODEL)) {
				return Answers.of(segmenter, images.get(index)).fingerprint();
			}
		});
	}

	@Test
	void eightThreadsShareAModelOfDeeplearning4j() throws Exception {
		final NucleusModel model = ModelFile.read(Paths.get("models", "unet.zip"));
		final ImagePlus image = images.get(1);
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new NetworkPredictor(model), model.info())) {
			final String alone = Answers.of(segmenter, image).fingerprint();
			final List<String> found = together(4, index -> Answers.of(segmenter, image).fingerprint());
			assertEquals(Collections.nCopies(4, alone), found);
		}
	}

	/** Whoever is at work gets its result; later ones are told. */
	@Test
	void aModelThatIsClosedWhileInUseFailsWithAMessage() throws Exception {
		for (final boolean engine : new boolean[] { true, false }) {
			final NucleusModel model = ModelFile.read(MODEL);
			final NucleusSegmenter segmenter = engine ? new NucleusSegmenter(model) : new NucleusSegmenter(new NetworkPredictor(
				model), model.info());
			final CountDownLatch begun = new CountDownLatch(1);
			final Progress progress = new Progress() {

				@Override
				public void update(final double fraction, final String message) {
					begun.countDown();
				}

				@Override
				public boolean isCanceled() {
					return false;
				}
			};
			final ExecutorService threads = Executors.newFixedThreadPool(4);
			try {
				final List<Future<Integer>> results = new ArrayList<>();
				for (int i = 0; i < 4; i++) results.add(threads.submit(() -> segmenter.segment(images.get(0), SegmentationOptions
					.defaults(), progress).count()));
				begun.await();
				segmenter.close();
				segmenter.close();
				for (final Future<Integer> result : results) {
					try {
						assertTrue(result.get() > 10);
					}
					catch (final ExecutionException e) {
						assertEquals(IllegalStateException.class, e.getCause().getClass(), e.toString());
						assertTrue(e.getCause().getMessage().contains("is closed"), e.toString());
					}
				}
			}
			finally {
				threads.shutdownNow();
			}
		}
	}

	@Test
	void segmentingDoesNotChangeATrainingNorTrainingASegmentation() throws Exception {
		final Path data = DiscImages.write(folder.resolve("discs"), 6, 64);
		final String alone = RepeatedTraining.train("nuclei", 7, data, Files.createDirectory(folder.resolve("alone")));
		final ExecutorService thread = Executors.newSingleThreadExecutor();
		try (NucleusSegmenter segmenter = Answers.open(MODEL)) {
			final Future<String> training = thread.submit(() -> RepeatedTraining.train("nuclei", 7, data, Files.createDirectory(
				folder.resolve("beside"))));
			int segmented = 0;
			while (!training.isDone()) {
				final int index = segmented++ % images.size();
				assertEquals(expected.get(index), Answers.of(segmenter, images.get(index)).fingerprint());
			}
			assertEquals(alone, training.get());
			assertTrue(segmented > 3, "only " + segmented + " at the same time");
		}
		finally {
			thread.shutdownNow();
		}
	}

	@Test
	void threadsMayBeginTogetherBeforeAnythingIsLoaded() throws Exception {
		assertEquals(expected(THREADS), new ChildJvm().run(AllAtOnce.class));
	}

	@Tag("slow")
	@Test
	void threadsMayBeginTogetherManyTimes() throws Exception {
		for (int i = 0; i < 10; i++) assertEquals(expected(THREADS), new ChildJvm().run(AllAtOnce.class), "JVM " + i);
	}

	/** Prints what eight threads get that begin at once. */
	static final class AllAtOnce {

		public static void main(final String... args) throws Exception {
			for (final String name : Arrays.asList("fluorescence-clusters", "tissue-round", "tissue-elongated")) images.add(
				ImagePlanes.open(Paths.get("samples", name + ".png")));
			together(THREADS, index -> {
				try (NucleusSegmenter segmenter = Answers.open(MODEL)) {
					return Answers.of(segmenter, images.get(index)).fingerprint();
				}
			}).forEach(System.out::println);
		}
	}

	private interface Work {

		String of(int image) throws IOException;
	}

	private static void assertAllAsExpected(final Work work) throws Exception {
		assertEquals(expected(THREADS), together(THREADS, work));
	}

	private static List<String> expected(final int count) {
		final List<String> all = new ArrayList<>();
		for (int i = 0; i < count; i++) all.add(expected.get(i % expected.size()));
		return all;
	}

	private static List<String> together(final int count, final Work work) throws Exception {
		final ExecutorService threads = Executors.newFixedThreadPool(count);
		final CyclicBarrier start = new CyclicBarrier(count);
		try {
			final List<Callable<String>> tasks = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				final int image = i % images.size();
				tasks.add(() -> {
					start.await();
					return work.of(image);
				});
			}
			final List<String> results = new ArrayList<>();
			for (final Future<String> result : threads.invokeAll(tasks)) results.add(result.get());
			return results;
		}
		finally {
			threads.shutdownNow();
		}
	}
}
