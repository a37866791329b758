package io.github.nuclei4j.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.nuclei4j.util.Messages;

/**
 * What is needed to run a network in 8-bit integers: for every operation the largest magnitude of its output that the
 * integers shall reach, and which operations stay in floats. Immutable; stored in the model file.
 */
public final class Quantization {

	/** Beyond these the step between two integers, or its inverse, is no float. */
	private static final float LEAST_RANGE = 1e-30f;
	private static final float MOST_RANGE = 1e30f;

	private final Map<String, Float> ranges;
	private final List<String> floats;
	private final String calibration;

	/**
	 * @param ranges largest magnitude by name of the operation, above 0
	 * @param floats names of the convolutions that stay in 32-bit floats
	 * @param calibration how the ranges were found, in words
	 */
	public Quantization(final Map<String, Float> ranges, final List<String> floats, final String calibration) {
		this.ranges = new LinkedHashMap<>(ranges);
		this.floats = new ArrayList<>(floats);
		this.calibration = calibration;
	}

	/** Largest magnitude of each operation's output, by the operation's name. */
	public Map<String, Float> ranges() {
		return Collections.unmodifiableMap(ranges);
	}

	/** Names of the convolutions that stay in 32-bit floats. */
	public List<String> floats() {
		return Collections.unmodifiableList(floats);
	}

	/** How the ranges were found, in words. */
	public String calibration() {
		return calibration;
	}

	/** A copy with other operations in floats. */
	public Quantization withFloats(final List<String> names) {
		return new Quantization(ranges, names, calibration);
	}

	/**
	 * Checks what was read from a file.
	 *
	 * @throws IllegalArgumentException that says what is missing or impossible
	 */
	void validate() {
		if (ranges == null || floats == null || calibration == null) {
			throw new IllegalArgumentException("the quantization lacks its ranges, floats or calibration");
		}
		floats.forEach(name -> ModelInfo.requirePresent(name, "a name of quantization.floats"));
		ranges.forEach((name, range) -> {
			if (range == null || !(range >= LEAST_RANGE && range <= MOST_RANGE)) throw new IllegalArgumentException(
				"the range of '" + Messages.quoted(name) + "' must be above 0 (" + LEAST_RANGE + " to " + MOST_RANGE + "), got " + range);
		});
	}
}
