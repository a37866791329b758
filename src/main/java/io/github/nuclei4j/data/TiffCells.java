package io.github.nuclei4j.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The pixels of one plane of a TIFF file as an image of cells, which are its tiles or strips and are read when they are
 * needed. Files that lie uncompressed in long strips are cut into cells of a few rows.
 */
final class TiffCells {

	/** Uncompressed strips are read so many bytes at a time. */
	private static final int PIECE = 1 << 20;

	/** Cells that have to be unpacked as a whole may be so large, bytes. */
	private static final long LARGEST = 1 << 28;

	private final FileChannel file;
	private final TiffDirectory directory;
	private final CellCache cache;
	private final int samples;
	private final int sampleBytes;
	private final boolean floats;
	private final int compression;
	private final boolean differences;
	private final CellGrid grid;
	private final int tileWidth;
	private final int tileHeight;

	/** Where tiles or strips are, and how long they are; cells of long strips are counted in rows from the only one. */
	private final long[] offsets;
	private final long[] lengths;
	private final boolean inRows;
	private final long shift;

	/**
	 * @param shift bytes from the plane's pixels that the directory tells of to those of this plane
	 * @throws IOException if pixels are packed or made up in a way that isn't read here; the message tells which
	 */
	TiffCells(final FileChannel file, final TiffDirectory directory, final CellCache cache, final long shift)
		throws IOException
	{
		this.file = file;
		this.directory = directory;
		this.cache = cache;
		this.shift = shift;
		final long width = directory.value(TiffDirectory.WIDTH, 0);
		final long height = directory.value(TiffDirectory.HEIGHT, 0);
		if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) throw new IOException("it has " + width + " x " +
			height + " pixels");
		final long bits = directory.value(TiffDirectory.BITS, 1);
		final long format = directory.value(TiffDirectory.SAMPLE_FORMAT, 1);
		samples = (int) directory.value(TiffDirectory.SAMPLES, 1);
		floats = format == 3;
		final boolean color = samples == 3 || samples == 4;
		final boolean known = samples == 1 && (format == 1 && (bits == 8 || bits == 16) || floats && bits == 32) || color &&
			bits == 8 && format == 1 && directory.value(TiffDirectory.PLANAR, 1) == 1 && directory.value(
				TiffDirectory.PHOTOMETRIC, 2) == 2;
		if (!known) {
			throw new IOException("its pixels are of " + samples + " x " + bits + " bits (sample format " + format +
				"); files of this size are read with 8 or 16 bits without sign, 32-bit floats, or RGB of 3 x 8 bits in one plane");
		}
		sampleBytes = (int) bits / 8;
		compression = (int) directory.value(TiffDirectory.COMPRESSION, 1);
		final long predictor = directory.value(TiffDirectory.PREDICTOR, 1);
		differences = predictor == 2 && compression != 1;
		if (!TiffUnpacking.isKnown(compression) || predictor > 2 || differences && floats) {
			throw new IOException("it is compressed in a way (compression " + compression + ", predictor " + predictor +
				") that is not read for files of this size; uncompressed, deflate, LZW and PackBits are");
		}
		final boolean tiled = directory.values(TiffDirectory.TILE_OFFSETS) != null;
		offsets = directory.values(tiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS);
		lengths = directory.values(tiled ? TiffDirectory.TILE_BYTES : TiffDirectory.STRIP_BYTES);
		if (offsets == null || lengths == null && compression != 1) throw new IOException("it doesn't say where its pixels are");
		final long rows = tiled ? directory.value(TiffDirectory.TILE_HEIGHT, 0) : directory.value(
			TiffDirectory.ROWS_PER_STRIP, height);
		tileWidth = (int) Math.min(Integer.MAX_VALUE, tiled ? directory.value(TiffDirectory.TILE_WIDTH, 0) : width);
		final long rowBytes = (long) tileWidth * samples * sampleBytes;
		inRows = !tiled && compression == 1 && offsets.length == 1;
		tileHeight = (int) (inRows ? Math.max(1, Math.min(height, PIECE / rowBytes)) : Math.min(tiled ? rows : Math.min(rows,
			height), Integer.MAX_VALUE));
		if (tileWidth < 1 || tileHeight < 1 || rowBytes * tileHeight > LARGEST) {
			throw new IOException("its tiles or strips have " + tileWidth + " x " + tileHeight + " pixels; up to " + (LARGEST >>
				20) + " MB each are read. Save it in smaller ones, or uncompressed");
		}
		grid = new CellGrid(new long[] { width, height }, new int[] { (int) Math.min(tileWidth, width), (int) Math.min(
			tileHeight, height) });
		final long cells = ((width - 1) / tileWidth + 1) * ((height - 1) / tileHeight + 1);
		if (!inRows && (offsets.length < cells || lengths != null && lengths.length < cells)) throw new IOException("it has " +
			offsets.length + " tiles or strips, " + cells + " are needed");
		final long end = inRows ? offsets[0] + shift + rowBytes * height : 0;
		if (end > file.size()) throw new IOException("the file ends early: its pixels reach to byte " + end + ", the file has " +
			file.size());
	}

	/** The plane. Reading it may fail with an {@link UncheckedIOException}. */
	RandomAccessibleInterval<? extends NumericType<?>> image() {
		if (samples > 1) return image(new ARGBType());
		return floats ? image(new FloatType()) : sampleBytes == 1 ? image(new UnsignedByteType()) : image(
			new UnsignedShortType());
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private <T extends NativeType<T> & NumericType<T>> RandomAccessibleInterval<T> image(final T type) {
		return new LazyCellImg(grid, type, index -> cache.get(this, index, () -> cell(index)));
	}

	/** Bytes of a pixel in memory. */
	int pixelBytes() {
		return samples > 1 ? 4 : sampleBytes;
	}

	private Cell<?> cell(final long index) {
		final long[] min = new long[2];
		final int[] size = new int[2];
		grid.getCellDimensions(index, min, size);
		try {
			return new Cell<>(size, min, read(index, min[1], size));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private ArrayDataAccess<?> read(final long index, final long row, final int[] size) throws IOException {
		final int pixel = samples * sampleBytes;
		final ByteBuffer bytes;
		final int stride;
		if (inRows) {
			stride = size[0];
			bytes = TiffDirectory.bytes(file, offsets[0] + shift + row * size[0] * pixel, size[0] * size[1] * pixel, directory
				.order());
		}
		else {
			stride = tileWidth;
			// the last strip may be cut to the image
			final int rows = tileWidth > size[0] ? tileHeight : size[1];
			final int whole = tileWidth * rows * pixel;
			final long packed = lengths == null ? whole : lengths[(int) index];
			if (packed < 0 || packed > 2L * LARGEST) throw new IOException("a tile or strip is of " + packed + " bytes");
			final ByteBuffer found = TiffDirectory.bytes(file, offsets[(int) index] + shift, (int) (compression == 1 ? Math.min(
				packed, whole) : packed), directory.order());
			bytes = compression == 1 ? found : ByteBuffer.wrap(TiffUnpacking.unpack(found.array(), compression, whole)).order(
				directory.order());
			if (bytes.limit() < ((long) stride * (size[1] - 1) + size[0]) * pixel) throw new IOException(
				"the file is damaged: a tile or strip holds " + bytes.limit() + " of " + whole + " bytes");
			if (differences) TiffUnpacking.sum(bytes, tileWidth * samples, samples, sampleBytes);
		}
		return values(bytes, stride, size);
	}

	private ArrayDataAccess<?> values(final ByteBuffer bytes, final int stride, final int[] size) {
		final int count = size[0] * size[1];
		final byte[] byteValues = samples == 1 && sampleBytes == 1 ? new byte[count] : null;
		final short[] shortValues = sampleBytes == 2 ? new short[count] : null;
		final float[] floatValues = floats ? new float[count] : null;
		final int[] colors = samples > 1 ? new int[count] : null;
		for (int y = 0; y < size[1]; y++) {
			bytes.position(y * stride * samples * sampleBytes);
			final int to = y * size[0];
			if (byteValues != null) bytes.get(byteValues, to, size[0]);
			else if (shortValues != null) bytes.asShortBuffer().get(shortValues, to, size[0]);
			else if (floatValues != null) bytes.asFloatBuffer().get(floatValues, to, size[0]);
			else {
				for (int x = 0; x < size[0]; x++) {
					final int at = (y * stride + x) * samples;
					colors[to + x] = 0xff000000 | (bytes.get(at) & 0xff) << 16 | (bytes.get(at + 1) & 0xff) << 8 | bytes.get(at +
						2) & 0xff;
				}
			}
		}
		return byteValues != null ? new ByteArray(byteValues) : shortValues != null ? new ShortArray(shortValues)
			: floatValues != null ? new FloatArray(floatValues) : new IntArray(colors);
	}
}
