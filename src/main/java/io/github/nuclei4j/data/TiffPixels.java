package io.github.nuclei4j.data;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import ij.io.FileInfo;

/**
 * Whether the pixels that the directories of a TIFF announce are in the file. ImageJ fills what is missing with zeros, and
 * waits forever for the rest of a cut zipped strip.
 */
final class TiffPixels {

	/** How ImageJ notes the number of planes in a TIFF's description. */
	private static final Pattern PLANES = Pattern.compile("(?m)^images=(\\d{1,9})$");
	/** Bytes of a strip that may be there beyond its rows. */
	private static final int PADDING = 1 << 16;

	private final FileInfo[] infos;
	private final long length;

	/**
	 * @param infos as ImageJ's decoder gives them
	 * @param length of the file, bytes
	 */
	TiffPixels(final FileInfo[] infos, final long length) {
		this.infos = infos;
		this.length = length;
	}

	/**
	 * Checks sizes and places.
	 *
	 * @throws IOException that says what is missing, without naming the file
	 */
	void check() throws IOException {
		for (final FileInfo info : infos) {
			final long images = infos.length == 1 ? Math.max(1, info.nImages) : 1;
			checkSize(info, images);
			final long end = end(info, images);
			if (end > length) {
				throw new IOException("the file ends early: its pixels reach to byte " + end + ", the file has " + length);
			}
		}
		checkPlanes();
	}

	private void checkSize(final FileInfo info, final long images) throws IOException {
		// 3 and 4 samples of a byte, and 3 of two, are one pixel; other samples are planes of their own
		final int bytes = info.getBytesPerPixel();
		if (info.samplesPerPixel < 1 || info.samplesPerPixel > 0xffff) throw new IOException("its header says " +
			info.samplesPerPixel + " samples per pixel");
		final long samples = bytes == 3 || bytes == 4 || bytes == 6 ? 1 : info.samplesPerPixel;
		ImageSize.check(info.width, info.height, images * samples, Math.max(1, row(info) / info.width), length, expansion(info));
		if (!isCompressed(info)) {
			if (row(info) * info.height > length) throw new IOException("the file ends early: " + info.width + " x " +
				info.height + " pixels can't be in " + length + " bytes");
			return;
		}
		if (info.stripOffsets == null || info.stripLengths == null || info.stripLengths.length < info.stripOffsets.length) {
			throw new IOException("its header doesn't say where its compressed pixels are");
		}
		if (info.stripOffsets.length > (long) info.height * Math.max(1, info.samplesPerPixel)) throw new IOException(
			"its header says " + info.stripOffsets.length + " strips of pixels for " + info.height + " rows");
	}

	private static boolean isCompressed(final FileInfo info) {
		return info.compression > FileInfo.COMPRESSION_NONE;
	}

	private static boolean isZipped(final FileInfo info) {
		return info.compression == FileInfo.ZIP || info.compression == FileInfo.ZIP_WITH_DIFFERENCING;
	}

	private static int expansion(final FileInfo info) {
		if (!isCompressed(info)) return ImageSize.PLAIN;
		return isZipped(info) ? ImageSize.DEFLATE : info.compression == FileInfo.PACK_BITS ? ImageSize.RUNS : ImageSize.LZW;
	}

	/** Bytes of a row without compression. */
	private static double row(final FileInfo info) {
		if (info.fileType == FileInfo.BITMAP) return (info.width + 7L) / 8;
		if (info.fileType == FileInfo.GRAY12_UNSIGNED) return (info.width * 3L + 1) / 2;
		if (info.fileType == FileInfo.GRAY10_UNSIGNED) return (info.width * 5L + 3) / 4;
		return (double) info.width * info.getBytesPerPixel();
	}

	/** Where the pixels of the images described end in the file. */
	private static long end(final FileInfo info, final long images) {
		if (info.stripOffsets == null || info.stripLengths == null || images > 1 && !isCompressed(info)) {
			if (isCompressed(info)) return info.getOffset();
			return info.getOffset() + images * (long) row(info) * info.height + (images - 1) * info.getGap();
		}
		long end = 0;
		for (int i = 0; i < Math.min(info.stripOffsets.length, info.stripLengths.length); i++) {
			end = Math.max(end, (info.stripOffsets[i] & 0xffffffffL) + (info.stripLengths[i] & 0xffffffffL));
		}
		return end;
	}

	/** A cut stack of ImageJ's looks like its first plane, followed by pixels of others that nothing points at. */
	private void checkPlanes() throws IOException {
		final FileInfo first = infos[0];
		final Matcher planes = PLANES.matcher(first.description == null ? "" : first.description);
		if (infos.length > 1 || first.nImages > 1 || !planes.find()) return;
		final long plane = (long) first.width * first.height * first.getBytesPerPixel();
		if (Long.parseLong(planes.group(1)) > 1 && length > first.getOffset() + plane + plane / 2) {
			throw new IOException("the file ends early: it should hold " + planes.group(1) + " planes");
		}
	}

	/**
	 * Unpacks zipped strips once to see whether they are whole, and not much longer than their rows.
	 *
	 * @throws IOException if one is not
	 */
	void checkZipped(final PlacedBytes file) throws IOException {
		for (final FileInfo info : infos) {
			if (!isZipped(info)) continue;
			final int rows = info.rowsPerStrip > 0 ? Math.min(info.rowsPerStrip, info.height) : info.height;
			final long most = (long) row(info) * rows * Math.max(1, info.samplesPerPixel) + PADDING;
			for (int i = 0; i < info.stripOffsets.length; i++) {
				checkZipped(file, info.stripOffsets[i] & 0xffffffffL, info.stripLengths[i], most);
			}
		}
	}

	private static void checkZipped(final PlacedBytes file, final long offset, final int bytes, final long most)
		throws IOException
	{
		final Inflater inflater = new Inflater();
		try {
			inflater.setInput(file.read(offset, bytes).array());
			final byte[] buffer = new byte[1 << 13];
			while (!inflater.finished()) {
				final int count = inflater.inflate(buffer);
				if (count == 0 && !inflater.finished()) throw new IOException("a zipped strip of pixels ends early");
				if (inflater.getBytesWritten() > most) throw new IOException("a zipped strip has more than the " + most +
					" bytes of its rows");
			}
		}
		catch (final DataFormatException e) {
			throw new IOException("a zipped strip of pixels is damaged (" + e.getMessage() + ")", e);
		}
		finally {
			inflater.end();
		}
	}
}
