package io.github.nuclei4j.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/**
 * Walks through the directories of a TIFF file as ImageJ's decoder does, and makes sure that the decoder will neither walk in
 * circles nor take more memory than the file has bytes.
 */
final class TiffStructure {

	private static final int MAGIC = 42;
	private static final int ENTRY = 12;
	/** What ImageJ takes for a directory. */
	private static final int MOST_ENTRIES = 1000;
	/** More planes than that in directories of their own would take minutes to list. */
	private static final int MOST_DIRECTORIES = 1_000_000;
	private static final int NIH_HEADER = 43314;
	private static final int NIH_HEADER_BYTES = 512;
	private static final int METADATA_SIZES = 50838;
	private static final int METADATA = 50839;
	private static final int METADATA_MAGIC = 0x494a494a;
	private static final int SHORTEST_METADATA = 12;
	private static final int LONGEST_METADATA = 804;
	/** Tags whose values ImageJ reads from elsewhere in the file, as many as their count says. */
	private static final Set<Integer> FOLLOWED = Set.of(258, 270, 273, 279, 305, 306, 315, 316, 320, METADATA_SIZES);

	private final PlacedBytes bytes;
	private final long length;
	private ByteOrder order;
	/** Of the last of ImageJ's metadata, of which the first is their table of contents. */
	private int[] metadataSizes = {};

	private TiffStructure(final PlacedBytes bytes) {
		this.bytes = bytes;
		length = bytes.length();
	}

	/** @throws IOException if the file can't be read or a directory is impossible; the message doesn't name the file */
	static void check(final PlacedBytes tiff) throws IOException {
		new TiffStructure(tiff).check();
	}

	private void check() throws IOException {
		final ByteBuffer header = read(0, 8);
		order = header.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
		header.order(order);
		if (header.getShort(2) != MAGIC) throw new IOException("it is no TIFF of the kind that ImageJ reads (number " + header
			.getShort(2) + ", expected " + MAGIC + ")");
		final Set<Long> seen = new HashSet<>();
		for (long at = unsigned(header.getInt(4)); at > 0;) {
			if (!seen.add(at)) throw new IOException("its list of images is a circle");
			if (seen.size() > MOST_DIRECTORIES) throw new IOException("it lists more than " + MOST_DIRECTORIES + " images");
			// ImageJ ends its list there, too
			if (at + 2 > length) break;
			final int entries = read(at, 2).getShort(0) & 0xffff;
			if (entries < 1 || entries > MOST_ENTRIES) break;
			at = checkDirectory(read(at + 2, ENTRY * entries + 4), entries);
		}
	}

	/** Gives the place of the next directory. */
	private long checkDirectory(final ByteBuffer directory, final int entries) throws IOException {
		for (int i = 0; i < entries; i++) {
			final int tag = directory.getShort(ENTRY * i) & 0xffff;
			final long count = unsigned(directory.getInt(ENTRY * i + 4));
			final long value = unsigned(directory.getInt(ENTRY * i + 8));
			if (tag == NIH_HEADER && count == 256 && value + NIH_HEADER_BYTES > length) throw outside(tag, count, value);
			if (tag == METADATA) checkMetadata(value);
			if (!FOLLOWED.contains(tag) || count <= 1) continue;
			final int size = size(tag, directory.getShort(ENTRY * i + 2));
			// so short a text is in the directory itself
			if (size == 1 && count <= 4) continue;
			if (count * size > length || value > length - count * size) throw outside(tag, count, value);
			if (tag == METADATA_SIZES) readMetadataSizes((int) count, value);
		}
		return unsigned(directory.getInt(ENTRY * entries));
	}

	private void readMetadataSizes(final int count, final long from) throws IOException {
		final ByteBuffer sizes = read(from, 4 * count);
		metadataSizes = new int[count];
		long sum = 0;
		for (int i = 0; i < count; i++) {
			metadataSizes[i] = sizes.getInt(4 * i);
			sum += unsigned(metadataSizes[i]);
		}
		if (sum > length) throw new IOException("the file ends early: it says that it has " + sum +
			" bytes of ImageJ's metadata, but has " + length);
	}

	/** The table of contents may not announce more than there are sizes. */
	private void checkMetadata(final long from) throws IOException {
		final int size = metadataSizes.length == 0 ? 0 : metadataSizes[0];
		if (size < SHORTEST_METADATA || size > LONGEST_METADATA) return;
		final ByteBuffer contents = read(from, size);
		if (contents.getInt(0) != METADATA_MAGIC) return;
		long sum = 0;
		for (int i = 8; i <= size - 4; i += 8) sum += unsigned(contents.getInt(i));
		if (sum > metadataSizes.length) throw new IOException("it announces " + sum + " parts of ImageJ's metadata, but has " +
			metadataSizes.length);
	}

	/** Bytes of each of a tag's values as ImageJ reads them, whatever their type. */
	private static int size(final int tag, final short type) {
		switch (tag) {
			case 258:
			case 320:
				return 2;
			case 279:
				return type == 3 ? 2 : 4;
			case 273:
			case METADATA_SIZES:
				return 4;
			default:
				return 1;
		}
	}

	private IOException outside(final int tag, final long count, final long value) {
		return new IOException("the file ends early: its tag " + tag + " has " + count + " values from byte " + value +
			" on, the file has " + length + " bytes");
	}

	private ByteBuffer read(final long position, final int count) throws IOException {
		final ByteBuffer read = bytes.read(position, count);
		return order == null ? read : read.order(order);
	}

	private static long unsigned(final int value) {
		return value & 0xffffffffL;
	}
}
