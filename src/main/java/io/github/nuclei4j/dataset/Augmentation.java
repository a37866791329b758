package io.github.nuclei4j.dataset;

import java.io.Serializable;
import java.util.Locale;
import java.util.Random;

import io.github.nuclei4j.image.NormalizedImage;

/**
 * Random changes of training images, made to the image and its labels together: geometry moves both, colour changes only
 * the image, and the labels' values never change. The same random generator state gives the same result. Immutable.
 */
public final class Augmentation implements Serializable {

	private static final long serialVersionUID = 1L;
	private static final Augmentation NONE = new Augmentation("none", false, false, 0, 1, 1);
	private static final Augmentation REFERENCE = new Augmentation("reference", false, true, 0, 1, 1);
	private static final Augmentation STANDARD = new Augmentation("standard", true, true, 0.3, 1.25, 4.0 / 3);
	private static final Augmentation STRONG = new Augmentation("strong", true, false, 1, 1, 4.0 / 3);

	private static final Augmentation MICROSCOPE = new Augmentation("microscope", true, false, 1, 1, 4.0 / 3);

	private static final float MAX_BRIGHTNESS = 32f / 255;
	private static final float MIN_SATURATION = 0.5f;
	private static final float MAX_SATURATION = 1.5f;
	private static final float MAX_HUE = 0.2f;

	private final String name;
	private final boolean geometry;
	private final boolean oneOfFive;
	private final double cropProbability;
	private final double scaleJitter;
	private final double cropJitter;

	private Augmentation(final String name, final boolean geometry, final boolean oneOfFive, final double cropProbability,
		final double scaleJitter, final double cropJitter)
	{
		this.name = name;
		this.geometry = geometry;
		this.oneOfFive = oneOfFive;
		this.cropProbability = cropProbability;
		this.scaleJitter = scaleJitter;
		this.cropJitter = cropJitter;
	}

	/** No random change: the whole image scaled to the size asked for. */
	public static Augmentation none() {
		return NONE;
	}

	/**
	 * On the scaled image one of five changes with probability 1/5 each: flip left-right; brightness up to 32/255 up or down;
	 * saturation times 0.5 to 1.5; flip up-down; hue up to 0.2 turns either way.
	 */
	public static Augmentation reference() {
		return REFERENCE;
	}

	/**
	 * Random geometry, then {@link #reference()}. Geometry is a crop at the image's own scale (probability 0.3, scale jitter
	 * 0.75 to 1.33) or the whole image scaled to the size asked for (jitter 0.8 to 1.25), both at a random position and
	 * mirrored where they leave the image, then a rotation by a multiple of 90 degrees and perhaps a left-right flip.
	 */
	public static Augmentation standard() {
		return STANDARD;
	}

	/**
	 * A crop at a random position (by {@link #apply} at 0.75 to 1.33 times the image's own scale, by {@link #place} where
	 * and at the scale it is told), turned by any angle or by a multiple of 90 degrees, perhaps flipped and a little skewed;
	 * then strong changes of colours, brightness and sharpness, best made on normalised values. For networks that shall
	 * know many microscopes and stains.
	 */
	public static Augmentation strong() {
		return STRONG;
	}

	/**
	 * The geometry of {@link #strong()}, then what stains, slides, cameras and dirt do to the kind of image at hand, see
	 * {@link MicroscopeChange}. Only for normalised patches, with {@link #place} and
	 * {@link #recolored(ImagePatch, Appearance, Random)}.
	 */
	public static Augmentation microscope() {
		return MICROSCOPE;
	}

	/**
	 * The augmentation of a name: {@code none}, {@code reference}, {@code standard}, {@code strong} or {@code microscope}.
	 *
	 * @throws IllegalArgumentException for another name
	 */
	public static Augmentation named(final String name) {
		for (final Augmentation known : new Augmentation[] { NONE, REFERENCE, STANDARD, STRONG, MICROSCOPE }) {
			if (known.name.equals(name)) return known;
		}
		throw new IllegalArgumentException("Unknown augmentation '" + name + "': use none, reference, standard, strong or microscope.");
	}

