package io.github.nuclei4j.dataset;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What training needs to know of an annotated image to choose patches from it: its size and kind, where its nuclei are and
 * how large.
 */
public final class ImageFacts {

	private final int width;
	private final int height;
	private final ImageKind kind;
	private final double nucleusDiameter;
	private final float[] centresX;
	private final float[] centresY;

	private ImageFacts(final int width, final int height, final ImageKind kind, final double nucleusDiameter,
		final float[] centresX, final float[] centresY)
	{
		this.width = width;
		this.height = height;
		this.kind = kind;
		this.nucleusDiameter = nucleusDiameter;
		this.centresX = centresX;
		this.centresY = centresY;
	}

	/** Looks at all pixels of an image and its labels. */
	public static ImageFacts of(final NucleusSample sample) {
		final int[] labels = AffineSampling.array(sample.labels());
		final int width = (int) sample.labels().dimension(0);
		final int largest = Arrays.stream(labels).max().orElse(0);
		final long[] sumX = new long[largest + 1];
		final long[] sumY = new long[largest + 1];
		final int[] areas = new int[largest + 1];
		for (int i = 0; i < labels.length; i++) {
			sumX[labels[i]] += i % width;
			sumY[labels[i]] += i / width;
			areas[labels[i]]++;
		}
		final int[] present = IntStream.rangeClosed(1, largest).filter(n -> areas[n] > 0).toArray();
		final float[] centresX = new float[present.length];
		final float[] centresY = new float[present.length];
		final int[] sizes = new int[present.length];
		for (int i = 0; i < present.length; i++) {
			final int label = present[i];
			sizes[i] = areas[label];
			centresX[i] = (float) ((double) sumX[label] / areas[label] + 0.5);
			centresY[i] = (float) ((double) sumY[label] / areas[label] + 0.5);
		}
		return new ImageFacts(width, labels.length / width, ImageKind.of(sample.image()), diameter(sizes), centresX,
			centresY);
	}

	private static double diameter(final int[] areas) {
		if (areas.length == 0) return 0;
		final int[] sorted = areas.clone();
		Arrays.sort(sorted);
		final double low = equivalentDiameter(sorted[(sorted.length - 1) / 2]);
		return (low + equivalentDiameter(sorted[sorted.length / 2])) / 2;
	}

	private static double equivalentDiameter(final int area) {
		return 2 * Math.sqrt(area / Math.PI);
	}

	/** Width in pixels. */
	public int width() {
		return width;
	}

	/** Height in pixels. */
	public int height() {
		return height;
	}

	/** How the image was taken. */
	public ImageKind kind() {
		return kind;
	}

	/** Median diameter of the circles that have the nuclei's areas, in pixels; 0 without nuclei. */
	public double nucleusDiameter() {
		return nucleusDiameter;
	}

	/** Number of nuclei. */
	public int nuclei() {
		return centresX.length;
	}

	/** Centroid of a nucleus, in pixels from the image's left edge. */
	public double centreX(final int nucleus) {
		return centresX[nucleus];
	}

	/** Centroid of a nucleus, in pixels from the image's upper edge. */
	public double centreY(final int nucleus) {
		return centresY[nucleus];
	}
}
