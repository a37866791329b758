package io.github.nuclei4j.cells;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import ij.ImagePlus;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;

/** Drawn nuclei in a grid, discs of unequal brightness, with foci of known places: Gaussian spots on a level, with shot noise. */
public final class FociScene {

	/** Of the background between the nuclei and of the faintest nucleus, photons. */
	private static final double OUTSIDE = 20;
	private static final double INSIDE = 100;

	private final int width;
	private final int height;
	private final float[] clean;
	private final ShortProcessor labels;
	private final Random random;
	private final List<double[]> foci = new ArrayList<>();
	private int nuclei;

	public FociScene(final int width, final int height, final long seed) {
		this.width = width;
		this.height = height;
		clean = new float[width * height];
		Arrays.fill(clean, (float) OUTSIDE);
		labels = new ShortProcessor(width, height);
		random = new Random(seed);
	}

	/**
	 * Nuclei of a radius in a grid, each with foci apart from each other and from the border.
	 *
	 * @param signal height of a focus in units of the shot noise of its nucleus
	 * @param sd standard deviation of a focus, pixels
	 */
	public FociScene grid(final int spacing, final int radius, final int fociEach, final double signal, final double sd) {
		for (int y = spacing / 2; y + spacing / 2 <= height; y += spacing) {
			for (int x = spacing / 2; x + spacing / 2 <= width; x += spacing) nucleus(x, y, radius, fociEach, signal, sd);
		}
		return this;
	}

	private void nucleus(final int cx, final int cy, final int radius, final int count, final double signal, final double sd) {
		nuclei++;
		final double level = INSIDE * (1 + random.nextDouble());
		for (int y = cy - radius; y <= cy + radius; y++) {
			for (int x = cx - radius; x <= cx + radius; x++) {
				if (Math.hypot(x - cx, y - cy) > radius) continue;
				labels.set(x, y, nuclei);
				clean[y * width + x] = (float) level;
			}
		}
		final List<double[]> own = new ArrayList<>();
		for (int tries = 0; own.size() < count && tries < 1000; tries++) {
			final double angle = 2 * Math.PI * random.nextDouble();
			final double distance = (radius - 2.5 * sd) * Math.sqrt(random.nextDouble());
			final double x = cx + distance * Math.cos(angle);
			final double y = cy + distance * Math.sin(angle);
			if (own.stream().allMatch(other -> Math.hypot(other[0] - x, other[1] - y) > 5 * sd)) own.add(new double[] { x, y, nuclei });
		}
		for (final double[] focus : own) spot(focus[0], focus[1], signal * Math.sqrt(level), sd);
		foci.addAll(own);
	}

	/** Adds a Gaussian spot. */
	public void spot(final double cx, final double cy, final double height0, final double sd) {
		final int reach = (int) Math.ceil(5 * sd);
		for (int y = Math.max(0, (int) cy - reach); y <= Math.min(height - 1, cy + reach); y++) {
			for (int x = Math.max(0, (int) cx - reach); x <= Math.min(width - 1, cx + reach); x++) {
				final double square = (x - cx) * (x - cx) + (y - cy) * (y - cy);
				clean[y * width + x] += (float) (height0 * Math.exp(-square / (2 * sd * sd)));
			}
		}
	}

	/** Without noise. */
	public ImagePlus clean() {
		return new ImagePlus("foci", new FloatProcessor(width, height, clean.clone()));
	}

	/** With shot noise of 16 bits: a normal distribution as wide as a Poisson one. */
	public ImagePlus noisy() {
		final ShortProcessor noisy = new ShortProcessor(width, height);
		for (int i = 0; i < clean.length; i++) {
			noisy.set(i, (int) Math.max(0, Math.round(clean[i] + Math.sqrt(clean[i]) * random.nextGaussian())));
		}
		return new ImagePlus("foci", noisy);
	}

	public ImagePlus labels() {
		return new ImagePlus("labels", labels);
	}

	public int nuclei() {
		return nuclei;
	}

	/** Horizontal and vertical pixel position of each focus, and its nucleus. */
	public List<double[]> foci() {
		return foci;
	}

	/** True foci found (at most 2 pixels away, each once), and all that were found. */
	public int[] score(final CountedFoci counted) {
		int right = 0;
		final List<double[]> left = new ArrayList<>(foci);
		for (final NucleusFoci nucleus : counted.nuclei()) {
			for (final Focus focus : nucleus.foci(0)) {
				final double[] nearest = left.stream().filter(other -> other[2] == nucleus.label()).min((a, b) -> Double.compare(distance(
					focus, a), distance(focus, b))).orElse(null);
				if (nearest == null || distance(focus, nearest) > 2) continue;
				left.remove(nearest);
				right++;
			}
		}
		return new int[] { right, counted.count(0) };
	}

	private static double distance(final Focus focus, final double[] place) {
		return Math.hypot(focus.x() - place[0] - 0.5, focus.y() - place[1] - 0.5);
	}
}
