package io.github.nuclei4j.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ij.ImagePlus;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.training.DiscImages;
import io.github.nuclei4j.util.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cancelled whenever it can be, work leaves no thread, no native memory and nothing half made behind, and the next run is as ever. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CancelTest {

	@TempDir
	Path folder;

	@Test
	void aSegmentationIsCancelledAtEveryMoment() throws Exception {
		final Path model = Paths.get("models", "unet-int8.zip");
		final ImagePlus image = ImagePlanes.open(Paths.get("samples", "tissue-round.png"));
		// several tiles, so that there are many moments
		final SegmentationOptions options = SegmentationOptions.defaults().tiles(256, 32);
		final String expected = answer(model, image);
		final Leftovers leftovers = new Leftovers();
		int moments = 0;
		try (NucleusSegmenter segmenter = Answers.open(model)) {
			while (true) {
				final Stops stops = new Stops(moments);
				try {
					segmenter.segment(image, options, stops);
					assertFalse(stops.stopped(), "went on after question " + moments);
					break;
				}
				catch (final CancellationException e) {
					moments++;
				}
			}
			assertTrue(moments >= 5, "only " + moments + " moments");
			assertEquals(expected, Answers.of(segmenter, image).fingerprint());
		}
		assertEquals(expected, answer(model, image));
		leftovers.check();
	}

	/** Of a thread that is interrupted nothing is lost: it gets its result, and stays interrupted. */
	@Test
	void anInterruptedThreadGetsItsResult() throws Exception {
		final ImagePlus image = ImagePlanes.open(Paths.get("samples", "tissue-round.png"));
		try (NucleusSegmenter segmenter = Answers.open(Paths.get("models", "unet-int8.zip"))) {
			final String expected = Answers.of(segmenter, image).fingerprint();
			Thread.currentThread().interrupt();
			assertEquals(expected, Answers.of(segmenter, image).fingerprint());
			assertTrue(Thread.interrupted());
		}
	}

	@Test
	void aTrainingIsCancelledAtEveryMomentOfItsFirstEpoch() throws Exception {
		final Path data = DiscImages.write(folder.resolve("discs"), 6, 64);
		final String expected = train(data, "expected", Progress.NONE);
		final Leftovers leftovers = new Leftovers();
		int moments = 0;
		for (boolean epoch = false; !epoch; moments++) {
			final Stops stops = new Stops(moments);
			final String name = "at" + moments;
			assertThrows(CancellationException.class, () -> train(data, name, stops));
			final List<String> files = files(name);
			epoch = files.contains("model.zip");
			assertTrue(epoch || files.isEmpty(), files.toString());
			assertFalse(files.stream().anyMatch(file -> file.startsWith(".") || file.endsWith(".tmp")), files.toString());
		}
		assertTrue(moments >= 3, "only " + moments + " moments");
		assertEquals(expected, train(data, "after", Progress.NONE));
		leftovers.check();
	}

	private String train(final Path data, final String name, final Progress progress) throws IOException {
		return RepeatedTraining.train("reference", 7, data, Files.createDirectories(folder.resolve(name)), progress);
	}

	private List<String> files(final String name) throws IOException {
		try (Stream<Path> files = Files.list(folder.resolve(name))) {
			return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
		}
	}

	private static String answer(final Path model, final ImagePlus image) throws IOException {
		try (NucleusSegmenter segmenter = Answers.open(model)) {
			return Answers.of(segmenter, image).fingerprint();
		}
	}
}
