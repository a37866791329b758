package io.github.nuclei4j.measure;

import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import ij.ImageJ;
import ij.measure.Calibration;
import ij.process.LUT;
import io.github.nuclei4j.image.LargeImage;

/**
 * A TIFF of one channel that is written area by area, as ImageJ writes and opens it. Up to 4 GB it is an ordinary TIFF; beyond
 * that, as ImageJ's, one image is described and all pixels follow it. For one thread at a time.
 */
public final class StreamedTiff implements AutoCloseable {

	/** Kinds of pixels. */
	public enum Pixels {
			/** Whole numbers to 65,535. */
			SHORT(2, 1),
			/** Floats, which hold whole numbers to 16,777,216. */
			FLOAT(4, 3),
			/** Whole numbers, which ImageJ opens as the nearest floats. */
			INT(4, 1);

		private final int bytes;
		private final int format;

		Pixels(final int bytes, final int format) {
			this.bytes = bytes;
			this.format = format;
		}

		/** The kind for labels to a number. */
		public static Pixels forLabels(final int largest) {
			return largest <= 65535 ? SHORT : largest <= 1 << 24 ? FLOAT : INT;
		}

		/** Bytes of a pixel. */
		public int bytes() {
			return bytes;
		}
	}

	private static final long CLASSIC = 0xffffffffL;
	private static final int TAGS = 16;

	private final FileChannel channel;
	private final Pixels pixels;
	private final int width;
	private final int height;
	private final int planes;
	private final byte[] description;
	private final Calibration calibration;
	private final byte[] colors;
	private final long start;
	private ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

	/**
	 * Begins a file.
	 *
	 * @param file there must be none yet
	 * @param image that has the width, height, slices, frames and calibration of the new one
	 * @param largest value that is displayed
	 * @param lut colours, or null for grey
	 */
	public StreamedTiff(final Path file, final LargeImage image, final Pixels pixels, final double largest, final LUT lut)
		throws IOException
	{
		this.pixels = pixels;
		width = image.width();
		height = image.height();
		planes = image.slices() * image.frames();
		calibration = image.calibration();
		description = description(image, largest).getBytes(StandardCharsets.UTF_8);
		colors = lut == null ? new byte[0] : lut.getBytes();
		start = 8 + 2 + 12 * TAGS + 4 + description.length + 16 + 2 * colors.length;
		channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		final ByteBuffer head = ByteBuffer.allocate(8).putInt(0x4d4d002a).putInt(8);
		write(head.flip(), 0);
		final boolean several = planes > 1 && end() <= CLASSIC - (long) planes * (6 + 12 * TAGS);
		writeDirectory(8, start, several ? end() : 0);
		for (int plane = 1; several && plane < planes; plane++) {
			final long at = end() + (plane - 1L) * (6 + 12 * TAGS);
			writeDirectory(at, position(plane, 0, 0), plane == planes - 1 ? 0 : at + 6 + 12 * TAGS);
		}
	}

	private String description(final LargeImage image, final double largest) {
		final StringBuilder text = new StringBuilder("ImageJ=" + ImageJ.VERSION + "\n");
		if (planes > 1) text.append("images=" + planes + "\n");
		if (image.slices() > 1) text.append("slices=" + image.slices() + "\n");
		if (image.frames() > 1) text.append("frames=" + image.frames() + "\n");
		if (image.slices() > 1 && image.frames() > 1) text.append("hyperstack=true\n");
		if (calibration.scaled()) {
			text.append("unit=" + (calibration.getUnit().equals("\u00b5m") ? "um" : calibration.getUnit()) + "\n");
			if (calibration.pixelDepth != 1) text.append("spacing=" + calibration.pixelDepth + "\n");
			if (calibration.xOrigin != 0) text.append("xorigin=" + calibration.xOrigin + "\n");
			if (calibration.yOrigin != 0) text.append("yorigin=" + calibration.yOrigin + "\n");
		}
		if (calibration.frameInterval != 0) text.append("finterval=" + calibration.frameInterval + "\n");
		return text.append("loop=false\nmin=0\nmax=" + largest + "\n\0").toString();
	}

	private long end() {
		return position(planes, 0, 0);
	}

