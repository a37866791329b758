package io.github.nuclei4j.quantization;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;

import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.model.Quantization;
import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.util.Progress;

/**
 * Finds how to run a model in 8-bit integers: the range of every activation by the rule that changes the model's answers on
 * calibration images least, and the convolutions that are better left in floats, by measuring what each of them contributes
 * to the change.
 */
public final class Quantizer {

	/** Share of the multiplications that may stay in floats. */
	private static final double MOST_FLOAT = 0.08;
	/** A convolution stays in floats if that removes at least this share of the error that is left. */
	private static final double LEAST_GAIN = 0.01;
	/** Images on which each convolution is tried. */
	private static final int TRIAL_IMAGES = 6;

	private final NucleusModel model;
	private final List<Tensor> images;
	private final Progress progress;
	private final List<Tensor> expected = new ArrayList<>();

	private Quantizer(final NucleusModel model, final CalibrationImages images, final Progress progress) {
		this.model = model;
		this.images = images.tensors();
		this.progress = progress;
	}

	/**
	 * Measures ranges and sensitivity.
	 *
	 * @param model in floats; not changed
	 * @param images of the kind the model is for
	 * @param progress told the share done; asked between the images whether to stop
	 * @throws UnsupportedOperationException if this computer has no oneDNN engine
	 * @throws CancellationException if the user asked to stop
	 */
	public static Quantization quantize(final NucleusModel model, final CalibrationImages images,
		final Progress progress)
	{
		return new Quantizer(model, images, progress).quantize();
	}

	private Quantization quantize() {
		try (OneDnnNetwork floats = new OneDnnNetwork(model)) {
			final Map<String, Histogram> histograms = observe(floats, progress.part(0, 0.1));
			Quantization best = null;
			double least = Double.POSITIVE_INFINITY;
			final RangeRule[] rules = RangeRule.values();
			for (int i = 0; i < rules.length; i++) {
				progress.checkCanceled();
				progress.update(0.1 + 0.1 * i / rules.length, "Trying ranges by " + rules[i]);
				final Map<String, Float> ranges = new LinkedHashMap<>();
				for (final Map.Entry<String, Histogram> entry : histograms.entrySet()) {
					ranges.put(entry.getKey(), rules[i].range(entry.getValue()));
				}
				final Quantization candidate = new Quantization(ranges, Collections.emptyList(), "ranges by " + rules[i] + " on " +
					images.size() + (images.size() == 1 ? " image" : " images"));
				final double error = error(floats, candidate, images.size());
				if (error < least) {
					least = error;
					best = candidate;
				}
			}
			if (best == null) throw new IllegalArgumentException("The model '" + model.info().name() +
				"' answers the images with values that are not numbers; train it anew.");
			return withSensitiveInFloats(floats, best, progress.part(0.2, 1));
		}
	}

	private Map<String, Histogram> observe(final OneDnnNetwork floats, final Progress part) {
		final Map<String, Histogram> histograms = new LinkedHashMap<>();
		for (int i = 0; i < images.size(); i++) {
			part.checkCanceled();
			part.update((double) i / images.size(), "Measuring activations on image " + (i + 1) + " of " + images.size());
			floats.observe(images.get(i), (name, values) -> histograms.computeIfAbsent(name, n -> new Histogram()).add(values));
			expected.add(floats.run(images.get(i)));
		}
		return histograms;
	}

	/** Leaves those convolutions in floats that bring most, as long as each brings enough. */
	private Quantization withSensitiveInFloats(final OneDnnNetwork floats, final Quantization all, final Progress part) {
		final List<String> names = floats.convolutions();
		final double whole = error(floats, all, TRIAL_IMAGES);
		final Map<String, Double> without = new HashMap<>();
		for (int i = 0; i < names.size(); i++) {
			part.checkCanceled();
			part.update(0.9 * i / names.size(), "Trying convolution " + (i + 1) + " of " + names.size() + " in floats");
			without.put(names.get(i), error(floats, all.withFloats(Collections.singletonList(names.get(i))), TRIAL_IMAGES));
		}
		names.sort(Comparator.comparing(without::get));
		final double total = names.stream().mapToDouble(floats::multiplications).sum();
		final List<String> kept = new ArrayList<>();
		double left = whole;
		double cost = 0;
		for (final String name : names) {
			part.checkCanceled();
			final double share = floats.multiplications(name) / total;
			if (without.get(name) > whole * (1 - LEAST_GAIN / 2)) break;
			if (cost + share > MOST_FLOAT) continue;
			final List<String> next = new ArrayList<>(kept);
			next.add(name);
			final double error = error(floats, all.withFloats(next), TRIAL_IMAGES);
			if (error > left * (1 - LEAST_GAIN)) continue;
			kept.add(name);
			left = error;
			cost += share;
		}
		part.update(1, kept.size() + " of " + names.size() + " convolutions stay in floats");
		final double before = error(floats, all, images.size());
		final double after = error(floats, all.withFloats(kept), images.size());
		return new Quantization(all.ranges(), kept, String.format(Locale.ROOT,
			"%s; %d of %d convolutions in floats (%.1f %% of the multiplications), which brings the mean change of the " +
				"probabilities from %.5f to %.5f", all.calibration(), kept.size(), names.size(), 100 * cost, before, after));
	}

	/** Mean absolute change of the probabilities on the first images. */
	private double error(final OneDnnNetwork floats, final Quantization quantization, final int count) {
		double sum = 0;
		final int used = Math.min(count, images.size());
		try (OneDnnNetwork integers = floats.with(quantization)) {
			for (int i = 0; i < used; i++) {
				progress.checkCanceled();
				sum += meanDifference(integers.run(images.get(i)).values(), expected.get(i).values());
			}
		}
		return sum / used;
	}

	private static double meanDifference(final float[] a, final float[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
		return sum / a.length;
	}
}
