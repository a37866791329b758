package io.github.nuclei4j.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Draws patches so that rare kinds of images are seen often enough: fluorescence, stained tissue and brightfield get the
 * shares 0.5, 0.42 and 0.08 (kinds that are absent get nothing). Within a kind each data set has its share. Within a set,
 * images that are alike, with nuclei and image area in the same octave, share a weight that grows with the root of what they
 * hold; in such a group an image's weight is the root of its number of nuclei, up to three times as much if nuclei cover it.
 * Most patches lie about a random nucleus. Half are at the scale that gives the image's nuclei the common diameter, times 0.7
 * to 1.45; three of ten times 0.25 to 2.5, as where nuclei of different size lie in one image; the others are near the image's
 * own resolution.
 */
public final class BalancedSampler {

	private static final Map<ImageKind, Double> SHARES = new EnumMap<>(Map.of(ImageKind.FLUORESCENCE, 0.5,
		ImageKind.STAINED_TISSUE, 0.42, ImageKind.BRIGHTFIELD, 0.08));
	private static final double AT_NUCLEUS = 0.85;
	private static final double AT_DIAMETER = 0.5;
	private static final double AT_ANY_DIAMETER = 0.8;

	private final List<ImageFacts> images;
	private final double diameter;
	private final int size;
	private final double[] weights;

	/**
	 * @param images what is known of each; at least one
	 * @param diameter common diameter of nuclei, pixels
	 * @param size width and height of a patch, pixels
	 */
	public BalancedSampler(final List<ImageFacts> images, final double diameter, final int size) {
		this(images, Collections.nCopies(images.size(), ""), Mixture.DEFAULT, diameter, size);
	}

	/**
	 * As {@link #BalancedSampler(List, double, int)}, of several data sets.
	 *
	 * @param sets name of each image's set
	 * @param mixture how often each is drawn from
	 */
	public BalancedSampler(final List<ImageFacts> images, final List<String> sets, final Mixture mixture, final double diameter,
		final int size)
	{
		if (images.isEmpty() || !(diameter > 0) || size < 1) {
			throw new IllegalArgumentException("Patches of " + size + " pixels with nuclei of " + diameter + " pixels from " +
				images.size() + " images: all three must be above 0.");
		}
		this.images = List.copyOf(images);
		this.diameter = diameter;
		this.size = size;
		weights = weights(this.images, sets, mixture);
	}

	private static double[] weights(final List<ImageFacts> images, final List<String> sets, final Mixture mixture) {
		final Map<String, Double> groups = new HashMap<>();
		for (int i = 0; i < images.size(); i++) groups.merge(sets.get(i) + group(images.get(i)), base(images.get(i)), Double::sum);
		final double[] weights = new double[images.size()];
		final Map<String, Double> ofSets = new HashMap<>();
		final Map<String, Long> nuclei = new HashMap<>();
		for (int i = 0; i < weights.length; i++) {
			final ImageFacts facts = images.get(i);
			weights[i] = base(facts) / Math.sqrt(groups.get(sets.get(i) + group(facts)));
			ofSets.merge(sets.get(i) + facts.kind(), weights[i], Double::sum);
			nuclei.merge(sets.get(i) + facts.kind(), (long) facts.nuclei(), Long::sum);
		}
		final Map<ImageKind, Double> kinds = new EnumMap<>(ImageKind.class);
		for (int i = 0; i < weights.length; i++) {
			final String set = sets.get(i) + images.get(i).kind();
			weights[i] *= mixture.share(sets.get(i), nuclei.get(set)) / ofSets.get(set);
			kinds.merge(images.get(i).kind(), weights[i], Double::sum);
		}
		final double present = kinds.entrySet().stream().filter(kind -> kind.getValue() > 0).mapToDouble(kind -> SHARES.get(kind
			.getKey())).sum();
		if (present == 0) throw new IllegalArgumentException("The shares of all data sets are 0: nothing is left to train on.");
		for (int i = 0; i < weights.length; i++) {
			final ImageKind kind = images.get(i).kind();
			if (weights[i] > 0) weights[i] *= SHARES.get(kind) / present / kinds.get(kind);
		}
		return weights;
	}

	private static double base(final ImageFacts facts) {
		final double covered = facts.nuclei() * Math.PI / 4 * facts.nucleusDiameter() * facts.nucleusDiameter() / facts.width() /
			facts.height();
		return Math.sqrt(1 + facts.nuclei()) * (1 + 2 * Math.min(1, covered));
	}

	private static String group(final ImageFacts facts) {
		return facts.kind() + " " + Math.getExponent(facts.nucleusDiameter()) + " " + Math.getExponent((double) facts.width() *
			facts.height());
	}

	/** The share of the patches that come from an image. */
	public double share(final int image) {
		return weights[image];
	}

	/**
	 * Places in random order. An image comes as often as its share says, rounded up or down.
	 *
	 * @param count of patches
	 * @param seed of all that is random
	 */
	public List<PatchPlace> draw(final int count, final long seed) {
		if (count < 1) throw new IllegalArgumentException("At least 1 patch must be drawn, got " + count + ".");
		final Random random = new Random(seed);
		final List<PatchPlace> places = new ArrayList<>(count);
		double sum = 0;
		double next = random.nextDouble();
		for (int i = 0; i < weights.length; i++) {
			sum += weights[i] * count;
			for (; next < sum && places.size() < count; next++) places.add(place(i, random));
		}
		while (places.size() < count) places.add(place(weights.length - 1, random));
		Collections.shuffle(places, random);
		return places;
	}

	private PatchPlace place(final int image, final Random random) {
		final ImageFacts facts = images.get(image);
		final double way = random.nextDouble();
		final double jitter = random.nextDouble();
		final double scale = way < AT_DIAMETER ? PatchPlace.scaleTo(diameter, facts, 0.7 * Math.pow(1.45 / 0.7, jitter))
			: way < AT_ANY_DIAMETER ? PatchPlace.scaleTo(diameter, facts, 0.25 * Math.pow(10, jitter)) : 0.75 * Math.pow(1.33 /
				0.75, jitter);
		final double side = size / scale;
		double x = facts.width() * random.nextDouble();
		double y = facts.height() * random.nextDouble();
		if (random.nextDouble() < AT_NUCLEUS && facts.nuclei() > 0) {
			final int nucleus = random.nextInt(facts.nuclei());
			x = facts.centreX(nucleus) + side * (random.nextDouble() - 0.5) / 2;
			y = facts.centreY(nucleus) + side * (random.nextDouble() - 0.5) / 2;
		}
		return new PatchPlace(image, inside(x, side, facts.width()), inside(y, side, facts.height()), scale);
	}

	/** Moves a patch's middle so that the patch lies in the image or, if it is larger, the image in the patch. */
	private static double inside(final double middle, final double side, final double length) {
		final double low = Math.min(side / 2, length - side / 2);
		return Math.max(low, Math.min(length - low, middle));
	}
}
