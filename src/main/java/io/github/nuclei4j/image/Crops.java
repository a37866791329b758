package io.github.nuclei4j.image;

import java.awt.Rectangle;

import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.util.ParallelRows;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;

/** Copies parts of ImgLib2 images into ImageJ's processors. */
final class Crops {

	private Crops() {}

	/**
	 * A part of a plane, 8-, 16-bit or RGB if the plane is, otherwise 32-bit.
	 *
	 * @param plane axes (x, y)
	 * @param area counted from the plane's first pixel
	 * @param step only every so many columns and rows are taken
	 */
	static ImageProcessor of(final RandomAccessibleInterval<? extends NumericType<?>> plane, final Rectangle area,
		final int step)
	{
		final int width = (area.width + step - 1) / step;
		final int height = (area.height + step - 1) / step;
		final Object type = plane.getType();
		final boolean color = type instanceof ARGBType;
		final ImageProcessor processor = color ? new ColorProcessor(width, height) : type instanceof UnsignedByteType
			? new ByteProcessor(width, height) : type instanceof UnsignedShortType ? new ShortProcessor(width, height)
				: new FloatProcessor(width, height);
		final boolean floats = processor instanceof FloatProcessor;
		ParallelRows.run(height, (from, to) -> {
			final RandomAccess<? extends NumericType<?>> access = plane.randomAccess();
			for (int y = from; y < to; y++) {
				access.setPosition(plane.min(1) + area.y + y * (long) step, 1);
				for (int x = 0; x < width; x++) {
					access.setPosition(plane.min(0) + area.x + x * (long) step, 0);
					final NumericType<?> value = access.get();
					if (color) processor.set(x, y, ((ARGBType) value).get());
					else if (floats) processor.setf(x, y, ((RealType<?>) value).getRealFloat());
					else processor.set(x, y, (int) ((RealType<?>) value).getRealDouble());
				}
			}
		});
		return processor;
	}
}
