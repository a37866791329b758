package io.github.nuclei4j.edit;

import java.awt.Rectangle;
import java.awt.geom.Path2D;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.process.FloatPolygon;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.measure.LabelRois;

/**
 * A label image that is corrected by {@link Edit}s, with undo and redo without limit. An edit that can't be done changes
 * nothing. Labels never overlap, and what an edit makes in a plane is one connected piece. Numbers stay the same until
 * {@link Edit.Kind#RENUMBER}. What an edit costs depends on the size of the nuclei in it, except for the first one and for
 * renumbering. For one thread at a time.
 */
public final class EditedLabels {

	private static final int MOST_SHORT = 65_535;

	private final ImagePlus labels;
	private final Deque<Step> done = new ArrayDeque<>();
	private final Deque<Step> undone = new ArrayDeque<>();

	private Set<Integer> touched = Collections.emptySet();

	/** Bounds of each number in each plane, by number; null until first asked for. */
	private List<List<Place>> places;

	/** @param labels one channel, 0 for background; copied */
	public EditedLabels(final ImagePlus labels) {
		this.labels = labels.duplicate();
		this.labels.setTitle(labels.getTitle());
		if (labels.getBitDepth() == 8) this.labels.setStack(wider(this.labels.getStack()));
	}

	/** Of 16 bits, since edits make new numbers. */
	private static ImageStack wider(final ImageStack narrow) {
		final ImageStack wide = new ImageStack(narrow.getWidth(), narrow.getHeight());
		for (int plane = 1; plane <= narrow.getSize(); plane++) wide.addSlice(narrow.getSliceLabel(plane), narrow.getProcessor(plane)
			.convertToShort(false));
		return wide;
	}

	/** The label image as it is now; not to be altered by others. */
	public ImagePlus labels() {
		return labels;
	}

	/** Edits that are done and not undone, in order. */
	public List<Edit> edits() {
		final List<Edit> edits = done.stream().map(step -> step.edit).collect(Collectors.toList());
		Collections.reverse(edits);
		return edits;
	}

	/** Number of nuclei. */
	public int count() {
		int count = 0;
		for (final List<Place> each : places()) if (!each.isEmpty()) count++;
		return count;
	}

	/** Whether there is a nucleus of a number. */
	public boolean has(final int number) {
		return number > 0 && number < places().size() && !places().get(number).isEmpty();
	}

	/** The number at a pixel, 0 for background or outside. */
	public int at(final int x, final int y, final int slice, final int frame) {
		final int plane = plane(slice, frame);
		final ImageProcessor pixels = processor(plane);
		return x < 0 || y < 0 || x >= pixels.getWidth() || y >= pixels.getHeight() ? 0 : (int) pixels.getf(x, y);
	}

	/** Number of pixels of a nucleus, in all planes. */
	public int area(final int number) {
		final int[] area = new int[1];
		if (has(number)) for (final Place place : places().get(number)) {
			final ImageProcessor pixels = processor(place.plane);
			forEach(place.bounds, (x, y) -> area[0] += pixels.getf(x, y) == number ? 1 : 0);
		}
		return area[0];
	}

	/** Numbers that the latest edit, undo or redo altered, made or removed; empty if it may be all. */
	public Optional<Set<Integer>> touched() {
		return Optional.ofNullable(touched);
	}

	/**
	 * Outlines of some nuclei, as {@link LabelRois} makes them of all.
	 *
	 * @param image whose planes the outlines are for
	 * @param numbers those without a nucleus are passed over
	 */
	public List<Roi> outlines(final ImagePlus image, final Collection<Integer> numbers) {
		final List<Roi> outlines = new ArrayList<>();
		for (final int number : numbers) {
			if (!has(number)) continue;
			for (final Place place : places().get(number)) {
				final ImageProcessor pixels = processor(place.plane);
				final ShortProcessor own = new ShortProcessor(place.bounds.width, place.bounds.height);
				forEach(place.bounds, (x, y) -> own.set(x - place.bounds.x, y - place.bounds.y, pixels.getf(x, y) == number ? 1 : 0));
				final int slice = (place.plane - 1) % labels.getNSlices() + 1;
				for (final Roi outline : LabelRois.of(new ImagePlus("", own))) {
					outline.setLocation(outline.getXBase() + place.bounds.x, outline.getYBase() + place.bounds.y);
					outline.setName(LabelRois.name(number) + (places().get(number).size() > 1 ? String.format(Locale.ROOT, "-z%03d", slice) : ""));
					LabelRois.setPosition(outline, image, slice, (place.plane - 1) / labels.getNSlices() + 1);
					outlines.add(outline);
				}
			}
		}
		return outlines;
	}

