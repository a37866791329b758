package io.github.nuclei4j.training;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import javax.imageio.ImageIO;

/** Small images of bright discs, with label images, to train on. */
public final class DiscImages {

	private DiscImages() {}

	/**
	 * Writes pairs of PNG files.
	 *
	 * @param folder to make
	 * @param count of pairs
	 * @param size width and height, pixels
	 */
	public static Path write(final Path folder, final int count, final int size) throws IOException {
		Files.createDirectories(folder);
		final Random random = new Random(3);
		for (int i = 0; i < count; i++) {
			final BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
			final BufferedImage labels = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
			final int x = random.nextInt(size);
			final int y = random.nextInt(size);
			for (int p = 0; p < size * size; p++) {
				final boolean inside = p == x + y * size || Math.hypot(p % size - x, p / size - y) < size / 4.0;
				image.getRaster().setSample(p % size, p / size, 0, (inside ? 160 : 20) + random.nextInt(40));
				labels.getRaster().setSample(p % size, p / size, 0, inside ? 1 : 0);
			}
			ImageIO.write(image, "png", folder.resolve("disc" + i + ".png").toFile());
			ImageIO.write(labels, "png", folder.resolve("disc" + i + "_labels.png").toFile());
		}
		return folder;
	}
}
