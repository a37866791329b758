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
 * The slices of one channel and frame of an image, read as planes across any of the three axes. Pixels of planes are squares:
 * where voxels aren't, values are interpolated. Values lie in 0 to 1, and the same value of the image is the same in every
 * plane. Images in memory are not copied.
 */
final class VolumePixels {

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

	/** A blurred copy in 16 bits per voxel; colours are not blurred. */
	VolumePixels smooth(final double sigma) {
		if (!grey || sigma <= 0) return this;
		final short[][] blurred = Blur.of(slices, new double[] { sigma / voxel[0], sigma / voxel[1], sigma / voxel[2] });
		final NormalizedImage[] copies = new NormalizedImage[slices.length];
		for (int z = 0; z < copies.length; z++) {
			copies[z] = NormalizedImage.of(ArrayImgs.unsignedShorts(blurred[z], size[0], size[1]));
		}
		return new VolumePixels(copies, true, voxel);
	}

	/**
	 * The plane across an axis. Across z its axes are (x, y), across y (x, z), and across x (y, z). Pixels are as long as the
	 * shorter edge of the plane's voxels.
	 */
	NormalizedImage plane(final int across, final int position) {
		final int first = across == 0 ? 1 : 0;
		final int second = across == 2 ? 1 : 2;
		final int width = size[first];
		final int height = size[second];
		final int squareWidth = squares(across, first);
		final int squareHeight = squares(across, second);
		if (across == 2 && squareWidth == width && squareHeight == height) return slices[position];
		final int channels = grey ? 1 : 3;
		final float[] values = new float[channels * width * height];
		final float[] row = new float[3 * (across == 2 ? width * height : width)];
		if (across == 2) {
			slices[position].copy(0, 0, width, height, row);
			System.arraycopy(row, 0, values, 0, values.length);
		}
		else {
			for (int z = 0; z < height; z++) {
				if (across == 1) slices[z].copy(0, position, width, 1, row);
				else slices[z].copy(position, 0, 1, width, row);
				for (int c = 0; c < channels; c++) System.arraycopy(row, c * width, values, (c * height + z) * width, width);
			}
		}
		final float[] squares = Stretching.rows(Stretching.columns(values, width, squareWidth), channels, height, squareHeight);
		return NormalizedImage.of(grey ? ArrayImgs.floats(squares, squareWidth, squareHeight) : ArrayImgs.floats(squares,
			squareWidth, squareHeight, 3), ValueRange.UNIT);
	}

	/** Number of square pixels along one of the axes of a plane. */
	private int squares(final int across, final int axis) {
		return (int) Math.max(1, Math.round(size[axis] * voxel[axis] / pixel(across)));
	}

	/** Length of a pixel of the planes across an axis, in the unit given. */
	double pixel(final int across) {
		return Math.min(voxel[across == 0 ? 1 : 0], voxel[across == 2 ? 1 : 2]);
	}
}
