package io.github.nuclei4j.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

import io.github.nuclei4j.tensor.Tensor;

/** Arrays of 32-bit floats in NumPy's format, version 1.0 (numpy.org, numpy.lib.format). */
final class NpyFile {

	private static final byte[] MAGIC = { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0 };
	private static final int ALIGNMENT = 64;

	private NpyFile() {}

	/** The content of an .npy file. */
	static byte[] write(final Tensor tensor) {
		final String shape = Arrays.stream(tensor.shape()).mapToObj(Long::toString).collect(Collectors.joining(", "));
		final StringBuilder header = new StringBuilder("{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }");
		while ((MAGIC.length + Short.BYTES + header.length() + 1) % ALIGNMENT != 0) header.append(' ');
		header.append('\n');
		final ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length + Short.BYTES + header.length() + Float.BYTES * tensor.values().length)
			.order(ByteOrder.LITTLE_ENDIAN);
		bytes.put(MAGIC).putShort((short) header.length()).put(header.toString().getBytes(StandardCharsets.US_ASCII));
		bytes.asFloatBuffer().put(tensor.values());
		return bytes.array();
	}
}
