package io.github.nuclei4j.separate;

import io.github.nuclei4j.inference.ProbabilityMaps;
import io.github.nuclei4j.util.ParallelRows;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Separates nuclei by a predicted flow towards their centres: the pixels at or above the threshold that end in the same place
 * are one nucleus. Places are the hills of the smoothed histogram of ends; regions between which the flow does not part are
 * one, and fragments go to their neighbours. Labels are 4-connected. Time is linear in the pixels; the result does not depend
 * on the number of threads. Immutable.
 */
public final class FlowSeparator implements InstanceSeparator {

	/**
	 * Mean change of flow across a border below which the regions are one; 2 is that of a sharp edge. Chosen on DSB2018
	 * training images by average precision.
	 */
	public static final double PARTING = 0.15;

	/** A hill of ends must be so many times as high as the pass to a higher one, to be a place of its own. */
	public static final double RISE = 1.5;

	/** Levels of a hill's logarithm that are told apart. */
	private static final int LEVELS = 64;

	private final int flowChannel;
	private final double threshold;
	private final int minimumSize;
	private final boolean dropBorder;
	private final int largestHole;
	private final double parting;
	private final double rise;

	/**
	 * @param flowChannel that holds the flow's horizontal component, 0 for -1 and 1 for 1; the next one holds the vertical one
	 * @param threshold probability from which a pixel is nucleus
	 * @param minimumSize area of the smallest nucleus kept, pixels; also the largest hole closed in a nucleus, or 64 if that is
	 *          more
	 * @param dropBorder whether nuclei with pixels in the first or last row or column are removed
	 */
	public FlowSeparator(final int flowChannel, final double threshold, final int minimumSize,
		final boolean dropBorder)
	{
		this(flowChannel, threshold, minimumSize, dropBorder, Math.max(minimumSize, ForegroundMask.LARGEST_HOLE), PARTING,
			RISE);
	}

	private FlowSeparator(final int flowChannel, final double threshold, final int minimumSize,
		final boolean dropBorder, final int largestHole, final double parting, final double rise)
	{
		this.flowChannel = flowChannel;
		this.threshold = threshold;
		this.minimumSize = minimumSize;
		this.dropBorder = dropBorder;
		this.largestHole = largestHole;
		this.parting = parting;
		this.rise = rise;
	}

	/** Another area of the largest hole that is closed, pixels. */
	public FlowSeparator holes(final int pixels) {
		return new FlowSeparator(flowChannel, threshold, minimumSize, dropBorder, pixels, parting, rise);
	}

	/** Other constants than {@link #PARTING} and {@link #RISE}. */
	public FlowSeparator shape(final double partingOfFlow, final double riseOfHill) {
		return new FlowSeparator(flowChannel, threshold, minimumSize, dropBorder, largestHole, partingOfFlow, riseOfHill);
	}

	@Override
	public Img<IntType> separate(final RandomAccessibleInterval<FloatType> maps) {
		final int width = (int) maps.dimension(0);
		final int height = (int) maps.dimension(1);
		final boolean[] mask = ForegroundMask.of(maps, threshold);
		// paths may cross holes
		final boolean[] filled = mask.clone();
		ForegroundMask.fillHoles(filled, width, height, largestHole);
		final float[] flowX = ProbabilityMaps.plane(maps, flowChannel);
		final float[] flowY = ProbabilityMaps.plane(maps, flowChannel + 1);
		final int[] labels = new FlowPaths(filled, flowX, flowY, width).ends();
		final int places = toPlaces(labels, filled, width, height);
		final FlowRegions regions = new FlowRegions(labels, width);
		regions.merge(places, flowX, flowY, parting);
		for (int i = 0; i < labels.length; i++) {
			if (!mask[i]) labels[i] = 0;
		}
		final int largest = regions.joinFragments(places, minimumSize);
		LabelImages.fillHoles(labels, width, largestHole);
		LabelImages.relabel(labels, largest, width, minimumSize, dropBorder);
		return ArrayImgs.ints(labels, width, height);
	}

	/** Replaces the index of each pixel's end by the number of its place, 0 outside the mask; the largest number. */
	private int toPlaces(final int[] ends, final boolean[] mask, final int width, final int height) {
		final float[] counts = new float[ends.length];
		for (int i = 0; i < ends.length; i++) {
			if (mask[i]) counts[ends[i]]++;
		}
		final float[] hills = DistanceWatershed.smooth(counts, width, height);
		final boolean[] reached = new boolean[ends.length];
		ParallelRows.run(height, (from, to) -> {
			for (int i = from * width; i < to * width; i++) {
				reached[i] = hills[i] > 0;
				if (reached[i]) hills[i] = (float) Math.log1p(hills[i]);
			}
		});
		final double least = Math.log(rise);
		final BasinFlooding flooding = new BasinFlooding(reached, hills, width, LEVELS, peak -> least);
		final int[] places = flooding.flood();
		ParallelRows.run(height, (from, to) -> {
			for (int i = from * width; i < to * width; i++) ends[i] = mask[i] ? places[ends[i]] : 0;
		});
		return flooding.basins();
	}
}
