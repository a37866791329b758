package io.github.nuclei4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.onnx.OnnxRuntime;
import io.github.nuclei4j.training.DiscImages;
import picocli.CommandLine;

/** An untrained model quantized on one small image. */
class QuantizeSubcommandTest {

	@TempDir
	static Path folder;

	private static String model;
	private static String data;

	private String out;
	private String err;

	@BeforeAll
	static void prepare() throws IOException {
		model = folder.resolve("untrained.zip").toString();
		ModelFile.write(new TrainableModel(ModelInfo.builder("untrained", Architecture.UNET).build(), Networks.build(Architecture.UNET, 1,
			1e-3)).model(), folder.resolve("untrained.zip"));
		data = DiscImages.write(folder.resolve("data"), 1, 32).toString();
	}

	@Test
	void printsAndWritesTheReport() {
		assumeTrue(!OneDnnNetwork.obstacle().isPresent(), () -> OneDnnNetwork.obstacle().get());
		final String output = folder.resolve("full.zip").toString();
		final Path report = folder.resolve("report");
		assertEquals(0, run("quantize", "-m", model, "-o", output, "--calibration", data, "--report", report.toString()), err);
		final String[] lines = out.split("\\R");
		assertEquals("Wrote " + output + " (untrained-int8).", lines[0]);
		assertTrue(lines[1].startsWith("Calibration: ranges by"), out);
		assertTrue(lines[2].contains("the same 1 image"), out);
		assertTrue(lines[4].matches(" +original +quantized +change"), out);
		assertTrue(lines[5].matches("File, MiB +\\d\\.\\d\\d +1\\.\\d\\d +-\\d\\.\\d\\d"), out);
		assertTrue(out.contains("Seconds per image, median") && out.contains("AP50, mean of images"), out);
		assertTrue(Files.exists(report.resolve("images.csv")) && Files.exists(report.resolve("disc0_disagreement.png")));

		assertEquals(0, run("info", output), err);
		assertTrue(out.contains("8-bit integers, one scale") && out.contains("Runs in:          8-bit integers"), out);
		assertTrue(out.contains("Quantization:     ranges by"), out);
		wrong("quantized already", "--model", output, "--output", folder.resolve("again.zip").toString(), "--weights-only");
	}

	@Test
	void weightsOnlyNeedsNoImages() {
		final String output = folder.resolve("weights.zip").toString();
		assertEquals(0, run("quantize", "--model", model, "--output", output, "--weights-only"), err);
		assertTrue(out.contains("No images were given") && out.contains("File, quantized / original"), out);
		assertFalse(out.contains("Seconds"), out);
		assertEquals(0, run("info", output), err);
		assertTrue(out.contains("8-bit integers, one scale") && out.contains("Runs in:          floats"), out);
	}

	@Test
	void infoSaysWhatRunsModels() {
		assertEquals(0, run("info"), err);
		assertTrue(out.contains("Models run on:    " + (OneDnnNetwork.obstacle().isPresent() ? OnnxRuntime.obstacle().isPresent() ? "Deeplearning4j" : "ONNX Runtime " : "oneDNN ")),
			out);
	}

	@Test
	void wrongUsageIsTold() {
		final String output = folder.resolve("none.zip").toString();
		wrong("--output", "--model", model);
		wrong("no-such-model", "--model", "no-such-model", "--output", output, "--weights-only");
		wrong("is the model itself", "--model", model, "--output", model, "--weights-only");
		wrong("is a folder", "--model", model, "--output", folder.toString(), "--weights-only");
		wrong("does not exist", "--model", model, "--output", output, "--weights-only", "--calibration", folder.resolve("no")
			.toString());
		wrong("is a file", "--model", model, "--output", output, "--weights-only", "--report", model);
		assertFalse(Files.exists(folder.resolve("none.zip")), "nothing is made");
	}

	private void wrong(final String said, final String... arguments) {
		final String[] all = new String[arguments.length + 1];
		all[0] = "quantize";
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		assertEquals(2, run(all), err);
		assertTrue(err.contains(said), err);
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
