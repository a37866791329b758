package io.github.nuclei4j.command;

import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.GraphicsEnvironment;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.swing.Timer;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.ImageCanvas;
import ij.gui.Roi;
import ij.text.TextPanel;
import ij.text.TextWindow;

/**
 * Ties a table of nuclei to their image while both windows are open: the nuclei of the selected rows are highlighted, and
 * brought into view; a click on a nucleus selects its row.
 * <p>
 * Rows are looked at a few times a second, because ImageJ tells nobody of a selection by the keyboard, a menu or a macro. It
 * is then also seen that a window was closed, and everything is let go.
 * </p>
 */
final class NucleusLink extends MouseAdapter {

	private static final int MILLISECONDS = 120;

	/** How far from an outline a click may be, screen pixels. */
	private static final double TOLERANCE = 3;

	private static final Pattern NAME = Pattern.compile("nucleus-\\d{4,}");

	/** The link of each open table; changed on the event thread only. */
	private static final Map<TextPanel, NucleusLink> LINKS = new HashMap<>();

	private final ImagePlus image;
	private final TextPanel rows;
	private final Map<String, Roi> outlines = new HashMap<>();
	private final Highlight highlight;
	private final Timer timer = new Timer(MILLISECONDS, event -> look());
	private ImageCanvas canvas;
	private List<String> selected = new ArrayList<>();

	private NucleusLink(final ImagePlus image, final TextPanel rows, final List<Roi> outlines) {
		this.image = image;
		this.rows = rows;
		// a nucleus of a volume has an outline in each slice: the largest stands for it
		outlines.forEach(outline -> this.outlines.merge(outline.getName().replaceFirst("-z\\d+$", ""), outline, NucleusLink::larger));
		highlight = new Highlight(image);
	}

	private static Roi larger(final Roi a, final Roi b) {
		return a.getBounds().width * a.getBounds().height >= b.getBounds().width * b.getBounds().height ? a : b;
	}

	/**
	 * Ties an image to its table, in place of what the table was tied to; does nothing if one of them has no window.
	 *
	 * @param title of the table's window
	 * @param outlines with the names of the rows, at their slice and frame; not altered
	 */
	static void connect(final ImagePlus image, final String title, final List<Roi> outlines) {
		if (GraphicsEnvironment.isHeadless() || image.getCanvas() == null) return;
		final Frame window = WindowManager.getFrame(title);
		if (!(window instanceof TextWindow)) return;
		final NucleusLink link = new NucleusLink(image, ((TextWindow) window).getTextPanel(), outlines);
		EventQueue.invokeLater(link::start);
	}

	/** Number of tables tied to an image; for tests. */
	static int count() {
		return LINKS.size();
	}

	private void start() {
		final NucleusLink before = LINKS.remove(rows);
		if (before != null) before.stop();
		LINKS.put(rows, this);
		timer.start();
	}

	private void stop() {
		timer.stop();
		LINKS.remove(rows, this);
		listen(null);
		highlight.show(new ArrayList<>());
	}

	private void listen(final ImageCanvas next) {
		if (canvas == next) return;
		if (canvas != null) canvas.removeMouseListener(this);
		canvas = next;
		if (canvas != null) canvas.addMouseListener(this);
	}

	private void look() {
		if (!rows.isDisplayable() || image.getWindow() == null) {
			stop();
			return;
		}
		listen(image.getCanvas());
		final List<String> names = selection();
		if (names.equals(selected)) return;
		selected = names;
		final List<Roi> nuclei = new ArrayList<>();
		names.forEach(name -> nuclei.add(outlines.get(name)));
		if (!nuclei.isEmpty()) bringIntoView(nuclei.get(0));
		highlight.show(nuclei);
	}

	/** The nuclei of the selected rows. */
	private List<String> selection() {
		final List<String> names = new ArrayList<>();
		final int start = rows.getSelectionStart();
		if (start < 0) return names;
		for (int row = start; row <= Math.min(rows.getSelectionEnd(), rows.getLineCount() - 1); row++) {
			final String name = name(row);
			if (outlines.containsKey(name)) names.add(name);
		}
		return names;
	}

	/** The name in a row; the row's number may be in front of it. */
	private String name(final int row) {
		final Matcher matcher = NAME.matcher(rows.getLine(row));
		return matcher.find() ? matcher.group() : "";
	}

	private void bringIntoView(final Roi nucleus) {
		if (!isAtShownPlane(nucleus)) {
			if (!nucleus.hasHyperStackPosition()) image.setSlice(nucleus.getPosition());
			else image.setPosition(image.getC(), nucleus.getZPosition() == 0 ? image.getZ() : nucleus.getZPosition(), nucleus
				.getTPosition() == 0 ? image.getT() : nucleus.getTPosition());
		}
		final Rectangle shown = canvas.getSrcRect();
		final Rectangle bounds = nucleus.getBounds();
		if (shown.contains(bounds)) return;
		final int x = bounds.x + bounds.width / 2 - shown.width / 2;
		final int y = bounds.y + bounds.height / 2 - shown.height / 2;
		canvas.setSourceRect(new Rectangle(Math.max(0, Math.min(x, image.getWidth() - shown.width)), Math.max(0, Math.min(y,
			image.getHeight() - shown.height)), shown.width, shown.height));
		canvas.repaint();
	}

	private boolean isAtShownPlane(final Roi nucleus) {
		if (!nucleus.hasHyperStackPosition()) {
			return nucleus.getPosition() == 0 || nucleus.getPosition() == image.getCurrentSlice();
		}
		return (nucleus.getZPosition() == 0 || nucleus.getZPosition() == image.getZ()) && (nucleus.getTPosition() == 0 || nucleus
			.getTPosition() == image.getT());
	}

	/** A click on a nucleus selects its row; one beside all of them selects none. */
	@Override
	public void mouseClicked(final MouseEvent click) {
		if (click.getButton() != MouseEvent.BUTTON1 || click.isShiftDown() || click.isControlDown() || click.isAltDown()) return;
		final String name = at(click.getPoint());
		for (int row = 0; row < rows.getLineCount() && name != null; row++) {
			if (!name(row).equals(name)) continue;
			rows.setSelection(row, row);
			look();
			return;
		}
		rows.resetSelection();
		look();
	}

	/** The nucleus at a point of the screen: one that contains it, else one whose outline is near; null if there is none. */
	private String at(final Point point) {
		for (final double distance : new double[] { 0, TOLERANCE }) {
			for (final Map.Entry<String, Roi> outline : outlines.entrySet()) {
				if (isAtShownPlane(outline.getValue()) && isNear(outline.getValue(), point, distance)) return outline.getKey();
			}
		}
		return null;
	}

	private boolean isNear(final Roi outline, final Point point, final double distance) {
		for (int i = -1; i <= 1; i++) {
			for (int j = -1; j <= 1; j++) {
				final int x = canvas.offScreenX((int) Math.round(point.x + i * distance));
				final int y = canvas.offScreenY((int) Math.round(point.y + j * distance));
				if (outline.contains(x, y)) return true;
			}
		}
		return false;
	}
}
