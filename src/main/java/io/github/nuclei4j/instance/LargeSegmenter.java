package io.github.nuclei4j.instance;

import java.awt.Rectangle;
import java.io.IOException;
import java.util.concurrent.CancellationException;

import io.github.nuclei4j.data.LabelFile;
import io.github.nuclei4j.data.Progress;
import io.github.nuclei4j.data.UnitPixels;
import io.github.nuclei4j.inference.ImagePredictor;
import io.github.nuclei4j.inference.LargePlane;
import io.github.nuclei4j.inference.MapStream;
import io.github.nuclei4j.inference.Maps;
import net.imglib2.FinalInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Finds the nuclei of planes that are too large for memory, area by area. Areas are separated with a margin of surroundings,
 * and the parts of nuclei that cross borders are joined. The labels are those of the plane segmented at once: exactly for
 * clumps of touching nuclei that end within the margin, and for larger ones except where a nucleus depends on others
 * further away. For one use and one thread.
 */
public final class LargeSegmenter {

	/** Receives probabilities of nucleus. */
	@FunctionalInterface
	public interface ProbabilitySink {

		/** Takes an area, of which row {@code y} is at {@code offset + y * stride}. */
		void write(Rectangle area, float[] probabilities, int offset, int stride) throws IOException;
	}

	private final ImagePredictor predictor;
	private final InstanceSeparator separator;
	private final boolean dropBorder;
	private final double diameter;
	private final long bytes;
	private final AreaSizes given;

	/**
	 * @param predictor of the planes
	 * @param separator that keeps nuclei at the border
	 * @param dropBorder whether nuclei that touch a plane's border are left out
	 * @param diameter at which nuclei are shown to the network, pixels, or NaN
	 * @param bytes of the heap that maps and areas may take
	 */
	LargeSegmenter(final ImagePredictor predictor, final InstanceSeparator separator, final boolean dropBorder,
		final double diameter, final long bytes)
	{
		this(predictor, separator, dropBorder, diameter, bytes, null);
	}

	private LargeSegmenter(final ImagePredictor predictor, final InstanceSeparator separator, final boolean dropBorder,
		final double diameter, final long bytes, final AreaSizes given)
	{
		this.predictor = predictor;
		this.separator = separator;
		this.dropBorder = dropBorder;
		this.diameter = diameter;
		this.bytes = bytes;
		this.given = given;
	}

	/** This with areas of other sizes than those that suit the memory. */
	LargeSegmenter withAreas(final AreaSizes sizes) {
		return new LargeSegmenter(predictor, separator, dropBorder, diameter, bytes, sizes);
	}

	/**
	 * Segments a plane.
	 *
	 * @param pixels of the plane
	 * @param labels receives the numbers of the nuclei; of the plane's size
	 * @param plane of the file, from 0
	 * @param before the number before that of the first nucleus
	 * @param probabilities receives the probability of nucleus, or null
	 * @param progress told the share done; asked between tiles whether to stop
	 * @return the nuclei, without gaps in their numbers
	 * @throws IOException if the disk is full
	 * @throws IllegalArgumentException if there is too little memory
	 * @throws CancellationException if the user asked to stop
	 */
	public PlaneNuclei segment(final UnitPixels pixels, final LabelFile labels, final int plane, final int before,
		final ProbabilitySink probabilities, final Progress progress) throws IOException
	{
		final LargePlane large = predictor.prepare(pixels, progress.part(0, 0.02));
		final AreaSizes sizes = given == null ? AreaSizes.of(large, diameter, bytes) : given;
		final Rectangle all = new Rectangle(large.width(), large.height());
		final NucleusParts parts = new NucleusParts(all.width, all.height);
		final Seams seams = new Seams(parts, Math.min(sizes.margin, Seams.REACH));
		for (int x = 0; x < all.width; x += sizes.strip) {
			final Rectangle strip = new Rectangle(x, 0, Math.min(sizes.strip, all.width - x), all.height);
			final Rectangle seen = grown(strip, sizes.margin, all);
			final double width = all.width;
			final Progress part = progress.part(0.02 + 0.97 * x / width, 0.02 + 0.97 * (x + strip.width) / width);
			try (MapStream maps = large.stream(seen.x, seen.x + seen.width, part)) {
				for (int y = 0; y < all.height; y += sizes.area) {
					for (int left = x; left < x + strip.width; left += sizes.area) {
						final Rectangle core = new Rectangle(left, y, sizes.area, sizes.area).intersection(strip);
						progress.checkCanceled();
						final Seams.Area area = separate(maps, core, grown(core, sizes.margin, all), parts, all, probabilities);
						seams.add(area, left / sizes.area, y / sizes.area, all);
						labels.write(plane, core, area.parts(core), 0, core.width);
					}
					maps.release(Math.max(0, y + sizes.area - sizes.margin));
				}
			}
		}
		progress.update(0.99, "Numbering nuclei");
		final PlaneNuclei nuclei = parts.number(dropBorder, before, seams.conflicts());
		labels.replace(plane, nuclei::numberOf);
		return nuclei.numbered();
	}

