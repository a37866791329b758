package io.github.nuclei4j.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.NativeTypeFactory;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Fraction;

/**
 * ImageJ's images as ImgLib2's, one plane at a time.
 */
public final class ImagePlanes {

	private ImagePlanes() {
		// static methods only
	}

	/**
	 * Opens an image file in any format ImageJ reads by itself, or a microscope's own where Bio-Formats is installed, without
	 * showing anything.
	 *
	 * @throws IOException if there is no such file, it is damaged, of an unknown format, or holds several images; the message
	 *           says what to do
	 */
	public static ImagePlus open(final Path file) throws IOException {
		return SilentOpener.open(file, 0);
	}

	/**
	 * As {@link #open(Path)}, one image of a file that holds several.
	 *
	 * @param number from 1; 0 for the only one
	 */
	public static ImagePlus open(final Path file, final int number) throws IOException {
		return SilentOpener.open(file, number);
	}

	/**
	 * One plane of an image, without copying it where ImageJ holds it in memory; of a virtual stack only this plane is
	 * fetched. Not to be written to. 8-bit images give their stored values whatever their lookup table; calibration functions
	 * aren't applied.
	 *
	 * @param image of any type and any dimensions
	 * @param channel from 1; 0 for all. Channels 1 to 3 of an RGB image are red, green and blue
	 * @param slice from 1
	 * @param frame from 1
	 * @return axes (x, y), ARGB for an RGB image, otherwise unsigned 8-, 16-bit or float numbers; (x, y, channel) if all of
	 *         several channels were asked for
	 * @throws IllegalArgumentException if an index isn't in the image; the message says which are
	 */
	public static RandomAccessibleInterval<? extends NumericType<?>> plane(final ImagePlus image, final int channel,
		final int slice, final int frame)
	{
		final int width = image.getWidth();
		final int height = image.getHeight();
		if (width < 1 || height < 1 || image.getStackSize() < 1) {
			throw new IllegalArgumentException("The image '" + image.getTitle() + "' is empty (" + width + " x " + height +
				" pixels). Open an image first, or check the image's title.");
		}
		final boolean rgb = image.getType() == ImagePlus.COLOR_RGB;
		final int channels = rgb ? 3 : image.getNChannels();
		check(image, "Channel", channel, 0, channels);
		check(image, "Slice", slice, 1, image.getNSlices());
		check(image, "Frame", frame, 1, image.getNFrames());
		if (rgb) {
			final int[] colors = (int[]) pixels(image, image.getStackIndex(1, slice, frame));
			if (channel == 0) return ArrayImgs.argbs(colors, width, height);
			return ArrayImgs.unsignedBytes(new ColorProcessor(width, height, colors).getChannel(channel), width, height);
		}
		if (channel > 0 || channels == 1) {
			return single(pixels(image, image.getStackIndex(Math.max(1, channel), slice, frame)), width, height);
		}
		final List<Object> planes = new ArrayList<>();
		for (int c = 1; c <= channels; c++) {
			planes.add(pixels(image, image.getStackIndex(c, slice, frame)));
		}
		return several(planes, width, height);
	}

	private static void check(final ImagePlus image, final String what, final int got, final int min, final int max) {
		if (got >= min && got <= max) return;
		throw new IllegalArgumentException(what + " " + got + " of the image '" + image.getTitle() + "': expected " + (min == max
			? "" + min : min + " to " + max) + (what.equals("Channel") ? " (0 for all channels)." : "."));
	}

	/** The pixel array of one plane; a copy if it comes from a virtual stack, which may use the same array again. */
	private static Object pixels(final ImagePlus image, final int index) {
		final ImageStack stack = image.getStack();
		if (!stack.isVirtual()) return stack.getPixels(index);
		final Object pixels = stack.getProcessor(index).getPixels();
		if (pixels instanceof byte[]) return ((byte[]) pixels).clone();
		if (pixels instanceof short[]) return ((short[]) pixels).clone();
		if (pixels instanceof float[]) return ((float[]) pixels).clone();
		return ((int[]) pixels).clone();
	}

	private static RandomAccessibleInterval<? extends NumericType<?>> single(final Object pixels, final int width,
		final int height)
	{
		if (pixels instanceof byte[]) return ArrayImgs.unsignedBytes((byte[]) pixels, width, height);
		if (pixels instanceof short[]) return ArrayImgs.unsignedShorts((short[]) pixels, width, height);
		return ArrayImgs.floats((float[]) pixels, width, height);
	}

	private static RandomAccessibleInterval<? extends NumericType<?>> several(final List<Object> planes, final int width,
		final int height)
	{
		if (planes.get(0) instanceof byte[]) {
			final List<ByteArray> arrays = new ArrayList<>();
			planes.forEach(plane -> arrays.add(new ByteArray((byte[]) plane)));
			return planar(arrays, new UnsignedByteType().getNativeTypeFactory(), width, height);
		}
		if (planes.get(0) instanceof short[]) {
			final List<ShortArray> arrays = new ArrayList<>();
			planes.forEach(plane -> arrays.add(new ShortArray((short[]) plane)));
			return planar(arrays, new UnsignedShortType().getNativeTypeFactory(), width, height);
		}
		final List<FloatArray> arrays = new ArrayList<>();
		planes.forEach(plane -> arrays.add(new FloatArray((float[]) plane)));
		return planar(arrays, new FloatType().getNativeTypeFactory(), width, height);
	}

	private static <T extends NativeType<T> & NumericType<T>, A extends ArrayDataAccess<A>> PlanarImg<T, A> planar(
		final List<A> planes, final NativeTypeFactory<T, ? super A> type, final int width, final int height)
	{
		final PlanarImg<T, A> image = new PlanarImg<>(planes, new long[] { width, height, planes.size() }, new Fraction());
		image.setLinkedType(type.createLinkedType(image));
		return image;
	}
}
