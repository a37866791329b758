package io.github.nuclei4j.spark.segmentation;

import java.io.Closeable;

/** Keeps a second run from writing into the same folder, until it is closed. */
interface FolderLock extends Closeable {

	/** Whether no other run has taken it. */
	boolean isHeld();
}
