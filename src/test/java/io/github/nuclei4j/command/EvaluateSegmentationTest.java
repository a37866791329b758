package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

import ij.IJ;
import ij.ImagePlus;
import ij.macro.Interpreter;
import io.github.nuclei4j.evaluation.OutcomeScene;
import io.github.nuclei4j.measure.ImageWriter;

/** The command as macros call it, with images open in batch mode. */
public class EvaluateSegmentationTest {

	@TempDir
	static Path folder;

	private static EvaluateSegmentation command;
	private static String options;
	private static String overlays;

	@BeforeEach
	void forget() {
		command = null;
	}

	/** A macro that ended with an error leaves its images behind. */
	@AfterEach
	void closeImages() {
		for (final String title : OpenImages.titles()) Interpreter.removeBatchModeImage(OpenImages.find("image", title));
		Interpreter.batchMode = false;
		IJ.redirectErrorMessages(false);
	}

	/** Called by the macros below. */
	public static String evaluate() {
		command = new EvaluateSegmentation();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(EvaluateSegmentation.class).setFromMacro(command, "tables=false " + options);
			command.run();
		}
		overlays = OpenImages.titles().stream().map(title -> OpenImages.find("image", title)).filter(
			image -> image.getOverlay() != null).map(image -> image.getTitle() + " " + image.getOverlay().size() + " " + image
				.getOverlay().get(0).getName()).collect(Collectors.joining(", "));
		return command.getCancelReason() == null ? "done" : command.getCancelReason();
	}

	/** Opens the scene's label images in batch mode. */
	public static String open() {
		final ImagePlus truth = OutcomeScene.truth();
		truth.setTitle("my truth.tif");
		truth.show();
		final ImagePlus predicted = OutcomeScene.predicted();
		predicted.setTitle("found.tif");
		predicted.show();
		return "";
	}

	/** Runs the command in a macro in batch mode with the label images and another image open. */
	private static String macro(final String parameters) {
		options = parameters;
		final String name = EvaluateSegmentationTest.class.getName();
		return new Interpreter().run("setBatchMode(true); newImage('other', '8-bit ramp', 48, 40, 1); call('" + name +
			".open'); x = call('" + name + ".evaluate'); return '' + x;", "");
	}

	@Test
	void openImagesAreFoundByTitle() {
		assertEquals("done", macro("truth=[my truth.tif] predicted=found.tif"));
		assertEquals("found.tif 9 nucleus-0004 spurious 0.00", overlays);
		assertEquals(1, command.scores().size());
		assertEquals("found.tif", command.scores().get(0).id());
		assertEquals(1, command.scores().get(0).instance().at(0.5).truePositives());
	}

	@Test
	void smallNucleiDoNotCountIfAskedFor() {
		assertEquals("done", macro("truth=[my truth.tif] predicted=found.tif ignore=100000"));
		assertEquals(0, command.scores().get(0).instance().trueCount() + command.scores().get(0).instance().predictedCount());
	}

	@Test
	void outlinesGoOntoTheImageAskedFor() {
		assertEquals("done", macro("truth=[my truth.tif] predicted=found.tif image=other"));
		assertEquals("other 9 nucleus-0004 spurious 0.00", overlays);
	}

	@Test
	void anUnknownTitleIsToldWithThoseThatAreOpen() {
		IJ.redirectErrorMessages(true);
		macro("truth=[my truth.tif] predicted=fuond.tif");
		assertTrue(command.getCancelReason().startsWith("predicted=fuond.tif is neither an open image nor a file"), command
			.getCancelReason());
		assertTrue(command.getCancelReason().contains("Open images: other, my truth.tif, found.tif."), command
			.getCancelReason());
		assertTrue(command.scores().isEmpty());
	}

	@Test
	void foldersAreScoredIntoFiles() throws IOException {
		final Path truth = Files.createDirectories(folder.resolve("truth"));
		final Path predicted = Files.createDirectories(folder.resolve("predicted"));
		for (final String name : new String[] { "a", "b" }) {
			ImageWriter.tiff(OutcomeScene.truth(), truth.resolve(name + ".tif"));
			ImageWriter.tiff(OutcomeScene.predicted(), predicted.resolve(name + "_labels.tif"));
		}
		final Path output = folder.resolve("results");
		options = "truth=[" + truth + "] predicted=[" + predicted + "] output=[" + output + "]";
		assertEquals("done", evaluate());
		assertEquals(2, command.scores().size());
		assertTrue(Files.exists(output.resolve("scores.csv")) && Files.exists(output.resolve("b_evaluation.png")));
	}

	@Test
	void halfAQuestionIsRefused() {
		IJ.redirectErrorMessages(true);
		for (final String half : new String[] { "", "truth=a", "model=unet", "truth=a predicted=b model=unet data=c" }) {
			options = half;
			assertTrue(evaluate().startsWith("Fill in either truth and predicted"), half);
			assertTrue(command.isCanceled());
		}
	}
}
