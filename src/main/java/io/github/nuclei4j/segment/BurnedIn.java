package io.github.nuclei4j.segment;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.image.PixelPatch;
import io.github.nuclei4j.separate.RunComponents;

/**
 * Finds scale bars and letters that were drawn into an image: saturated, with abrupt edges, as no microscope sees anything.
 * A bar is a long rectangle without a missing pixel. Letters stand beside a bar, or at least three in a line; they have open
 * shapes, so that saturated nuclei aren't taken for them. Linear time.
 */
final class BurnedIn {

	/** Of the range of values, from where on a pixel is saturated, and from where on one belongs to a letter with smooth edges. */
	private static final float SATURATED = 0.97f;
	private static final float LETTERS = 0.6f;

	/** Share of a letter's pixels that are saturated at least. */
	private static final double CORE = 0.3;

	/** Of the range of values, below which the surroundings must be within two pixels, and for which share of the edge. */
	private static final float ABRUPT = 0.5f;
	private static final double EDGE = 0.8;

	/** Shape of a bar: length, length / height, and filled share of its bounds. */
	private static final int LENGTH = 12;
	private static final double ASPECT = 2.5;
	private static final double FILLED = 0.98;

	/** Least pixels of a letter, and the share of its bounds that it fills at most; a disc fills 0.79. */
	private static final int LETTER = 8;
	private static final double OPEN = 0.76;

	/** Width of a stroke, pixels, that may be a letter by itself, such as I. */
	private static final int STROKE = 3;

	/** Fewest letters in a line without a bar. */
	private static final int LINE = 3;

	/** Width and height of the windows in which large images are looked at, and what neighbours share, pixels. */
	private static final int WINDOW = 2048;
	private static final int OVERLAP = 768;

	private final float[] values;
	private final int width;
	private final int height;
	private final float saturated;
	private final float limit;
	private final List<Rectangle> bars = new ArrayList<>();
	private final List<Rectangle> letters = new ArrayList<>();

	private BurnedIn(final float[] values, final int width) {
		this.values = values;
		this.width = width;
		height = values.length / width;
		float low = Float.POSITIVE_INFINITY;
		float high = Float.NEGATIVE_INFINITY;
		for (final float value : values) {
			low = Math.min(low, value);
			high = Math.max(high, value);
		}
		limit = low + ABRUPT * (high - low);
		saturated = low + SATURATED * (high - low);
		if (!(high > low)) return;
		find(saturated, true);
		find(low + LETTERS * (high - low), false);
	}

	/**
	 * What was drawn into an image, as patches with the values of the surroundings in its place. Large images are looked at
	 * window by window.
	 *
	 * @return one patch for each bar or letter; mostly none
	 */
	static List<PixelPatch> in(final NormalizedImage pixels) {
		final List<PixelPatch> patches = new ArrayList<>();
		final Set<Rectangle> known = new HashSet<>();
		for (int y = 0; y == 0 || y < pixels.height() - OVERLAP; y += WINDOW - OVERLAP) {
			for (int x = 0; x == 0 || x < pixels.width() - OVERLAP; x += WINDOW - OVERLAP) {
				final Rectangle window = new Rectangle(x, y, WINDOW, WINDOW).intersection(new Rectangle(pixels.width(), pixels
					.height()));
				new BurnedIn(brightness(pixels, window), window.width).addTo(patches, known, pixels, window);
			}
		}
		return patches;
	}

