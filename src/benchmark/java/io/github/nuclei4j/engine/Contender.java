package io.github.nuclei4j.engine;

/**
 * A network made ready by one implementation for one image size, with its input in place. Native memory and threads are
 * freed by {@link #close()}.
 */
interface Contender extends AutoCloseable {

	/** Runs the network on one image: from the input in the implementation's own form to the output in that form. */
	void run();

	/** The output of the last run, [channels, height, width]. */
	float[] output();

	@Override
	void close();
}
