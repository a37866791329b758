package io.github.nuclei4j.command;

import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;
import io.github.nuclei4j.quantization.MeasuredImage;

/** The disagreement maps of the images that a quantization changed most, as a stack to look through. */
final class DisagreementMaps {

	private static final int MOST = 8;
	/** Of the whole stack; 4 bytes each. */
	private static final long MOST_PIXELS = 1L << 26;

	/** An image's map. */
	private static final class Map {

		private final String label;
		private final double share;
		private final BufferedImage picture;

		Map(final MeasuredImage image) {
			label = String.format("%s: %d pixels only original, %d only quantized", image.id(), image.change().onlyOriginal(),
				image.change().onlyQuantized());
			share = image.change().changedShare();
			picture = image.map();
		}
	}

	private final List<Map> maps = new ArrayList<>();

	/** Draws an image's map and keeps it, if it is among those that changed most. */
	void add(final MeasuredImage image) {
		if (GraphicsEnvironment.isHeadless()) return;
		if (maps.size() >= MOST && maps.get(maps.size() - 1).share >= image.change().changedShare()) return;
		maps.add(new Map(image));
		maps.sort(Comparator.comparingDouble((Map map) -> map.share).reversed());
		while (maps.size() > MOST || maps.size() > 1 && (long) maps.size() * width() * height() > MOST_PIXELS) {
			maps.remove(maps.size() - 1);
		}
	}

	private int width() {
		return maps.stream().mapToInt(map -> map.picture.getWidth()).max().orElse(0);
	}

	private int height() {
		return maps.stream().mapToInt(map -> map.picture.getHeight()).max().orElse(0);
	}

	/** Opens the stack, the image that changed most first; without a display or images, does nothing. */
	void show(final String title) {
		if (maps.isEmpty()) return;
		final ImageStack stack = new ImageStack(width(), height());
		for (final Map map : maps) {
			final ColorProcessor slice = new ColorProcessor(width(), height());
			slice.setColor(0);
			slice.fill();
			slice.insert(new ColorProcessor(map.picture), 0, 0);
			stack.addSlice(map.label, slice);
		}
		new ImagePlus(title, stack).show();
	}
}
