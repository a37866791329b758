package io.github.nuclei4j.spark.training;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import javax.imageio.ImageIO;

/** Images of bright discs on noise, with label images. */
final class DrawnDiscs {

	private DrawnDiscs() {}

	/** Writes pairs of PNG files of so many pixels in width and height, each with two discs. */
	static Path write(final Path folder, final int count, final int size) throws IOException {
		Files.createDirectories(folder);
		final Random random = new Random(5);
		for (int i = 0; i < count; i++) {
			final BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
			final BufferedImage labels = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
			final double[] x = { random.nextInt(size / 2), size / 2 + random.nextInt(size / 2) };
			final double[] y = { random.nextInt(size), random.nextInt(size) };
			for (int p = 0; p < size * size; p++) {
				int label = 0;
				for (int n = 0; n < 2; n++) {
					if (Math.hypot(p % size - x[n], p / size - y[n]) < size / 6.0) label = n + 1;
				}
				image.getRaster().setSample(p % size, p / size, 0, (label > 0 ? 150 : 20) + random.nextInt(60));
				labels.getRaster().setSample(p % size, p / size, 0, label);
			}
			ImageIO.write(image, "png", folder.resolve("disc" + i + ".png").toFile());
			ImageIO.write(labels, "png", folder.resolve("disc" + i + "_labels.png").toFile());
		}
		return folder;
	}
}
