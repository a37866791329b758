package io.github.nuclei4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.TrainingRecord;
import io.github.nuclei4j.training.DiscImages;
import picocli.CommandLine;

class TrainSubcommandTest {

	@TempDir
	Path folder;

	private String out;
	private String err;

	@Test
	void twoRounds() throws IOException {
		DiscImages.write(folder.resolve("data"), 6, 32);
		assertEquals(0, run("--epochs", "1"), err);
		assertTrue(out.contains("Best: epoch 1,") && out.contains("mine.zip"), out);
		assertEquals(0, run("--epochs", "2", "--resume"), err);
		assertTrue(out.contains("\n    2 ") && !out.contains("\n    1 "), "only the new epoch: " + out);
		assertEquals(2, ModelFile.readInfo(folder.resolve("mine.zip")).history().epochs().size());
		assertTrue(run("--epochs", "1", "--resume") != 0);
		assertTrue(err.contains("more than"), err);
		assertFalse(err.contains("\tat "), err);
		assertTrue(Files.exists(folder.resolve("mine-history.csv")));
	}

	@Test
	void recipeAndWhatChangesIt() throws IOException {
		DiscImages.write(folder.resolve("data"), 6, 32);
		assertEquals(0, run("--epochs", "1", "--recipe", "nuclei", "--crop", "32", "--samples", "8", "--diameter", "16",
			"--average", "0.9", "--augmentation", "standard"), err);
		assertTrue(out.startsWith("Training resunet on 6 images"), out);
		final ModelInfo info = ModelFile.readInfo(folder.resolve("mine.zip"));
		assertEquals("distance-flow", info.target().id());
		assertEquals(16, info.nucleusDiameter().get());
		final TrainingRecord record = info.training().get();
		assertEquals("adamw", record.optimizer());
		assertEquals(0.9, record.averaging());
		assertEquals(8, record.samples());
		assertEquals("warm-cosine", record.schedule());
		assertTrue(record.augmentation().contains("quarter turns, left-right"), record.augmentation());
		assertEquals(2, run("--epochs", "1", "--recipe", "soup"));
		assertTrue(err.contains("'soup'"), err);
		assertEquals(2, run("--epochs", "1", "--crop", "0"));
		assertTrue(err.contains("--crop=0 is not possible: expected a whole number from 1, or none."), err);
		assertEquals(2, run("--epochs", "1", "--diameter", "0"));
		assertTrue(err.contains("--diameter=0 is not possible: expected a number above 0, or none."), err);
		assertEquals(2, run("--epochs", "1", "--crop", "none", "--diameter", "none", "--patience", "none", "--average", "none", "--samples", "auto",
			"--target", "none"));
		assertTrue(err.contains("'none'") && err.contains("distance-flow"), "only the target is wrong: " + err);
		assertEquals(2, run("--epochs", "1", "--target", "rims"));
		assertTrue(err.contains("distance-flow"), err);
	}

	private int run(final String... arguments) {
		final StringWriter toOut = new StringWriter();
		final StringWriter toErr = new StringWriter();
		final CommandLine line = Nuclei4jCli.commandLine().setOut(new PrintWriter(toOut)).setErr(new PrintWriter(toErr));
		final String[] all = new String[11 + arguments.length];
		System.arraycopy(new String[] { "train", "--data", folder.resolve("data").toString(), "--output", folder.resolve(
			"mine.zip").toString(), "--batch", "4", "--image-size", "32", "--validation", "0.34" }, 0, all, 0, 11);
		System.arraycopy(arguments, 0, all, 11, arguments.length);
		final int code = line.execute(all);
		out = toOut.toString().replace("\r", "");
		err = toErr.toString();
		return code;
	}
}
