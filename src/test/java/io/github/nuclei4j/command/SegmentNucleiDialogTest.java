package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.ItemEvent;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Line;
import ij.gui.Overlay;
import ij.gui.Roi;

/** The dialog in plain ImageJ, used as a person would; needs a display, a virtual one will do. */
@Tag("display")
class SegmentNucleiDialogTest {

	private static final long PATIENCE = 90_000;

	private static ImageJ imagej;

	private ImagePlus image;
	private Overlay overlay;
	private Thread command;
	private CommandDialog dialog;

	@BeforeAll
	static void start() {
		assumeFalse(GraphicsEnvironment.isHeadless(), "needs a display");
		imagej = new ImageJ(ImageJ.NO_SHOW);
	}

	@AfterAll
	static void stop() {
		if (imagej != null) imagej.dispose();
	}

	@BeforeEach
	void openDialog() throws Exception {
		image = IJ.openImage("samples/fluorescence-clusters.png");
		overlay = new Overlay(new Roi(5, 5, 9, 9));
		overlay.drawLabels(true);
		image.setOverlay(overlay);
		image.show();
		command = new Thread(() -> new PlainImageJ().run(SegmentNuclei.class.getName()));
		command.start();
		await("the dialog", () -> {
			for (final Window window : Window.getWindows()) {
				if (window instanceof CommandDialog && window.isShowing()) dialog = (CommandDialog) window;
			}
			return dialog != null;
		});
	}

	@AfterEach
	void closeAll() throws Exception {
		if (command != null && command.isAlive()) press(1);
		image.changes = false;
		image.close();
		WindowManager.closeAllWindows();
	}

	private static void await(final String what, final BooleanSupplier condition) throws InterruptedException {
		final long end = System.currentTimeMillis() + PATIENCE;
		while (!condition.getAsBoolean()) {
			assertTrue(System.currentTimeMillis() < end, "waited for " + what);
			Thread.sleep(20);
		}
	}

	/** Ends the dialog: 0 for OK, 1 for Cancel. */
	private void press(final int button) throws Exception {
		EventQueue.invokeAndWait(() -> dialog.actionPerformed(new ActionEvent(dialog.getButtons()[button],
			ActionEvent.ACTION_PERFORMED, "")));
		command.join(PATIENCE);
		assertFalse(command.isAlive());
	}

	private Component input(final String key) {
		return dialog.form().fields().entrySet().stream().filter(entry -> entry.getKey().key().equals(key)).findFirst()
			.orElseThrow(AssertionError::new).getValue().input();
	}

	private void tick(final String key, final boolean state) throws Exception {
		final Checkbox box = (Checkbox) input(key);
		EventQueue.invokeAndWait(() -> {
			box.setState(state);
			box.dispatchEvent(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box.getLabel(), state ? ItemEvent.SELECTED
				: ItemEvent.DESELECTED));
		});
	}

	private void type(final String key, final String text) throws Exception {
		EventQueue.invokeAndWait(() -> ((TextField) input(key)).setText(text));
	}

	private static String items(final Choice choice) {
		return IntStream.range(0, choice.getItemCount()).mapToObj(choice::getItem).collect(Collectors.joining(", "));
	}

	private Overlay shown() {
		return image.getCanvas().getShowAllList();
	}

	private void assertOverlayUntouched() {
		assertNull(shown());
		assertSame(overlay, image.getOverlay());
		assertEquals(1, overlay.size());
		assertTrue(overlay.getDrawLabels());
	}

	@Test
	void standsBesideTheImageAndListsModelsAndChannels() throws Exception {
		// X11 may tell a window's place only after it is shown
		await("the dialog beside the image", () -> !dialog.getBounds().intersects(image.getWindow().getBounds()));
		final Choice models = (Choice) input("model");
		assertEquals("nuclei", models.getSelectedItem());
		assertTrue(dialog.info().text().contains("trained on"), dialog.info().text());
		assertEquals("auto, all (colour), 1: red, 2: green, 3: blue", items((Choice) input("channel")));
		assertFalse(((Checkbox) input("preview")).getState());
		press(1);
		assertOverlayUntouched();
	}

	@Test
	void thePreviewFollowsAndLeavesNothingBehind() throws Exception {
		tick("preview", true);
		await("outlines", () -> shown() != null && shown().size() > 0);
		final Overlay first = shown();
		await("the closer look", () -> shown() != first);
		final int count = shown().size();
		final Overlay second = shown();
		type("threshold", "0.99");
		await("outlines at another threshold", () -> shown() != second);
		assertTrue(shown().size() < count, shown().size() + " of " + count);
		final Overlay third = shown();
		type("threshold", "0.99x");
		type("threshold", "auto");
		await("outlines as before", () -> shown() != third && shown().size() == count);
		final Overlay fourth = shown();
		image.setRoi(new Rectangle(0, 0, image.getWidth() / 2, image.getHeight()));
		await("outlines in the selection", () -> shown() != null && shown() != fourth && shown().size() < count);
		image.setRoi(new Line(1, 1, 9, 9));
		await("outlines everywhere", () -> shown() != null && shown().size() == count);
		tick("preview", false);
		assertOverlayUntouched();
		tick("preview", true);
		await("outlines again", () -> shown() != null);
		press(1);
		assertOverlayUntouched();
	}

	@Test
	void okGivesWhatThePreviewShowed() throws Exception {
		tick("preview", true);
		await("outlines", () -> shown() != null);
		final Overlay first = shown();
		await("the closer look", () -> shown() != first);
		final int count = shown().size();
		tick("table", false);
		press(0);
		assertNull(shown());
		assertNotNull(image.getOverlay());
		assertEquals(count + 1, image.getOverlay().size());
		assertTrue(overlay.getDrawLabels());
	}
}