	/**
	 * Does an edit.
	 *
	 * @return numbers of the nuclei that are new or changed, rising; empty if nuclei were only removed
	 * @throws IllegalArgumentException that says why it can't be done; nothing is changed then
	 */
	public List<Integer> apply(final Edit edit) {
		final Step step = new Step(edit);
		try {
			run(edit, step);
		}
		catch (final IllegalArgumentException e) {
			step.swap();
			throw e;
		}
		done.push(step);
		undone.clear();
		touched = step.touched();
		return step.numbers();
	}

	/** Does several edits, all or none. */
	public void applyAll(final List<Edit> edits) {
		final int before = done.size();
		try {
			edits.forEach(this::apply);
		}
		catch (final IllegalArgumentException e) {
			while (done.size() > before) undo();
			undone.clear();
			throw e;
		}
	}

	/** Undoes the latest edit; whether there was one. */
	public boolean undo() {
		return move(done, undone);
	}

	/** Redoes the edit that was undone last; whether there was one. */
	public boolean redo() {
		return move(undone, done);
	}

	private boolean move(final Deque<Step> from, final Deque<Step> to) {
		if (from.isEmpty()) return false;
		final Step step = from.pop();
		step.swap();
		touched = step.touched();
		to.push(step);
		return true;
	}

	private void run(final Edit edit, final Step step) {
		for (final int number : edit.numbers()) {
			if (!has(number)) throw new IllegalArgumentException("There is no nucleus " + number + ", which '" + edit + "' names.");
		}
		switch (edit.kind()) {
			case DELETE:
				edit.numbers().forEach(number -> clear(number, step));
				break;
			case MERGE:
				merge(edit.numbers(), step);
				break;
			case SPLIT:
				split(edit, step);
				break;
			case ADD:
				if (edit.slice() > labels.getNSlices() || edit.frame() > labels.getNFrames()) throw new IllegalArgumentException("'" + edit +
					"' names a plane that the image doesn't have.");
				fill(edit, unused(), plane(edit.slice(), edit.frame()), step);
				break;
			case REDRAW:
				final int number = edit.numbers().get(0);
				final int plane = onePlane(number, edit);
				clear(number, step);
				fill(edit, number, plane, step);
				break;
			default:
				renumber(step);
		}
	}

	private int onePlane(final int number, final Edit edit) {
		final List<Place> all = places().get(number);
		if (all.size() == 1) return all.get(0).plane;
		throw new IllegalArgumentException("Nucleus " + number + " goes through " + all.size() + " slices; '" + edit +
			"' works on nuclei of one plane. Delete and merge work on volumes.");
	}

	/** The next free number. */
	private int unused() {
		int number = places().size();
		while (number > 1 && !has(number - 1)) number--;
		if (number > MOST_SHORT && labels.getBitDepth() == 16) throw new IllegalArgumentException(
			"A 16-bit label image has room for numbers up to 65535. Renumber first.");
		return number;
	}

	private void clear(final int number, final Step step) {
		for (final Place place : new ArrayList<>(places().get(number))) {
			final ImageProcessor pixels = step.touch(place.plane, place.bounds);
			forEach(place.bounds, (x, y) -> {
				if (pixels.getf(x, y) == number) pixels.setf(x, y, 0);
			});
		}
		step.changed(number);
	}

	private void merge(final List<Integer> numbers, final Step step) {
		final int first = numbers.get(0);
		final TreeSet<Integer> planes = new TreeSet<>();
		for (final int number : numbers) places().get(number).forEach(place -> planes.add(place.plane));
		final boolean isVolume = numbers.stream().anyMatch(number -> places().get(number).size() > 1);
		if (!isVolume && planes.size() > 1) throw new IllegalArgumentException("The nuclei " + numbers.stream().map(String::valueOf).collect(
			Collectors.joining(", ")) + " lie in different planes, so they can't be one.");
		for (final int plane : planes) {
			final Rectangle bounds = new Rectangle(-1, -1);
			for (final int number : numbers) for (final Place place : places().get(number)) if (place.plane == plane) bounds.add(place.bounds);
			final ImageProcessor pixels = step.touch(plane, bounds);
			forEach(bounds, (x, y) -> {
				if (numbers.contains((int) pixels.getf(x, y))) pixels.setf(x, y, first);
			});
			if (pieces(pixels, bounds, first).size() > 1) bridge(pixels, bounds, first);
			if (!isVolume && pieces(pixels, bounds, first).size() > 1) throw new IllegalArgumentException("The nuclei " + numbers.stream().map(
				String::valueOf).collect(Collectors.joining(", ")) + " don't touch, and something lies between them. Redraw one of them instead.");
		}
		numbers.forEach(step::changed);
	}

