package io.github.nuclei4j.dataset;

import java.util.Arrays;

import io.github.nuclei4j.image.NormalizedImage;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.integer.IntType;

/**
 * One image with its annotated nuclei.
 */
public final class NucleusSample {

	private final String id;
	private final RandomAccessibleInterval<? extends NumericType<?>> image;
	private final RandomAccessibleInterval<IntType> labels;
	private volatile NormalizedImage unitPixels;

	/**
	 * @param id unique within its data set, stable between runs
	 * @param image axes (x, y) of a real type or ARGB, or (x, y, channel) of a real type; zero-min
	 * @param labels axes (x, y), 0 for background, 1..n for the nuclei; the size of the image
	 * @throws IllegalArgumentException if image and labels differ in width or height
	 */
	public NucleusSample(final String id, final RandomAccessibleInterval<? extends NumericType<?>> image,
		final RandomAccessibleInterval<IntType> labels)
	{
		if (image.dimension(0) != labels.dimension(0) || image.dimension(1) != labels.dimension(1)) {
			throw new IllegalArgumentException("Sample '" + id + "': the image is " + image.dimension(0) + " x " + image
				.dimension(1) + " pixels but its labels are " + labels.dimension(0) + " x " + labels.dimension(1) +
				". Both must have the same size: check that the label image belongs to this image.");
		}
		this.id = id;
		this.image = image;
		this.labels = labels;
	}

	/** The sample's name, unique within its data set. */
	public String id() {
		return id;
	}

	/** The image, axes (x, y) or (x, y, channel). */
	public RandomAccessibleInterval<? extends NumericType<?>> image() {
		return image;
	}

	/** The label image, axes (x, y): 0 for background, 1..n for the nuclei. */
	public RandomAccessibleInterval<IntType> labels() {
		return labels;
	}

	/**
	 * A copy that takes little memory and is fast to read: of colour images with three equal channels only one is kept, of
	 * others bytes. Images of numbers, and labels, are copied only if they lie in no array.
	 */
	public NucleusSample compact() {
		final RandomAccessibleInterval<IntType> flat = labels instanceof ArrayImg ? labels : ArrayImgs.ints(AffineSampling
			.array(labels), labels.dimension(0), labels.dimension(1));
		if (!(image.getType() instanceof ARGBType)) return new NucleusSample(id, image, flat);
		final int width = (int) image.dimension(0);
		final int plane = width * (int) image.dimension(1);
		final byte[] bytes = new byte[3 * plane];
		final RandomAccess<? extends NumericType<?>> access = image.randomAccess();
		boolean grey = true;
		for (int i = 0; i < plane; i++) {
			access.setPosition(image.min(0) + i % width, 0);
			access.setPosition(image.min(1) + i / width, 1);
			final int color = ((ARGBType) access.get()).get();
			for (int c = 0; c < 3; c++) bytes[c * plane + i] = (byte) (color >> 16 - 8 * c);
			grey &= bytes[i] == bytes[plane + i] && bytes[i] == bytes[2 * plane + i];
		}
		return new NucleusSample(id, grey ? ArrayImgs.unsignedBytes(Arrays.copyOf(bytes, plane), width, plane / width)
			: ArrayImgs.unsignedBytes(bytes, width, plane / width, 3), flat);
	}

	/** The same image and labels, whose patches have other values, see {@link NormalizedImage#mapped}. */
	public NucleusSample mapped(final NormalizedImage.ValueMap map) {
		final NucleusSample copy = new NucleusSample(id, image, labels);
		copy.unitPixels = unitPixels().mapped(map);
		return copy;
	}

	/** The same image with other labels, of the same size; patches have the same values. */
	public NucleusSample relabelled(final int[] values) {
		final NucleusSample copy = new NucleusSample(id, image, ArrayImgs.ints(values, labels.dimension(0), labels.dimension(
			1)));
		copy.unitPixels = unitPixels;
		return copy;
	}

	/** The image as three channels of values from 0 to 1; made when first asked for. */
	public NormalizedImage unitPixels() {
		if (unitPixels == null) unitPixels = NormalizedImage.of(image);
		return unitPixels;
	}
}
