package io.github.nuclei4j.spark.segmentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Shares out images among tasks: the largest first, several to a task in the beginning, and fewer and fewer towards the end,
 * so that all processors end at about the same time (guided self-scheduling).
 */
final class Chunks {

	/** So many tasks for each processor would come of the images that are left, as in factoring; more keep the driver busy. */
	private static final int TASKS_PER_CORE = 2;

	private Chunks() {}

	/**
	 * @param cores of all executors
	 * @param most images in a task, at least 1
	 */
	static List<List<ImageTask>> of(final List<ImageTask> images, final int cores, final int most) {
		final List<ImageTask> sorted = new ArrayList<>(images);
		sorted.sort(Comparator.comparingLong(ImageTask::bytes).reversed());
		double left = sorted.stream().mapToDouble(ImageTask::bytes).sum();
		final List<List<ImageTask>> chunks = new ArrayList<>();
		for (int i = 0; i < sorted.size();) {
			final double share = left / (TASKS_PER_CORE * Math.max(1, cores));
			final List<ImageTask> chunk = new ArrayList<>();
			double bytes = 0;
			while (i < sorted.size() && chunk.size() < most && (chunk.isEmpty() || bytes + sorted.get(i).bytes() <= share)) {
				bytes += sorted.get(i).bytes();
				chunk.add(sorted.get(i++));
			}
			left -= bytes;
			chunks.add(chunk);
		}
		return chunks;
	}
}
