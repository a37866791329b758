package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.GraphicsEnvironment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;

@Tag("display")
public class CurrentImageTest {

	private static final String PROBE = "call('" + CurrentImageTest.class.getName() + ".probe');";

	@BeforeEach
	@AfterEach
	void closeAll() {
		WindowManager.setTempCurrentImage(null);
		if (!GraphicsEnvironment.isHeadless()) WindowManager.closeAllWindows();
	}

	/** Called by the macros below: the title found on this thread, and on another that the macro has not called. */
	public static String probe() throws Exception {
		final CompletableFuture<String> other = new CompletableFuture<>();
		new Thread(() -> other.complete(CurrentImage.find().getTitle())).start();
		return CurrentImage.find().getTitle() + "/" + other.get(5, TimeUnit.SECONDS);
	}

	@Test
	void withoutImageTheErrorSaysWhatToDo() {
		assertEquals("No image is open. Open the image with File > Open..., then try again.", assertThrows(
			IllegalArgumentException.class, CurrentImage::find).getMessage());
	}

	@Test
	void inBatchModeTheActiveImageIsFoundFromAnyThread() {
		final String result = new Interpreter().run("setBatchMode(true); newImage('b', '8-bit', 9, 9, 1);" +
			" newImage('c', '8-bit', 9, 9, 1); x = " + PROBE + " selectImage('b'); y = " + PROBE + " return '' + x + ' ' + y;", "");
		assertEquals("c/c b/b", result);
	}

	@Test
	void aBatchModeImageGoesBeforeAnOpenWindowForTheMacroAlone() {
		assumeFalse(GraphicsEnvironment.isHeadless(), "needs a display");
		IJ.createImage("a", "8-bit", 9, 9, 1).show();
		final String result = new Interpreter().run("setBatchMode(true); newImage('b', '8-bit', 9, 9, 1); x = " + PROBE +
			" selectImage('a'); y = " + PROBE + " return '' + x + ' ' + y;", "");
		assertEquals("b/a a/a", result);
	}

	@Test
	void anImageGivenToRunGoesFirst() {
		final ImagePlus given = IJ.createImage("given", "8-bit", 9, 9, 1);
		WindowManager.setTempCurrentImage(given);
		assertEquals(given, CurrentImage.find());
	}
}
