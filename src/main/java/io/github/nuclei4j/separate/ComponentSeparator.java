package io.github.nuclei4j.separate;

import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * One nucleus per connected region at or above a threshold. Pixels are connected by their edges (4-connected): nuclei that
 * only meet at a corner are two. Small holes are closed first. Linear time.
 */
public final class ComponentSeparator implements InstanceSeparator {

	private final double threshold;
	private final int minimumSize;
	private final boolean dropBorder;

	/**
	 * @param threshold probability from which a pixel is nucleus
	 * @param minimumSize area of the smallest nucleus kept, pixels; also the largest hole closed, or 64 if that is more
	 * @param dropBorder whether nuclei with pixels in the first or last row or column are removed
	 */
	public ComponentSeparator(final double threshold, final int minimumSize, final boolean dropBorder) {
		this.threshold = threshold;
		this.minimumSize = minimumSize;
		this.dropBorder = dropBorder;
	}

	@Override
	public Img<IntType> separate(final RandomAccessibleInterval<FloatType> maps) {
		final int width = (int) maps.dimension(0);
		final int height = (int) maps.dimension(1);
		final boolean[] mask = ForegroundMask.of(maps, threshold);
		ForegroundMask.fillHoles(mask, width, height, Math.max(minimumSize, ForegroundMask.LARGEST_HOLE));
		final RunComponents nuclei = new RunComponents(mask, true, width, height, false);
		final int[] numbers = new int[nuclei.limit()];
		final int[] last = new int[1];
		final int[] labels = new int[mask.length];
		nuclei.forEachRun((component, start, end) -> {
			if (nuclei.area(component) < minimumSize || dropBorder && nuclei.touchesBorder(component)) return;
			if (numbers[component] == 0) numbers[component] = ++last[0];
			Arrays.fill(labels, start, end, numbers[component]);
		});
		return ArrayImgs.ints(labels, width, height);
	}
}
