package io.github.nuclei4j.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
	static final int OLD_SUBFILE = 255;
	static final int WIDTH = 256;
	static final int HEIGHT = 257;
	static final int BITS = 258;
	static final int COMPRESSION = 259;
	static final int PHOTOMETRIC = 262;
	static final int FILL_ORDER = 266;
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
	static final int COLORS = 320;
	static final int TILE_WIDTH = 322;
	static final int TILE_HEIGHT = 323;
	static final int TILE_OFFSETS = 324;
	static final int TILE_BYTES = 325;
	static final int SMALLER_COPIES = 330;
	static final int EXTRA_SAMPLES = 338;
	static final int SAMPLE_FORMAT = 339;
	static final int JPEG_TABLES = 347;
	/** MetaMorph's stacks: as many values as planes. */
	static final int METAMORPH_PLANES = 33629;
	/** Zeiss' LSM files: sizes and scale. */
	static final int LSM = 34412;
	/** Where ImageJ writes overlays, tables of colours and the like. */
	static final int IMAGEJ = 50839;

	/** Only these are kept, since a file may have any number of others of any size. */
	private static final Set<Integer> KNOWN = Set.of(SUBFILE, OLD_SUBFILE, WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC,
		FILL_ORDER, DESCRIPTION, STRIP_OFFSETS, SAMPLES, ROWS_PER_STRIP, STRIP_BYTES, X_RESOLUTION, Y_RESOLUTION, PLANAR, 292,
		293, RESOLUTION_UNIT, PREDICTOR, COLORS, TILE_WIDTH, TILE_HEIGHT, TILE_OFFSETS, TILE_BYTES, SMALLER_COPIES,
		EXTRA_SAMPLES, SAMPLE_FORMAT, JPEG_TABLES, 529, 530, 531, 532, METAMORPH_PLANES, LSM, IMAGEJ);

	private static final int MOST_DIRECTORIES = 1 << 20;
	private static final int MOST_ENTRIES = 4096;
	private static final int MOST_VALUES = 1 << 24;
	/** OME-XML of large screens has tens of megabytes. */
	private static final int MOST_TEXT = 1 << 27;

	/** Bytes of a value by type; 0 for unknown types. */
	private static final int[] SIZES = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8 };
	private static final int ASCII = 2;
	private static final int RATIONAL = 5;

	private final Map<Integer, long[]> values = new HashMap<>();
	private String description = "";
	private ByteOrder order;

	private TiffDirectory() {}

	/**
	 * All images of a file, in order, also reduced copies, but not those that lie below another image (pyramids in SubIFDs).
	 *
	 * @return empty if it is no TIFF file
	 * @throws IOException if it is damaged
	 */
	static List<TiffDirectory> read(final PlacedBytes file) throws IOException {
		final List<TiffDirectory> all = new ArrayList<>();
		if (!isTiff(file)) return all;
		final ByteOrder order = order(file);
		final boolean big = isBig(file);
		if (big && file.length() < 16) throw new IOException("the file ends early: it has " + file.length() + " bytes");
		long next = big ? file.read(8, 8).order(order).getLong() : file.read(4, 4).order(order).getInt() & 0xffffffffL;
		final Set<Long> seen = new HashSet<>();
		while (next != 0) {
			if (!seen.add(next)) throw new IOException("its list of images is a circle");
			if (seen.size() > MOST_DIRECTORIES) throw new IOException("it lists more than " + MOST_DIRECTORIES + " images");
			final TiffDirectory directory = new TiffDirectory();
			next = directory.read(file, next, big, order);
			all.add(directory);
		}
		return all;
	}

	/** Whether a file begins like a TIFF or BigTIFF. */
	static boolean isTiff(final PlacedBytes file) throws IOException {
		if (file.length() < 8) return false;
		final short mark = file.read(0, 2).getShort();
		if (mark != 0x4949 && mark != 0x4d4d) return false;
		final int version = file.read(2, 2).order(order(file)).getShort();
		return version == 42 || version == 43;
	}

	/** Whether a TIFF file is a BigTIFF, which ImageJ doesn't read. */
	static boolean isBig(final PlacedBytes file) throws IOException {
		return file.read(2, 2).order(order(file)).getShort() == 43;
	}

	private static ByteOrder order(final PlacedBytes file) throws IOException {
		return file.read(0, 1).get() == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
	}

	private long read(final PlacedBytes file, final long at, final boolean big, final ByteOrder byteOrder)
		throws IOException
	{
		order = byteOrder;
		final long count = big ? file.read(at, 8).order(order).getLong() : file.read(at, 2).order(order).getShort() & 0xffff;
		if (count < 1 || count > MOST_ENTRIES) throw new IOException("a directory has " + count + " entries");
		final int size = big ? 20 : 12;
		final long first = at + (big ? 8 : 2);
		final ByteBuffer entries = file.read(first, (int) count * size).order(order);
		for (int i = 0; i < count; i++) {
			entries.position(i * size);
			final int tag = entries.getShort() & 0xffff;
			final int type = entries.getShort() & 0xffff;
			final long length = big ? entries.getLong() : entries.getInt() & 0xffffffffL;
			if (type >= SIZES.length || SIZES[type] == 0 || length < 1 || !KNOWN.contains(tag)) continue;
			final boolean here = length * SIZES[type] <= (big ? 8 : 4);
			if (tag == IMAGEJ || tag == LSM) {
				// only where it is
				if (!here) values.put(tag, new long[] { big ? entries.getLong() : entries.getInt() & 0xffffffffL, length *
					SIZES[type] });
				continue;
			}
			final int most = type == ASCII ? MOST_TEXT : MOST_VALUES;
			if (length > most) throw new IOException("the file ends early or is damaged: tag " + tag + " has " + length + " values");
			final int bytes = (int) length * SIZES[type];
			final ByteBuffer data = here ? entries : data(file, tag, big ? entries.getLong() : entries.getInt() & 0xffffffffL,
				bytes);
			if (tag == DESCRIPTION) description = text(data, bytes);
			else if (type != ASCII) values.put(tag, numbers(data, type, (int) length));
		}
		final ByteBuffer next = file.read(first + count * size, big ? 8 : 4).order(order);
		return big ? next.getLong() : next.getInt() & 0xffffffffL;
	}

	private ByteBuffer data(final PlacedBytes file, final int tag, final long at, final int bytes) throws IOException {
		if (at < 0 || at > file.length() - bytes) throw new IOException("the file ends early: its tag " + tag + " has " + bytes +
			" bytes from byte " + Long.toUnsignedString(at) + " on, the file has " + file.length());
		return file.read(at, bytes).order(order);
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

	/** How many smaller copies lie below this image. */
	int smallerCopies() {
		final long[] places = values.get(SMALLER_COPIES);
		return places == null ? 0 : places.length;
	}

	/** Whether the file calls this image a reduced copy of another one. */
	boolean isReduced() {
		return (value(SUBFILE, 0) & 1) != 0 || value(OLD_SUBFILE, 0) == 2;
	}

	/** Whether the file calls this image a mask of transparency. */
	boolean isMask() {
		return (value(SUBFILE, 0) & 4) != 0;
	}

	/** Whether another image has pixels of the same kind and number. */
	boolean isLike(final TiffDirectory other) {
		for (final int tag : new int[] { WIDTH, HEIGHT, BITS, SAMPLES, SAMPLE_FORMAT }) {
			if (value(tag, 1) != other.value(tag, 1)) return false;
		}
		return (value(PHOTOMETRIC, 1) > 1) == (other.value(PHOTOMETRIC, 1) > 1);
	}
}