	/** Fills the background of the convex hull of a number's pixels. */
	private static void bridge(final ImageProcessor pixels, final Rectangle bounds, final int number) {
		final List<Integer> xs = new ArrayList<>();
		final List<Integer> ys = new ArrayList<>();
		forEach(bounds, (x, y) -> {
			if (pixels.getf(x, y) != number) return;
			for (int corner = 0; corner < 4; corner++) {
				xs.add(x + corner % 2);
				ys.add(y + corner / 2);
			}
		});
		final FloatPolygon hull = new PolygonRoi(ints(xs), ints(ys), xs.size(), Roi.POLYGON).getFloatConvexHull();
		final Path2D inside = new Path2D.Float();
		inside.moveTo(hull.xpoints[0], hull.ypoints[0]);
		for (int i = 1; i < hull.npoints; i++) inside.lineTo(hull.xpoints[i], hull.ypoints[i]);
		inside.closePath();
		forEach(bounds, (x, y) -> {
			if (pixels.getf(x, y) == 0 && inside.contains(x + 0.5, y + 0.5)) pixels.setf(x, y, number);
		});
	}

	private static int[] ints(final List<Integer> values) {
		return values.stream().mapToInt(Integer::intValue).toArray();
	}

	private void split(final Edit edit, final Step step) {
		final int number = edit.numbers().get(0);
		final int plane = onePlane(number, edit);
		final Rectangle bounds = places().get(number).get(0).bounds;
		final double[] from = edit.points().get(0);
		final double[] to = edit.points().get(1);
		final int added = unused();
		final ImageProcessor pixels = step.touch(plane, bounds);
		forEach(bounds, (x, y) -> {
			final double side = (to[0] - from[0]) * (y + 0.5 - from[1]) - (to[1] - from[1]) * (x + 0.5 - from[0]);
			if (pixels.getf(x, y) == number && side > 0) pixels.setf(x, y, added);
		});
		final List<int[]> here = pieces(pixels, bounds, number);
		final List<int[]> there = pieces(pixels, bounds, added);
		if (here.isEmpty() || there.isEmpty()) throw new IllegalArgumentException("The line of '" + edit + "' doesn't cross nucleus " + number +
			".");
		// what a line cuts off besides goes with the other part, which it touches
		final int width = pixels.getWidth();
		for (int i = 1; i < here.size(); i++) for (final int pixel : here.get(i)) pixels.setf(pixel % width, pixel / width, added);
		for (int i = 1; i < there.size(); i++) for (final int pixel : there.get(i)) pixels.setf(pixel % width, pixel / width, number);
		if (there.get(0).length > here.get(0).length) swapNumbers(pixels, bounds, number, added);
		if (pieces(pixels, bounds, number).size() > 1 || pieces(pixels, bounds, added).size() > 1) throw new IllegalArgumentException(
			"The line of '" + edit + "' cuts nucleus " + number + " into more than two pieces. Draw it across one neck, or split twice.");
		step.changed(number);
		step.changed(added);
	}

	private static void swapNumbers(final ImageProcessor pixels, final Rectangle bounds, final int a, final int b) {
		forEach(bounds, (x, y) -> {
			final int label = (int) pixels.getf(x, y);
			if (label == a || label == b) pixels.setf(x, y, a + b - label);
		});
	}

