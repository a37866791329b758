package io.github.nuclei4j.image;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

import io.github.nuclei4j.util.Messages;

/**
 * Tiles and strips compressed as JPEG or fax, and those of YCbCr, unpacked by Java's own TIFF reader: each is given to it as a
 * file of its own in memory, so that large files and BigTIFF are read by area, too, and no more memory is taken than a tile's.
 */
final class JavaTiff {

	private static final int SHORT = 3;
	private static final int LONG = 4;
	private static final int FRACTION = 5;
	private static final int BYTES = 7;

	/** Tags of which Java takes no other type than short numbers. */
	private static final Set<Integer> SHORTS = Set.of(TiffDirectory.BITS, TiffDirectory.COMPRESSION, TiffDirectory.PHOTOMETRIC,
		TiffDirectory.FILL_ORDER, TiffDirectory.SAMPLES, TiffDirectory.PLANAR, 530, 531);

	/** Tags that say how to unpack; those of T.4, T.6, and of YCbCr among them. */
	private static final int[] KEPT = { TiffDirectory.BITS, TiffDirectory.COMPRESSION, TiffDirectory.PHOTOMETRIC,
		TiffDirectory.FILL_ORDER, TiffDirectory.SAMPLES, 292, 293, TiffDirectory.JPEG_TABLES, 529, 530, 531, 532 };
	/** Tags of fractions, as two numbers each. */
	private static final Set<Integer> FRACTIONS = Set.of(529, 532);

	private JavaTiff() {}

