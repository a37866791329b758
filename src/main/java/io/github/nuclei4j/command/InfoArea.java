package io.github.nuclei4j.command;

import java.awt.Canvas;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.util.ArrayList;
import java.util.List;

/** A few lines of text below the fields of a dialog, broken at spaces: what a field means, or what is wrong with it. */
final class InfoArea extends Canvas {

	private static final long serialVersionUID = 1;
	private static final Color ERROR = new Color(0xb00020);
	private static final int LINES = 3;
	private static final int WIDTH_WANTED = 480;
	private static final int MARGIN = 8;
	/** Points. */
	private static final int SMALLEST = 8;

	private String text = "";
	private boolean isError;

	/** Shows a text in place of the one before. */
	void show(final String next, final boolean error) {
		if (text.equals(next) && isError == error) return;
		text = next;
		isError = error;
		repaint();
	}

	/** What is shown. */
	String text() {
		return text;
	}

	/** Whether it says what is wrong. */
	boolean isError() {
		return isError;
	}

	/** As high as its lines are, and wide enough for most texts. */
	@Override
	public Dimension getPreferredSize() {
		return new Dimension(WIDTH_WANTED, LINES * getFontMetrics(getFont()).getHeight() + MARGIN);
	}

	@Override
	public void paint(final Graphics graphics) {
		graphics.setColor(isError ? ERROR : Color.DARK_GRAY);
		graphics.setFont(fitting(graphics));
		final FontMetrics metrics = graphics.getFontMetrics();
		final List<String> lines = lines(text, metrics, getWidth() - 2 * MARGIN);
		for (int i = 0; i < lines.size(); i++) {
			graphics.drawString(lines.get(i), MARGIN, metrics.getAscent() + i * metrics.getHeight());
		}
	}

	/** The font, smaller for a text that needs more lines than there is room for. */
	private Font fitting(final Graphics graphics) {
		Font font = getFont();
		while (font.getSize() > SMALLEST) {
			final FontMetrics metrics = graphics.getFontMetrics(font);
			if (lines(text, metrics, getWidth() - 2 * MARGIN).size() * metrics.getHeight() <= getHeight()) break;
			font = font.deriveFont(font.getSize2D() - 1);
		}
		return font;
	}

	/** The text in lines no wider than {@code width} pixels, broken at spaces; a word wider than that is cut off. */
	static List<String> lines(final String text, final FontMetrics metrics, final int width) {
		final List<String> lines = new ArrayList<>();
		String line = "";
		for (final String word : text.split("\\s+")) {
			final String longer = line.isEmpty() ? word : line + " " + word;
			if (line.isEmpty() || metrics.stringWidth(longer) <= width) line = longer;
			else {
				lines.add(cut(line, metrics, width));
				line = word;
			}
		}
		lines.add(cut(line, metrics, width));
		return lines;
	}

	private static String cut(final String word, final FontMetrics metrics, final int width) {
		String line = word;
		while (line.length() > 3 && metrics.stringWidth(line) > width) line = line.substring(0, line.length() - 4) + "...";
		return line;
	}
}
