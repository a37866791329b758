package io.github.nuclei4j.fuzz;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/** Tells when anybody reads it from a file with Java's serialization. */
public final class Telltale implements Serializable {

	private static final long serialVersionUID = 1;

	private static volatile boolean wasRead;

	/** Whether one was ever read in this Java. */
	public static boolean wasRead() {
		return wasRead;
	}

	private void readObject(final ObjectInputStream in) throws IOException, ClassNotFoundException {
		wasRead = true;
		in.defaultReadObject();
	}
}