	private void addTo(final List<PixelPatch> patches, final Set<Rectangle> known, final NormalizedImage pixels,
		final Rectangle window)
	{
		final List<Rectangle> found = found();
		if (found.isEmpty()) return;
		final boolean[] mask = new boolean[values.length];
		for (final Rectangle bounds : found) cover(bounds, mask);
		for (final Rectangle bounds : found) {
			// what a window cuts is seen whole by its neighbour
			if (bounds.x == 0 && window.x > 0 || bounds.y == 0 && window.y > 0 || bounds.x + bounds.width == width && window.x +
				width < pixels.width() || bounds.y + bounds.height == height && window.y + height < pixels.height()) continue;
			final Rectangle place = grown(bounds);
			final Rectangle inImage = new Rectangle(place);
			inImage.translate(window.x, window.y);
			if (!known.add(inImage)) continue;
			final int size = place.width * place.height;
			final boolean[] covered = new boolean[size];
			final float[] colors = new float[3 * size];
			for (int i = 0; i < size; i++) {
				final int x = place.x + i % place.width;
				final int y = place.y + i / place.width;
				covered[i] = mask[y * width + x];
				if (covered[i]) fill(pixels, window, x, y, mask, colors, i);
			}
			patches.add(new PixelPatch(inImage, covered, colors));
		}
	}

	/** Brightness, row by row, negative on a bright background, on which bars are dark. */
	private static float[] brightness(final NormalizedImage pixels, final Rectangle area) {
		final int size = area.width * area.height;
		final float[] brightness = new float[size];
		final float[] row = new float[3 * area.width];
		double sum = 0;
		float highest = 0;
		for (int y = 0; y < area.height; y++) {
			pixels.copy(area.x, area.y + y, area.width, 1, row);
			for (int x = 0; x < area.width; x++) {
				final float value = (row[x] + row[area.width + x] + row[2 * area.width + x]) / 3;
				brightness[y * area.width + x] = value;
				sum += value;
				highest = Math.max(highest, value);
			}
		}
		if (sum / size > 0.5 * highest) for (int i = 0; i < size; i++) brightness[i] = -brightness[i];
		return brightness;
	}

	/** Marks the pixels of something drawn, with its blurred edge. */
	private void cover(final Rectangle bounds, final boolean[] mask) {
		final Rectangle seen = grown(bounds);
		for (int y = seen.y; y < seen.y + seen.height; y++) {
			for (int x = seen.x; x < seen.x + seen.width; x++) {
				if (values[y * width + x] >= limit) mask[y * width + x] = true;
			}
		}
	}

	private Rectangle grown(final Rectangle bounds) {
		final Rectangle grown = new Rectangle(bounds);
		grown.grow(1, 1);
		return grown.intersection(new Rectangle(width, height));
	}

	/** Gives a pixel the values between the nearest ones that were not drawn, along the axis on which they are nearer. */
	private void fill(final NormalizedImage pixels, final Rectangle window, final int x, final int y, final boolean[] mask,
		final float[] colors, final int to)
	{
		final int[][] ends = { ends(mask, y * width, 1, width, x), ends(mask, x, width, height, y) };
		final int axis = ends[0][1] - ends[0][0] < ends[1][1] - ends[1][0] ? 0 : 1;
		final int at = axis == 0 ? x : y;
		final int length = axis == 0 ? width : height;
		final int before = ends[axis][0] < 0 ? ends[axis][1] : ends[axis][0];
		final int behind = ends[axis][1] >= length ? ends[axis][0] : ends[axis][1];
		if (before >= length || behind < 0) return;
		final float share = behind == before ? 0 : (float) (at - before) / (behind - before);
		final float[] first = new float[3];
		final float[] second = new float[3];
		pixels.copy(window.x + (axis == 0 ? before : x), window.y + (axis == 0 ? y : before), 1, 1, first);
		pixels.copy(window.x + (axis == 0 ? behind : x), window.y + (axis == 0 ? y : behind), 1, 1, second);
		for (int c = 0; c < 3; c++) colors[c * (colors.length / 3) + to] = first[c] + share * (second[c] - first[c]);
	}

	/** The nearest positions of a line on both sides of one that are not marked; -1 and the length if there are none. */
	private static int[] ends(final boolean[] mask, final int start, final int step, final int length, final int at) {
		int before = at;
		while (before >= 0 && mask[start + before * step]) before--;
		int behind = at;
		while (behind < length && mask[start + behind * step]) behind++;
		return new int[] { before, behind };
	}

	private List<Rectangle> found() {
		final List<Rectangle> found = new ArrayList<>(bars);
		for (final Rectangle letter : letters) {
			if (isBesideBar(letter) || lineOf(letter) >= LINE) found.add(letter);
		}
		return found;
	}

