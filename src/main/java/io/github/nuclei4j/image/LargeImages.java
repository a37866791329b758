package io.github.nuclei4j.image;

import ij.ImagePlus;
import ij.measure.Calibration;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.view.Views;

/** ImageJ's and ImgLib2's images as {@link LargeImage}s. */
public final class LargeImages {

	private LargeImages() {}

	/** An image of ImageJ, also a virtual stack, of which two planes of all channels at most are held. Not altered. */
	public static LargeImage of(final ImagePlus image) {
		return new Opened(image);
	}

	/**
	 * An image of ImgLib2, such as one of cells that are read from a disk.
	 *
	 * @param image axes (x, y) of a real type or ARGB, or (x, y, channel) of a real type
	 * @param title of results
	 * @param calibration which is copied
	 */
	public static LargeImage of(final RandomAccessibleInterval<? extends NumericType<?>> image, final String title,
		final Calibration calibration)
	{
		NormalizedImage.requirePlane(image);
		return new Pixels(image, title, calibration);
	}

	/** One of ImageJ's. */
	private static final class Opened implements LargeImage {

		private final ImagePlus image;

		/** Of a virtual stack, the planes asked for last. */
		private final int[][] wanted = new int[2 * 3 + 2][];
		private final Object[] planes = new Object[wanted.length];
		private int next;

		Opened(final ImagePlus image) {
			this.image = image;
		}

		@Override
		public String title() {
			return image.getTitle();
		}

		@Override
		public int width() {
			return image.getWidth();
		}

		@Override
		public int height() {
			return image.getHeight();
		}

		@Override
		public int channels() {
			return image.getNChannels();
		}

		@Override
		public ImageChannels channelInfo() {
			return ImageChannels.of(image);
		}

		@Override
		public int slices() {
			return image.getNSlices();
		}

		@Override
		public int frames() {
			return image.getNFrames();
		}

		@Override
		public Calibration calibration() {
			return image.getCalibration().copy();
		}

		@Override
		@SuppressWarnings("unchecked")
		public synchronized RandomAccessibleInterval<? extends NumericType<?>> plane(final int channel, final int slice,
			final int frame)
		{
			if (!image.getStack().isVirtual()) return ImagePlanes.plane(image, channel, slice, frame);
			final int[] place = { channel, slice, frame };
			for (int i = 0; i < wanted.length; i++) {
				if (java.util.Arrays.equals(place, wanted[i])) return (RandomAccessibleInterval<? extends NumericType<?>>) planes[i];
			}
			planes[next] = null;
			final RandomAccessibleInterval<? extends NumericType<?>> plane = ImagePlanes.plane(image, channel, slice, frame);
			planes[next] = plane;
			wanted[next] = place;
			next = (next + 1) % Math.min(wanted.length, 2 * (image.getNChannels() + 1));
			return plane;
		}
	}

	/** One of ImgLib2's. */
	private static final class Pixels implements LargeImage {

		private final RandomAccessibleInterval<? extends NumericType<?>> image;
		private final String title;
		private final Calibration calibration;

		Pixels(final RandomAccessibleInterval<? extends NumericType<?>> image, final String title,
			final Calibration calibration)
		{
			this.image = image;
			this.title = title;
			this.calibration = calibration.copy();
		}

		@Override
		public String title() {
			return title;
		}

		@Override
		public int width() {
			return (int) image.dimension(0);
		}

		@Override
		public int height() {
			return (int) image.dimension(1);
		}

		@Override
		public int channels() {
			return image.numDimensions() > 2 ? (int) image.dimension(2) : 1;
		}

		@Override
		public int slices() {
			return 1;
		}

		@Override
		public int frames() {
			return 1;
		}

		@Override
		public Calibration calibration() {
			return calibration.copy();
		}

		@Override
		public RandomAccessibleInterval<? extends NumericType<?>> plane(final int channel, final int slice, final int frame) {
			final boolean color = image.getType() instanceof ARGBType;
			if (channel < 0 || channel > (color ? 0 : channels()) || slice != 1 || frame != 1) {
				throw new IllegalArgumentException("Channel " + channel + ", slice " + slice + " and frame " + frame + " of '" + title +
					"' were asked for, which has " + (color ? "colours (channel 0)" : channels() + " channels") + " and one plane.");
			}
			return channel == 0 ? image : image.numDimensions() < 3 ? image : Views.hyperSlice(image, 2, image.min(2) + channel -
				1);
		}
	}
}
