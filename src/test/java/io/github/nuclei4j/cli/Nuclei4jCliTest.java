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

import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.training.TrainingOptions;
import picocli.CommandLine;

/** Checks how wrong usage is answered; no network is needed. */
class Nuclei4jCliTest {

	@TempDir
	Path folder;

	private String out;
	private String err;

	@Test
	void helpAndVersion() {
		assertEquals(0, run("--help"));
		assertTrue(out.contains("segment") && out.contains("train") && out.contains("quantize") && out.contains("info"), out);
		assertEquals(0, run("segment", "--help"));
		assertTrue(out.contains("--size"), out);
		assertEquals(0, run("--version"));
		assertTrue(out.startsWith("Nuclei4J "), out);
	}

	@Test
	void helpTellsTheRealDefaults() {
		final SegmentationOptions segmentation = SegmentationOptions.defaults();
		assertEquals(0, run("segment", "--help"));
		String help = out.replaceAll("\\s+", " ");
		for (final String value : new String[] { "in pixels (default: " + segmentation.size(), segmentation.mode() +
			" (default", segmentation.separation() + " (default" })
		{
			assertTrue(help.contains(value), value + " in " + help);
		}
		final TrainingOptions training = TrainingOptions.defaults();
		assertEquals(0, run("train", "--help"));
		help = out.replaceAll("\\s+", " ");
		for (final Object value : new Object[] { "Images per step (default: " + training.batchSize(), "Learning rate (default: " +
			training.learningRate(), "augmenting the images (default: " + training.seed(), "to score the model (default: " + training
				.validation(), "when segmenting (default: " + training.threshold(), training.schedule() + " (default;", training
					.normalizer().id() + " (default;", "Kind of network (default: " + training.architecture().id() })
		{
			assertTrue(help.contains(value.toString()), value + " in " + help);
		}
	}

	@Test
	void wrongUsageIsTold() throws IOException {
		final String image = Files.createFile(folder.resolve("a.png")).toString();
		final String output = folder.resolve("results").toString();
		wrong("Choose a subcommand");
		wrong("--output", "segment", image);
		wrong("--colour", "segment", image, "--model", "unet", "--output", output, "--colour");
		wrong("no images", "segment", Files.createDirectory(folder.resolve("empty")).toString(), "--model", "unet",
			"--output", output);
		wrong("no-such-model", "segment", image, "--model", "no-such-model", "--output", output);
		wrong("no-such-model", "info", "no-such-model");
		wrong("--epochs", "train", "--data", image, "--output", output);
		wrong("is a file", "segment", image, "--model", image, "--output", image);
		assertFalse(Files.exists(folder.resolve("results")), "nothing is made");
	}

	@Test
	void impossibleSettingsAreWrongUsage() throws IOException {
		final String image = Files.createFile(folder.resolve("a.png")).toString();
		for (final String[] option : new String[][] { { "--threshold", "1.5" }, { "--threshold", "high" }, { "--size",
			"-1" }, { "--channel", "-1" }, { "--separation", "magic" }, { "--mode", "fast" } })
		{
			wrong(option[1], "segment", image, "--model", "unet", "--output", folder.toString(), option[0], option[1]);
		}
		for (final String[] option : new String[][] { { "--epochs", "0" }, { "--architecture", "magic" }, { "--validation",
			"1.5" }, { "--normalizer", "magic" } })
		{
			final String epochs = option[0].equals("--epochs") ? "--seed" : "--epochs";
			wrong(option[1], "train", "--data", image, epochs, "2", "--output", folder.resolve("m.zip").toString(), option[0],
				option[1]);
		}
	}

	@Test
	void imagesAreNotReplacedByResults() throws IOException {
		final Path image = Files.createFile(folder.resolve("a.tif"));
		final Path annotated = Files.createFile(folder.resolve("a_labels.tif"));
		wrong("would replace", "segment", image.toString(), annotated.toString(), "--model", "unet", "--output", folder
			.toString());
	}

	@Test
	void namesThatJavaCantReadAreRefusedWithoutClassNames() {
		// as letters beyond English are under LC_ALL=C
		wrong("set the language before the program's start", "segment", "a\0b.tif");
	}

	private void wrong(final String said, final String... arguments) {
		final int code = run(arguments);
		assertEquals(2, code, err);
		assertTrue(err.contains(said), err);
		assertFalse(err.contains("\tat "), err);
	}

	private int run(final String... arguments) {
		final StringWriter toOut = new StringWriter();
		final StringWriter toErr = new StringWriter();
		final CommandLine line = Nuclei4jCli.commandLine().setOut(new PrintWriter(toOut)).setErr(new PrintWriter(toErr));
		final int code = line.execute(arguments);
		out = toOut.toString();
		err = toErr.toString();
		return code;
	}
}