	/**
	 * A copy with random geometry that crops at the image's own scale with another probability, 0 to 1.
	 */
	public Augmentation cropProbability(final double probability) {
		if (!(probability >= 0 && probability <= 1)) {
			throw new IllegalArgumentException("Crop probability " + probability + ": expected 0 to 1.");
		}
		checkNotStrong();
		return new Augmentation("custom", true, oneOfFive, probability, scaleJitter, cropJitter);
	}

	/**
	 * A copy with random geometry and other scale jitters: factors are drawn log-uniformly from {@code 1 / f} to {@code f}.
	 *
	 * @param whole f for whole images, at least 1
	 * @param crop f for crops, at least 1
	 */
	public Augmentation scaleJitter(final double whole, final double crop) {
		if (!(whole >= 1 && crop >= 1 && whole < 100 && crop < 100)) {
			throw new IllegalArgumentException("Scale jitters " + whole + " and " + crop + ": expected factors from 1 to 100.");
		}
		checkNotStrong();
		return new Augmentation("custom", true, oneOfFive, cropProbability, whole, crop);
	}

	/** The one of that name, also when it comes from another virtual machine. */
	private Object readResolve() {
		return "custom".equals(name) ? this : named(name);
	}

	private boolean isFree() {
		return this == STRONG || this == MICROSCOPE;
	}

	/** Whether it is for patches only that are placed at a scale and normalised. */
	public boolean needsPatches() {
		return this == MICROSCOPE;
	}

	private void checkNotStrong() {
		if (isFree()) throw new IllegalArgumentException(
			"The " + name + " augmentation's crops and scales can't be changed here: start from the standard one, or place patches " +
				"at scales of your own.");
	}

	/** The name: {@code none}, {@code reference}, {@code standard}, {@code strong}, {@code microscope}, or {@code custom} for a changed copy. */
	public String name() {
		return name;
	}

	/** What is done, in words and numbers. */
	public String describe() {
		if (isFree()) return "any rotation (probability 0.5) or quarter turns, flip, skew; " + (this == STRONG ? IntensityChange
			.describe() : MicroscopeChange.describe());
		if (!geometry && !oneOfFive) return "whole image scaled, no random change";
		final String moves = !geometry ? "whole image scaled" : String.format(Locale.ROOT,
			"crop at own scale (probability %.2f, scale 1/%.2f to %.2f) or whole image scaled (scale 1/%.2f to %.2f), " +
				"quarter turns, left-right flip", cropProbability, cropJitter, cropJitter, scaleJitter, scaleJitter);
		return oneOfFive ? moves + "; then one of: flip left-right, brightness +-32/255, saturation 0.5 to 1.5, " +
			"flip up-down, hue +-0.2" : moves;
	}

	/**
	 * A patch of the size asked for. Image values are interpolated bilinearly, once, without smoothing; labels are those of the
	 * nearest pixel. A nucleus that appears again in a mirrored margin keeps its label there, so that one label may have
	 * several pieces.
	 *
	 * @param sample is not changed
	 * @param width of the patch in pixels
	 * @param height of the patch in pixels
	 * @param random decides all that is random; not used by {@link #none()}
	 */
	public ImagePatch apply(final NucleusSample sample, final int width, final int height, final Random random) {
		if (width < 1 || height < 1) {
			throw new IllegalArgumentException("A patch of " + width + " x " + height + " pixels: expected at least 1 x 1.");
		}
		if (needsPatches()) throw new IllegalStateException("The augmentation '" + name +
			"' is for patches only: place one, normalise it and change its colours.");
		if (this == STRONG) {
			final NormalizedImage pixels = sample.unitPixels();
			final double scale = Math.pow(cropJitter, 2 * random.nextDouble() - 1);
			return recolored(place(sample, pixels.width() * random.nextDouble(), pixels.height() * random.nextDouble(), scale,
				width, height, random), random);
		}
		final ImagePatch moved = geometry ? moved(sample, width, height, random) : scaled(sample, width, height);
		return oneOfFive ? changed(moved, random) : moved;
	}