	/** Finds bars, or letters, among the connected pixels from a value on. */
	private void find(final float least, final boolean asBars) {
		final boolean[] mask = new boolean[values.length];
		for (int i = 0; i < mask.length; i++) mask[i] = values[i] >= least;
		final RunComponents parts = new RunComponents(mask, true, width, height, true);
		final int count = parts.limit();
		final int[][] bounds = new int[4][count];
		Arrays.fill(bounds[0], Integer.MAX_VALUE);
		Arrays.fill(bounds[2], Integer.MAX_VALUE);
		final int[] edge = new int[count];
		final int[] abrupt = new int[count];
		final int[] core = new int[count];
		parts.forEachRun((part, start, end) -> {
			final int y = start / width;
			bounds[0][part] = Math.min(bounds[0][part], start % width);
			bounds[1][part] = Math.max(bounds[1][part], (end - 1) % width);
			bounds[2][part] = Math.min(bounds[2][part], y);
			bounds[3][part] = Math.max(bounds[3][part], y);
			if (start % width > 0) look(start - 1, start % width > 1 ? start - 2 : start - 1, mask, part, edge, abrupt);
			if (end % width > 0) look(end, end % width < width - 1 ? end + 1 : end, mask, part, edge, abrupt);
			for (int i = start; i < end; i++) {
				if (y > 0) look(i - width, y > 1 ? i - 2 * width : i - width, mask, part, edge, abrupt);
				if (y < height - 1) look(i + width, y < height - 2 ? i + 2 * width : i + width, mask, part, edge, abrupt);
				if (values[i] >= saturated) core[part]++;
			}
		});
		for (int part = 0; part < count; part++) {
			if (parts.area(part) < LETTER || abrupt[part] < EDGE * edge[part] || core[part] < CORE * parts.area(part)) continue;
			sort(asBars, new Rectangle(bounds[0][part], bounds[2][part], bounds[1][part] - bounds[0][part] + 1, bounds[3][part] -
				bounds[2][part] + 1), parts.area(part));
		}
	}

	/** Looks at the first and second pixel outside an object. */
	private void look(final int first, final int second, final boolean[] mask, final int part, final int[] edge,
		final int[] abrupt)
	{
		// between two strokes of a letter there may be no pixel that is dark
		if (mask[first] || mask[second] && values[first] >= limit) return;
		edge[part]++;
		if (values[first] < limit || values[second] < limit) abrupt[part]++;
	}

	private void sort(final boolean asBar, final Rectangle bounds, final int area) {
		final double filled = (double) area / (bounds.width * bounds.height);
		final int length = Math.max(bounds.width, bounds.height);
		final int thickness = Math.min(bounds.width, bounds.height);
		final boolean whole = bounds.width == width || bounds.height == height;
		final boolean bar = filled >= FILLED && length >= LENGTH && length >= ASPECT * thickness;
		if (asBar) {
			if (bar && !whole) bars.add(bounds);
		}
		else if ((filled <= OPEN || thickness <= STROKE) && length <= Math.min(width, height) / 4) letters.add(bounds);
	}

	private boolean isBesideBar(final Rectangle letter) {
		for (final Rectangle bar : bars) {
			final int length = Math.max(bar.width, bar.height);
			final Rectangle around = new Rectangle(bar);
			around.grow(length / 2, length / 2);
			if (around.contains(letter) && Math.max(letter.width, letter.height) <= length) return true;
		}
		return false;
	}

	/** How many letters of its height stand in a line with a letter, itself included, each within a few letters of it. */
	private int lineOf(final Rectangle letter) {
		int count = 0;
		for (final Rectangle other : letters) {
			final boolean level = Math.abs(other.y + other.height - letter.y - letter.height) <= Math.max(1, letter.height / 4);
			final boolean near = Math.abs(other.x - letter.x) <= 6 * letter.height;
			if (level && near && Math.abs(other.height - letter.height) <= Math.max(1, letter.height / 3)) count++;
		}
		return count;
	}
}
