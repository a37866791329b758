package io.github.nuclei4j.segment;

import io.github.nuclei4j.separate.InstanceSeparator;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.real.FloatType;

/** What is seen in an area of a plane: the network's maps, and all objects in them, doubtful ones as well. For one thread. */
final class Look {

	/** Axes (x, y, channel). */
	final Img<FloatType> maps;

	/** Pixels that the network sees / pixels of the image, where the area was looked at most closely. */
	final double scale;
	private final InstanceSeparator separator;
	private final int replaced;
	private int[] labels;

	/** @param separator that finds objects of any size and confidence, when they are asked for */
	Look(final Img<FloatType> maps, final double scale, final InstanceSeparator separator) {
		this.maps = maps;
		this.scale = scale;
		this.separator = separator;
		replaced = 0;
	}

	/**
	 * Several looks, joined.
	 *
	 * @param labels row by row, 0 for background
	 * @param replaced how many of them were seen in pieces in a closer look
	 */
	Look(final Img<FloatType> maps, final double scale, final int[] labels, final int replaced) {
		this.maps = maps;
		this.scale = scale;
		this.labels = labels;
		this.replaced = replaced;
		separator = null;
	}

	/** How many nuclei were seen in pieces in the closest look. */
	int replaced() {
		return replaced;
	}

	int width() {
		return (int) maps.dimension(0);
	}

	/** The objects, row by row, 0 for background. */
	int[] labels() {
		if (labels == null) labels = ((IntArray) ((ArrayImg<?, ?>) separator.separate(maps)).update(null))
			.getCurrentStorageArray();
		return labels;
	}
}
