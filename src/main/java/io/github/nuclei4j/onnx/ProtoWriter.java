package io.github.nuclei4j.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one message of Google's protocol buffers, field by field (protobuf.dev, Encoding). Large values are kept by
 * reference until the whole is written.
 */
final class ProtoWriter {

	private static final int VARINT = 0;
	private static final int BYTES = 2;
	private static final int FIXED_32 = 5;

	private final List<byte[]> chunks = new ArrayList<>();
	private ByteArrayOutputStream open = new ByteArrayOutputStream();
	private long closed;

	/** A whole number, negative ones in ten bytes. */
	ProtoWriter whole(final int field, final long value) {
		varint((long) field << 3 | VARINT);
		varint(value);
		return this;
	}

	/** A 32-bit float. */
	ProtoWriter real(final int field, final float value) {
		varint((long) field << 3 | FIXED_32);
		final int bits = Float.floatToIntBits(value);
		for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) open.write(bits >>> shift);
		return this;
	}

	/** A text. */
	ProtoWriter text(final int field, final String value) {
		return bytes(field, value.getBytes(StandardCharsets.UTF_8));
	}

	/** Bytes, not copied. */
	ProtoWriter bytes(final int field, final byte[] value) {
		header(field, value.length);
		append(value);
		return this;
	}

	/** Another message, which must not be changed afterwards. */
	ProtoWriter message(final int field, final ProtoWriter value) {
		value.close();
		header(field, value.closed);
		close();
		chunks.addAll(value.chunks);
		closed += value.closed;
		return this;
	}

	private void header(final int field, final long length) {
		varint((long) field << 3 | BYTES);
		varint(length);
	}

	private void varint(final long value) {
		long rest = value;
		while ((rest & ~0x7fL) != 0) {
			open.write((int) (rest & 0x7f | 0x80));
			rest >>>= 7;
		}
		open.write((int) rest);
	}

	private void append(final byte[] value) {
		close();
		chunks.add(value);
		closed += value.length;
	}

	private void close() {
		if (open.size() == 0) return;
		chunks.add(open.toByteArray());
		closed += open.size();
		open = new ByteArrayOutputStream();
	}

	/** Writes the message without a header. */
	void writeTo(final OutputStream out) throws IOException {
		close();
		for (final byte[] chunk : chunks) out.write(chunk);
	}

	/** The message without a header. */
	byte[] toByteArray() {
		close();
		final byte[] all = new byte[Math.toIntExact(closed)];
		int at = 0;
		for (final byte[] chunk : chunks) {
			System.arraycopy(chunk, 0, all, at, chunk.length);
			at += chunk.length;
		}
		return all;
	}
}
