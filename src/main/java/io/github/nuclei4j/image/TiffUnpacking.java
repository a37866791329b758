package io.github.nuclei4j.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks tiles and strips of TIFF files. The result is never larger than announced, whatever the file contains. Not by a library:
 * Java's own TIFF reader needs the whole file and does not notice missing bytes, and TwelveMonkeys' imageio-tiff registers itself for
 * all of Java, which would change how other plugins in a Fiji read TIFF.
 */
final class TiffUnpacking {

	static final int JPEG = 7;

	private static final int LZW = 5;
	private static final int DEFLATE = 8;
	private static final int OLD_DEFLATE = 32946;
	private static final int PACK_BITS = 32773;
	private static final int ZSTD = 50000;

	private static final int CLEAR = 256;
	private static final int END = 257;
	private static final int MOST_CODES = 4096;

	private TiffUnpacking() {}

	/** Whether pixels of that compression are read; 1 is none. */
	static boolean isKnown(final int compression) {
		return compression == 1 || compression == LZW || isDeflate(compression) || compression == PACK_BITS ||
			compression == ZSTD || compression == JPEG || isFax(compression);
	}

	/** Whether bits are compressed as for fax machines. */
	static boolean isFax(final int compression) {
		return compression >= 2 && compression <= 4;
	}

	/** Whether Java's own reader of TIFF knows a compression. */
	static boolean isJavas(final int compression) {
		return isKnown(compression) && compression != ZSTD;
	}

	private static boolean isDeflate(final int compression) {
		return compression == DEFLATE || compression == OLD_DEFLATE;
	}

	/** Most bytes of pixels that a byte of the file can stand for. */
	static int expansion(final int compression) {
		if (compression == 1) return ImageSize.PLAIN;
		if (compression == PACK_BITS) return ImageSize.RUNS;
		// a fax has rows of a few bits, and ZSTD blocks of equal bytes
		return isFax(compression) || compression == ZSTD ? ImageSize.BLOCKS : isDeflate(compression) || compression == JPEG
			? ImageSize.DEFLATE : ImageSize.LZW;
	}

	/**
	 * Unpacks bytes.
	 *
	 * @param most bytes that come out at most
	 * @return as many as there are
	 * @throws IOException if they are damaged
	 */
	static byte[] unpack(final byte[] packed, final int compression, final int most) throws IOException {
		final byte[] bytes = new byte[most];
		final int count = compression == LZW ? lzw(packed, bytes) : compression == PACK_BITS ? packBits(packed, bytes)
			: compression == ZSTD ? Zstd.unpack(packed, bytes) : inflate(packed, bytes);
		return count == most ? bytes : Arrays.copyOf(bytes, count);
	}

