package io.github.nuclei4j.packaging;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Run in a JVM of its own by {@link InstallZipsIT}: exits with 0 if ND4J's native library loads from the class path given and calculates. */
public final class NativeProbe {

	private NativeProbe() {}

	/** Multiplies two small matrices. */
	public static void main(final String[] args) {
		final INDArray product = Nd4j.ones(2, 3).mmul(Nd4j.ones(3, 2));
		if (product.getFloat(1, 1) != 3f) throw new IllegalStateException("Expected 3 but got " + product.getFloat(1, 1));
		System.exit(0);
	}
}
