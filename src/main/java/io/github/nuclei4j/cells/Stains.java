package io.github.nuclei4j.cells;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import io.github.nuclei4j.image.ImageChannels;
import io.github.nuclei4j.util.ParallelRows;

/**
 * Stains of a colour image of tissue, separated in optical density, -log10(value / 255) (Ruifrok and Johnston 2001). Their vectors are published
 * ones, typed, or those of the image itself (Macenko et al. 2009, doi 10.1109/ISBI.2009.5193250). Immutable.
 */
public final class Stains implements Serializable {

	private static final long serialVersionUID = 1;

	/** Words for published vectors and for those of the image. */
	public static final List<String> WORDS = List.of("h-dab", "h-e", "h-e-dab", "image", "selection");

	/** Names of the published stains: those of the channels. */
	public static final List<String> NAMES = List.of("Haematoxylin", "Eosin", "DAB");
	private static final double[][] PUBLISHED = { { 0.650, 0.704, 0.286 }, { 0.072, 0.990, 0.105 }, { 0.268, 0.570, 0.776 } };
	private static final String RESIDUAL = "Residual";

	/** Pixels with less optical density in any colour are background (Macenko et al.). */
	private static final double FAINTEST = 0.15;
	/** Percentile of the angles at either end that stands for a stain. */
	private static final double EXTREME = 1;
	private static final int FEWEST_PIXELS = 100;
	private static final int MOST_PIXELS = 1_000_000;

	private final String text;
	private final String[] names;
	private final double[][] vectors;

	private Stains(final String text, final String[] names, final double[][] vectors) {
		this.text = text;
		this.names = names;
		this.vectors = vectors;
	}

	/**
	 * Reads {@code h-dab}, {@code h-e}, {@code h-e-dab}, {@code image} (two stains of the image itself), {@code selection} (of the selected area), or
	 * two or three vectors of red, green and blue optical density: {@code 0.65,0.70,0.29/0.27,0.57,0.78}.
	 *
	 * @throws IllegalArgumentException if it is none of them, or the vectors point the same way
	 */
	public static Stains parse(final String given) {
		final String word = given.trim().toLowerCase(Locale.ROOT);
		switch (word) {
			case "h-dab":
				return published(word, 0, 2);
			case "h-e":
				return published(word, 0, 1);
			case "h-e-dab":
				return published(word, 0, 1, 2);
			case "image":
			case "selection":
				return new Stains(word, null, null);
			default:
				return typed(word);
		}
	}

	private static Stains published(final String word, final int... stains) {
		final String[] names = new String[stains.length];
		final double[][] vectors = new double[stains.length][];
		for (int i = 0; i < stains.length; i++) {
			names[i] = NAMES.get(stains[i]);
			vectors[i] = PUBLISHED[stains[i]];
		}
		return complete(word, names, vectors);
	}

	private static Stains typed(final String word) {
		final String[] parts = word.split("/", -1);
		try {
			if (parts.length == 2 || parts.length == 3) {
				final String[] names = new String[parts.length];
				final double[][] vectors = new double[parts.length][];
				for (int i = 0; i < parts.length; i++) {
					names[i] = "Stain " + (i + 1);
					vectors[i] = Arrays.stream(parts[i].split(",", -1)).mapToDouble(number -> Double.parseDouble(number.trim())).toArray();
					if (vectors[i].length != 3 || !(length(vectors[i]) > 0) || Double.isInfinite(length(vectors[i]))) throw new NumberFormatException();
				}
				return complete(word, names, vectors);
			}
		}
		catch (final NumberFormatException e) {
			// then the message below says what can be given
		}
		throw new IllegalArgumentException("Stains must be " + String.join(", ", WORDS) + ", or two or three vectors of red, green and blue optical density, such " +
			"as 0.65,0.70,0.29/0.27,0.57,0.78; got '" + word + "'.");
	}

	/** Two stains get a third vector at right angles to both, whose channel shows what they don't explain. */
	private static Stains complete(final String text, final String[] names, final double[][] vectors) {
		final double[][] all = new double[3][];
		for (int i = 0; i < vectors.length; i++) all[i] = unit(vectors[i]);
		final String[] allNames = Arrays.copyOf(names, 3);
		if (vectors.length == 2) {
			final double[] normal = cross(all[0], all[1]);
			if (length(normal) < 0.01) throw parallel(text);
			all[2] = unit(normal);
			allNames[2] = RESIDUAL;
		}
		if (Math.abs(dot(all[0], cross(all[1], all[2]))) < 0.01) throw parallel(text);
		return new Stains(text, allNames, all);
	}

