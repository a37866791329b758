package io.github.nuclei4j.spark.segmentation;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

import io.github.nuclei4j.util.Progress;

/** Where the time of an image goes. For one thread at a time. */
final class StageTimes implements Serializable {

	/** What is done, one after the other. */
	enum Stage {
			/** Waiting for, or reading, the model. */
			MODEL,
			/** Copying the image to this computer. */
			COPY,
			/** Reading the image's pixels. */
			READ,
			/** Running the network. */
			PREDICT,
			/** Separating the nuclei. */
			SEPARATE,
			/** Joining the parts of a large image. */
			JOIN,
			/** Measuring the nuclei and writing files on this computer. */
			MEASURE,
			/** Copying the files to where they belong. */
			PUBLISH
	}

	private static final long serialVersionUID = 1;

	private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
	private Stage stage;
	private long since;

	/** Ends the stage that was on, and begins another. */
	void begin(final Stage next) {
		end();
		stage = next;
	}

	/** Ends the stage that was on. */
	void end() {
		final long now = System.nanoTime();
		if (stage != null) nanos.merge(stage, now - since, Long::sum);
		stage = null;
		since = now;
	}

	/** Time in a stage, seconds. */
	double seconds(final Stage of) {
		return nanos.getOrDefault(of, 0L) / 1e9;
	}

	/** Time in all stages, seconds. */
	double seconds() {
		return nanos.values().stream().mapToLong(Long::longValue).sum() / 1e9;
	}

	/** The progress of the work on an image; its messages tell which stage it is in. */
	Progress progress(final BooleanSupplier canceled) {
		return new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				synchronized (StageTimes.this) {
					final Stage next = of(message);
					if (next != null && next != stage) begin(next);
				}
			}

			@Override
			public boolean isCanceled() {
				return canceled.getAsBoolean();
			}
		};
	}

	private static Stage of(final String message) {
		if (message.startsWith("Finding nuclei")) return Stage.PREDICT;
		if (message.startsWith("Separating nuclei")) return Stage.SEPARATE;
		if (message.startsWith("Joining parts")) return Stage.JOIN;
		if (message.startsWith("Reading")) return Stage.READ;
		return message.startsWith("Measuring nuclei") || message.startsWith("Numbering nuclei") ? Stage.MEASURE : null;
	}
}
