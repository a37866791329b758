package io.github.nuclei4j.command;

import java.awt.Point;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.Roi;
import ij.process.FloatPolygon;
import io.github.nuclei4j.edit.Edit;
import io.github.nuclei4j.edit.EditedLabels;

/** What a selection on an image, drawn with ImageJ's own tools, means as an edit of its nuclei. */
final class EditSelection {

	private final Roi selection;
	private final EditedLabels nuclei;
	private final int slice;
	private final int frame;

	/**
	 * @param image whose selection and plane count
	 * @throws IllegalArgumentException if nothing is selected
	 */
	EditSelection(final ImagePlus image, final EditedLabels nuclei) {
		selection = image.getRoi();
		if (selection == null) throw new IllegalArgumentException("Select something on '" + image.getTitle() +
			"' first, with ImageJ's tools: points, a line, or an area.");
		this.nuclei = nuclei;
		final int[] position = image.convertIndexToPosition(image.getCurrentSlice());
		slice = position[1];
		frame = position[2];
	}

	/** The nuclei that points or a line hit, or of which at least half lies in an area. */
	Edit delete() {
		final Map<Integer, Integer> hit = hit();
		if (selection.isArea()) hit.keySet().removeIf(number -> 2 * hit.get(number) < nuclei.area(number));
		return Edit.delete(numbers(hit, 1, "Click on nuclei, draw a line through them, or draw an area around them"));
	}

	/** The nuclei that points, a line or an area hit, the one that it hits first keeps its number. */
	Edit merge() {
		return Edit.merge(numbers(hit(), 2, "Draw a line through the nuclei that are one, at least two"));
	}

	/** The nucleus that a line crosses the longest. */
	Edit split() {
		if (!selection.isLine()) throw new IllegalArgumentException("Draw a straight line across the nucleus where it is to be split.");
		final int number = most(hit(), "Draw the line across a nucleus");
		final FloatPolygon ends = selection instanceof Line ? ((Line) selection).getFloatPoints() : selection.getFloatPolygon();
		return Edit.split(number, ends.xpoints[0], ends.ypoints[0], ends.xpoints[ends.npoints - 1], ends.ypoints[ends.npoints - 1]);
	}

	/** A nucleus of the area's outline. */
	Edit add() {
		return Edit.add(polygon(), slice, frame);
	}

	/** The area's outline for the nucleus that it holds most of. */
	Edit redraw() {
		final List<double[]> corners = polygon();
		return Edit.redraw(most(hit(), "Draw the outline over the nucleus that is to have it"), corners);
	}

	private List<double[]> polygon() {
		if (!selection.isArea()) throw new IllegalArgumentException("Draw the outline of the nucleus as an area, for instance with the freehand tool.");
		final FloatPolygon corners = selection.getFloatPolygon();
		final List<double[]> points = new ArrayList<>();
		for (int i = 0; i < corners.npoints; i++) points.add(new double[] { corners.xpoints[i], corners.ypoints[i] });
		return points;
	}

	private static Integer[] numbers(final Map<Integer, Integer> hit, final int least, final String remedy) {
		if (hit.size() < least) throw new IllegalArgumentException("The selection hits " + (hit.isEmpty() ? "no nucleus" : "one nucleus only") + ". " +
			remedy + ".");
		return hit.keySet().toArray(new Integer[0]);
	}

	private static int most(final Map<Integer, Integer> hit, final String remedy) {
		numbers(hit, 1, remedy);
		return hit.entrySet().stream().max(Map.Entry.comparingByValue()).get().getKey();
	}

	/** How many pixels of each nucleus the selection has, in the order in which it meets them. */
	private Map<Integer, Integer> hit() {
		final Map<Integer, Integer> hit = new LinkedHashMap<>();
		if (selection.isArea()) {
			final Rectangle bounds = selection.getBounds();
			for (int y = bounds.y; y < bounds.y + bounds.height; y++) {
				for (int x = bounds.x; x < bounds.x + bounds.width; x++) if (selection.contains(x, y)) count(hit, x, y);
			}
		}
		else if (selection.isLine()) {
			final FloatPolygon points = selection.getInterpolatedPolygon(0.5, false);
			for (int i = 0; i < points.npoints; i++) count(hit, (int) Math.floor(points.xpoints[i]), (int) Math.floor(points.ypoints[i]));
		}
		else for (final Point point : selection.getContainedPoints()) count(hit, point.x, point.y);
		return hit;
	}

	private void count(final Map<Integer, Integer> hit, final int x, final int y) {
		final int number = nuclei.at(x, y, slice, frame);
		if (number > 0) hit.merge(number, 1, Integer::sum);
	}
}