	private long position(final int plane, final int x, final int y) {
		return start + (((long) plane * height + y) * width + x) * pixels.bytes;
	}

	private void writeDirectory(final long at, final long image, final long next) throws IOException {
		final ByteBuffer tags = ByteBuffer.allocate(2 + 12 * TAGS + 4);
		final int data = 8 + 2 + 12 * TAGS + 4;
		final int fractions = data + description.length;
		tags.putShort((short) (colors.length > 0 ? TAGS : TAGS - 1));
		tag(tags, 254, 4, 1, 0);
		tag(tags, 256, 4, 1, width);
		tag(tags, 257, 4, 1, height);
		tag(tags, 258, 3, 1, 8 * pixels.bytes << 16);
		tag(tags, 259, 3, 1, 1 << 16);
		tag(tags, 262, 3, 1, 1 << 16);
		tag(tags, 270, 2, description.length, data);
		tag(tags, 273, 4, 1, image);
		tag(tags, 277, 3, 1, 1 << 16);
		tag(tags, 278, 4, 1, height);
		tag(tags, 279, 4, 1, Math.min(CLASSIC, (long) width * height * pixels.bytes));
		tag(tags, 282, 5, 1, fractions);
		tag(tags, 283, 5, 1, fractions + 8);
		tag(tags, 296, 3, 1, 1 << 16);
		if (colors.length > 0) tag(tags, 320, 3, colors.length, fractions + 16);
		tag(tags, 339, 3, 1, pixels.format << 16);
		tags.putInt((int) next);
		write(tags.flip(), at);
		if (at > 8) return;
		final ByteArrayOutputStream rest = new ByteArrayOutputStream();
		rest.write(description);
		rest.write(fraction(calibration.pixelWidth));
		rest.write(fraction(calibration.pixelHeight));
		for (final byte color : colors) rest.write(new byte[] { color, 0 });
		write(ByteBuffer.wrap(rest.toByteArray()), data);
	}

	private static void tag(final ByteBuffer tags, final int tag, final int type, final int count, final long value) {
		tags.putShort((short) tag).putShort((short) type).putInt(count).putInt((int) value);
	}

	/** Pixels per unit, as ImageJ writes them. */
	private static byte[] fraction(final double pixelSize) {
		final double perUnit = pixelSize > 0 ? 1 / pixelSize : 1;
		final int scale = perUnit > 1000 ? 1000 : 1_000_000;
		return ByteBuffer.allocate(8).putInt((int) (perUnit * scale + 0.5)).putInt(scale).array();
	}

	/**
	 * Writes an area of a plane.
	 *
	 * @param plane from 0
	 * @param area inside the plane
	 * @param values of which row {@code y} is at {@code offset + y * stride}
	 */
	public void write(final int plane, final Rectangle area, final float[] values, final int offset, final int stride)
		throws IOException
	{
		for (int y = 0; y < area.height; y++) {
			final ByteBuffer row = buffer(area.width);
			row.asFloatBuffer().put(values, offset + y * stride, area.width);
			write(row, position(plane, area.x, area.y + y));
		}
	}

	/** As {@link #write(int, Rectangle, float[], int, int)}, of labels. */
	public void write(final int plane, final Rectangle area, final int[] labels) throws IOException {
		for (int y = 0; y < area.height; y++) {
			final ByteBuffer row = buffer(area.width);
			final int from = y * area.width;
			if (pixels == Pixels.INT) row.asIntBuffer().put(labels, from, area.width);
			else {
				for (int x = 0; x < area.width; x++) {
					if (pixels == Pixels.SHORT) row.putShort(2 * x, (short) labels[from + x]);
					else row.putFloat(4 * x, labels[from + x]);
				}
			}
			write(row, position(plane, area.x, area.y + y));
		}
	}

	private ByteBuffer buffer(final int values) {
		final int bytes = Math.multiplyExact(values, pixels.bytes);
		if (buffer.capacity() < bytes) buffer = ByteBuffer.allocate(bytes);
		buffer.clear().limit(bytes);
		return buffer;
	}

	private void write(final ByteBuffer bytes, final long at) throws IOException {
		long to = at;
		while (bytes.hasRemaining()) to += channel.write(bytes, to);
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}
}
