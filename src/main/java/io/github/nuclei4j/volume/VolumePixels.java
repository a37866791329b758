package io.github.nuclei4j.volume;

import ij.ImagePlus;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.image.ValueRange;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The slices of one channel and frame of an image, read as planes across any of the three axes. Planes across x and y are
 * interpolated to square pixels. Values lie in 0 to 1, and the same value of the image is the same in every plane. Images in
 * memory are not copied. Safe to use from several threads if the image is in memory.
 */
final class VolumePixels {

	private static final ValueRange UNIT = ValueRange.UNIT;

	private final NormalizedImage[] slices;
	private final boolean grey;
	private final int[] size;
	private final double[] voxel;

	private VolumePixels(final NormalizedImage[] slices, final boolean grey, final double[] voxel) {
		this.slices = slices;
		this.grey = grey;
		this.voxel = voxel.clone();
		size = new int[] { slices[0].width(), slices[0].height(), slices.length };
	}

	/**
	 * The slices of a channel and frame of an image.
	 *
	 * @param channel from 1; 0 for all, as colours
	 * @param frame from 1
	 * @param voxel lengths of a voxel along x, y and z, in any unit
	 */
	static VolumePixels of(final ImagePlus image, final int channel, final int frame, final double[] voxel) {
		final NormalizedImage[] slices = new NormalizedImage[image.getNSlices()];
		ValueRange range = null;
		boolean grey = true;
		if (image.getBitDepth() == 32) {
			final ValueRange.Finder finder = new ValueRange.Finder();
			for (int z = 1; z <= slices.length; z++) {
				for (final Object value : ImagePlanes.plane(image, channel, z, frame)) finder.add(((FloatType) value).get());
			}
			range = finder.range();
		}
		for (int z = 0; z < slices.length; z++) {
			final RandomAccessibleInterval<? extends NumericType<?>> plane = ImagePlanes.plane(image, channel, z + 1, frame);
			slices[z] = NormalizedImage.of(plane, range);
			grey = plane.numDimensions() == 2 && !(plane.getType() instanceof ARGBType);
		}
		return new VolumePixels(slices, grey, voxel);
	}

	/** Number of voxels along x (0), y (1) or z (2). */
	int size(final int axis) {
		return size[axis];
	}

	/** Length of a voxel along an axis, in the unit given. */
	double voxel(final int axis) {
		return voxel[axis];
	}

	/** All slices below each other, for what depends on the values of the whole volume. */
	NormalizedImage all() {
		return NormalizedImage.stacked(slices);
	}

	/** The slice at a position along z, pixels as they are in the image. */
	NormalizedImage slice(final int z) {
		return slices[z];
	}

	/**
	 * The plane across an axis. Across z its axes are (x, y), across y (x, z), and across x (y, z); pixels are squares, as long
	 * as the shorter edge of the plane's voxels.
	 */
	NormalizedImage plane(final int axis, final int position) {
		final int first = axis == 0 ? 1 : 0;
		final int second = axis == 2 ? 1 : 2;
		final int width = size[first];
		final int height = size[second];
		if (axis == 2 && squareSize(axis, first) == width && squareSize(axis, second) == height) return slices[position];
		final float[] values = new float[(grey ? 1 : 3) * width * height];
		final float[] row = new float[3 * (axis == 2 ? width * height : width)];
		final int channels = grey ? 1 : 3;
		if (axis == 2) {
			slices[position].copy(0, 0, width, height, row);
			System.arraycopy(row, 0, values, 0, values.length);
		}
		else {
			for (int z = 0; z < height; z++) {
				if (axis == 1) slices[z].copy(0, position, width, 1, row);
				else slices[z].copy(position, 0, 1, width, row);
				for (int c = 0; c < channels; c++) System.arraycopy(row, c * width, values, (c * height + z) * width, width);
			}
		}
		return unit(Stretching.rows(Stretching.columns(values, width, squareSize(axis, first)), channels, height, squareSize(
			axis, second)), squareSize(axis, first), squareSize(axis, second));
	}

	/** Number of square pixels along one of the axes of a plane. */
	private int squareSize(final int across, final int axis) {
		final int other = 3 - across - axis;
		final double pixel = Math.min(voxel[axis], voxel[other]);
		return (int) Math.max(1, Math.round(size[axis] * voxel[axis] / pixel));
	}

	/** Length of a pixel of the planes across an axis, in the unit given. */
	double pixel(final int across) {
		return Math.min(voxel[across == 0 ? 1 : 0], voxel[across == 2 ? 1 : 2]);
	}

	private NormalizedImage unit(final float[] values, final int width, final int height) {
		return NormalizedImage.of(grey ? ArrayImgs.floats(values, width, height) : ArrayImgs.floats(values, width, height, 3), UNIT);
	}
}
