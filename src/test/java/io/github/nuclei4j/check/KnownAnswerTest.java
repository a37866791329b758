package io.github.nuclei4j.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.nuclei4j.inference.Predictors;
import io.github.nuclei4j.onnx.OnnxRuntime;

/** The shipped answers are those of the models in {@code models/}. */
class KnownAnswerTest {

	private static List<Path> models() throws IOException {
		try (Stream<Path> files = Files.list(Paths.get("models"))) {
			return files.filter(file -> file.toString().endsWith(".zip")).sorted().collect(Collectors.toList());
		}
	}

	private static String name(final Path file) {
		return file.getFileName().toString().replace(".zip", "");
	}

	@ParameterizedTest
	@MethodSource("models")
	void everyReleasedModelAnswersAsStored(final Path file) throws IOException {
		final KnownAnswer measured = KnownAnswer.measure(name(file), file);
		final KnownAnswer stored = KnownAnswer.released().stream().filter(answer -> answer.sha256().equals(measured.sha256()))
			.findFirst().orElseThrow(() -> new AssertionError("Put this into known-answers.json, in place of the model's earlier entry:\n" +
				measured));
		assertEquals(measured.model(), stored.model());
		assertTrue(stored.difference(measured).isEmpty(), () -> stored.difference(measured).get());
	}

	/** Takes half a minute. Where there is no oneDNN, Deeplearning4j runs the models, those of 8-bit integers in floats. */
	@Tag("slow")
	@ParameterizedTest
	@MethodSource("models")
	void deeplearning4jGivesTheSameAnswer(final Path file) throws IOException {
		assertSameAnswer(file, "dl4j");
	}

	/** Takes half a minute. */
	@Tag("slow")
	@ParameterizedTest
	@MethodSource("models")
	void onnxRuntimeGivesTheSameAnswer(final Path file) throws IOException {
		assumeTrue(!OnnxRuntime.obstacle().isPresent(), () -> OnnxRuntime.obstacle().get());
		assertSameAnswer(file, "onnx");
	}

	private static void assertSameAnswer(final Path file, final String backend) throws IOException {
		final KnownAnswer engine = KnownAnswer.measure(name(file), file);
		System.setProperty(Predictors.PROPERTY, backend);
		try {
			final KnownAnswer other = KnownAnswer.measure(name(file), file);
			assertTrue(engine.difference(other).isEmpty(), () -> engine.difference(other).get());
		}
		finally {
			System.clearProperty(Predictors.PROPERTY);
		}
	}

	@Test
	void nothingIsStoredTwiceOrForAModelThatIsNotThere() throws IOException {
		assertEquals(models().stream().map(KnownAnswerTest::name).sorted().collect(Collectors.toList()), KnownAnswer.released().stream().map(
			KnownAnswer::model).sorted().collect(Collectors.toList()));
	}

	@Test
	void aWrongCountOrProbabilityIsADifference() {
		final KnownAnswer right = new KnownAnswer("m", "00", 9, 0.01, new double[16]);
		final double[] shifted = new double[16];
		shifted[5] = 0.02;
		assertTrue(right.difference(new KnownAnswer("m", "00", 9, 0.01, new double[16])).isEmpty());
		assertTrue(right.difference(new KnownAnswer("m", "00", 8, 0.01, new double[16])).get().contains("8 nuclei where 9 are right"));
		assertFalse(right.difference(new KnownAnswer("m", "00", 9, 0.01, shifted)).isEmpty());
	}
}
