package io.github.nuclei4j.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.util.ParallelRows;
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

	private final PlacedBytes file;
	private final TiffLayout layout;
	private final CellCache cache;
	private final int sample;
	private final CellGrid grid;
	private final int tileWidth;
	private final int tileHeight;
	private final long cells;

	/** Where tiles or strips are, and how long they are; cells of long strips are counted in rows from the only one. */
	private final long[] offsets;
	private final long[] lengths;
	private final boolean inRows;
	private final long shift;

	/**
	 * @param sample of each pixel that makes this plane, from 0; ignored for colours
	 * @param shift bytes from the plane's pixels that the directory tells of to those of this plane
	 * @throws IOException if the file doesn't hold the pixels
	 */
	TiffCells(final PlacedBytes file, final TiffLayout layout, final CellCache cache, final int sample, final long shift)
		throws IOException
	{
		this.file = file;
		this.layout = layout;
		this.cache = cache;
		this.sample = sample;
		this.shift = shift;
		final TiffDirectory directory = layout.directory();
		offsets = directory.values(layout.isTiled() ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS);
		// some programs mix them up
		final long[] counts = directory.values(layout.isTiled() ? TiffDirectory.TILE_BYTES : TiffDirectory.STRIP_BYTES);
		lengths = counts == null && layout.isTiled() ? directory.values(TiffDirectory.STRIP_BYTES) : counts;
		final boolean plain = layout.compression() == 1 && !layout.isUnpackedByJava();
		if (offsets == null || lengths == null && !plain) throw new IOException("its header doesn't say where its pixels are");
		final int parts = layout.isPlanar() ? layout.samples() : 1;
		inRows = !layout.isTiled() && plain && offsets.length == parts;
		tileWidth = layout.tileWidth();
		final long rowBytes = layout.rowBytes(tileWidth);
		tileHeight = (int) (inRows ? Math.max(1, Math.min(layout.height(), PIECE / rowBytes)) : layout.tileHeight());
		if (rowBytes * tileHeight > TiffLayout.LARGEST || (long) tileWidth * tileHeight > TiffLayout.LARGEST) {
			throw new UnreadImageException("its tiles or strips have " + tileWidth + " x " + tileHeight + " pixels; up to " +
				(TiffLayout.LARGEST >> 20) + " MB each are read");
		}
		grid = new CellGrid(new long[] { layout.width(), layout.height() }, new int[] { Math.min(tileWidth, layout.width()),
			Math.min(tileHeight, layout.height()) });
		cells = ((layout.width() - 1L) / tileWidth + 1) * ((layout.height() - 1L) / tileHeight + 1);
		if (!inRows && (offsets.length < cells * parts || lengths != null && lengths.length < cells * parts)) {
			throw new IOException("it has " + offsets.length + " tiles or strips, " + cells * parts + " are needed");
		}
		checkEnd();
	}

	private void checkEnd() throws IOException {
		final long plane = layout.rowBytes(layout.width()) * layout.height();
		final long tile = layout.rowBytes(tileWidth) * tileHeight;
		for (int i = 0; i < offsets.length; i++) {
			final long length = inRows ? plane : lengths == null ? 0 : layout.compression() == 1 ? Math.min(lengths[i], tile)
				: lengths[i];
			final long end = offsets[i] + shift + length;
			if (length < 0 || offsets[i] < 0 || end > file.length() || end < 0) throw new IOException(
				"the file ends early: its pixels reach to byte " + Long.toUnsignedString(end) + ", the file has " + file.length());
		}
	}

	/** The plane. Reading it may fail with an {@link UncheckedIOException}. */
	RandomAccessibleInterval<? extends NumericType<?>> image() {
		switch (layout.values()) {
			case COLOR:
				return image(new ARGBType());
			case FLOAT:
				return image(new FloatType());
			case BYTE:
				return image(new UnsignedByteType());
			default:
				return image(new UnsignedShortType());
		}
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private <T extends NativeType<T> & NumericType<T>> RandomAccessibleInterval<T> image(final T type) {
		return new LazyCellImg(grid, type, index -> cache.get(this, index, () -> cell(index)));
	}

	/** The whole plane in memory. */
	ImageProcessor processor() throws IOException {
		final int width = layout.width();
		final ImageProcessor whole = layout.values() == TiffLayout.Values.COLOR ? new ColorProcessor(width, layout.height())
			: layout.values() == TiffLayout.Values.BYTE ? new ByteProcessor(width, layout.height()) : layout
				.values() == TiffLayout.Values.SHORT ? new ShortProcessor(width, layout.height()) : new FloatProcessor(width, layout
					.height());
		final Object target = whole.getPixels();
		try {
			ParallelRows.run((int) cells, 1, (from, to) -> {
				for (int i = from; i < to; i++) {
					final Cell<?> cell = cell(i);
					final Object source = ((ArrayDataAccess<?>) cell.getData()).getCurrentStorageArray();
					final int columns = (int) cell.dimension(0);
					for (int y = 0; y < cell.dimension(1); y++) {
						System.arraycopy(source, y * columns, target, (int) ((cell.min(1) + y) * width + cell.min(0)), columns);
					}
				}
			});
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
		return whole;
	}

	/** Bytes of a pixel in memory. */
	int pixelBytes() {
		return layout.values().bytes();
	}

	private Cell<?> cell(final long index) {
		final long[] min = new long[2];
		final int[] size = new int[2];
		grid.getCellDimensions(index, min, size);
		try {
			return new Cell<>(size, min, read((int) index, min[1], size));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private ArrayDataAccess<?> read(final int index, final long row, final int[] size) throws IOException {
		final int columns = inRows ? size[0] : tileWidth;
		final TiffPixels pixels = new TiffPixels(layout, columns, size[0], size[1]);
		switch (layout.values()) {
			case COLOR:
				final boolean planar = layout.isPlanar();
				final ByteBuffer red = bytes(index, 0, row, size);
				return new IntArray(pixels.colors(red, planar ? bytes(index, 1, row, size) : red, planar ? bytes(index, 2, row, size)
					: red, layout.isCmyk() ? planar ? bytes(index, 3, row, size) : red : null));
			case FLOAT:
				return new FloatArray(pixels.floats(bytes(index, sample, row, size), sample));
			case BYTE:
				return new ByteArray(pixels.bytes(bytes(index, sample, row, size), sample));
			default:
				return new ShortArray(pixels.shorts(bytes(index, sample, row, size), sample));
		}
	}

	/** The unpacked bytes of a cell. */
	private ByteBuffer bytes(final int index, final int part, final long row, final int[] size) throws IOException {
		final int at = layout.isPlanar() ? part : 0;
		if (inRows) {
			final long rowBytes = layout.rowBytes(size[0]);
			return plain(file.read(offsets[at] + shift + row * rowBytes, (int) (rowBytes * size[1])));
		}
		// the last strip may be cut to the image
		final int rows = layout.isTiled() ? tileHeight : size[1];
		final int whole = (int) layout.rowBytes(tileWidth) * rows;
		final int place = index + (int) (at * cells);
		final long packed = lengths == null ? whole : lengths[place];
		// what programs write of which no pixel was ever set
		if (packed == 0 && layout.isTiled()) return ByteBuffer.allocate(whole).order(layout.directory().order());
		if (packed < 0 || packed > 2 * TiffLayout.LARGEST) throw new IOException("a tile or strip is of " + packed + " bytes");
		if (layout.compression() == 1 && !layout.isUnpackedByJava()) {
			return complete(plain(file.read(offsets[place] + shift, (int) Math.min(packed, whole))), whole, size);
		}
		final byte[] bytes = file.read(offsets[place] + shift, (int) packed).array();
		if (layout.isUnpackedByJava()) return ByteBuffer.wrap(JavaTiff.unpack(bytes, layout, tileWidth, rows)).order(layout
			.directory().order());
		if (layout.directory().value(TiffDirectory.FILL_ORDER, 1) == 2) TiffUnpacking.reverseBits(bytes);
		return undone(complete(ByteBuffer.wrap(TiffUnpacking.unpack(bytes, layout.compression(), whole)).order(layout
			.directory().order()), whole, size));
	}

	private ByteBuffer plain(final ByteBuffer bytes) {
		if (layout.bits() < 8 && layout.directory().value(TiffDirectory.FILL_ORDER, 1) == 2) TiffUnpacking.reverseBits(bytes
			.array());
		return bytes.order(layout.directory().order());
	}

	private ByteBuffer complete(final ByteBuffer bytes, final int whole, final int[] size) throws IOException {
		if (bytes.limit() < layout.rowBytes(tileWidth) * (size[1] - 1) + layout.rowBytes(size[0])) throw new IOException(
			"the file ends early or is damaged: a tile or strip holds " + bytes.limit() + " of " + whole + " bytes");
		return bytes;
	}

	/** Without the differences that some pixels are packed as. */
	private ByteBuffer undone(final ByteBuffer bytes) {
		final int values = tileWidth * layout.samplesTogether();
		if (layout.predictor() == 2) TiffUnpacking.sum(bytes, values, layout.samplesTogether(), layout.bits() / 8);
		return layout.predictor() == 3 ? TiffUnpacking.joinFloats(bytes, values, layout.samplesTogether(), layout.bits() / 8)
			: bytes;
	}
}
