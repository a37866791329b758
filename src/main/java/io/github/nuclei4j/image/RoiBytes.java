package io.github.nuclei4j.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Paths;

import ij.gui.Roi;
import ij.io.FileInfo;
import ij.io.RoiDecoder;
import ij.io.TiffDecoder;

/**
 * A ROI in ImageJ's format, which anybody may have made. The numbers in it are looked at before ImageJ's decoder takes memory
 * as they say.
 */
public final class RoiBytes {

	private static final int HEADER = 64;
	/** Pixels from the origin that a corner may be; no image is larger. */
	private static final float FARTHEST = 1e6f;
	/** Length of an outline that is smoothed by a spline, which takes a point for every two pixels. */
	private static final double LONGEST_SPLINE = 1e7;

	private static final int RECTANGLE = 1;
	private static final int OVAL = 2;
	private static final int LINE = 3;
	private static final int NONE = 6;
	private static final int TEXT = 1;
	private static final int ELLIPSE = 3;
	private static final int IMAGE = 4;
	private static final int ROTATED = 5;
	private static final int SPLINE = 1;
	private static final int SUBPIXEL = 128;

	private final ByteBuffer data;
	private final int length;

	private RoiBytes(final byte[] bytes) {
		data = ByteBuffer.wrap(bytes);
		length = bytes.length;
	}

	/**
	 * Decodes a ROI.
	 *
	 * @param name of the ROI if it has none of its own
	 * @throws IOException if it is damaged, or of a kind that this ImageJ doesn't know; the message doesn't name the file
	 */
	public static Roi decode(final byte[] bytes, final String name) throws IOException {
		check(bytes);
		final Roi roi;
		try {
			roi = new RoiDecoder(bytes, name).getRoi();
		}
		catch (final RuntimeException e) {
			throw new IOException(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
		}
		if (roi == null) throw new IOException("it is of a kind that this ImageJ doesn't know");
		return roi;
	}

	/** @throws IOException if a number in it is impossible */
	static void check(final byte[] bytes) throws IOException {
		if (bytes.length < HEADER) throw new IOException("it has " + bytes.length + " bytes, a ROI has " + HEADER +
			" at least");
		new RoiBytes(bytes).check();
	}

	private void check() throws IOException {
		final int type = data.get(6) & 0xff;
		final int subtype = data.getShort(48);
		final int options = data.getShort(50);
		final int header2 = data.getInt(60);
		final int shape = data.getInt(36);
		if (shape > 0) {
			checkNumbers(HEADER, shape);
		}
		else if (type == RECTANGLE || type == OVAL) {
			if ((options & SUBPIXEL) != 0) checkNumbers(18, 4);
		}
		else if (type == LINE) checkNumbers(18, 4);
		else if (subtype == ELLIPSE || subtype == ROTATED) {
			checkNumbers(18, 4);
			checkNumbers(52, 1);
		}
		if (shape <= 0 && type != RECTANGLE && type != OVAL && type != LINE && type != NONE) checkPoints(points(), options);
		if (subtype == TEXT) checkTexts();
		if (header2 != 0) {
			if (header2 < HEADER || header2 > length) throw new IOException("its second header begins at byte " + header2 + " of " + length);
			checkHeader2(header2, subtype);
		}
	}

	private int points() {
		final int few = data.getShort(16) & 0xffff;
		return few == 0 ? data.getInt(18) : few;
	}

	private void checkPoints(final int points, final int options) throws IOException {
		final boolean fine = (options & SUBPIXEL) != 0;
		if (points < 0 || points > (length - HEADER) / (fine ? 12 : 4)) throw new IOException("it says that it has " + points +
			" points, but has " + length + " bytes");
		if (fine) checkNumbers(HEADER + 4 * points, 2 * points);
		if ((options & SPLINE) == 0) return;
		double outline = 0;
		for (int i = 1; i < points; i++) outline += Math.hypot(coordinate(i, points, 0, fine) - coordinate(i - 1, points, 0,
			fine), coordinate(i, points, 1, fine) - coordinate(i - 1, points, 1, fine));
		if (outline > LONGEST_SPLINE) throw new IOException("its outline is " + (long) outline + " pixels long");
	}

	private double coordinate(final int point, final int points, final int axis, final boolean fine) {
		return fine ? data.getFloat(HEADER + 4 * points + 4 * (axis * points + point)) : data.getShort(HEADER + 2 * (axis * points +
			point));
	}

	private void checkNumbers(final int from, final int count) throws IOException {
		if (count > (length - from) / 4) throw new IOException("it says that it has " + count + " numbers, but has " + length +
			" bytes");
		for (int i = 0; i < count; i++) {
			final float value = data.getFloat(from + 4 * i);
			if (!(Math.abs(value) <= FARTHEST)) throw new IOException("it has the coordinate " + value + "; at most " + (int) FARTHEST +
				" pixels are possible");
		}
	}

	private void checkTexts() throws IOException {
		if (length < HEADER + 16) throw new IOException("its text is missing");
		checkText(HEADER + 16, data.getInt(HEADER + 8));
		checkText(HEADER + 16, data.getInt(HEADER + 12));
	}

	private void checkText(final int from, final int characters) throws IOException {
		if (characters < 0 || from < 0 || from + 2L * characters > length) throw new IOException("a text of " + characters +
			" characters from byte " + from + " on is outside its " + length + " bytes");
	}

	private void checkHeader2(final int header2, final int subtype) throws IOException {
		if (number(header2, 16) != 0) checkText(number(header2, 16), number(header2, 20));
		if (number(header2, 40) != 0) checkText(number(header2, 40), number(header2, 44));
		final int counters = number(header2, 48);
		if (counters != 0 && (counters < 0 || points() < 0 || counters + 4L * points() > length)) throw new IOException(
			"its counters are outside its " + length + " bytes");
		if (subtype == IMAGE) checkImage(number(header2, 32));
	}

	/** A number of the second header; 0 if the file is too short to have it, which the decoder finds itself. */
	private int number(final int header2, final int offset) {
		return header2 > length - offset - 4 ? 0 : data.getInt(header2 + offset);
	}

	/** A picture in a ROI is a TIFF of its own. */
	private void checkImage(final int bytes) throws IOException {
		if (bytes < 0 || bytes > length - HEADER) throw new IOException("its picture of " + bytes + " bytes is outside its " +
			length);
		if (bytes == 0) return;
		final byte[] tiff = new byte[bytes];
		data.position(HEADER);
		data.get(tiff);
		TiffStructure.check(PlacedBytes.of(tiff));
		final FileInfo[] infos = new TiffDecoder(new ByteArrayInputStream(tiff), "picture").getTiffInfo();
		if (infos == null || infos.length != 1) throw new IOException("its picture is no TIFF of one image");
		if (infos[0].plot != null || infos[0].roi != null || infos[0].overlay != null || infos[0].compression > FileInfo.COMPRESSION_NONE) {
			throw new IOException("its picture is no plain one");
		}
		// looks whether all of its pixels are there
		TiffImage.of(tiff, Paths.get("picture")).close();
	}
}
