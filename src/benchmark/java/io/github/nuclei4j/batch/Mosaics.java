package io.github.nuclei4j.batch;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import io.github.nuclei4j.image.NormalizedImage;

/** Large images made of a small one: copies of it side by side, every other one mirrored, so that no seam shows. */
final class Mosaics {

	private static final String MANY = "samples/fluorescence-many.png";

	private Mosaics() {}

	/**
	 * Writes a mosaic, as PNG in 24-bit colours.
	 *
	 * @param size width and height, pixels
	 * @param share of the squares of 256 pixels that are filled, 0 to 1, spread evenly; the others are empty ground
	 * @param file replaced if it exists
	 */
	static void write(final int size, final double share, final Path file) throws IOException {
		final BufferedImage sample = ImageIO.read(new File(MANY));
		final int width = sample.getWidth();
		final int height = sample.getHeight();
		final int ground = darkest(sample);
		final BufferedImage mosaic = new BufferedImage(size, size, BufferedImage.TYPE_3BYTE_BGR);
		final int cell = 256;
		final int columns = (size + cell - 1) / cell;
		for (int y = 0; y < size; y++) {
			for (int x = 0; x < size; x++) {
				final int index = y / cell * columns + x / cell;
				final boolean kept = Math.floor((index + 1) * share) > Math.floor(index * share);
				final int color = sample.getRGB(NormalizedImage.mirror(x, width), NormalizedImage.mirror(y, height));
				// empty ground keeps a little of the image's noise
				mosaic.setRGB(x, y, kept ? color : ground + (color & 0x030303));
			}
		}
		ImageIO.write(mosaic, "png", file.toFile());
	}

	private static int darkest(final BufferedImage sample) {
		int darkest = 0xffffff;
		for (int y = 0; y < sample.getHeight(); y++) {
			for (int x = 0; x < sample.getWidth(); x++) darkest = Math.min(darkest, sample.getRGB(x, y) & 0xffffff);
		}
		return darkest & 0xfcfcfc;
	}
}
