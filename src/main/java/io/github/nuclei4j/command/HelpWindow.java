package io.github.nuclei4j.command;

import java.awt.Dimension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import javax.swing.JEditorPane;
import javax.swing.JFrame;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;
import javax.swing.event.HyperlinkEvent;

import ij.IJ;
import ij.plugin.BrowserLauncher;

/** Shows the pages of the documentation that come with the plugin, without a network; links to other places open the browser. */
final class HelpWindow extends JFrame {

	private static final long serialVersionUID = 1;
	private static final String TITLE = "Nuclei4J Help";
	private static final Dimension SIZE = new Dimension(640, 560);

	private final JEditorPane pane = new JEditorPane();

	private HelpWindow() {
		super(TITLE);
		pane.setEditable(false);
		pane.setContentType("text/html");
		pane.addHyperlinkListener(event -> {
			if (event.getEventType() == HyperlinkEvent.EventType.ACTIVATED) follow(event.getDescription());
		});
		add(new JScrollPane(pane));
		setDefaultCloseOperation(DISPOSE_ON_CLOSE);
		setSize(SIZE);
		setLocationByPlatform(true);
	}

	/** Opens the page on a command. */
	static void open(final Class<?> command) {
		SwingUtilities.invokeLater(() -> {
			final HelpWindow window = new HelpWindow();
			if (window.show(HelpPage.file(command))) window.setVisible(true);
		});
	}

	/** The HTML of a page that comes with the plugin, by its name in the documentation; null if there is none. */
	static String html(final String page) throws IOException {
		final String name = page.replaceFirst("\\.md$", ".html");
		try (InputStream in = HelpWindow.class.getResourceAsStream("/io/github/nuclei4j/help/" + name)) {
			return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/** Shows a page of the documentation; if it doesn't come with the plugin, in the browser. */
	private boolean show(final String page) {
		try {
			final String html = html(page);
			if (html != null) {
				pane.setText(html);
				pane.setCaretPosition(0);
				return true;
			}
			BrowserLauncher.openURL(HelpPage.address(page));
		}
		catch (final IOException e) {
			IJ.error(TITLE, "The page " + page + " can't be shown: " + e.getMessage());
		}
		return false;
	}

	private void follow(final String link) {
		final String page = link.replaceFirst("#.*", "");
		if (link.startsWith("#")) pane.scrollToReference(link.substring(1));
		else if (!page.matches("[a-zA-Z-]+\\.md")) browse(link.contains(":") ? link : HelpPage.address(link));
		else if (show(page) && link.length() > page.length()) pane.scrollToReference(link.substring(page.length() + 1));
	}

	private static void browse(final String address) {
		try {
			BrowserLauncher.openURL(address);
		}
		catch (final IOException e) {
			IJ.error(TITLE, address + " can't be opened: " + e.getMessage());
		}
	}
}
