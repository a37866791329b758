package io.github.nuclei4j.volume;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.inference.PlaneStream;
import io.github.nuclei4j.inference.ProbabilityMaps;
import io.github.nuclei4j.inference.TiledPredictor;
import io.github.nuclei4j.tensor.Scaling;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.util.ParallelRows;
import io.github.nuclei4j.util.Progress;
import net.imglib2.FinalInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Runs a network for planes over a volume: on planes across z, y and x, with square pixels at one scale. Of what it says about a
 * voxel in the three planes, probabilities and heights are averaged, and directions in the planes joined to one in space. Not
 * every plane across an axis is predicted where voxels are shorter along it than along others; between them maps are
 * interpolated.
 */
final class VolumePredictor {

	/** Share of its height that a pixel loses where a rim is certain. */
	private static final float RIM = 0.5f;

	private final TiledPredictor tiles;
	private final TargetEncoder target;

	/** @param target that holds distance and direction */
	VolumePredictor(final TiledPredictor tiles, final TargetEncoder target) {
		this.tiles = tiles;
		this.target = target;
	}

	/**
	 * Predicts a volume.
	 *
	 * @param scaling of the values of the whole volume
	 * @param scale pixels that the network sees / unit of the voxels' lengths
	 * @param spacing of the planes across each axis, x, y and z: every how many are predicted
	 */
	VolumeMaps predict(final VolumePixels pixels, final Scaling scaling, final double scale, final int[] spacing,
		final Progress progress)
	{
		final VolumeMaps maps = new VolumeMaps(pixels.size(0), pixels.size(1), pixels.size(2));
		double total = 0;
		for (int axis = 0; axis < 3; axis++) total += work(pixels, axis, spacing);
		double done = 0;
		for (int axis = 2; axis >= 0; axis--) {
			final double now = done + work(pixels, axis, spacing);
			new Across(pixels, scaling, scale, axis, maps).predict(spacing[axis], progress.part(done / total, now / total));
			done = now;
		}
		return maps;
	}

	/** Area to predict across an axis. */
	private static double work(final VolumePixels pixels, final int axis, final int[] spacing) {
		double work = Math.ceil((double) pixels.size(axis) / spacing[axis]);
		for (int other = 0; other < 3; other++) {
			if (other != axis) work *= pixels.size(other) * pixels.voxel(other);
		}
		return work;
	}

	/** The planes across one axis. */
	private final class Across {

		private final VolumePixels pixels;
		private final Scaling scaling;
		private final double scale;
		private final int axis;
		private final int first;
		private final int second;
		private final VolumeMaps maps;

		Across(final VolumePixels pixels, final Scaling scaling, final double scale, final int axis, final VolumeMaps maps) {
			this.pixels = pixels;
			this.scaling = scaling;
			this.scale = scale;
			this.axis = axis;
			this.maps = maps;
			first = axis == 0 ? 1 : 0;
			second = axis == 2 ? 1 : 2;
		}

		void predict(final int spacing, final Progress progress) {
			final int size = pixels.size(axis);
			final int count = (size + spacing - 1) / spacing;
			// the same margin on both sides, so that a mirrored volume is predicted in the same planes
			final double start = (size - 1 - (count - 1) * (double) spacing) / 2;
			float[][] before = null;
			int previous = -1;
			for (int i = 0; i < count; i++) {
				progress.checkCanceled();
				progress.update((double) i / count, "Finding nuclei: plane " + (i + 1) + " of " + count + " across " + "xyz".charAt(
					axis));
				final int position = (int) Math.round(start + i * (double) spacing);
				final float[][] here = at(position, progress.part((double) i / count, (i + 1.0) / count));
				if (before == null) for (int k = 0; k < position; k++) add(k, here, here, 0);
				else {
					for (int k = previous + 1; k < position; k++) {
						add(k, before, here, (float) (k - previous) / (position - previous));
					}
				}
				add(position, here, here, 0);
				before = here;
				previous = position;
			}
			for (int k = previous + 1; k < size; k++) add(k, before, before, 0);
		}

		/** Probability, height and the two components of the direction, with the voxels' raster. */
		private float[][] at(final int position, final Progress progress) {
			final NormalizedImage plane = pixels.plane(axis, position);
			final Img<FloatType> found = tiles.predict(plane, new FinalInterval(plane.width(), plane.height()), scaling, scale *
				pixels.pixel(axis), PlaneStream.silent(progress));
			final float[] heights = ProbabilityMaps.plane(found, target.distanceChannel());
			final float[] rims = ProbabilityMaps.plane(found, target.distanceChannel() - 1);
			for (int i = 0; i < heights.length; i++) heights[i] = Math.max(0, Math.min(1, heights[i] * (1 - RIM * rims[i])));
			return new float[][] { narrow(ProbabilityMaps.plane(found, 0), plane), narrow(heights, plane), narrow(ProbabilityMaps.plane(found, target
				.flowChannel()), plane), narrow(ProbabilityMaps.plane(found, target.flowChannel() + 1), plane) };
		}

		private float[] narrow(final float[] values, final NormalizedImage plane) {
			return Stretching.rows(Stretching.columns(values, plane.width(), pixels.size(first)), 1, plane.height(), pixels.size(
				second));
		}

		/** Adds the maps between two planes to those of the volume. */
		private void add(final int position, final float[][] before, final float[][] behind, final float share) {
			final int width = pixels.size(first);
			ParallelRows.run(pixels.size(second), (from, to) -> {
				for (int b = from; b < to; b++) {
					for (int a = 0; a < width; a++) {
						final int i = b * width + a;
						final int z = axis == 2 ? position : b;
						final int index = axis == 2 ? i : axis == 1 ? position * maps.width() + a : a * maps.width() + position;
						maps.add(VolumeMaps.PROBABILITY, z, index, mix(before[0], behind[0], i, share) / 3);
						maps.add(VolumeMaps.HEIGHT, z, index, mix(before[1], behind[1], i, share) / 3);
						maps.add(VolumeMaps.FLOW + first, z, index, mix(before[2], behind[2], i, share) / 2);
						maps.add(VolumeMaps.FLOW + second, z, index, mix(before[3], behind[3], i, share) / 2);
					}
				}
			});
		}

		private float mix(final float[] before, final float[] behind, final int i, final float share) {
			return before[i] + share * (behind[i] - before[i]);
		}
	}
}
