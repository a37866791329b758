package io.github.nuclei4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.Roi;
import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;

/** What is printed and which exit code is given. */
class CountSubcommandTest {

	private static final String HEADER = "Region,Count,Area,Density,MeanNucleusArea,Covered,Unit,Rule,Slice,Frame";

	@TempDir
	Path folder;

	private Path labels;
	private Path rois;
	private String out;
	private String err;

	@BeforeEach
	void write() throws IOException {
		final ImagePlus image = IJ.createImage("labels", 40, 20, 1, 16);
		for (int i = 0; i < 2; i++) {
			image.getProcessor().setValue(i + 1);
			image.getProcessor().fill(new Roi(5 + 20 * i, 5, 10, 10));
		}
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 0.5;
		image.getCalibration().setUnit("um");
		labels = folder.resolve("labels.tif");
		ImageWriter.tiff(image, labels);
		final Roi left = new Roi(0, 0, 26, 20);
		left.setName("left");
		rois = folder.resolve("rois.zip");
		LabelRois.save(Arrays.asList(left, new Line(0, 0, 9, 9)), rois);
	}

	private int run(final String... arguments) {
		final StringWriter printed = new StringWriter();
		final StringWriter complaints = new StringWriter();
		final String[] all = new String[arguments.length + 1];
		all[0] = "count";
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		final int code = Nuclei4jCli.commandLine().setOut(new PrintWriter(printed)).setErr(new PrintWriter(complaints)).execute(all);
		out = printed.toString();
		err = complaints.toString();
		return code;
	}

	@Test
	void countsArePrintedOrWritten() throws IOException {
		assertEquals(0, run("--label-image", labels.toString()), err);
		assertEquals(HEADER + "\nwhole image,2,200,10000,25,0.25,\u00b5m,centroid,1,1\n", out);
		assertEquals(0, run("--label-image", labels.toString(), "--rois", rois.toString(), "--rule", "overlap"), err);
		assertEquals(HEADER + "\nleft,2,130,15384.61538,25,0.2115384615,\u00b5m,overlap,1,1\n", out);
		assertTrue(err.contains("Ignored 1 ROIs that are not areas"), err);
		final Path table = folder.resolve("new/counts.csv");
		assertEquals(0, run("--label-image", labels.toString(), "--rois", rois.toString(), "--output", table.toString()), err);
		assertEquals("", out);
		assertTrue(Files.readAllLines(table).get(1).startsWith("left,1,130,"));
	}

	@Test
	void anImageIsSegmentedFirst() throws IOException {
		NativeBackend.initialize();
		final Path model = folder.resolve("untrained.zip");
		ModelFile.write(new TrainableModel(ModelInfo.builder("untrained", Architecture.UNET).build(), Networks.build(Architecture.UNET, 1,
			1e-3)).model(), model);
		assertEquals(0, run(labels.toString(), "--model", model.toString(), "--threshold", "0.000001"), err);
		assertEquals(HEADER + "\nwhole image,1,200,5000,200,1,\u00b5m,centroid,1,1\n", out);
	}

	@Test
	void whatDoesNotGoTogetherIsWrongUsage() {
		for (final String[] wrong : new String[][] { {}, { "a.png", "--label-image", "b.png" }, { "--label-image", labels.toString(),
			"--threshold", "0.5" }, { "--label-image", labels.toString(), "--rule", "half" }, { "--label-image", labels.toString(), "--output",
				folder.toString() } }) {
			assertEquals(2, run(wrong), String.join(" ", wrong));
		}
		assertTrue(err.contains("is a folder"), err);
		assertEquals(1, run("--label-image", folder.resolve("absent.tif").toString()));
		assertTrue(err.contains("absent.tif"), err);
		assertEquals(1, run("--label-image", labels.toString(), "--rois", labels.toString()));
		assertTrue(err.contains("There are no ROIs in"), err);
	}
}
