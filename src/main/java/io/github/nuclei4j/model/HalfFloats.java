package io.github.nuclei4j.model;

/**
 * 16-bit floats (IEEE 754 binary16) as they are stored in model files: 11 significant bits, up to 65,504.
 */
final class HalfFloats {

	private static final int FLOAT_EXPONENT_BIAS = 127;
	private static final int HALF_EXPONENT_BIAS = 15;
	private static final int DROPPED_BITS = 13;

	private HalfFloats() {}

	/** The nearest 16-bit float, ties to even; beyond the range infinite. */
	static short toHalf(final float value) {
		final int bits = Float.floatToRawIntBits(value);
		final int sign = bits >>> 16 & 0x8000;
		final int magnitude = bits & 0x7fffffff;
		if (magnitude > 0x7f800000) return (short) (sign | 0x7e00);
		final int exponent = (magnitude >>> 23) - FLOAT_EXPONENT_BIAS + HALF_EXPONENT_BIAS;
		if (exponent >= 31) return (short) (sign | 0x7c00);
		if (exponent >= 1) {
			return (short) (sign | round((magnitude & 0x7fffff) | exponent << 23, DROPPED_BITS));
		}
		final int shift = DROPPED_BITS + 1 - exponent;
		return (short) (shift > 24 ? sign : sign | round((magnitude & 0x7fffff) | 0x800000, shift));
	}

	/** Shifts right and rounds to nearest, ties to even; a carry into the exponent is right as it is. */
	private static int round(final int bits, final int shift) {
		final int kept = bits >>> shift;
		final int rest = bits & (1 << shift) - 1;
		final int half = 1 << shift - 1;
		return rest > half || rest == half && (kept & 1) == 1 ? kept + 1 : kept;
	}

	/** The same number as a 32-bit float. */
	static float toFloat(final short half) {
		final int sign = (half & 0x8000) << 16;
		final int exponent = half >>> 10 & 0x1f;
		final int fraction = half & 0x3ff;
		if (exponent == 31) return Float.intBitsToFloat(sign | 0x7f800000 | fraction << DROPPED_BITS);
		if (exponent == 0) {
			final float value = fraction * 0x1p-24f;
			return sign == 0 ? value : -value;
		}
		return Float.intBitsToFloat(sign | exponent - HALF_EXPONENT_BIAS + FLOAT_EXPONENT_BIAS << 23 | fraction <<
			DROPPED_BITS);
	}
}
