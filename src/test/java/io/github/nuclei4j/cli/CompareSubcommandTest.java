package io.github.nuclei4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;
import picocli.CommandLine;

/** Two untrained models, of the same name in different files, on two images. */
class CompareSubcommandTest {

	@TempDir
	static Path folder;

	private static String first;
	private static String second;
	private static String data;

	private String out;
	private String err;

	@BeforeAll
	static void prepare() throws IOException {
		first = model("first.zip", 1);
		second = model("second.zip", 2);
		data = folder.resolve("data").toString();
		for (final String kind : new String[] { "images", "labels" }) {
			Files.createDirectories(folder.resolve("data").resolve(kind));
			for (final String name : new String[] { "a.png", "b.png" }) {
				final BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
				for (int i = 0; i < 64; i++) image.getRaster().setSample(8 + i % 8, 8 + i / 8, 0, kind.equals("images") ? 200 : 1);
				ImageIO.write(image, "png", folder.resolve("data").resolve(kind).resolve(name).toFile());
			}
		}
	}

	private static String model(final String file, final int seed) throws IOException {
		final Path path = folder.resolve(file);
		ModelFile.write(new TrainableModel(ModelInfo.builder("untrained", Architecture.UNET).build(), Networks.build(Architecture.UNET, seed, 1e-3)).model(), path);
		return path.toString();
	}

	@Test
	void writesTheReportAndPrintsTheSummary() throws IOException {
		final Path output = folder.resolve("report");
		assertEquals(0, run("--model", first, "-m", second, "--data", data, "--output", output.toString(), "--limit", "1"),
			err);
		final String[] lines = out.split("\\R");
		assertEquals("1 of 2 images of data", lines[0]);
		assertTrue(lines[1].startsWith("Model") && lines[1].endsWith("Wins"), out);
		// they have the same name in themselves, so they are told apart by their files
		assertTrue(lines[2].startsWith("first ") && lines[3].startsWith("second "), out);
		assertTrue(lines[4].matches("ScaledMeanIoU: first is better on \\d images, second on \\d, equal \\d; p = 1.*"), out);
		assertTrue(lines[5].endsWith("report.html"), out);
		final List<String> rows = Files.readAllLines(output.resolve("comparison.csv"));
		assertEquals(2, rows.size());
		assertTrue(rows.get(0).startsWith("Image,first ScaledMeanIoU,second ScaledMeanIoU,first MeanIoU"), rows.get(0));
		assertTrue(rows.get(1).startsWith("a,"), rows.get(1));
		assertTrue(Files.size(output.resolve("report.html")) > 10_000);
	}

	@Test
	void wrongUsageIsTold() {
		final String output = folder.resolve("none").toString();
		wrong("at least two", "--model", first, "--data", data, "--output", output);
		wrong("no-such-model", "--model", first, "--model", "no-such-model", "--data", data, "--output", output);
		wrong("given twice", "--model", first, "--model", first, "--data", data, "--output", output);
		wrong("--limit 0", "--model", first, "--model", second, "--data", data, "--output", output, "--limit", "0");
		wrong("magic", "--model", first, "--model", second, "--data", data, "--output", output, "--score", "magic");
		wrong("is a file", "--model", first, "--model", second, "--data", data, "--output", first);
		wrong("--data", "--model", first, "--model", second, "--output", output);
		assertFalse(Files.exists(folder.resolve("none")), "nothing is made");
	}

	private void wrong(final String said, final String... arguments) {
		assertEquals(2, run(arguments), err);
		assertTrue(err.contains(said), err);
	}

	private int run(final String... arguments) {
		final StringWriter toOut = new StringWriter();
		final StringWriter toErr = new StringWriter();
		final CommandLine line = Nuclei4jCli.commandLine().setOut(new PrintWriter(toOut)).setErr(new PrintWriter(toErr));
		final String[] all = new String[arguments.length + 1];
		all[0] = "compare";
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		final int code = line.execute(all);
		out = toOut.toString();
		err = toErr.toString();
		return code;
	}
}
