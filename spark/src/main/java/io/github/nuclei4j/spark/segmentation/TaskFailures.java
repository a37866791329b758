package io.github.nuclei4j.spark.segmentation;

import java.util.HashMap;
import java.util.Map;

import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts how often Spark's tasks failed, by their index. Told on Spark's thread. */
final class TaskFailures extends SparkListener {

	private final Map<Integer, Integer> counts = new HashMap<>();
	private final Map<Integer, String> messages = new HashMap<>();

	@Override
	public synchronized void onTaskEnd(final SparkListenerTaskEnd end) {
		if (!(end.reason() instanceof TaskFailedReason)) return;
		final TaskFailedReason reason = (TaskFailedReason) end.reason();
		if (!reason.countTowardsTaskFailures()) return;
		counts.merge(end.taskInfo().index(), 1, Integer::sum);
		messages.put(end.taskInfo().index(), reason.toErrorString().split("\n", 2)[0]);
	}

	/** The task that failed most often; -1 if none did. */
	synchronized int worst() {
		return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(-1);
	}

	/** Why a task failed last. */
	synchronized String message(final int index) {
		return messages.getOrDefault(index, "");
	}
}
