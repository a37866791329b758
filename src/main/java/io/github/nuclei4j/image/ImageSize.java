package io.github.nuclei4j.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

import io.github.nuclei4j.util.HeapRoom;

/**
 * Whether an image can be as large as its header claims, before memory is taken for it: its file has to have enough bytes.
 * {@link HeapRoom} tells whether Java has enough memory.
 */
final class ImageSize {

	/** Most bytes of pixels that a byte of a deflated file (PNG, zipped TIFF) can stand for; a JPEG's byte for fewer. */
	static final int DEFLATE = 1100;
	/** The same for LZW with codes of up to 12 bits (TIFF, GIF). */
	static final int LZW = 3000;
	/** The same for blocks of equal bytes (ZSTD) and of equal rows (fax). */
	static final int BLOCKS = 40_000;
	/** The same for runs of up to 255 equal bytes (PackBits, BMP). */
	static final int RUNS = 256;
	/** Bytes as they are; a bit of a black and white image is a byte in memory. */
	static final int PLAIN = 8;

	/** What a file may have beside its pixels without being taken for a damaged one, bytes of pixels. */
	private static final long FREE = 1 << 16;

	/** Where a BMP says how many colours its palette has. */
	private static final long PALETTE_SIZE = 46;

	private ImageSize() {}

	/**
	 * Checks a claim.
	 *
	 * @param planes of that size
	 * @param bytesPerPixel in memory
	 * @param fileBytes in which all of them are
	 * @param expansion bytes of pixels per byte of the file at most, one of the constants
	 * @throws IOException if the size is none, or impossible for this file; the message says what was claimed
	 */
	static void check(final long width, final long height, final long planes, final double bytesPerPixel,
		final long fileBytes, final int expansion) throws IOException
	{
		checkClaim(width, height, planes, bytesPerPixel, fileBytes, expansion);
		if (width > Integer.MAX_VALUE / height) throw new IOException("its header says " + width + " x " + height +
			" pixels; an image may have " + Integer.MAX_VALUE + " at most");
	}

	/** As {@link #check}, of images that are read in parts and may have any number of pixels. */
	static void checkClaim(final long width, final long height, final long planes, final double bytesPerPixel,
		final long fileBytes, final int expansion) throws IOException
	{
		final String claim = "its header says " + width + " x " + height + " pixels" + (planes == 1 ? "" : " in " + planes +
			" planes");
		if (width < 1 || height < 1 || planes < 1) throw new IOException(claim + ", which is not a possible image size");
		if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) throw new IOException(claim + "; an image may have " +
			Integer.MAX_VALUE + " across and down at most");
		final double bytes = bytesPerPixel * width * height * planes;
		if (bytes > FREE + (double) expansion * fileBytes) throw new IOException(claim + ", but the file ends early: so many can't be in " +
			fileBytes + " bytes");
	}

	/**
	 * Checks what the header of a PNG, JPEG or BMP says.
	 *
	 * @param fileBytes size of the file
	 * @param expansion bytes of pixels per byte of the file at most
	 */
	static void checkPicture(final ImageInputStream in, final long fileBytes, final int expansion) throws IOException {
		final Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
		if (!readers.hasNext()) throw new IOException("its header is damaged");
		final ImageReader reader = readers.next();
		try {
			reader.setInput(in, true, true);
			check(reader.getWidth(0), reader.getHeight(0), 1, 1, fileBytes, expansion);
		}
		finally {
			reader.dispose();
		}
	}

	/** Checks how many colours the header of a BMP says its palette has: ImageJ reads them one by one, though the file has ended. */
	static void checkPalette(final Path bmp) throws IOException {
		try (FileChannel channel = FileChannel.open(bmp)) {
			final ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
			if (channel.read(bytes, PALETTE_SIZE) < bytes.capacity()) return;
			final long colors = bytes.getInt(0) & 0xffffffffL;
			if (colors * Integer.BYTES > channel.size()) throw new IOException("its header says that it has a palette of " + colors +
				" colours, which can't be in " + channel.size() + " bytes");
		}
	}

	/** Most bytes of one file that are read into memory at once. */
	static int mostBytes() {
		return (int) Math.min(Integer.MAX_VALUE - 16, Runtime.getRuntime().maxMemory() / 4);
	}
}
