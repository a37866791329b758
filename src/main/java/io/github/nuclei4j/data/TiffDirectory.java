package io.github.nuclei4j.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tags of one image of a TIFF or BigTIFF file. Nothing in the file is believed: what is too large or cut is refused. */
final class TiffDirectory {

	static final int SUBFILE = 254;
	static final int WIDTH = 256;
	static final int HEIGHT = 257;
	static final int BITS = 258;
	static final int COMPRESSION = 259;
	static final int PHOTOMETRIC = 262;
	static final int DESCRIPTION = 270;
	static final int STRIP_OFFSETS = 273;
	static final int SAMPLES = 277;
	static final int ROWS_PER_STRIP = 278;
	static final int STRIP_BYTES = 279;
	static final int X_RESOLUTION = 282;
	static final int Y_RESOLUTION = 283;
	static final int PLANAR = 284;
	static final int RESOLUTION_UNIT = 296;
	static final int PREDICTOR = 317;
	static final int TILE_WIDTH = 322;
	static final int TILE_HEIGHT = 323;
	static final int TILE_OFFSETS = 324;
	static final int TILE_BYTES = 325;
	static final int SAMPLE_FORMAT = 339;

	private static final int MOST_DIRECTORIES = 1 << 20;
	private static final int MOST_ENTRIES = 4096;
	private static final int MOST_VALUES = 1 << 24;
	private static final int MOST_TEXT = 1 << 22;

	/** Bytes of a value by type; 0 for unknown types. */
	private static final int[] SIZES = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8 };
	private static final int ASCII = 2;
	private static final int RATIONAL = 5;

	private final Map<Integer, long[]> values = new HashMap<>();
	private String description = "";
	private ByteOrder order;

	private TiffDirectory() {}

	/**
	 * All images of a file, in order, without reduced copies.
	 *
	 * @return empty if it is no TIFF file
	 * @throws IOException if it is damaged
	 */
	static List<TiffDirectory> read(final FileChannel file) throws IOException {
		final List<TiffDirectory> all = new ArrayList<>();
		if (file.size() < 8) return all;
		final ByteBuffer head = bytes(file, 0, 8, ByteOrder.LITTLE_ENDIAN);
		final int mark = head.getShort();
		if (mark != 0x4949 && mark != 0x4d4d) return all;
		final ByteOrder order = mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
		final int version = head.order(order).getShort();
		if (version != 42 && version != 43) return all;
		final boolean big = version == 43;
		long next = big ? bytes(file, 8, 8, order).getLong() : head.getInt() & 0xffffffffL;
		final Set<Long> seen = new HashSet<>();
		while (next != 0) {
			if (!seen.add(next) || seen.size() > MOST_DIRECTORIES) throw new IOException("its directories run in a circle");
			final TiffDirectory directory = new TiffDirectory();
			next = directory.read(file, next, big, order);
			// bit 0: a reduced copy of another image
			if ((directory.value(SUBFILE, 0) & 1) == 0) all.add(directory);
		}
		return all;
	}

	/** Whether a file is a BigTIFF, which ImageJ doesn't read. */
	static boolean isBig(final FileChannel file) throws IOException {
		if (file.size() < 16) return false;
		final ByteBuffer head = bytes(file, 0, 4, ByteOrder.LITTLE_ENDIAN);
		final int mark = head.getShort();
		return mark == 0x4949 && head.getShort(2) == 43 || mark == 0x4d4d && head.order(ByteOrder.BIG_ENDIAN).getShort(2) == 43;
	}

	/** Reads bytes whole. */
	static ByteBuffer bytes(final FileChannel file, final long at, final int count, final ByteOrder order)
		throws IOException
	{
		if (at < 0 || at > file.size() - count) {
			throw new EOFException("the file ends early: something is to be at byte " + Long.toUnsignedString(at) +
				", the file has " + file.size());
		}
		final ByteBuffer buffer = ByteBuffer.allocate(count).order(order);
		long position = at;
		while (buffer.hasRemaining()) {
			final int read = file.read(buffer, position);
			if (read < 0) throw new EOFException("the file ends early, at byte " + position);
			position += read;
		}
		buffer.flip();
		return buffer;
	}

	private long read(final FileChannel file, final long at, final boolean big, final ByteOrder byteOrder)
		throws IOException
	{
		order = byteOrder;
		final long count = big ? bytes(file, at, 8, order).getLong() : bytes(file, at, 2, order).getShort() & 0xffff;
		if (count < 1 || count > MOST_ENTRIES) throw new IOException("a directory has " + count + " entries");
		final int size = big ? 20 : 12;
		final long first = at + (big ? 8 : 2);
		final ByteBuffer entries = bytes(file, first, (int) count * size, order);
		for (int i = 0; i < count; i++) {
			entries.position(i * size);
			final int tag = entries.getShort() & 0xffff;
			final int type = entries.getShort() & 0xffff;
			final long length = big ? entries.getLong() : entries.getInt() & 0xffffffffL;
			if (type >= SIZES.length || SIZES[type] == 0 || length < 1 || !isKnown(tag)) continue;
			final int most = type == ASCII ? MOST_TEXT : MOST_VALUES;
			if (length > most) throw new IOException("tag " + tag + " has " + length + " values");
			final int bytes = (int) length * SIZES[type];
			final ByteBuffer data;
			if (bytes > (big ? 8 : 4)) data = bytes(file, big ? entries.getLong() : entries.getInt() & 0xffffffffL, bytes, order);
			else data = entries;
			if (tag == DESCRIPTION) description = text(data, bytes);
			else if (type != ASCII) values.put(tag, numbers(data, type, (int) length));
		}
		final ByteBuffer next = bytes(file, first + count * size, big ? 8 : 4, order);
		return big ? next.getLong() : next.getInt() & 0xffffffffL;
	}

	private static boolean isKnown(final int tag) {
		return tag >= SUBFILE && tag <= SAMPLE_FORMAT;
	}

	private static String text(final ByteBuffer data, final int bytes) {
		final byte[] characters = new byte[bytes];
		data.get(characters);
		return new String(characters, StandardCharsets.UTF_8).replace("\0", "");
	}

	private static long[] numbers(final ByteBuffer data, final int type, final int count) {
		final long[] numbers = new long[type == RATIONAL ? 2 * count : count];
		for (int i = 0; i < numbers.length; i++) {
			final int size = type == RATIONAL ? 4 : SIZES[type];
			numbers[i] = size == 1 ? data.get() & 0xff : size == 2 ? data.getShort() & 0xffff : size == 4 ? data.getInt() &
				0xffffffffL : data.getLong();
		}
		return numbers;
	}

	/** The first value of a tag. */
	long value(final int tag, final long missing) {
		final long[] all = values.get(tag);
		return all == null ? missing : all[0];
	}

	/** All values of a tag, or null. */
	long[] values(final int tag) {
		return values.get(tag);
	}

	/** A fraction, or NaN. */
	double fraction(final int tag) {
		final long[] parts = values.get(tag);
		return parts == null || parts.length < 2 || parts[1] == 0 ? Double.NaN : (double) parts[0] / parts[1];
	}

	/** The image's description, which may be empty. */
	String description() {
		return description;
	}

	/** Order of bytes in numbers. */
	ByteOrder order() {
		return order;
	}

	/** Whether another image has pixels of the same kind and number. */
	boolean isLike(final TiffDirectory other) {
		for (final int tag : new int[] { WIDTH, HEIGHT, BITS, SAMPLES, SAMPLE_FORMAT }) {
			if (value(tag, 0) != other.value(tag, 0)) return false;
		}
		return true;
	}
}