	/**
	 * A patch at a place and scale chosen by the caller, before any change of colours: upright ({@code none},
	 * {@code reference}), turned by a multiple of 90 degrees and perhaps flipped ({@code standard}), or turned, flipped and
	 * skewed ({@code strong}). It is mirrored where it leaves the image; when it shrinks, pixels are averaged.
	 *
	 * @param sample is not changed
	 * @param x of the patch's middle, in pixels from the image's left edge
	 * @param y of the patch's middle, in pixels from the image's upper edge
	 * @param scale patch pixels per image pixel
	 * @param width of the patch in pixels
	 * @param height of the patch in pixels
	 * @param random decides all that is random; not used by {@link #none()}
	 */
	public ImagePatch place(final NucleusSample sample, final double x, final double y, final double scale,
		final int width, final int height, final Random random)
	{
		final AffineSampling sampling = isFree() ? AffineSampling.skewed(scale, random) : geometry ? AffineSampling
			.turned(scale, random) : AffineSampling.scaled(scale);
		return sampling.patch(sample, x, y, width, height);
	}

	/**
	 * The second part of the augmentation: changes of colours and brightness (and for {@code standard} and
	 * {@code reference} another flip, which is one of their five). The strong ones are made for normalised values.
	 *
	 * @param patch may be changed
	 * @param random decides all that is random; not used by {@link #none()}
	 * @return the changed patch, which may be the same object
	 */
	public ImagePatch recolored(final ImagePatch patch, final Random random) {
		if (this == STRONG) IntensityChange.apply(patch, random);
		return oneOfFive ? changed(patch, random) : patch;
	}

	/**
	 * As {@link #recolored(ImagePatch, Random)}, for a patch of an image of which more is known. Where the microscope augmentation
	 * puts dirt or writing over nuclei, the labels become background.
	 */
	public ImagePatch recolored(final ImagePatch patch, final Appearance appearance, final Random random) {
		if (this != MICROSCOPE) return recolored(patch, random);
		MicroscopeChange.apply(patch, appearance, random);
		return patch;
	}

	private static ImagePatch scaled(final NucleusSample sample, final int width, final int height) {
		final NormalizedImage pixels = sample.unitPixels();
		return patch(sample, axis(pixels.width(), width, 0, (double) pixels.width() / width, false), //
			axis(pixels.height(), height, 0, (double) pixels.height() / height, false));
	}

	private ImagePatch moved(final NucleusSample sample, final int width, final int height, final Random random) {
		final boolean crop = random.nextDouble() < cropProbability;
		final double jitter = Math.pow(crop ? cropJitter : scaleJitter, 2 * random.nextDouble() - 1);
		final double placeX = random.nextDouble();
		final double placeY = random.nextDouble();
		final int turns = random.nextInt(4);
		final boolean flip = random.nextBoolean();

		final NormalizedImage pixels = sample.unitPixels();
		final int countX = turns % 2 == 0 ? width : height;
		final int countY = turns % 2 == 0 ? height : width;
		final double stepX = (crop ? 1 : (double) pixels.width() / countX) / jitter;
		final double stepY = (crop ? 1 : (double) pixels.height() / countY) / jitter;
		final ImagePatch patch = patch(sample, //
			axis(pixels.width(), countX, placeX * (pixels.width() - countX * stepX), stepX, true), //
			axis(pixels.height(), countY, placeY * (pixels.height() - countY * stepY), stepY, true));
		return Resampling.turn(patch, turns, flip);
	}

	private static AxisSampling axis(final int size, final int count, final double start, final double step,
		final boolean mirrored)
	{
		return new AxisSampling(size, count, start, step, mirrored);
	}

	private static ImagePatch patch(final NucleusSample sample, final AxisSampling x, final AxisSampling y) {
		return new ImagePatch(x.nearest.length, y.nearest.length, Resampling.bilinear(sample.unitPixels(), x, y), Resampling
			.nearest(sample.labels(), x, y));
	}

	private static ImagePatch changed(final ImagePatch patch, final Random random) {
		final int choice = random.nextInt(5);
		final float amount = random.nextFloat();
		switch (choice) {
			case 0:
				return Resampling.turn(patch, 0, true);
			case 1:
				ColorChange.brightness(patch.pixels(), MAX_BRIGHTNESS * (2 * amount - 1));
				return patch;
			case 2:
				ColorChange.hueAndSaturation(patch.pixels(), 0, MIN_SATURATION + amount * (MAX_SATURATION - MIN_SATURATION));
				return patch;
			case 3:
				return Resampling.turn(patch, 2, true);
			default:
				ColorChange.hueAndSaturation(patch.pixels(), MAX_HUE * (2 * amount - 1), 1);
				return patch;
		}
	}
}
