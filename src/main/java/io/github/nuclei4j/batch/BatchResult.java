package io.github.nuclei4j.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What became of all images of a run. Immutable. */
public final class BatchResult {

	private final List<ImageOutcome> outcomes;

	BatchResult(final List<ImageOutcome> outcomes) {
		this.outcomes = Collections.unmodifiableList(new ArrayList<>(outcomes));
	}

	/** Every image once, in the order of the run. */
	public List<ImageOutcome> outcomes() {
		return outcomes;
	}

	/** Whether every image was segmented. */
	public boolean isComplete() {
		return count(outcome -> outcome.status() == ImageOutcome.Status.OK) == outcomes.size();
	}

	/** Whether the run was stopped. */
	public boolean isCanceled() {
		return count(outcome -> outcome.status() == ImageOutcome.Status.CANCELED) > 0;
	}

	/** Number of nuclei in all images that succeeded. */
	public long nuclei() {
		return outcomes.stream().filter(outcome -> outcome.status() == ImageOutcome.Status.OK).mapToLong(ImageOutcome::count)
			.sum();
	}

	/**
	 * What a person should know at the end, a sentence each: images kept from an earlier run, results that were left out or
	 * reduced since an image is large, channels that were chosen, each failure with its reason, and images not reached. Empty if all went well at the first go.
	 *
	 * @param again how to have kept images done again, such as {@code --overwrite}
	 */
	public List<String> remarks(final String again) {
		final List<String> remarks = new ArrayList<>();
		final long kept = count(ImageOutcome::isKept);
		if (kept > 0) {
			remarks.add(of(kept) + (kept == 1 ? " was" : " were") + " already finished with the same settings and model, and kept; " +
				again + " reprocesses all.");
		}
		for (final ImageOutcome outcome : outcomes) {
			for (final String note : outcome.notes()) remarks.add(outcome.image() + ": " + note);
		}
		final Map<String, List<ImageOutcome>> chosen = outcomes.stream().filter(outcome -> outcome.channel() != null && outcome
			.channel().isChosen()).collect(Collectors.groupingBy(outcome -> outcome.channel().sentence(), LinkedHashMap::new,
				Collectors.toList()));
		chosen.forEach((sentence, images) -> remarks.add((images.size() == 1 ? images.get(0).image().toString() : of(images
			.size())) + ": " + sentence));
		final List<ImageOutcome> failed = outcomes.stream().filter(outcome -> outcome.status() == ImageOutcome.Status.ERROR)
			.collect(Collectors.toList());
		if (!failed.isEmpty()) remarks.add(of(failed.size()) + " failed:");
		for (final ImageOutcome outcome : failed) remarks.add("  " + outcome.image() + ": " + outcome.error());
		final long canceled = count(outcome -> outcome.status() == ImageOutcome.Status.CANCELED);
		if (canceled > 0) {
			remarks.add("Stopped: " + of(canceled) + (canceled == 1 ? " was" : " were") +
				" not segmented. Run it again to continue.");
		}
		return remarks;
	}

	private String of(final long count) {
		return count + " of " + outcomes.size() + (outcomes.size() == 1 ? " image" : " images");
	}

	private long count(final Predicate<ImageOutcome> condition) {
		return outcomes.stream().filter(condition).count();
	}
}
