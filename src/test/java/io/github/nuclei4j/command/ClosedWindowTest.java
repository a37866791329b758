package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Window;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import io.github.nuclei4j.image.ImagePlanes;

/** Windows are closed and brought to front while Segment Nuclei runs; needs a display, a virtual one will do. */
@Tag("display")
class ClosedWindowTest {

	private static final String OPTIONS = "labels=true model=[" + Paths.get("models", "unet-int8.zip") + "]";

	private static MacroSession session;

	private ImagePlus image;
	private ImagePlus other;

	@BeforeAll
	static void start() throws IOException {
		session = new MacroSession();
	}

	@AfterAll
	static void stop() {
		if (session != null) session.close();
	}

	@BeforeEach
	void openImages() throws IOException {
		session.clear();
		other = ImagePlanes.open(Paths.get("samples", "tissue-round.png"));
		other.show();
		image = ImagePlanes.open(Paths.get("samples", "fluorescence-clusters.png"));
		image.show();
		makeCurrent(image);
	}

	/** The window system tells late which window is active: waits until that has come to rest. */
	private static void makeCurrent(final ImagePlus wanted) {
		int times = 0;
		for (int i = 0; i < 100 && times < 3; i++) {
			onEventThread(() -> {});
			if (WindowManager.getCurrentImage() == wanted) times++;
			else {
				times = 0;
				WindowManager.setCurrentWindow(wanted.getWindow());
			}
			IJ.wait(50);
		}
		assertSame(wanted, WindowManager.getCurrentImage());
	}

	private static SegmentNuclei run(final Consumer<String> hook) {
		IJ.redirectErrorMessages();
		try {
			return Hooks.run(new SegmentNuclei(), OPTIONS, hook);
		}
		finally {
			IJ.redirectErrorMessages(false);
		}
	}

	private static void onEventThread(final Runnable action) {
		try {
			EventQueue.invokeAndWait(action);
		}
		catch (final InvocationTargetException | InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void closingTheWindowEndsTheRunAndShowsNothing() {
		for (final boolean locked : new boolean[] { false, true }) {
			final ImagePlus closed = image.duplicate();
			closed.setTitle("closed one");
			closed.show();
			makeCurrent(closed);
			final String before = MacroSession.windows().replace("closed one, ", "").replace(", closed one", "");
			final SegmentNuclei command = run(Hooks.at("Finding nuclei", () -> onEventThread(() -> {
				closed.changes = false;
				// a locked image keeps its pixels when its window closes
				if (locked) closed.lock();
				closed.close();
			})));
			assertTrue(command.getCancelReason().contains("'closed one' was closed"), command.getCancelReason());
			assertEquals(before, MacroSession.windows());
			assertNull(other.getOverlay());
			assertFalse(Arrays.stream(Window.getWindows()).anyMatch(window -> window instanceof Dialog && window.isVisible()));
		}
	}

	@Test
	void bringingAnotherImageToFrontDoesNotMoveTheResults() {
		final SegmentNuclei command = run(Hooks.at("Finding nuclei", () -> onEventThread(() -> WindowManager.setCurrentWindow(
			other.getWindow()))));
		assertNull(command.getCancelReason());
		assertTrue(command.count() > 10);
		assertEquals(command.count(), image.getOverlay().size());
		assertNull(other.getOverlay());
		assertTrue(MacroSession.windows().contains(LabelImage.title(image)), MacroSession.windows());
		assertTrue(MacroSession.windows().contains(NucleusResults.title(image)), MacroSession.windows());
	}
}