	private static IllegalArgumentException parallel(final String text) {
		return new IllegalArgumentException("The vectors of the stains (" + text + ") can't be separated, since they point the same way or lie in one plane. Give different ones.");
	}

	/**
	 * The channels of the stains as a new image of 32 bits with their optical densities: the amount of each stain in units of its vector.
	 *
	 * @param image RGB, or three channels of 8 bits that are colours; not altered
	 * @throws IllegalArgumentException if it is no colour image, or the stains of the image or selection are not to be found
	 */
	public ImagePlus separate(final ImagePlus image) {
		requireColor(image);
		final Stains found = vectors == null ? estimate(image) : this;
		final double[][] unmix = inverse(found.vectors);
		final int width = image.getWidth();
		final ImageStack stack = new ImageStack(width, image.getHeight());
		for (int frame = 1; frame <= image.getNFrames(); frame++) {
			for (int slice = 1; slice <= image.getNSlices(); slice++) {
				final ImageProcessor[] colors = colors(image, slice, frame);
				final float[][] amounts = new float[3][width * image.getHeight()];
				ParallelRows.run(amounts[0].length, 1 << 16, (from, to) -> {
					for (int i = from; i < to; i++) {
						final double r = DENSITY[colors[0].get(i)];
						final double g = DENSITY[colors[1].get(i)];
						final double b = DENSITY[colors[2].get(i)];
						for (int s = 0; s < 3; s++) amounts[s][i] = (float) (r * unmix[0][s] + g * unmix[1][s] + b * unmix[2][s]);
					}
				});
				for (int s = 0; s < 3; s++) stack.addSlice(found.names[s], new FloatProcessor(width, image.getHeight(), amounts[s]));
			}
		}
		final ImagePlus separated = new ImagePlus(image.getTitle() + " stains", stack);
		separated.setDimensions(3, image.getNSlices(), image.getNFrames());
		separated.setCalibration(image.getCalibration().copy());
		separated.getCalibration().disableDensityCalibration();
		final CompositeImage shown = new CompositeImage(separated, CompositeImage.GRAYSCALE);
		for (int c = 3; c >= 1; c--) {
			shown.setC(c);
			shown.setDisplayRange(0, 1.5);
		}
		return shown;
	}

	/** Optical density of the values 0 to 255; 0 counts as 1. */
	private static final double[] DENSITY = new double[256];
	static {
		for (int i = 0; i < DENSITY.length; i++) DENSITY[i] = -Math.log10(Math.max(1, i) / 255.0);
	}

	/** Checks that stains can be separated in an image. */
	static void requireColor(final ImagePlus image) {
		if (image.getType() == ImagePlus.COLOR_RGB) return;
		if (image.getBitDepth() == 8 && ImageChannels.of(image).mayBeRgb()) return;
		throw new IllegalArgumentException("Stains are separated in colour images, but '" + image.getTitle() + "' has " + image.getNChannels() + (image
			.getNChannels() == 1 ? " channel" : " channels") + " of " + image.getBitDepth() + " bits. Convert it with Image > Type > RGB Color, or choose no stains.");
	}

	private static ImageProcessor[] colors(final ImagePlus image, final int slice, final int frame) {
		final CellChannels channels = new CellChannels(image);
		return new ImageProcessor[] { channels.plane(1, slice, frame), channels.plane(2, slice, frame), channels.plane(3, slice, frame) };
	}

