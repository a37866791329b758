package io.github.nuclei4j.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times of one contender, seconds. */
final class Times {

	private final List<Double> values = new ArrayList<>();

	void add(final double seconds) {
		values.add(seconds);
		Collections.sort(values);
	}

	int count() {
		return values.size();
	}

	/** The middle one, or the mean of the two in the middle. */
	double median() {
		return (values.get((count() - 1) / 2) + values.get(count() / 2)) / 2;
	}

	double minimum() {
		return values.get(0);
	}
}
