package io.github.nuclei4j.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes values of the unpacked bytes of a tile or strip of a TIFF file. */
final class TiffPixels {

	private final TiffLayout layout;
	private final int columns;
	private final int width;
	private final int height;

	/**
	 * @param columns pixels in a row of the tile
	 * @param width pixels of each row that are in the image
	 * @param height rows that are in the image
	 */
	TiffPixels(final TiffLayout layout, final int columns, final int width, final int height) {
		this.layout = layout;
		this.columns = columns;
		this.width = width;
		this.height = height;
	}

	/** Place of a value in a row of samples. */
	private int step() {
		return layout.samplesTogether();
	}

	private int first(final int sample) {
		return layout.isPlanar() ? 0 : sample;
	}

	/** 8-bit values; those of one bit become 0 and 255, as in ImageJ. */
	byte[] bytes(final ByteBuffer bytes, final int sample) {
		final byte[] values = new byte[width * height];
		final int bits = layout.bits();
		final int factor = bits == 1 && !layout.isPalette() ? 255 : 1;
		for (int y = 0; y < height; y++) {
			final int row = (int) (y * layout.rowBytes(columns));
			if (bits == 8 && step() == 1) {
				bytes.position(row);
				bytes.get(values, y * width, width);
				continue;
			}
			for (int x = 0; x < width; x++) {
				final int at = x * step() + first(sample);
				final int value = bits == 8 ? bytes.get(row + at) & 0xff : bits(bytes, row, at);
				values[y * width + x] = (byte) (value * factor);
			}
		}
		return values;
	}

	/** 16-bit values. */
	short[] shorts(final ByteBuffer bytes, final int sample) {
		final short[] values = new short[width * height];
		final int bits = layout.bits();
		final int change = layout.isRaised() ? 0x8000 : 0;
		for (int y = 0; y < height; y++) {
			final int row = (int) (y * layout.rowBytes(columns));
			if (bits == 16 && step() == 1) {
				bytes.position(row);
				bytes.slice().order(bytes.order()).asShortBuffer().get(values, y * width, width);
				for (int x = 0; change != 0 && x < width; x++) values[y * width + x] ^= change;
				continue;
			}
			for (int x = 0; x < width; x++) {
				final int at = x * step() + first(sample);
				final int value = bits == 16 ? bytes.getShort(row + 2 * at) : bits == 8 ? bytes.get(row + at) : bits(bytes, row, at);
				values[y * width + x] = (short) (value ^ change);
			}
		}
		return values;
	}

	/** Floats and large integers. */
	float[] floats(final ByteBuffer bytes, final int sample) {
		final float[] values = new float[width * height];
		for (int y = 0; y < height; y++) {
			final int row = (int) (y * layout.rowBytes(columns));
			if (layout.bits() == 32 && layout.isFloat() && step() == 1) {
				bytes.position(row);
				bytes.slice().order(bytes.order()).asFloatBuffer().get(values, y * width, width);
				continue;
			}
			for (int x = 0; x < width; x++) values[y * width + x] = number(bytes, row + (x * step() + first(sample)) * (layout
				.bits() / 8));
		}
		return values;
	}

	private float number(final ByteBuffer bytes, final int at) {
		switch (layout.bits()) {
			case 16:
				return half(bytes.getShort(at) & 0xffff);
			case 24:
				return three(bytes, at);
			case 32:
				final int value = bytes.getInt(at);
				return layout.isFloat() ? Float.intBitsToFloat(value) : layout.isSigned() ? value : value & 0xffffffffL;
			default:
				final long large = bytes.getLong(at);
				if (layout.isFloat()) return (float) Double.longBitsToDouble(large);
				return layout.isSigned() || large >= 0 ? large : (large >>> 1) * 2f;
		}
	}

	/** A number of three bytes. */
	private float three(final ByteBuffer bytes, final int at) {
		final boolean little = bytes.order() == ByteOrder.LITTLE_ENDIAN;
		final int value = (bytes.get(at + (little ? 2 : 0)) & 0xff) << 16 | (bytes.get(at + 1) & 0xff) << 8 | bytes.get(at +
			(little ? 0 : 2)) & 0xff;
		if (!layout.isFloat()) return value;
		// a sign, 7 bits of exponent, 16 bits
		return small(value >>> 23, value >>> 16 & 0x7f, value & 0xffff, 16, 63);
	}

	private static float half(final int value) {
		return small(value >>> 15, value >>> 10 & 0x1f, value & 0x3ff, 10, 15);
	}

	private static float small(final int sign, final int exponent, final int fraction, final int bits, final int bias) {
		final double share = fraction / (double) (1 << bits);
		final double size = exponent == 0 ? share * Math.pow(2, 1 - bias) : exponent == 2 * bias + 1 ? fraction == 0
			? Double.POSITIVE_INFINITY : Double.NaN : (1 + share) * Math.pow(2, exponent - bias);
		return (float) (sign == 0 ? size : -size);
	}

	/**
	 * Colours; transparency is ignored.
	 *
	 * @param red the bytes that have the reds; as the others the same ones, unless they lie in planes
	 * @param black of CMYK, otherwise null
	 */
	int[] colors(final ByteBuffer red, final ByteBuffer green, final ByteBuffer blue, final ByteBuffer black) {
		final int[] values = new int[width * height];
		final boolean planar = layout.isPlanar();
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				final int at = (y * columns + x) * step();
				int r = red.get(at) & 0xff;
				int g = green.get(planar ? at : at + 1) & 0xff;
				int b = blue.get(planar ? at : at + 2) & 0xff;
				if (black != null) {
					final int light = 255 - (black.get(planar ? at : at + 3) & 0xff);
					r = (255 - r) * light / 255;
					g = (255 - g) * light / 255;
					b = (255 - b) * light / 255;
				}
				values[y * width + x] = 0xff000000 | r << 16 | g << 8 | b;
			}
		}
		return values;
	}

	/** A value of any number of bits, which begin with the highest one. */
	private int bits(final ByteBuffer bytes, final int row, final int index) {
		final long first = (long) index * layout.bits();
		int value = 0;
		for (int i = 0; i < layout.bits(); i++) {
			final long bit = first + i;
			value = value << 1 | bytes.get(row + (int) (bit >> 3)) >> 7 - (int) (bit & 7) & 1;
		}
		return value;
	}
}