	/** Fills what a polygon encloses of the background with a number. */
	private void fill(final Edit edit, final int number, final int plane, final Step step) {
		final Path2D outline = new Path2D.Double();
		for (final double[] corner : edit.points()) {
			if (outline.getCurrentPoint() == null) outline.moveTo(corner[0], corner[1]);
			else outline.lineTo(corner[0], corner[1]);
		}
		outline.closePath();
		final Rectangle bounds = outline.getBounds().intersection(new Rectangle(labels.getWidth(), labels.getHeight()));
		if (bounds.isEmpty()) throw new IllegalArgumentException("The outline of '" + edit + "' lies outside the image.");
		final ImageProcessor pixels = step.touch(plane, bounds);
		forEach(bounds, (x, y) -> {
			if (pixels.getf(x, y) == 0 && outline.contains(x + 0.5, y + 0.5)) pixels.setf(x, y, number);
		});
		final List<int[]> pieces = pieces(pixels, bounds, number);
		if (pieces.isEmpty()) throw new IllegalArgumentException("The outline of '" + edit +
			"' encloses no background: other nuclei have all of it. Delete or redraw these first.");
		final int width = pixels.getWidth();
		for (int i = 1; i < pieces.size(); i++) for (final int pixel : pieces.get(i)) pixels.setf(pixel % width, pixel / width, 0);
		step.changed(number);
	}

	private void renumber(final Step step) {
		final List<Integer> order = new ArrayList<>();
		final TreeSet<Integer> seen = new TreeSet<>();
		for (int plane = 1; plane <= labels.getStackSize(); plane++) {
			for (int number = 1; number < places().size(); number++) {
				for (final Place place : places().get(number)) if (place.plane == plane && seen.add(number)) order.add(number);
			}
		}
		final int[] numbers = new int[places().size()];
		for (int i = 0; i < order.size(); i++) numbers[order.get(i)] = i + 1;
		final Rectangle whole = new Rectangle(labels.getWidth(), labels.getHeight());
		for (int plane = 1; plane <= labels.getStackSize(); plane++) {
			final ImageProcessor pixels = step.touch(plane, whole);
			forEach(whole, (x, y) -> {
				if (pixels.getf(x, y) != 0) pixels.setf(x, y, numbers[(int) pixels.getf(x, y)]);
			});
		}
		step.changedAll();
	}

	/** The 4-connected pieces of a number, the largest first, as pixels y * width + x. */
	private static List<int[]> pieces(final ImageProcessor pixels, final Rectangle bounds, final int number) {
		final int width = pixels.getWidth();
		final boolean[] seen = new boolean[bounds.width * bounds.height];
		final List<int[]> pieces = new ArrayList<>();
		final int[] stack = new int[seen.length];
		forEach(bounds, (startX, startY) -> {
			int size = 0;
			final int start = (startY - bounds.y) * bounds.width + startX - bounds.x;
			if (seen[start] || pixels.getf(startX, startY) != number) return;
			seen[start] = true;
			stack[size++] = start;
			for (int next = 0; next < size; next++) {
				final int x = stack[next] % bounds.width;
				final int y = stack[next] / bounds.width;
				for (int k = 0; k < 4; k++) {
					final int nx = x + (k == 0 ? 1 : k == 1 ? -1 : 0);
					final int ny = y + (k == 2 ? 1 : k == 3 ? -1 : 0);
					if (nx < 0 || ny < 0 || nx >= bounds.width || ny >= bounds.height) continue;
					final int i = ny * bounds.width + nx;
					if (seen[i] || pixels.getf(bounds.x + nx, bounds.y + ny) != number) continue;
					seen[i] = true;
					stack[size++] = i;
				}
			}
			pieces.add(Arrays.stream(stack, 0, size).map(i -> (bounds.y + i / bounds.width) * width + bounds.x + i % bounds.width).toArray());
		});
		pieces.sort((a, b) -> b.length - a.length);
		return pieces;
	}

	private interface PixelAction {

		void at(int x, int y);
	}

	private static void forEach(final Rectangle area, final PixelAction action) {
		for (int y = area.y; y < area.y + area.height; y++) for (int x = area.x; x < area.x + area.width; x++) action.at(x, y);
	}

	private int plane(final int slice, final int frame) {
		return (frame - 1) * labels.getNSlices() + slice;
	}

	private ImageProcessor processor(final int plane) {
		return labels.getStack().getProcessor(plane);
	}

	private List<List<Place>> places() {
		if (places != null) return places;
		places = new ArrayList<>();
		places.add(new ArrayList<>());
		for (int plane = 1; plane <= labels.getStackSize(); plane++) {
			final int number = plane;
			final ImageProcessor pixels = processor(plane);
			forEach(new Rectangle(pixels.getWidth(), pixels.getHeight()), (x, y) -> note((int) pixels.getf(x, y), number, x, y));
		}
		return places;
	}

