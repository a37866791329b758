package io.github.nuclei4j.inference;

import java.util.ArrayList;
import java.util.List;

import io.github.nuclei4j.util.Progress;
import net.imglib2.Interval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The maps of a rectangle of a {@link LargePlane} at each of its scales, predicted from top to bottom as they are asked for.
 * For one thread.
 */
public final class PlaneStream {

	/** The coarsest scale first. */
	private final MapStream[] looks;

	PlaneStream(final MapStream[] looks) {
		this.looks = looks;
	}

	/** A progress that is told nothing, for looks that take little of the time. */
	public static Progress silent(final Progress progress) {
		return new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				// the closest look reports
			}

			@Override
			public boolean isCanceled() {
				return progress.isCanceled();
			}
		};
	}

	/**
	 * The maps of a window.
	 *
	 * @param window of the plane, inside the rectangle, not above what was released
	 * @return one for each scale, axes (x, y, channel), copies
	 * @throws java.util.concurrent.CancellationException if the user asked to stop
	 */
	public List<Img<FloatType>> maps(final Interval window) {
		final List<Img<FloatType>> maps = new ArrayList<>();
		for (final MapStream look : looks) maps.add(look.maps(window));
		return maps;
	}

	/** Tells the progress what is done with maps that were asked for, until tiles run again. */
	public void tell(final String message) {
		looks[looks.length - 1].tell(message);
	}

	/** Forgets the rows above one, which can no longer be asked for. */
	public void release(final int row) {
		for (final MapStream look : looks) look.release(row);
	}
}
