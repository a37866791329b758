package io.github.nuclei4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import io.github.nuclei4j.evaluation.OutcomeScene;
import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.model.TrainingRecord;
import io.github.nuclei4j.model.ValidationScores;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;

/** What is printed and which exit code is given. */
class EvaluateSubcommandTest {

	@TempDir
	Path folder;

	private String out;
	private String err;

	@Test
	void labelImagesGiveAnAlignedTable() throws IOException {
		final Path truth = Files.createDirectory(folder.resolve("truth"));
		final Path predicted = Files.createDirectory(folder.resolve("predicted"));
		ImageWriter.tiff(OutcomeScene.truth(), truth.resolve("a.tif"));
		ImageWriter.tiff(OutcomeScene.predicted(), predicted.resolve("a_labels.tif"));
		ImageWriter.tiff(OutcomeScene.truth(), truth.resolve("alone.tif"));
		assertEquals(0, run("--truth", truth.toString(), "--predicted", predicted.toString()), err);
		final List<String> lines = Arrays.asList(out.split("\\R"));
		assertEquals(4, lines.size(), out);
		assertEquals(1, lines.stream().mapToInt(String::length).distinct().count(), out);
		assertTrue(lines.get(0).startsWith("image ") && lines.get(2).startsWith("mean ") && lines.get(3).startsWith("pooled "),
			out);
		assertEquals(Arrays.asList("a", "5", "5", "1", "4", "4", "1", "1"), columns(lines, "image", "True", "Predicted", "TP",
			"FP", "FN", "Splits", "Merges"));
		assertTrue(err.contains("alone.tif"), err);
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(2, files.count(), "nothing is written without --output");
		}
	}

	private static List<String> columns(final List<String> lines, final String... names) {
		final List<String> header = Arrays.asList(lines.get(0).split("\\s+"));
		final String[] values = lines.get(1).split("\\s+");
		final String[] found = new String[names.length];
		for (int i = 0; i < names.length; i++) found[i] = values[header.indexOf(names[i])];
		return Arrays.asList(found);
	}

	@Test
	void smallNucleiDoNotCountIfAskedFor() throws IOException {
		final Path truth = folder.resolve("truth.tif");
		final Path predicted = folder.resolve("predicted.tif");
		ImageWriter.tiff(OutcomeScene.truth(), truth);
		ImageWriter.tiff(OutcomeScene.predicted(), predicted);
		final Path output = folder.resolve("results");
		assertEquals(0, run("--truth", truth.toString(), "--predicted", predicted.toString(), "--ignore-below", "100000",
			"--output", output.toString()), err);
		assertEquals(Arrays.asList("0", "0", "0", "0", "0"), columns(Arrays.asList(out.split("\\R")), "True", "Predicted", "TP",
			"FP", "FN"));
		assertTrue(out.contains("less than 100000 pixels don't count"), out);
		final List<String> nuclei = Files.readAllLines(output.resolve("nuclei.csv"));
		assertEquals(11, nuclei.size(), "all nuclei are listed");
		assertTrue(nuclei.stream().skip(1).allMatch(row -> row.contains(",ignored,")), nuclei.toString());
	}

	@Test
	void aPairThatDoesNotFitIsAnErrorButTheOthersAreScored() throws IOException {
		final Path truth = Files.createDirectory(folder.resolve("truth"));
		final Path predicted = Files.createDirectory(folder.resolve("predicted"));
		for (final String name : Arrays.asList("a.tif", "b.tif")) ImageWriter.tiff(OutcomeScene.truth(), truth.resolve(name));
		ImageWriter.tiff(IJ.createImage("small", 20, 20, 1, 8), predicted.resolve("a.tif"));
		ImageWriter.tiff(OutcomeScene.truth(), predicted.resolve("b.tif"));
		final Path output = folder.resolve("results");
		assertEquals(1, run("--truth", truth.toString(), "--predicted", predicted.toString(), "--output", output.toString()));
		assertTrue(err.contains("1 of 2 images failed") && err.contains("a: ") && err.contains("20 x 20"), err);
		assertEquals(4, Files.readAllLines(output.resolve("scores.csv")).size(), "header, b, mean, pooled");
		assertTrue(Files.exists(output.resolve("b_evaluation.png")));
	}

	@Test
	void imagesOfTheTrainingAreLeftOut() throws IOException {
		NativeBackend.initialize();
		for (final String name : Arrays.asList("old", "new")) {
			ImageWriter.tiff(IJ.createImage(name, "8-bit ramp", 48, 40, 1), folder.resolve(name + ".tif"));
			ImageWriter.tiff(OutcomeScene.truth(), folder.resolve(name + "_labels.tif"));
		}
		final TrainingRecord record = new TrainingRecord("made", Collections.singletonList("old"), Collections.emptyList(), 42,
			8, 1e-3, "constant", "none", 1, 0, null);
		final ModelInfo info = ModelInfo.builder("untrained", Architecture.UNET).build().toBuilder().trained(record,
			new ValidationScores(1, 0, 0), new TrainingHistory(Collections.emptyList())).build();
		final Path model = folder.resolve("untrained.zip");
		ModelFile.write(new TrainableModel(info, Networks.build(Architecture.UNET, 1, 1e-3)).model(), model);
		assertEquals(0, run("--model", model.toString(), "--data", folder.toString()), err);
		assertTrue(err.contains("Excluded 1 image"), err);
		assertTrue(out.contains("\nnew ") && !out.contains("\nold ") && out.contains("scaled to 256 x 256"), out);
		assertEquals(0, run("--model", model.toString(), "--data", folder.toString(), "--all"), err);
		assertTrue(err.contains("Warning: the model was trained on 1 of the 2 images"), err);
		assertTrue(out.contains("\nnew ") && out.contains("\nold "), out);
		Files.delete(folder.resolve("new.tif"));
		Files.delete(folder.resolve("new_labels.tif"));
		assertEquals(1, run("--model", model.toString(), "--data", folder.toString()));
		assertTrue(err.contains("--all"), err);
	}

	@Test
	void wrongUsageIsTold() throws IOException {
		final String file = Files.createFile(folder.resolve("a.tif")).toString();
		wrong("--truth and --predicted");
		wrong("--model and --data", "--model", "unet");
		wrong("--truth and --predicted", "--truth", file);
		wrong("either", "--truth", file, "--predicted", file, "--model", "unet", "--data", file);
		wrong("apply to models only", "--truth", file, "--predicted", file, "--threshold", "0.5");
		wrong("no-such-model", "--model", "no-such-model", "--data", file);
		wrong("magic", "--model", "unet", "--data", file, "--separation", "magic");
		wrong("There is no file", "--truth", folder.resolve("none").toString(), "--predicted", file);
		wrong("--ignore-below must be 0", "--truth", file, "--predicted", file, "--ignore-below", "-1");
		wrong("that is a file", "--truth", file, "--predicted", file, "--output", file);
	}

	private void wrong(final String said, final String... arguments) {
		assertEquals(2, run(arguments), err);
		assertTrue(err.contains(said), err);
		assertFalse(err.contains("\tat "), err);
	}

	private int run(final String... arguments) {
		final StringWriter toOut = new StringWriter();
		final StringWriter toErr = new StringWriter();
		final String[] all = new String[arguments.length + 1];
		all[0] = "evaluate";
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		final int code = Nuclei4jCli.commandLine().setOut(new PrintWriter(toOut)).setErr(new PrintWriter(toErr)).execute(all);
		out = toOut.toString();
		err = toErr.toString();
		return code;
	}
}
