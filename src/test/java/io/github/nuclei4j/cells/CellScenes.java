package io.github.nuclei4j.cells;

import java.util.Random;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/** Small scenes with nuclei and channels. */
final class CellScenes {

	private CellScenes() {}

	/** Ovals over each other, some of them cut or ring-shaped. */
	static ImagePlus labels(final int width, final int height, final int count, final long seed) {
		final ShortProcessor processor = new ShortProcessor(width, height);
		final Random random = new Random(seed);
		for (int label = 1; label <= count; label++) {
			final int w = 1 + random.nextInt(12);
			final int h = 1 + random.nextInt(12);
			final int x = random.nextInt(width) - w / 2;
			final int y = random.nextInt(height) - h / 2;
			processor.setValue(label);
			processor.fillOval(x, y, w, h);
			processor.setValue(0);
			if (random.nextInt(4) == 0) processor.fillOval(x + w / 3, y + h / 3, w / 3, h / 3);
		}
		return new ImagePlus("scene labels", processor);
	}

	/** Channels of random values named DAPI, Ki67, Channel 3 and so on; of 8, 16 or 32 bits. */
	static ImagePlus image(final int width, final int height, final int channels, final int bits, final long seed) {
		final ImageStack stack = new ImageStack(width, height);
		final Random random = new Random(seed);
		for (int c = 0; c < channels; c++) {
			final ImageProcessor plane = bits == 8 ? new ByteProcessor(width, height) : bits == 16 ? new ShortProcessor(width, height)
				: new FloatProcessor(width, height);
			for (int i = 0; i < width * height; i++) plane.setf(i, bits == 32 ? random.nextFloat() : random.nextInt(bits == 8 ? 40 : 5000));
			stack.addSlice(c == 0 ? "DAPI" : c == 1 ? "Ki67" : "", plane);
		}
		final ImagePlus image = new ImagePlus("scene", stack);
		image.setDimensions(channels, 1, 1);
		return image;
	}
}