	private static Rectangle grown(final Rectangle area, final int margin, final Rectangle limits) {
		final Rectangle grown = new Rectangle(area);
		grown.grow(margin, margin);
		return grown.intersection(limits);
	}

	private Seams.Area separate(final MapStream stream, final Rectangle core, final Rectangle seen,
		final NucleusParts parts, final Rectangle all, final ProbabilitySink sink) throws IOException
	{
		final Img<FloatType> maps = stream.maps(FinalInterval.createMinSize(seen.x, seen.y, seen.width, seen.height));
		final int[] labels = ((IntArray) ((ArrayImg<?, ?>) separator.separate(maps)).update(null)).getCurrentStorageArray();
		final float[] probabilities = Maps.plane(maps, 0);
		int largest = 0;
		for (final int label : labels) largest = Math.max(largest, label);
		final int[] ids = new int[largest + 1];
		final int offset = (core.y - seen.y) * seen.width + core.x - seen.x;
		for (int y = 0; y < core.height; y++) {
			final int row = offset + y * seen.width;
			int x = 0;
			while (x < core.width) {
				final int label = labels[row + x];
				final int start = x;
				double sum = 0;
				for (; x < core.width && labels[row + x] == label; x++) sum += probabilities[row + x];
				if (label == 0) continue;
				if (ids[label] == 0) ids[label] = parts.begin();
				parts.add(ids[label], core.x + start, core.y + y, x - start, sum);
			}
		}
		tellMeans(labels, probabilities, ids, seen, parts, all);
		if (sink != null) sink.write(core, probabilities, offset, seen.width);
		return new Seams.Area(core, seen, labels, ids);
	}

	/** The mean probabilities of nuclei that don't reach the edge of what was seen, unless that is the edge of the plane. */
	private static void tellMeans(final int[] labels, final float[] probabilities, final int[] ids, final Rectangle seen,
		final NucleusParts parts, final Rectangle all)
	{
		final double[] sums = new double[ids.length];
		final int[] areas = new int[ids.length];
		final boolean[] cut = new boolean[ids.length];
		for (int y = 0; y < seen.height; y++) {
			final boolean rowCut = y == 0 && seen.y > 0 || y == seen.height - 1 && seen.y + seen.height < all.height;
			for (int x = 0; x < seen.width; x++) {
				final int label = labels[y * seen.width + x];
				if (label == 0) continue;
				sums[label] += probabilities[y * seen.width + x];
				areas[label]++;
				cut[label] |= rowCut || x == 0 && seen.x > 0 || x == seen.width - 1 && seen.x + seen.width < all.width;
			}
		}
		for (int label = 1; label < ids.length; label++) {
			if (ids[label] > 0 && !cut[label]) parts.setMean(ids[label], sums[label] / areas[label]);
		}
	}
}
