package io.github.nuclei4j.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * How the numbers of a model file are stored, little-endian, arrays row by row.
 */
public enum WeightEncoding {
		/** 32-bit floats: the weights as they were trained. */
		FLOAT32("float32", Float.BYTES) {

			@Override
			void put(final ByteBuffer buffer, final float value) {
				buffer.putFloat(value);
			}

			@Override
			void get(final ByteBuffer buffer, final float[] values, final int from, final int count) {
				buffer.asFloatBuffer().get(values, from, count);
			}
		},
		/** 16-bit floats: half the size, 11 significant bits. */
		FLOAT16("float16", Short.BYTES) {

			@Override
			void put(final ByteBuffer buffer, final float value) {
				buffer.putShort(HalfFloats.toHalf(value));
			}

			@Override
			void get(final ByteBuffer buffer, final float[] values, final int from, final int count) {
				for (int i = from; i < from + count; i++) values[i] = HalfFloats.toFloat(buffer.getShort());
			}
		},
		/**
		 * 8-bit integers from -127 to 127, after one 32-bit float per output channel by which they are multiplied: a quarter of
		 * the size.
		 */
		INT8("int8", Byte.BYTES) {

			@Override
			void put(final ByteBuffer buffer, final float value) {
				buffer.put((byte) Math.round(value));
			}

			@Override
			void get(final ByteBuffer buffer, final float[] values, final int from, final int count) {
				for (int i = from; i < from + count; i++) values[i] = buffer.get();
			}

			@Override
			long bytes(final long numbers, final long channels) {
				return numbers + Float.BYTES * channels;
			}

				@Override
			void write(final float[] original, final long[] shape, final int axis, final OutputStream out) throws IOException {
				final Channels channels = new Channels(shape, axis);
				final float[] values = original.clone();
				final float[] scales = new float[channels.count];
				for (int i = 0; i < values.length; i++) {
					scales[channels.of(i)] = Math.max(scales[channels.of(i)], Math.abs(values[i]) / LARGEST);
				}
				for (int c = 0; c < scales.length; c++) if (scales[c] == 0) scales[c] = 1;
				for (int i = 0; i < values.length; i++) values[i] /= scales[channels.of(i)];
				FLOAT32.write(scales, out);
				write(values, out);
			}

			@Override
			float[] read(final InputStream in, final long[] shape, final int axis, final String name) throws IOException {
				final Channels channels = new Channels(shape, axis);
				final float[] scales = FLOAT32.read(in, channels.count, name);
				final float[] values = read(in, length(shape), name);
				for (int i = 0; i < values.length; i++) {
					values[i] *= scales[channels.of(i)];
					if (!Float.isFinite(values[i])) throw new IllegalArgumentException("'" + name +
						"' has a value that is too large for a number");
				}
				return values;
			}
		};

	private static final int CHUNK = 1 << 14;
	private static final float LARGEST = 127;

	private final String id;
	private final int bytes;

	WeightEncoding(final String id, final int bytes) {
		this.id = id;
		this.bytes = bytes;
	}

	/** The name used in model files. */
	public String id() {
		return id;
	}

	abstract void put(ByteBuffer buffer, float value);

	/** Reads values into a part of an array. */
	abstract void get(ByteBuffer buffer, float[] values, int from, int count);

	/**
	 * The type of that name.
	 *
	 * @throws IllegalArgumentException that lists the known names
	 */
	static WeightEncoding of(final String id) {
		for (final WeightEncoding type : values()) {
			if (type.id.equals(id)) return type;
		}
		throw new IllegalArgumentException("unknown number type '" + id + "'; this version reads float32, float16 and int8");
	}

	/** Bytes that so many numbers with so many output channels take. */
	long bytes(final long numbers, final long channels) {
		return bytes * numbers;
	}

	/**
	 * The type in which an array of that shape is stored when this one is asked for: integers are for kernels only, which are
	 * nearly all of the weights.
	 */
	WeightEncoding of(final long[] shape) {
		return this == INT8 && shape.length != 4 ? FLOAT32 : this;
	}

	/**
	 * Writes values.
	 *
	 * @param values row by row
	 * @param axis of the output channels
	 */
	void write(final float[] values, final long[] shape, final int axis, final OutputStream out) throws IOException {
		write(values, out);
	}

	void write(final float[] values, final OutputStream out) throws IOException {
		final ByteBuffer buffer = ByteBuffer.allocate(bytes * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
		for (int from = 0; from < values.length; from += CHUNK) {
			buffer.clear();
			for (int i = from; i < Math.min(values.length, from + CHUNK); i++) put(buffer, values[i]);
			out.write(buffer.array(), 0, buffer.position());
		}
	}

	/**
	 * Reads values, row by row.
	 *
	 * @param axis of the output channels
	 * @param name of the array, for errors
	 * @throws IllegalArgumentException if the stream ends too early, is damaged or has values that are no numbers
	 */
	float[] read(final InputStream in, final long[] shape, final int axis, final String name) throws IOException {
		return read(in, length(shape), name);
	}

	private static int length(final long[] shape) {
		return Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
	}

	float[] read(final InputStream in, final int length, final String name) throws IOException {
		final float[] values = new float[length];
		final ByteBuffer buffer = ByteBuffer.allocate(bytes * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
		for (int from = 0; from < values.length; from += CHUNK) {
			final int count = Math.min(CHUNK, values.length - from);
			if (readFully(in, buffer.array(), bytes * count, name) < bytes * count) {
				throw new IllegalArgumentException("it ends within the values of '" + name + "'");
			}
			buffer.clear();
			get(buffer, values, from, count);
			for (int i = from; i < from + count; i++) {
				if (!Float.isFinite(values[i])) {
					throw new IllegalArgumentException("'" + name + "' has a value that is not a number (" + values[i] + ")");
				}
			}
		}
		return values;
	}

	private static int readFully(final InputStream in, final byte[] bytes, final int count, final String name)
		throws IOException
	{
		try {
			return in.readNBytes(bytes, 0, count);
		}
		catch (final ZipException | EOFException e) {
			throw new IllegalArgumentException("the values of '" + name + "' can't be unpacked (" + e.getMessage() + ")", e);
		}
	}

	/** Which channel a value belongs to. */
	private static final class Channels {

		private final int count;
		private final int after;

		Channels(final long[] shape, final int axis) {
			count = (int) shape[axis];
			after = (int) Arrays.stream(shape).skip(axis + 1L).reduce(1, (a, b) -> a * b);
		}

		/** The channel of the value at a place in row-major order. */
		int of(final int index) {
			return index / after % count;
		}
	}
}
