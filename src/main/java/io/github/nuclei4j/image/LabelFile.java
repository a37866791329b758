package io.github.nuclei4j.image;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntUnaryOperator;

import io.github.nuclei4j.util.ParallelRows;

/**
 * Planes of whole numbers in a file, for label images that are too large for memory. Numbers that were never written are 0.
 * The file is deleted when this is closed, or even before. For one thread at a time.
 */
public final class LabelFile implements AutoCloseable {

	private static final int ROWS_AT_ONCE = 64;

	private final Path file;
	private final FileChannel channel;
	private final int width;
	private final int height;
	private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

	/**
	 * @param file made here; there must be none yet
	 * @param width of the planes, pixels
	 * @param height of the planes, pixels
	 */
	public LabelFile(final Path file, final int width, final int height) throws IOException {
		this.file = file;
		this.width = width;
		this.height = height;
		channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE,
			StandardOpenOption.SPARSE);
		try {
			// most systems keep an open file until it is closed: then nothing is left even if the process is killed
			Files.delete(file);
		}
		catch (final IOException e) {
			// it is deleted when this is closed
		}
	}

	/** Width of the planes, pixels. */
	public int width() {
		return width;
	}

	/** Height of the planes, pixels. */
	public int height() {
		return height;
	}

	private long position(final int plane, final int x, final int y) {
		return (((long) plane * height + y) * width + x) * Integer.BYTES;
	}

	private ByteBuffer buffer(final int values) {
		final int bytes = Math.multiplyExact(values, Integer.BYTES);
		if (buffer.capacity() < bytes) buffer = ByteBuffer.allocateDirect(bytes);
		buffer.clear().limit(bytes);
		return buffer;
	}

	/**
	 * Writes an area of a plane.
	 *
	 * @param plane from 0
	 * @param area inside the plane
	 * @param labels of which row {@code y} of the area is at {@code offset + y * stride}
	 */
	public void write(final int plane, final Rectangle area, final int[] labels, final int offset, final int stride)
		throws IOException
	{
		for (int y = 0; y < area.height; y++) {
			final ByteBuffer bytes = buffer(area.width);
			bytes.asIntBuffer().put(labels, offset + y * stride, area.width);
			long at = position(plane, area.x, area.y + y);
			while (bytes.hasRemaining()) at += channel.write(bytes, at);
		}
	}

	/**
	 * Reads an area of a plane.
	 *
	 * @param plane from 0
	 * @param area inside the plane
	 * @return row by row
	 */
	public int[] read(final int plane, final Rectangle area) throws IOException {
		final int[] labels = new int[Math.multiplyExact(area.width, area.height)];
		for (int y = 0; y < area.height; y++) {
			final ByteBuffer bytes = buffer(area.width);
			long at = position(plane, area.x, area.y + y);
			while (bytes.hasRemaining()) {
				final int count = channel.read(bytes, at);
				// beyond the last one that was written all are 0
				if (count < 0) break;
				at += count;
			}
			final IntBuffer values = bytes.flip().asIntBuffer();
			values.get(labels, y * area.width, values.remaining());
		}
		return labels;
	}

	/** Replaces every number of a plane but 0. */
	public void replace(final int plane, final IntUnaryOperator numbers) throws IOException {
		for (int y = 0; y < height; y += ROWS_AT_ONCE) {
			final Rectangle rows = new Rectangle(0, y, width, Math.min(ROWS_AT_ONCE, height - y));
			final int[] labels = read(plane, rows);
			ParallelRows.run(labels.length, 1 << 16, (from, to) -> {
				for (int i = from; i < to; i++) if (labels[i] != 0) labels[i] = numbers.applyAsInt(labels[i]);
			});
			write(plane, rows, labels, 0, width);
		}
	}

	@Override
	public void close() throws IOException {
		try {
			channel.close();
		}
		finally {
			Files.deleteIfExists(file);
		}
	}
}
