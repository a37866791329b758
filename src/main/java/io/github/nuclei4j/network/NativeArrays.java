package io.github.nuclei4j.network;

import java.nio.FloatBuffer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/**
 * Direct access to the native memory of arrays.
 */
final class NativeArrays {

	private NativeArrays() {}

	/** Whether the elements lie one after the other in row-major order from the start of the array's buffer. */
	static boolean isContiguous(final INDArray array) {
		return array.ordering() == 'c' && array.offset() == 0 && Shape.hasDefaultStridesForShape(array);
	}

	/** The array itself if it is contiguous, otherwise a copy that is. */
	static INDArray contiguous(final INDArray array) {
		return isContiguous(array) ? array : array.dup('c');
	}

	/** The floats of a contiguous array, not a copy; valid as long as the array is. */
	static FloatBuffer buffer(final INDArray array) {
		return array.data().asNioFloat();
	}
}
