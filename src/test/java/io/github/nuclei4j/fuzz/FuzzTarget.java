package io.github.nuclei4j.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** One kind of input that users get from others: how it is made, and how the program reads it. */
public interface FuzzTarget extends AutoCloseable {

	/** The kind's name. */
	String name();

	/** What the file's name ends in. */
	String extension();

	/** A changed valid input; the same for the same state of the random numbers. */
	byte[] mutate(Random random) throws IOException;

	/**
	 * Reads an input as the program does, and uses what was read.
	 *
	 * @param file holds the bytes
	 * @throws IOException the documented refusal
	 * @throws IllegalArgumentException likewise
	 * @throws IllegalStateException likewise, if {@link #mayFailLater()}
	 */
	void read(Path file, byte[] bytes) throws IOException;

	/** Whether an {@link IllegalStateException} is documented, too: of a model that was read, but predicts no numbers. */
	default boolean mayFailLater() {
		return false;
	}

	/** Whether messages name the file. */
	default boolean isFile() {
		return true;
	}

	@Override
	default void close() {
		// most have nothing to close
	}
}
