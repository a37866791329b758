package io.github.nuclei4j.spark.segmentation;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

import io.github.nuclei4j.spark.segmentation.StageTimes.Stage;

/** The stages' times of all images together, which Spark's pages show as they grow. */
final class StageSums implements Serializable {

	private static final long serialVersionUID = 1;

	/** Milliseconds. */
	private final Map<Stage, LongAccumulator> sums = new EnumMap<>(Stage.class);

	StageSums(final SparkContext context) {
		for (final Stage stage : Stage.values()) sums.put(stage, context.longAccumulator(accumulator(stage)));
	}

	/** What Spark calls a stage's sum, in milliseconds. */
	static String accumulator(final Stage stage) {
		return word(stage) + " (ms)";
	}

	/** Adds the times of images, in a task. */
	void add(final StageTimes times) {
		sums.forEach((stage, sum) -> sum.add(Math.round(1000 * times.seconds(stage))));
	}

	/** Time of all stages, seconds. On the driver. */
	double seconds() {
		return sums.values().stream().mapToLong(LongAccumulator::sum).sum() / 1000.0;
	}

	/** Each stage's share, the largest first, such as {@code predict 80.1 %, measure 19.9 %}. On the driver. */
	String shares() {
		final double all = Math.max(1e-3, seconds());
		return Arrays.stream(Stage.values()).sorted(Comparator.comparing(stage -> -sums.get(stage).sum())).map(stage -> String
			.format(Locale.ROOT, "%s %.1f %%", word(stage), sums.get(stage).sum() / 10.0 / all)).collect(Collectors.joining(", "));
	}

	private static String word(final Stage stage) {
		return stage.name().toLowerCase(Locale.ROOT);
	}
}
