package io.github.nuclei4j.model;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.nuclei4j.model.ArchitectureMap.Arrow;
import io.github.nuclei4j.model.ArchitectureMap.Box;

/** Draws an {@link ArchitectureMap}: boxes from left to right in the order of computing, further down at lower resolution. */
final class ArchitectureDrawing {

	private static final double SCALE = 1.3;
	private static final int WIDTH = 74;
	private static final int HEIGHT = 50;
	private static final int LEFT = 108;
	private static final int TOP = 52;
	private static final int ROW = 86;
	private static final Color TEXT = new Color(0x22, 0x2A, 0x35);
	private static final Color PALE = new Color(0x6B, 0x75, 0x82);
	private static final Color DOWN = new Color(0x00, 0x72, 0xB2);
	private static final Color UP = new Color(0xD5, 0x5E, 0x00);
	private static final Color COPY = new Color(0x00, 0x9E, 0x73);
	private static final Color ALONG = new Color(0x8A, 0x93, 0x9E);

	private final ArchitectureMap map;
	private final int step;
	private Graphics2D graphics;

	ArchitectureDrawing(final ArchitectureMap map) {
		this.map = map;
		step = map.boxes.size() > 20 ? 114 : 108;
	}

	/** The picture, with a legend below. */
	BufferedImage draw(final String title) {
		final int columns = map.boxes.values().stream().mapToInt(b -> b.column).max().orElse(0) + 1;
		final int levels = map.boxes.values().stream().mapToInt(b -> b.level).max().orElse(0) + 1;
		final int width = LEFT + (columns - 1) * step + WIDTH + 24;
		final int height = TOP + (levels - 1) * ROW + HEIGHT + 64;
		final BufferedImage image = new BufferedImage((int) (width * SCALE), (int) (height * SCALE),
			BufferedImage.TYPE_INT_RGB);
		graphics = image.createGraphics();
		graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
		graphics.scale(SCALE, SCALE);
		graphics.setColor(Color.WHITE);
		graphics.fillRect(0, 0, width, height);
		rows(levels, width);
		text(title, 14, 22, 15, Font.BOLD, TEXT, false);
		stages();
		map.arrows.forEach(this::arrow);
		map.boxes.values().forEach(this::box);
		legend(height - 22);
		graphics.dispose();
		return image;
	}

	private void rows(final int levels, final int width) {
		for (int level = 0; level < levels; level++) {
			final int y = TOP + level * ROW;
			if (level % 2 == 0) {
				graphics.setColor(new Color(0xF4, 0xF6, 0xF8));
				graphics.fillRect(0, y - (ROW - HEIGHT) / 2, width, ROW);
			}
			final int size = map.size >> level;
			text(size + " x " + size, 14, y + 22, 13, Font.BOLD, TEXT, false);
			text(level == 0 ? "full size" : "1/" + (1 << level), 14, y + 38, 12, Font.PLAIN, PALE, false);
		}
	}

	/** Names of the stages of several branches above their columns, at the top of the picture. */
	private void stages() {
		final Map<String, int[]> spans = new TreeMap<>();
		for (final Box box : map.boxes.values()) {
			if (!box.name.startsWith("stage")) continue;
			final int[] span = spans.computeIfAbsent(box.name.substring(0, 6), key -> new int[] { box.column, box.column });
			span[1] = Math.max(span[1], box.column);
		}
		spans.forEach((name, span) -> {
			final int from = x(span[0]) - 10;
			final int to = x(span[1]) + WIDTH + 10;
			final int y = TOP + ROW + 34;
			graphics.setColor(PALE);
			graphics.setStroke(new BasicStroke(1.2f));
			graphics.drawLine(from, y, to, y);
			graphics.drawLine(from, y, from, y + 7);
			graphics.drawLine(to, y, to, y + 7);
			final int modules = span[1] - span[0] + 1;
			text("stage " + name.substring(5) + (modules == 1 ? "" : ", " + modules + " modules"), (from + to) / 2, y - 7, 13,
				Font.BOLD, TEXT, true);
		});
	}

