package io.github.nuclei4j.measure;

import java.util.Random;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/** Small label images. */
final class LabelScenes {

	private LabelScenes() {}

	/** Ovals over each other, so that labels are cut, split and ring-shaped; on 8, 16 or 32 bit. */
	static ImagePlus random(final int width, final int height, final int count, final int bits, final long seed) {
		final ImageProcessor processor = bits == 8 ? new ByteProcessor(width, height) : bits == 16 ? new ShortProcessor(width,
			height) : new FloatProcessor(width, height);
		final Random random = new Random(seed);
		for (int label = 1; label <= count; label++) {
			final int w = 1 + random.nextInt(25);
			final int h = 1 + random.nextInt(25);
			final int x = random.nextInt(width) - w / 2;
			final int y = random.nextInt(height) - h / 2;
			processor.setValue(label);
			processor.fillOval(x, y, w, h);
			processor.setValue(0);
			if (random.nextInt(4) == 0) processor.fillOval(x + w / 3, y + h / 3, w / 3, h / 3);
		}
		return new ImagePlus("scene labels", processor);
	}

	/** Rows of digits; '.' is background. */
	static ImagePlus text(final String... rows) {
		final ByteProcessor processor = new ByteProcessor(rows[0].length(), rows.length);
		for (int y = 0; y < rows.length; y++) {
			for (int x = 0; x < rows[y].length(); x++) {
				if (rows[y].charAt(x) != '.') processor.set(x, y, rows[y].charAt(x) - '0');
			}
		}
		return new ImagePlus("text labels", processor);
	}
}
