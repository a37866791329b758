package io.github.nuclei4j.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The header of a PBM, PGM or PPM file: a letter and a digit, width, height and, but for bits, the largest value, in words. */
final class PgmHeader {

	private static final int LONGEST_NUMBER = 9;

	private final InputStream in;

	private PgmHeader(final InputStream in) {
		this.in = in;
	}

	/**
	 * Looks whether the pixels that the header announces can be in the file.
	 *
	 * @throws IOException if not; the message doesn't name the file
	 */
	static void check(final Path file) throws IOException {
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			new PgmHeader(in).check(Files.size(file));
		}
	}

	private void check(final long length) throws IOException {
		in.read();
		final int kind = in.read() - '0';
		final long width = number();
		final long height = number();
		final boolean bits = kind == 1 || kind == 4;
		final int bytes = (kind == 3 || kind == 6 ? 3 : 1) * (!bits && number() > 0xff ? 2 : 1);
		ImageSize.check(width, height, 1, bytes, length, ImageSize.PLAIN);
		// a text has a digit and mostly a space for each value
		final double least = (double) width * height * (bits ? kind == 4 ? 0.125 : 1 : bytes);
		if (length <= least) throw new IOException("the file ends early: its header announces " + width + " x " + height +
			" pixels, the file has " + length + " bytes");
	}

	/** The next word, over comments. */
	private long number() throws IOException {
		int c = in.read();
		while (c == '#' || c >= 0 && c <= ' ') {
			if (c == '#') while (c >= 0 && c != '\n' && c != '\r') c = in.read();
			else c = in.read();
		}
		final StringBuilder digits = new StringBuilder();
		for (; c >= '0' && c <= '9' && digits.length() < LONGEST_NUMBER; c = in.read()) digits.append((char) c);
		if (digits.length() == 0) throw new IOException("its header is damaged");
		return Long.parseLong(digits.toString());
	}
}
