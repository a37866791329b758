package io.github.nuclei4j.separate;

import io.github.nuclei4j.inference.ProbabilityMaps;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Separates nuclei by a predicted distance to their edges and a predicted flow to their centres together: the hills of the
 * distance, even low ones, are candidates, and neighbouring candidates are one nucleus unless the flow parts between them.
 * Labels are 4-connected. Linear time; the result does not depend on the number of threads.
 * Immutable.
 */
public final class DistanceFlowSeparator implements InstanceSeparator {

	/** Rise above the pass that makes a candidate. */
	public static final double CANDIDATE = 0.08;

	/**
	 * Mean change of flow across a border from which two candidates are two nuclei. Chosen with the other constant on
	 * training images by average precision.
	 */
	public static final double PARTING = 0.15;

	private final int flowChannel;
	private final double parting;
	private final int largestHole;
	private final int minimumSize;
	private final boolean dropBorder;
	private final DistanceSeparator candidates;

	/**
	 * @param rimChannel that holds the probability of rim
	 * @param distanceChannel that holds the distance to the edge, 1 in the middle of every nucleus
	 * @param flowChannel that holds the flow's horizontal component, 0 for -1 and 1 for 1; the next one holds the vertical one
	 * @param threshold probability from which a pixel is nucleus
	 * @param minimumSize area of the smallest nucleus kept, pixels; also the largest hole closed in a nucleus, or 64 if that is
	 *          more
	 * @param dropBorder whether nuclei with pixels in the first or last row or column are removed
	 */
	public DistanceFlowSeparator(final int rimChannel, final int distanceChannel, final int flowChannel,
		final double threshold, final int minimumSize, final boolean dropBorder)
	{
		this(flowChannel, minimumSize, dropBorder, Math.max(minimumSize, ForegroundMask.LARGEST_HOLE), PARTING,
			new DistanceSeparator(rimChannel, distanceChannel, threshold, 0, false).shape(CANDIDATE, DistanceSeparator.RIM)
				.holes(0));
	}

	private DistanceFlowSeparator(final int flowChannel, final int minimumSize, final boolean dropBorder,
		final int largestHole, final double parting, final DistanceSeparator candidates)
	{
		this.flowChannel = flowChannel;
		this.minimumSize = minimumSize;
		this.dropBorder = dropBorder;
		this.largestHole = largestHole;
		this.parting = parting;
		this.candidates = candidates;
	}

	/** Another area of the largest hole that is closed, pixels. */
	public DistanceFlowSeparator holes(final int pixels) {
		return new DistanceFlowSeparator(flowChannel, minimumSize, dropBorder, pixels, parting, candidates);
	}

	/** Other constants than {@link #CANDIDATE} and {@link #PARTING}. */
	public DistanceFlowSeparator shape(final double riseOfCandidate, final double partingOfFlow) {
		return new DistanceFlowSeparator(flowChannel, minimumSize, dropBorder, largestHole, partingOfFlow, candidates.shape(
			riseOfCandidate, DistanceSeparator.RIM));
	}

	@Override
	public Img<IntType> separate(final RandomAccessibleInterval<FloatType> maps) {
		final int width = (int) maps.dimension(0);
		final int height = (int) maps.dimension(1);
		final int[] labels = candidates.flood(maps);
		int largest = LabelRuns.largest(labels);
		final FlowRegions regions = new FlowRegions(labels, width);
		regions.merge(largest, ProbabilityMaps.plane(maps, flowChannel), ProbabilityMaps.plane(maps, flowChannel + 1), parting);
		largest = regions.joinFragments(largest, minimumSize);
		LabelImages.fillHoles(labels, width, largestHole);
		LabelImages.relabel(labels, largest, width, minimumSize, dropBorder);
		return ArrayImgs.ints(labels, width, height);
	}
}
