package io.github.nuclei4j.image;

import java.awt.Rectangle;
import java.io.Closeable;
import java.io.IOException;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.util.Cast;

/**
 * An image of which only parts need to be in memory at a time: a file, a virtual stack, or an ImgLib2 image. Not altered. Safe
 * to read from several threads.
 */
public interface LargeImage extends Closeable {

	/** Name of the image. */
	String title();

	/** Width in pixels. */
	int width();

	/** Height in pixels. */
	int height();

	/** Number of channels; 1 for RGB. */
	int channels();

	/** Names and colours of the channels; for RGB those of red, green and blue. */
	default ImageChannels channelInfo() {
		return isColor() ? ImageChannels.ofColors() : ImageChannels.unnamed(channels());
	}

	/** Whether pixels are RGB colours. */
	default boolean isColor() {
		return plane(0, 1, 1).getType() instanceof ARGBType;
	}

	/** Number of slices. */
	int slices();

	/** Number of frames. */
	int frames();

	/** A copy of the calibration. */
	Calibration calibration();

	/**
	 * One plane, of which pixels are read when they are asked for. Where a file is damaged, that fails with an
	 * {@link java.io.UncheckedIOException}.
	 *
	 * @param channel from 1; 0 for all
	 * @param slice from 1
	 * @param frame from 1
	 * @return axes (x, y), ARGB for an RGB image, otherwise numbers; (x, y, channel) if all of several channels were asked for
	 * @throws IllegalArgumentException if an index isn't in the image
	 */
	RandomAccessibleInterval<? extends NumericType<?>> plane(int channel, int slice, int frame);

	/**
	 * As {@link #plane}, also of one of the colours of an RGB image.
	 *
	 * @param channel from 1, of an RGB image red, green and blue; 0 for all
	 */
	default RandomAccessibleInterval<? extends NumericType<?>> component(final int channel, final int slice, final int frame) {
		if (channel == 0 || !isColor()) return plane(channel, slice, frame);
		final RandomAccessibleInterval<ARGBType> colors = Cast.unchecked(plane(0, slice, frame));
		return Converters.argbChannel(colors, channel);
	}

	/**
	 * A part of a plane as an image in memory, with all channels.
	 *
	 * @param area inside the plane
	 * @param step only every so many columns and rows are taken, from 1
	 */
	default ImagePlus crop(final Rectangle area, final int slice, final int frame, final int step) {
		final ImageStack stack = new ImageStack((area.width + step - 1) / step, (area.height + step - 1) / step);
		for (int c = 1; c <= channels(); c++) stack.addSlice(Crops.of(plane(channels() == 1 ? 0 : c, slice, frame), area,
			step));
		final ImagePlus image = new ImagePlus(title(), stack);
		image.setDimensions(stack.getSize(), 1, 1);
		image.setCalibration(calibration());
		return image;
	}

	/** Frees what is held. The planes can't be read afterwards. */
	@Override
	default void close() throws IOException {
		// most hold nothing
	}
}