	/**
	 * Unpacks a tile or strip.
	 *
	 * @param packed as it is in the file
	 * @param layout of the image
	 * @param width of the tile, pixels
	 * @param height of the tile, or of a strip that may be the last one, pixels
	 * @return rows of bytes, samples of a pixel beside each other, RGB for YCbCr; of a fax rows of bits
	 * @throws IOException if it is damaged
	 */
	static byte[] unpack(final byte[] packed, final TiffLayout layout, final int width, final int height) throws IOException {
		if (layout.compression() == TiffUnpacking.JPEG) checkJpeg(packed, width, height);
		final ImageReader reader = reader();
		try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file(packed, layout, width,
			height))))
		{
			reader.setInput(in, true, true);
			return bytes(reader.readAsRenderedImage(0, null), layout, width, height);
		}
		catch (final IOException | RuntimeException e) {
			throw new IOException("the file is damaged: a tile or strip can't be unpacked (" + Messages.of(e) + ")", e);
		}
		finally {
			reader.dispose();
		}
	}

	private static byte[] bytes(final RenderedImage image, final TiffLayout layout, final int width, final int height)
		throws IOException
	{
		final Raster raster = image.getData();
		if (raster.getWidth() != width || raster.getHeight() != height) throw new IOException("it has " + raster.getWidth() +
			" x " + raster.getHeight() + " pixels, expected " + width + " x " + height);
		if (layout.bits() == 1) return ((DataBufferByte) raster.getDataBuffer()).getData();
		final int bands = layout.samplesTogether();
		if (raster.getNumBands() != bands) throw new IOException("it has " + raster.getNumBands() + " samples, expected " +
			bands);
		final byte[] bytes = new byte[width * height * bands];
		int[] row = null;
		for (int y = 0; y < height; y++) {
			row = raster.getPixels(0, y, width, 1, row);
			for (int i = 0; i < width * bands; i++) bytes[y * width * bands + i] = (byte) row[i];
		}
		return bytes;
	}

	/** Java takes memory for as many pixels as a JPEG claims. */
	private static void checkJpeg(final byte[] jpeg, final int width, final int height) throws IOException {
		for (int at = 2; at + 8 < jpeg.length && (jpeg[at] & 0xff) == 0xff;) {
			final int marker = jpeg[at + 1] & 0xff;
			if (marker == 0xff) {
				at++;
				continue;
			}
			if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
				final int rows = number(jpeg, at + 5);
				final int columns = number(jpeg, at + 7);
				if (columns == width && rows == height) return;
				throw new IOException("the file is damaged: a tile or strip holds a JPEG of " + columns + " x " + rows +
					" pixels, expected " + width + " x " + height);
			}
			at += 2 + number(jpeg, at + 2);
		}
		throw new IOException("the file is damaged: a tile or strip holds no JPEG");
	}

	private static int number(final byte[] bytes, final int at) {
		return at + 1 < bytes.length ? (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff : 0;
	}

	/** A TIFF file of one strip. */
	private static byte[] file(final byte[] packed, final TiffLayout layout, final int width, final int height) {
		final Map<Integer, long[]> tags = new TreeMap<>();
		for (final int tag : KEPT) {
			final long[] values = layout.directory().values(tag);
			if (values != null) tags.put(tag, values);
		}
		if (layout.isPlanar()) {
			tags.put(TiffDirectory.SAMPLES, new long[] { 1 });
			tags.put(TiffDirectory.BITS, new long[] { layout.bits() });
			tags.put(TiffDirectory.PHOTOMETRIC, new long[] { 1 });
		}
		// bits as they are: whether 0 is white is looked at elsewhere
		if (layout.bits() == 1) tags.put(TiffDirectory.PHOTOMETRIC, new long[] { 1 });
		tags.putIfAbsent(TiffDirectory.PHOTOMETRIC, new long[] { layout.samplesTogether() > 2 ? 2 : 1 });
		tags.put(TiffDirectory.WIDTH, new long[] { width });
		tags.put(TiffDirectory.HEIGHT, new long[] { height });
		tags.put(TiffDirectory.ROWS_PER_STRIP, new long[] { height });
		tags.put(TiffDirectory.STRIP_BYTES, new long[] { packed.length });
		tags.put(TiffDirectory.PLANAR, new long[] { 1 });
		tags.put(TiffDirectory.STRIP_OFFSETS, new long[] { 8 });
		final int values = 8 + (packed.length + 1) / 2 * 2;
		final int directory = values + tags.entrySet().stream().mapToInt(tag -> bytes(tag.getKey(), tag.getValue())).sum();
		final ByteBuffer file = ByteBuffer.allocate(directory + 2 + 12 * tags.size() + 4).order(layout.directory().order());
		file.putShort((short) (file.order() == java.nio.ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4d4d)).putShort((short) 42).putInt(
			directory).put(packed).position(directory);
		file.putShort((short) tags.size());
		int place = values;
		for (final Map.Entry<Integer, long[]> tag : tags.entrySet()) place = put(file, tag.getKey(), tag.getValue(), place);
		return file.putInt(0).array();
	}

	private static int type(final int tag) {
		return tag == TiffDirectory.JPEG_TABLES ? BYTES : FRACTIONS.contains(tag) ? FRACTION : SHORTS.contains(tag) ? SHORT : LONG;
	}

	/** Bytes that a tag's values take outside the directory. */
	private static int bytes(final int tag, final long[] values) {
		final int type = type(tag);
		final int bytes = values.length * (type == BYTES ? 1 : type == SHORT ? 2 : 4);
		return bytes <= 4 ? 0 : bytes + 1 & ~1;
	}

	private static int put(final ByteBuffer file, final int tag, final long[] values, final int place) {
		final int type = type(tag);
		file.putShort((short) tag).putShort((short) type).putInt(type == FRACTION ? values.length / 2 : values.length);
		final int entry = file.position();
		if (bytes(tag, values) > 0) file.putInt(place).position(place);
		for (final long value : values) {
			if (type == BYTES) file.put((byte) value);
			else if (type == SHORT) file.putShort((short) value);
			else file.putInt((int) value);
		}
		file.position(entry + 4);
		return place + bytes(tag, values);
	}

	/** Java's own, since other programs bring readers that take files for something else. */
	private static ImageReader reader() throws IOException {
		final Iterator<ImageReaderSpi> readers = IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class,
			false);
		while (readers.hasNext()) {
			final ImageReaderSpi reader = readers.next();
			if ("java.desktop".equals(reader.getClass().getModule().getName()) && java.util.Arrays.asList(reader.getFormatNames())
				.contains("tiff")) return reader.createReaderInstance();
		}
		throw new IOException("this Java has no TIFF reader (module java.desktop)");
	}
}