	private int x(final int column) {
		return LEFT + column * step;
	}

	private void box(final Box box) {
		final int x = x(box.column);
		final int y = TOP + box.level * ROW;
		final double strength = Math.max(0, Math.min(1, Math.log(box.channels / 8.0) / Math.log(32)));
		final RoundRectangle2D shape = new RoundRectangle2D.Double(x, y, WIDTH, HEIGHT, 10, 10);
		graphics.setColor(new Color(mix(245, 120, strength), mix(248, 168, strength), mix(252, 214, strength)));
		graphics.fill(shape);
		graphics.setColor(new Color(0x3A, 0x5A, 0x7A));
		graphics.setStroke(new BasicStroke(1.3f));
		graphics.draw(shape);
		text(String.valueOf(box.channels), x + WIDTH / 2, y + 22, 17, Font.BOLD, TEXT, true);
		final String kernels = box.kernels.stream().map(k -> k + "x" + k).collect(Collectors.joining(", "));
		text(content(box, kernels), x + WIDTH / 2, y + 39, 11, Font.PLAIN, TEXT, true);
	}

	private static String content(final Box box, final String kernels) {
		if (box.name.equals("image")) return "image";
		if (box.name.equals("nucleus")) return "nucleus?";
		return box.convolutions + " conv" + (box.kernels.size() == 1 ? " " + kernels : "");
	}

	private static int mix(final int pale, final int deep, final double strength) {
		return (int) Math.round(pale + (deep - pale) * strength);
	}

	private static Color color(final Arrow arrow) {
		if (arrow.to.level > arrow.from.level) return DOWN;
		if (arrow.to.level < arrow.from.level) return UP;
		return arrow.to.column - arrow.from.column > 1 ? COPY : ALONG;
	}

	private void arrow(final Arrow arrow) {
		final double fromX = x(arrow.from.column) + WIDTH;
		final double fromY = TOP + arrow.from.level * ROW + HEIGHT / 2.0;
		final double toX = x(arrow.to.column) - 5;
		// what comes from below arrives below the middle, so that the heads of many arrows stay apart
		final double toY = TOP + arrow.to.level * ROW + HEIGHT / 2.0 + 5 * (arrow.from.level - arrow.to.level);
		final double bend = Math.min(30, (toX - fromX) / 2);
		graphics.setColor(color(arrow));
		graphics.setStroke(new BasicStroke(1.6f));
		graphics.draw(new CubicCurve2D.Double(fromX, fromY, fromX + bend, fromY, toX - bend, toY, toX - 1, toY));
		final Path2D head = new Path2D.Double();
		head.moveTo(toX + 4, toY);
		head.lineTo(toX - 4, toY - 3.6);
		head.lineTo(toX - 4, toY + 3.6);
		head.closePath();
		graphics.fill(head);
	}

	private void legend(final int y) {
		int x = 14;
		x = line(x, y, ALONG, "same resolution");
		x = line(x, y, DOWN, "reduced");
		x = line(x, y, UP, "enlarged");
		if (map.arrows.stream().anyMatch(a -> color(a).equals(COPY))) x = line(x, y, COPY, map.appends ? "copied and appended" : "copied and added");
		text("large numbers: channels;  conv: convolutions in the box", x + 4, y + 4, 12, Font.PLAIN, PALE, false);
	}

	private int line(final int x, final int y, final Color color, final String what) {
		graphics.setColor(color);
		graphics.setStroke(new BasicStroke(2.4f));
		graphics.drawLine(x, y, x + 26, y);
		text(what, x + 33, y + 4, 12, Font.PLAIN, TEXT, false);
		return x + 33 + graphics.getFontMetrics().stringWidth(what) + 24;
	}

	private void text(final String text, final int x, final int y, final int size, final int style, final Color color,
		final boolean centered)
	{
		graphics.setFont(new Font(Font.SANS_SERIF, style, size));
		graphics.setColor(color);
		graphics.drawString(text, centered ? x - graphics.getFontMetrics().stringWidth(text) / 2f : x, y);
	}
}
