package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.github.nuclei4j.batch.ImageWork;

/** The models of an executor: each is read once in the life of the virtual machine, and shared by all tasks. */
final class ExecutorModel {

	private static final Map<String, ImageWork> OPEN = new HashMap<>();
	private static int loads;

	private ExecutorModel() {}

	/**
	 * The work with the model and the settings of a job.
	 *
	 * @throws IOException if the model can't be read
	 */
	static synchronized ImageWork of(final Job job) throws IOException {
		final ImageWork known = OPEN.get(job.key());
		if (known != null) return known;
		final Path copy = Files.createTempFile("nuclei4j-model-", ".zip");
		try {
			Files.write(copy, job.model());
			final ImageWork made = ImageWork.open(copy, job.modelPlace(), job.options(), job.outputs());
			OPEN.put(job.key(), made);
			loads++;
			return made;
		}
		finally {
			Files.deleteIfExists(copy);
		}
	}

	/** How many models this virtual machine has read. */
	static synchronized int loads() {
		return loads;
	}
}
