package io.github.nuclei4j.inference;

import java.awt.Rectangle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

import io.github.nuclei4j.util.Progress;
import net.imglib2.Interval;
import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The maps of a rectangle of a {@link LargePlane}, predicted from top to bottom as they are asked for. Memory is that of the
 * rows between what was {@linkplain #release released} and what was asked for, and of two rows of tiles. For one thread.
 */
public final class MapStream {

	/** Weight of a second scale in the average. */
	public static final float SECOND = 0.5f;

	private final TileRows[] looks;
	private final int channels;
	private final int top;
	private final int bottom;
	private final int first;
	private final int end;
	private final Progress progress;

	/** Of each look: the row of tiles that is next, and the row of maps from which on something is still to be added. */
	private final int[] next;
	private final int[] whole;

	/** Rows of maps above this one were multiplied for the second look. */
	private int halved;

	/** Rows of the maps, of which those above {@link #top} never become whole, from {@link #released} on, by channel. */
	private final Deque<float[][]> spare = new ArrayDeque<>();
	private final List<float[][]> rows = new ArrayList<>();
	private int released;
	private long tilesDone;
	private final long tiles;

	/**
	 * @param looks one or two scales
	 * @param area of the maps
	 */
	MapStream(final TileRows[] looks, final int channels, final Rectangle area, final Progress progress) {
		this.looks = looks;
		this.channels = channels;
		this.progress = progress;
		first = area.x;
		end = area.x + area.width;
		top = area.y;
		bottom = area.y + area.height;
		next = new int[looks.length];
		whole = new int[looks.length];
		released = top;
		long count = 0;
		for (int i = 0; i < looks.length; i++) {
			while (looks[i].end(next[i]) <= top) next[i]++;
			whole[i] = looks[i].begin(next[i]);
			released = Math.min(released, whole[i]);
			int last = next[i];
			while (last < looks[i].rows() && looks[i].begin(last) < bottom) last++;
			count += (long) (last - next[i]) * columns(looks[i]).length;
		}
		halved = released;
		tiles = count;
	}

	private int[] columns(final TileRows look) {
		final int[] all = new int[look.columns()];
		int count = 0;
		for (int column = 0; column < all.length; column++) {
			if (look.reaches(column, first, end)) all[count++] = column;
		}
		return Arrays.copyOf(all, count);
	}

	/**
	 * The maps of a window.
	 *
	 * @param window of the plane, inside the rectangle, not above what was released
	 * @return axes (x, y, channel), a copy
	 * @throws java.util.concurrent.CancellationException if the user asked to stop
	 */
	public Img<FloatType> maps(final Interval window) {
		final int least = Math.max(top, released);
		if (window.min(0) < first || window.max(0) >= end || window.min(1) < least || window.max(1) >= bottom) {
			throw new IllegalArgumentException("The window " + window + " is not inside the columns " + first + " to " + (end -
				1) + " and the rows " + least + " to " + (bottom - 1) + ".");
		}
		predict(looks.length - 1, (int) window.max(1) + 1);
		final int width = (int) window.dimension(0);
		final PlanarImg<FloatType, FloatArray> maps = ProbabilityMaps.create(width, (int) window.dimension(1), channels);
		for (int c = 0; c < channels; c++) {
			final float[] plane = ProbabilityMaps.plane(maps, c);
			for (int y = 0; y < window.dimension(1); y++) {
				System.arraycopy(row((int) window.min(1) + y)[c], (int) window.min(0) - first, plane, y * width, width);
			}
		}
		return maps;
	}

	/** Tells the progress what is done with maps that were asked for, until tiles run again. */
	public void tell(final String message) {
		progress.update(Math.min(1, (double) tilesDone / tiles), message);
	}

	/** Forgets the rows above one, which can no longer be asked for. */
	public void release(final int row) {
		for (; released < row; released++) {
			if (rows.isEmpty()) continue;
			spare.add(rows.remove(0));
		}
	}

	/** Runs tiles until the rows above one are whole, as far as the looks up to one are concerned. */
	private void predict(final int look, final int row) {
		while (whole[look] < row) {
			if (look == 0) {
				runNext(0);
				continue;
			}
			final int reached = looks[look].end(next[look]);
			predict(0, reached);
			for (; halved < whole[0]; halved++) {
				for (final float[] values : row(halved)) MapRows.multiply(values, 1 - SECOND);
			}
			runNext(look);
		}
	}

	private void runNext(final int look) {
		final TileRows run = looks[look];
		final int row = next[look]++;
		// so that tiles, which add on several threads, find all rows there
		if (run.end(row) > 0) row(run.end(row) - 1);
		final MapRows target = new MapRows() {

			@Override
			public float[] array(final int channel, final int y) {
				return row(y)[channel];
			}

			@Override
			public int offset(final int y) {
				return -first;
			}
		};
		for (final int column : columns(run)) {
			progress.checkCanceled();
			progress.update(Math.min(1, (double) tilesDone / tiles), "Finding nuclei");
			run.run(row, column, first, end, target);
			tilesDone++;
		}
		whole[look] = run.begin(next[look]);
	}

	/** A row of the maps, which is made with those above it if it isn't there. */
	private float[][] row(final int y) {
		while (rows.size() <= y - released) {
			final float[][] reused = spare.poll();
			if (reused == null) rows.add(new float[channels][end - first]);
			else {
				for (final float[] values : reused) Arrays.fill(values, 0);
				rows.add(reused);
			}
		}
		return rows.get(y - released);
	}
}
