package io.github.nuclei4j.reliability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.stream.Collectors;

import io.github.nuclei4j.cli.Nuclei4jCli;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.segment.NucleusSegmenter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same model, image and number of threads give the same bits, in one JVM, in fresh ones, and whatever else is segmented. */
class SameAnswerTest {

	private static final Path SAMPLES = Paths.get("samples");
	private static final Path IMAGE = SAMPLES.resolve("fluorescence-clusters.png");
	private static final Path OTHER = SAMPLES.resolve("tissue-round.png");

	private static final List<Path> SMALL = Arrays.asList(IMAGE, SAMPLES.resolve("tissue-elongated.png"), OTHER);

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "nuclei", "unet-int8" })
	void everyRunGivesTheSameBits(final String name) throws Exception {
		assertRepeatable(name);
	}

	@Tag("slow")
	@ParameterizedTest
	@ValueSource(strings = { "nuclei-int8", "unet", "hrnet", "hrnet-int8" })
	void everyRunOfTheOtherModelsGivesTheSameBits(final String name) throws Exception {
		assertRepeatable(name);
	}

	private static void assertRepeatable(final String name) throws Exception {
		final Path model = Paths.get("models", name + ".zip");
		final String expected;
		try (NucleusSegmenter segmenter = Answers.open(model)) {
			expected = fingerprint(segmenter, IMAGE);
			assertTrue(Integer.parseInt(expected.split(" ")[0]) > 10, expected);
			fingerprint(segmenter, OTHER);
			assertEquals(expected, fingerprint(segmenter, IMAGE), "after another image");
		}
		try (NucleusSegmenter segmenter = Answers.open(model)) {
			assertEquals(expected, fingerprint(segmenter, IMAGE), "opened again");
		}
		final List<String> child = new ChildJvm().run(Answers.class, "-", model.toString(), OTHER.toString(), IMAGE.toString());
		assertEquals(expected, child.get(1), "in a fresh JVM");
	}

	@Test
	void deeplearning4jGivesTheSameBitsInFreshJvms() throws Exception {
		final String model = Paths.get("models", "unet.zip").toString();
		final ChildJvm jvm = new ChildJvm().option("-Dnuclei4j.engine=deeplearning4j");
		final List<String> first = jvm.run(Answers.class, "-", model, IMAGE.toString(), IMAGE.toString());
		assertEquals(first.get(0), first.get(1), "again in one JVM");
		assertEquals(first, jvm.run(Answers.class, "-", model, IMAGE.toString(), IMAGE.toString()), "in a fresh JVM");
	}

	@Test
	void filesOfTheCommandLineDontDependOnOrderAndCompany() throws IOException {
		final List<Path> images = new ArrayList<>(SMALL);
		final Path together = segment("together", images);
		final List<Path> reversed = new ArrayList<>(images);
		Collections.reverse(reversed);
		final Path backwards = segment("backwards", reversed);
		final Path alone = segment("alone", Collections.singletonList(IMAGE));
		for (final Path image : images) {
			final String name = image.getFileName().toString().replace(".png", "");
			for (final String file : Arrays.asList("_labels.tif", "_probabilities.tif", "_rois.zip", "_overlay.png")) {
				final byte[] expected = Files.readAllBytes(together.resolve(name + file));
				assertArrayEquals(expected, Files.readAllBytes(backwards.resolve(name + file)), name + file);
				if (image.equals(IMAGE)) assertArrayEquals(expected, Files.readAllBytes(alone.resolve(name + file)), name + file);
			}
		}
		assertEquals(Files.readAllLines(together.resolve("nuclei.csv")).stream().sorted().collect(Collectors.toList()), Files
			.readAllLines(backwards.resolve("nuclei.csv")).stream().sorted().collect(Collectors.toList()));
	}

	private Path segment(final String name, final List<Path> images) {
		final List<String> arguments = new ArrayList<>(Arrays.asList("segment", "--model", "nuclei", "--output", folder.resolve(
			name).toString(), "--labels", "--probabilities", "--rois", "--overlay"));
		images.forEach(image -> arguments.add(image.toString()));
		assertEquals(0, Nuclei4jCli.run(arguments.toArray(new String[0])));
		return folder.resolve(name);
	}

	private static String fingerprint(final NucleusSegmenter segmenter, final Path image) throws IOException {
		return Answers.of(segmenter, ImagePlanes.open(image)).fingerprint();
	}
}
