package io.github.nuclei4j.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Bytes of a file, or in memory, that are read at any place. */
final class PlacedBytes {

	/** Reads at a position, as {@link FileChannel#read(ByteBuffer, long)}. */
	private interface Source {

		int read(ByteBuffer target, long position) throws IOException;
	}

	private final Source source;
	private final long length;

	private PlacedBytes(final Source source, final long length) {
		this.source = source;
		this.length = length;
	}

	static PlacedBytes of(final FileChannel file) throws IOException {
		return new PlacedBytes(file::read, file.size());
	}

	static PlacedBytes of(final byte[] bytes) {
		return new PlacedBytes((target, position) -> {
			final int count = (int) Math.max(0, Math.min(target.remaining(), bytes.length - position));
			if (count > 0) target.put(bytes, (int) position, count);
			return count == 0 ? -1 : count;
		}, bytes.length);
	}

	/** How many there are. */
	long length() {
		return length;
	}

	/**
	 * A part of them.
	 *
	 * @throws IOException if there are fewer; then no memory is taken for them
	 */
	ByteBuffer read(final long position, final int count) throws IOException {
		if (count < 0 || position < 0 || position > length - count) throw new IOException("the file ends early: it has " + length +
			" bytes, expected " + (count & 0xffffffffL) + " from byte " + position + " on");
		final ByteBuffer buffer = ByteBuffer.allocate(count);
		while (buffer.hasRemaining()) {
			if (source.read(buffer, position + buffer.position()) < 0) throw new IOException("the file became shorter");
		}
		buffer.flip();
		return buffer;
	}
}
