package io.github.nuclei4j.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The header of a DeltaVision file (1024 bytes), which says how long the file is. Bio-Formats opens a shorter one without a
 * word, with fewer planes or with zeros in them.
 */
final class DeltaVisionHeader {

	private static final int HEADER = 1024;

	/** At byte 96, in the file's byte order. */
	private static final short MAGIC = (short) 0xc0a0;

	/** Bytes of a number by pixel type; 0 for those that are none. */
	private static final int[] BYTES = { 1, 2, 4, 4, 8, 0, 2, 4, 8 };

	private DeltaVisionHeader() {}

	/**
	 * Checks that a file is as long as its header says. Files of other formats pass.
	 *
	 * @throws IOException if it is shorter; the message names expected and got bytes
	 */
	static void requireWhole(final Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file)) {
			final PlacedBytes bytes = PlacedBytes.of(channel);
			if (bytes.length() < HEADER) return;
			final ByteBuffer header = bytes.read(0, HEADER).order(ByteOrder.LITTLE_ENDIAN);
			if (header.getShort(96) != MAGIC) header.order(ByteOrder.BIG_ENDIAN);
			if (header.getShort(96) != MAGIC) return;
			final long width = header.getInt(0);
			final long height = header.getInt(4);
			final long planes = header.getInt(8);
			final int type = header.getInt(12);
			final long extended = header.getInt(92);
			if (width < 1 || height < 1 || planes < 1 || type < 0 || type >= BYTES.length || extended < 0) return;
			// in doubles, since damaged sizes may be beyond a long
			final double expected = HEADER + extended + (double) width * height * planes * BYTES[type];
			if (bytes.length() < expected) {
				final double there = (bytes.length() - HEADER - extended) / ((double) width * height * BYTES[type]);
				throw new IOException(String.format(Locale.ROOT, "'%s' is cut short: %d bytes, expected %.0f for the %d planes of %d x %d " +
					"pixels in its header; %d of them are complete. Fetch the file again, or, if the acquisition was stopped early, save the planes that are " +
					"complete as TIFF in Fiji.", file, bytes.length(), expected, planes, width, height, (long) Math.max(0, there)));
			}
		}
	}
}
