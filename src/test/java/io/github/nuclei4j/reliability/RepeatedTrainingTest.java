package io.github.nuclei4j.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.nuclei4j.training.DiscImages;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same data, settings, seed and number of threads give the same weights, bit by bit, in one JVM and in fresh ones. */
class RepeatedTrainingTest {

	@TempDir
	static Path folder;

	private static Path data;

	@BeforeAll
	static void makeImages() throws IOException {
		data = DiscImages.write(folder.resolve("discs"), 6, 64);
	}

	@Test
	void theDefaultModelsRecipeIsRepeatedByItsSeed() throws Exception {
		final String first = train(new ChildJvm(), "nuclei", "fresh");
		assertEquals(first, RepeatedTraining.train("nuclei", 7, data, Files.createDirectory(folder.resolve("here"))));
	}

	@Tag("slow")
	@ParameterizedTest
	@CsvSource({ "nuclei, engine", "nuclei, deeplearning4j", "reference, engine", "reference, deeplearning4j" })
	void aTrainingIsRepeatedInFreshJvms(final String recipe, final String steps) throws Exception {
		final ChildJvm jvm = new ChildJvm().option("-Dnuclei4j.training=" + steps);
		final String first = train(jvm, recipe, recipe + steps + 1);
		for (int i = 2; i < 4; i++) assertEquals(first, train(jvm, recipe, recipe + steps + i), "training " + i);
		assertNotEquals(first, RepeatedTraining.train(recipe, 8, data, Files.createDirectory(folder.resolve(recipe + steps))),
			"another seed");
	}

	private static String train(final ChildJvm jvm, final String recipe, final String name) throws Exception {
		return jvm.run(RepeatedTraining.class, recipe, "7", data.toString(), Files.createDirectory(folder.resolve(name)).toString())
			.get(0);
	}
}