	private static int inflate(final byte[] packed, final byte[] bytes) throws IOException {
		final Inflater inflater = new Inflater();
		try {
			inflater.setInput(packed);
			int count = 0;
			while (count < bytes.length && !inflater.finished()) {
				final int more = inflater.inflate(bytes, count, bytes.length - count);
				if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) break;
				count += more;
			}
			return count;
		}
		catch (final DataFormatException e) {
			throw new IOException("the file is damaged: a tile or strip can't be unpacked (" + e.getMessage() + ")", e);
		}
		finally {
			inflater.end();
		}
	}

	private static int packBits(final byte[] packed, final byte[] bytes) {
		int from = 0;
		int to = 0;
		while (from < packed.length - 1 && to < bytes.length) {
			final int n = packed[from++];
			if (n == -128) continue;
			final int length = Math.min(bytes.length - to, n < 0 ? 1 - n : Math.min(n + 1, packed.length - from));
			if (n < 0) Arrays.fill(bytes, to, to + length, packed[from++]);
			else {
				System.arraycopy(packed, from, bytes, to, length);
				from += n + 1;
			}
			to += length;
		}
		return to;
	}

	private static int lzw(final byte[] packed, final byte[] bytes) throws IOException {
		// a code stands for the bytes of the one before, and the byte that follows these
		final int[] starts = new int[MOST_CODES + 1];
		final int[] lengths = new int[MOST_CODES + 1];
		int codes = END + 1;
		int to = 0;
		long bits = 0;
		final long all = 8L * packed.length;
		while (to < bytes.length) {
			final int width = codes < 512 ? 9 : codes < 1024 ? 10 : codes < 2048 ? 11 : 12;
			if (bits + width > all) break;
			final int code = code(packed, bits, width);
			bits += width;
			if (code == END) break;
			if (code == CLEAR) {
				codes = END + 1;
				continue;
			}
			if (code >= codes) throw new IOException("the file is damaged: a tile or strip can't be unpacked");
			final int start = to;
			if (code < CLEAR) bytes[to++] = (byte) code;
			else {
				// the last byte of the newest code is the first one of these
				final int from = starts[code];
				final int length = Math.min(lengths[code], bytes.length - to);
				for (int i = 0; i < length; i++) bytes[to++] = bytes[from + i];
			}
			if (codes < MOST_CODES) {
				starts[codes] = start;
				lengths[codes++] = to - start + 1;
			}
		}
		return to;
	}

	private static int code(final byte[] packed, final long bit, final int width) {
		int value = 0;
		for (int i = 0; i < 4; i++) {
			final int at = (int) (bit >> 3) + i;
			value = value << 8 | (at < packed.length ? packed[at] & 0xff : 0);
		}
		return value << (bit & 7) >>> 32 - width;
	}

	/** Adds up rows that hold differences between neighbouring pixels, in place. */
	static void sum(final ByteBuffer bytes, final int rowValues, final int step, final int sampleBytes) {
		final int rows = bytes.limit() / (rowValues * sampleBytes);
		for (int y = 0; y < rows; y++) {
			for (int i = y * rowValues + step; i < (y + 1) * rowValues; i++) {
				final int at = i * sampleBytes;
				final int before = at - step * sampleBytes;
				switch (sampleBytes) {
					case 1:
						bytes.put(at, (byte) (bytes.get(at) + bytes.get(before)));
						break;
					case 2:
						bytes.putShort(at, (short) (bytes.getShort(at) + bytes.getShort(before)));
						break;
					case 4:
						bytes.putInt(at, bytes.getInt(at) + bytes.getInt(before));
						break;
					case 8:
						bytes.putLong(at, bytes.getLong(at) + bytes.getLong(before));
						break;
					default:
						throw new IllegalArgumentException(sampleBytes + " bytes");
				}
			}
		}
	}

	/**
	 * Makes floats of rows that hold first all their highest bytes, then all the next ones, as differences.
	 *
	 * @return bytes of the same order
	 */
	static ByteBuffer joinFloats(final ByteBuffer bytes, final int rowValues, final int step, final int sampleBytes) {
		final int rowBytes = rowValues * sampleBytes;
		final int rows = bytes.limit() / rowBytes;
		final ByteBuffer floats = ByteBuffer.allocate(bytes.limit()).order(bytes.order());
		final boolean little = bytes.order() == ByteOrder.LITTLE_ENDIAN;
		for (int y = 0; y < rows; y++) {
			final int row = y * rowBytes;
			for (int i = row + step; i < row + rowBytes; i++) bytes.put(i, (byte) (bytes.get(i) + bytes.get(i - step)));
			for (int i = 0; i < rowValues; i++) {
				for (int b = 0; b < sampleBytes; b++) {
					floats.put(row + i * sampleBytes + (little ? sampleBytes - 1 - b : b), bytes.get(row + b * rowValues + i));
				}
			}
		}
		return floats;
	}

	/** Turns the bits of bytes round, in place, where the first pixel is the lowest bit. */
	static void reverseBits(final byte[] bytes) {
		for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (Integer.reverse(bytes[i]) >>> 24);
	}
}
