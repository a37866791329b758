package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.Window;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.swing.JEditorPane;
import javax.swing.event.HyperlinkEvent;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages are made by the build, in its phase process-resources. */
class HelpWindowTest {

	private static final Pattern PAGE = Pattern.compile("href=\"([a-zA-Z-]+\\.md)[\"#]");

	@ParameterizedTest
	@MethodSource("io.github.nuclei4j.command.CommandMenuTest#commands")
	void theCommandsPageAndThoseItLinksToComeWithThePlugin(final Class<?> command) throws IOException {
		final String html = HelpWindow.html(HelpPage.file(command));
		assertNotNull(html, HelpPage.file(command));
		assertTrue(html.contains("<h1>"), html.substring(0, 200));
		assertFalse(html.contains("<img"), "pictures don't come with it");
		final Matcher links = PAGE.matcher(html);
		while (links.find()) assertNotNull(HelpWindow.html(links.group(1)), links.group(1));
	}

	@Test
	void thereIsNoPageOfAnotherName() throws IOException {
		assertNull(HelpWindow.html("nothing.md"));
	}

	@Test
	@Tag("display")
	void theWindowShowsThePageAndFollowsItsLinks() throws Exception {
		assumeFalse(GraphicsEnvironment.isHeadless(), "needs a display");
		HelpWindow.open(SegmentNuclei.class);
		// the window opens on the same thread, in order
		EventQueue.invokeAndWait(() -> {});
		final Window window = opened();
		final JEditorPane pane = pane(window);
		assertTrue(pane.getDocument().getText(0, 100).contains("Segment Nuclei"), pane.getText());
		EventQueue.invokeAndWait(() -> pane.fireHyperlinkUpdate(new HyperlinkEvent(pane, HyperlinkEvent.EventType.ACTIVATED, null,
			"batch.md")));
		assertTrue(pane.getDocument().getText(0, 100).contains("Batch Segment Folder"), pane.getText());
		EventQueue.invokeAndWait(window::dispose);
	}

	private static Window opened() {
		Window found = null;
		for (final Window window : Window.getWindows()) if (window instanceof HelpWindow && window.isShowing()) found = window;
		assertNotNull(found);
		assertEquals("Nuclei4J Help", ((HelpWindow) found).getTitle());
		return found;
	}

	private static JEditorPane pane(final Container parent) {
		for (final Component child : parent.getComponents()) {
			if (child instanceof JEditorPane) return (JEditorPane) child;
			final JEditorPane inside = child instanceof Container ? pane((Container) child) : null;
			if (inside != null) return inside;
		}
		return null;
	}
}
