package io.github.nuclei4j.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.imageio.ImageIO;

/**
 * Makes PNG files and data sets of them.
 */
public final class TestPngs {

	private TestPngs() {
		// static methods only
	}

	/** A grey PNG of a BufferedImage type; values row by row, stored as they are. */
	public static byte[] grey(final int type, final int width, final int... values) {
		final BufferedImage image = new BufferedImage(width, values.length / width, type);
		for (int i = 0; i < values.length; i++) {
			image.getRaster().setSample(i % width, i / width, 0, values[i]);
		}
		return png(image);
	}

	/** An 8-bit grey mask PNG: 255 where the text has an x; rows are separated by '/'. */
	public static byte[] mask(final String rows) {
		final int width = rows.indexOf('/') < 0 ? rows.length() : rows.indexOf('/');
		return grey(BufferedImage.TYPE_BYTE_GRAY, width, rows.replace("/", "").chars().map(c -> c == 'x' ? 255 : 0).toArray());
	}

	/** A colour PNG of a BufferedImage type from ARGB values row by row. */
	public static byte[] color(final int type, final int width, final int... argb) {
		final BufferedImage image = new BufferedImage(width, argb.length / width, type);
		for (int i = 0; i < argb.length; i++) {
			image.setRGB(i % width, i / width, argb[i]);
		}
		return png(image);
	}

	private static byte[] png(final BufferedImage image) {
		try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
			if (!ImageIO.write(image, "png", out)) throw new IllegalStateException("no PNG writer");
			return out.toByteArray();
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
	}

	public static Path folder(final Path root, final Map<String, byte[]> files) throws IOException {
		for (final Map.Entry<String, byte[]> file : files.entrySet()) {
			final Path path = root.resolve(file.getKey());
			Files.createDirectories(path.getParent());
			Files.write(path, file.getValue());
		}
		return root;
	}

	public static Path zip(final Path path, final Map<String, byte[]> files) throws IOException {
		try (OutputStream out = Files.newOutputStream(path); ZipOutputStream zip = new ZipOutputStream(out)) {
			for (final Map.Entry<String, byte[]> file : files.entrySet()) {
				zip.putNextEntry(new ZipEntry(file.getKey()));
				zip.write(file.getValue());
			}
		}
		return path;
	}
}