	/** The two stains of an image, of its middle plane. */
	private Stains estimate(final ImagePlus image) {
		final ImageProcessor[] colors = colors(image, (image.getNSlices() + 1) / 2, (image.getNFrames() + 1) / 2);
		final Roi area = text.equals("selection") ? image.getRoi() : null;
		if (text.equals("selection") && (area == null || !area.isArea())) throw new IllegalArgumentException("stains=selection, but nothing is selected in '" +
			image.getTitle() + "'. Select an area that shows both stains, or choose stains=image.");
		final int width = image.getWidth();
		final int step = Math.max(1, colors[0].getPixelCount() / MOST_PIXELS);
		final List<double[]> stained = new ArrayList<>();
		for (int i = 0; i < colors[0].getPixelCount(); i += step) {
			if (area != null && !area.contains(i % width, i / width)) continue;
			final double[] density = { DENSITY[colors[0].get(i)], DENSITY[colors[1].get(i)], DENSITY[colors[2].get(i)] };
			if (Math.max(density[0], Math.max(density[1], density[2])) >= FAINTEST && Math.min(density[0], Math.min(density[1], density[2])) > 0) stained.add(density);
		}
		if (stained.size() < FEWEST_PIXELS) throw new IllegalArgumentException("Only " + stained.size() + " pixels of '" + image.getTitle() + "' are stained, too few to find the " +
			"vectors of its stains. Choose published vectors, such as stains=h-dab.");
		final double[][] moments = new double[3][3];
		for (final double[] pixel : stained) for (int a = 0; a < 3; a++) for (int b = 0; b < 3; b++) moments[a][b] += pixel[a] * pixel[b] / stained.size();
		final double[] first = dominant(moments, null);
		final double[] second = dominant(moments, first);
		final double[] angles = stained.stream().mapToDouble(pixel -> Math.atan2(dot(pixel, second), dot(pixel, first))).sorted().toArray();
		final double[][] ends = { at(first, second, AutomaticThreshold.percentile(angles, EXTREME)), at(first, second, AutomaticThreshold.percentile(angles, 100 -
			EXTREME)) };
		if (length(cross(ends[0], ends[1])) < 0.1) throw new IllegalArgumentException("'" + image.getTitle() + "' shows one stain only, so that its own vectors can't be " +
			"found. Choose published vectors, such as stains=h-dab.");
		final double[] blue = unit(PUBLISHED[0]);
		final boolean ordered = dot(ends[0], blue) >= dot(ends[1], blue);
		final double[] other = ordered ? ends[1] : ends[0];
		final String name = dot(other, unit(PUBLISHED[1])) > dot(other, unit(PUBLISHED[2])) ? NAMES.get(1) : NAMES.get(2);
		return complete(text, new String[] { NAMES.get(0), name }, new double[][] { ordered ? ends[0] : ends[1], other });
	}

	private static double[] at(final double[] first, final double[] second, final double angle) {
		final double[] vector = new double[3];
		for (int c = 0; c < 3; c++) vector[c] = Math.max(0, Math.cos(angle) * first[c] + Math.sin(angle) * second[c]);
		return unit(vector);
	}

	/** The eigenvector of the largest eigenvalue, at right angles to another, by power iteration; the first has positive parts. */
	private static double[] dominant(final double[][] matrix, final double[] other) {
		double[] vector = other == null ? unit(new double[] { 1, 1, 1 }) : unit(cross(other, Math.abs(other[2]) < 0.9 ? new double[] { 0, 0, 1 } : new double[] { 1, 0,
			0 }));
		for (int round = 0; round < 1000; round++) {
			final double[] next = new double[3];
			for (int a = 0; a < 3; a++) next[a] = dot(matrix[a], vector);
			if (other != null) {
				final double along = dot(next, other);
				for (int a = 0; a < 3; a++) next[a] -= along * other[a];
			}
			if (length(next) < 1e-15) break;
			vector = unit(next);
		}
		return vector;
	}

	private static double dot(final double[] a, final double[] b) {
		return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
	}

	private static double[] cross(final double[] a, final double[] b) {
		return new double[] { a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0] };
	}

	private static double length(final double[] vector) {
		return Math.sqrt(dot(vector, vector));
	}

	private static double[] unit(final double[] vector) {
		final double length = length(vector);
		return new double[] { vector[0] / length, vector[1] / length, vector[2] / length };
	}

	/** The inverse of a matrix of three rows. */
	private static double[][] inverse(final double[][] m) {
		final double determinant = dot(m[0], cross(m[1], m[2]));
		final double[][] columns = { cross(m[1], m[2]), cross(m[2], m[0]), cross(m[0], m[1]) };
		final double[][] inverse = new double[3][3];
		for (int r = 0; r < 3; r++) for (int c = 0; c < 3; c++) inverse[r][c] = columns[c][r] / determinant;
		return inverse;
	}

	/** As {@link #parse} reads it. */
	@Override
	public String toString() {
		return text;
	}
}