	private void note(final int label, final int plane, final int x, final int y) {
		if (label == 0) return;
		while (places.size() <= label) places.add(new ArrayList<>());
		final List<Place> all = places.get(label);
		if (all.isEmpty() || all.get(all.size() - 1).plane != plane) all.add(new Place(plane, new Rectangle(x, y, 1, 1)));
		else all.get(all.size() - 1).add(x, y);
	}

	/** Where a number is in a plane. */
	private static final class Place {

		private final int plane;
		private final Rectangle bounds;

		Place(final int plane, final Rectangle bounds) {
			this.plane = plane;
			this.bounds = bounds;
		}

		void add(final int x, final int y) {
			bounds.add(new Rectangle(x, y, 1, 1));
		}
	}

	/** What an edit changed: the pixels that were there before, or, undone, those that come back when it is redone. */
	private final class Step {

		private final Edit edit;
		private final List<Place> areas = new ArrayList<>();
		private final List<float[]> pixels = new ArrayList<>();
		private final TreeSet<Integer> changed = new TreeSet<>();
		private boolean changesAll;

		Step(final Edit edit) {
			this.edit = edit;
		}

		/** Keeps an area of a plane, which is about to be altered. */
		ImageProcessor touch(final int plane, final Rectangle bounds) {
			places();
			areas.add(new Place(plane, new Rectangle(bounds)));
			pixels.add(values(plane, bounds));
			return processor(plane);
		}

		/** A number that is altered: where it is, is looked up anew. */
		void changed(final int number) {
			changed.add(number);
			look(number);
		}

		/** The numbers that are altered; null for all. */
		Set<Integer> touched() {
			return changesAll ? null : Collections.unmodifiableSet(new TreeSet<>(changed));
		}

		/** Every number may be altered: where they are, is looked up when it is asked for. */
		void changedAll() {
			changesAll = true;
			places = null;
		}

		List<Integer> numbers() {
			if (changesAll) return IntStream.range(1, places().size()).filter(EditedLabels.this::has).boxed().collect(Collectors.toList());
			return changed.stream().filter(EditedLabels.this::has).collect(Collectors.toList());
		}

		/** Exchanges the pixels that are kept for those in the image. */
		void swap() {
			final int count = areas.size();
			// the last area that was altered comes back first, since areas may overlap
			final List<float[]> now = new ArrayList<>(Collections.nCopies(count, null));
			for (int i = count - 1; i >= 0; i--) {
				final Place area = areas.get(i);
				now.set(i, values(area.plane, area.bounds));
				final ImageProcessor plane = processor(area.plane);
				final float[] before = pixels.get(i);
				final int width = area.bounds.width;
				forEach(area.bounds, (x, y) -> plane.setf(x, y, before[(y - area.bounds.y) * width + x - area.bounds.x]));
			}
			Collections.reverse(areas);
			Collections.reverse(now);
			pixels.clear();
			pixels.addAll(now);
			if (changesAll) places = null;
			else changed.forEach(this::look);
		}

		private float[] values(final int plane, final Rectangle bounds) {
			final ImageProcessor source = processor(plane);
			final float[] values = new float[bounds.width * bounds.height];
			forEach(bounds, (x, y) -> values[(y - bounds.y) * bounds.width + x - bounds.x] = source.getf(x, y));
			return values;
		}

		/** Finds the bounds of a number in the areas that this changed, and keeps those elsewhere. */
		private void look(final int number) {
			places();
			while (places.size() <= number) places.add(new ArrayList<>());
			final List<Place> all = new ArrayList<>();
			final TreeSet<Integer> planes = new TreeSet<>();
			for (final Place area : areas) planes.add(area.plane);
			for (final Place place : places.get(number)) if (!planes.contains(place.plane)) all.add(place);
			for (final int plane : planes) {
				final Rectangle searched = new Rectangle(-1, -1);
				for (final Place area : areas) if (area.plane == plane) searched.add(area.bounds);
				for (final Place place : places.get(number)) if (place.plane == plane) searched.add(place.bounds);
				final Place[] found = new Place[1];
				final ImageProcessor source = processor(plane);
				forEach(searched, (x, y) -> {
					if (source.getf(x, y) != number) return;
					if (found[0] == null) found[0] = new Place(plane, new Rectangle(x, y, 1, 1));
					else found[0].add(x, y);
				});
				if (found[0] != null) all.add(found[0]);
			}
			all.sort((a, b) -> a.plane - b.plane);
			places.set(number, all);
		}
	}
}
