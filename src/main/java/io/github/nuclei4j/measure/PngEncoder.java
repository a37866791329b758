package io.github.nuclei4j.measure;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes pictures of 24-bit colours as PNG, several times faster than Java's own writer, which is why no library does it. Files are
 * up to a third larger: every row is stored as the difference from the row above, compressed lightly, bands of rows on all
 * processors.
 */
final class PngEncoder {

	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

	/** Bytes of pixels that are compressed in one piece; pieces have nothing in common. */
	private static final int BAND = 1 << 17;

	private static final VarHandle FOUR_BYTES = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
	private static final int TOP_BITS = 0x80808080;

	private static final int DIFFERENCE_FROM_ABOVE = 2;
	private static final int RGB_8_BIT = 0x0802;

	/** The header of a zlib stream that was compressed fast. */
	private static final int ZLIB = 0x7801;

	private final int[] pixels;
	private final int width;
	private final int height;
	private final int rowBytes;

	private PngEncoder(final BufferedImage picture) {
		pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
		width = picture.getWidth();
		height = picture.getHeight();
		rowBytes = 1 + 3 * width;
	}

	/** Whether {@link #write} takes the picture: of type {@link BufferedImage#TYPE_INT_RGB}, and not a part of another. */
	static boolean takes(final BufferedImage picture) {
		return picture.getType() == BufferedImage.TYPE_INT_RGB && picture.getRaster().getParent() == null;
	}

	/** Writes a picture that {@link #takes} accepts; the stream stays open. */
	static void write(final BufferedImage picture, final OutputStream out) throws IOException {
		new PngEncoder(picture).write(new DataOutputStream(out));
	}

	private void write(final DataOutputStream out) throws IOException {
		out.write(SIGNATURE);
		final ByteArrayOutputStream header = new ByteArrayOutputStream();
		final DataOutputStream values = new DataOutputStream(header);
		values.writeInt(width);
		values.writeInt(height);
		values.writeShort(RGB_8_BIT);
		values.write(new byte[3]);
		chunk(out, "IHDR", header.toByteArray(), header.size());
		final int rows = Math.max(1, BAND / rowBytes);
		final int bands = (height + rows - 1) / rows;
		final int atOnce = 2 * Runtime.getRuntime().availableProcessors();
		final Adler32 sum = new Adler32();
		for (int first = 0; first < bands; first += atOnce) {
			final Band[] ready = IntStream.range(first, Math.min(bands, first + atOnce)).parallel().mapToObj(i -> new Band(i *
				rows, Math.min(height, (i + 1) * rows))).toArray(Band[]::new);
			for (final Band band : ready) {
				sum.update(band.raw, 0, band.raw.length);
				chunk(out, "IDAT", band.packed, band.length);
			}
		}
		final byte[] end = { 0, 0, 0, 0 };
		for (int i = 0; i < end.length; i++) end[i] = (byte) (sum.getValue() >> 24 - 8 * i);
		chunk(out, "IDAT", end, end.length);
		chunk(out, "IEND", new byte[0], 0);
		out.flush();
	}

	private static void chunk(final DataOutputStream out, final String type, final byte[] data, final int length)
		throws IOException
	{
		final byte[] name = type.getBytes(StandardCharsets.US_ASCII);
		final CRC32 check = new CRC32();
		check.update(name);
		check.update(data, 0, length);
		out.writeInt(length);
		out.write(name);
		out.write(data, 0, length);
		out.writeInt((int) check.getValue());
	}

	/** Some rows, filtered and compressed; the first band begins the zlib stream, the last ends its data. */
	private final class Band {

		private final byte[] raw;
		private final byte[] packed;
		private final int length;

		Band(final int from, final int to) {
			raw = new byte[(to - from) * rowBytes];
			for (int y = from; y < to; y++) filter(y, (y - from) * rowBytes);
			final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
			try {
				// what can't be compressed grows by 5 bytes for each 16 KB at most
				packed = new byte[raw.length + (raw.length >> 10) + 64];
				int size = 0;
				if (from == 0) {
					packed[size++] = (byte) (ZLIB >> 8);
					packed[size++] = (byte) ZLIB;
				}
				deflater.setInput(raw);
				if (to == height) deflater.finish();
				length = size + deflater.deflate(packed, size, packed.length - size, to == height ? Deflater.NO_FLUSH
					: Deflater.SYNC_FLUSH);
			}
			finally {
				deflater.end();
			}
		}

		private void filter(final int y, final int at) {
			raw[at] = DIFFERENCE_FROM_ABOVE;
			final int row = y * width;
			for (int x = 0; x < width - 1; x++) {
				// writes a byte too many, which the next pixel replaces
				FOUR_BYTES.set(raw, at + 1 + 3 * x, difference(pixels[row + x], y == 0 ? 0 : pixels[row + x - width]) << 8);
			}
			final int last = difference(pixels[row + width - 1], y == 0 ? 0 : pixels[row - 1]);
			for (int i = 1; i <= 3; i++) raw[at + rowBytes - i] = (byte) (last >> 8 * (i - 1));
		}
	}

	/** Differences of the four bytes, each by itself. */
	private static int difference(final int a, final int b) {
		return (a | TOP_BITS) - (b & ~TOP_BITS) ^ (a ^ ~b) & TOP_BITS;
	}
}
