package io.github.nuclei4j.measure;

import java.util.List;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;
import io.github.nuclei4j.volume.VolumeSegmenter;

/** Removes the nuclei that a rule does not keep from what was found in an image, and numbers the others anew from 1. */
public final class NucleusFilter {

	private NucleusFilter() {}

	/**
	 * Finds the nuclei of an image, and keeps those that the options say.
	 *
	 * @param progress told the share done; asked whether to stop
	 * @throws IllegalArgumentException as {@link VolumeSegmenter#segment}, and if the rule can't be read or names a column that
	 *           there is not
	 */
	public static Segmentation segment(final NucleusSegmenter segmenter, final ImagePlus image, final SegmentationOptions options,
		final Progress progress)
	{
		final KeepRule rule = options.keep() == null ? null : KeepRule.parse(options.keep());
		return apply(image, VolumeSegmenter.segment(segmenter, image, options, progress), rule);
	}

	/**
	 * The nuclei that are kept.
	 *
	 * @param image that was segmented; not altered
	 * @param found not altered; is returned if the rule is null or keeps all
	 * @param rule on the columns of {@link NucleusTable}, or null
	 * @throws IllegalArgumentException if the rule names a column that there is not
	 */
	public static Segmentation apply(final ImagePlus image, final Segmentation found, final KeepRule rule) {
		if (rule == null) return found;
		final NucleusTable table = NucleusTable.of(image, found, null);
		final boolean[] kept = rule.kept(table.header(), table.rows());
		final ImagePlus labels = found.labels().duplicate();
		labels.setTitle(found.labels().getTitle());
		final int count = keep(labels, table, kept);
		final int removed = kept.length - count;
		return found.with(labels, count, removed + " of " + kept.length + (kept.length == 1 ? " nucleus" : " nuclei") +
			" removed by keep=[" + rule + "].");
	}

	/**
	 * Sets the pixels of nuclei that are not kept to 0, and numbers the others from 1 in their order.
	 *
	 * @param labels altered
	 * @param table its nuclei, with the columns {@code Nucleus}, and in its order
	 * @return how many are kept
	 */
	public static int keep(final ImagePlus labels, final NucleusTable table, final boolean[] kept) {
		final int column = table.header().indexOf("Nucleus");
		final List<List<Object>> rows = table.rows();
		int largest = 0;
		for (final List<Object> row : rows) largest = Math.max(largest, ((Number) row.get(column)).intValue());
		final int[] numbers = new int[largest + 1];
		int count = 0;
		for (int i = 0; i < kept.length; i++) if (kept[i]) numbers[((Number) rows.get(i).get(column)).intValue()] = ++count;
		for (int plane = 1; plane <= labels.getStackSize(); plane++) {
			final ImageProcessor pixels = labels.getStack().getProcessor(plane);
			for (int i = 0; i < pixels.getPixelCount(); i++) {
				final int label = (int) pixels.getf(i);
				if (label != 0) pixels.setf(i, label <= largest ? numbers[label] : 0);
			}
		}
		return count;
	}
}
