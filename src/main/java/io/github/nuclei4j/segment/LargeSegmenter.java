package io.github.nuclei4j.segment;

import java.awt.Rectangle;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;

import io.github.nuclei4j.image.LabelFile;
import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.image.PixelPatch;
import io.github.nuclei4j.inference.ImagePredictor;
import io.github.nuclei4j.inference.LargePlane;
import io.github.nuclei4j.inference.PlaneStream;
import io.github.nuclei4j.inference.ProbabilityMaps;
import io.github.nuclei4j.separate.InstanceSeparator;
import io.github.nuclei4j.util.Progress;
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

	/** Receives areas. */
	@FunctionalInterface
	public interface AreaSink {

		/** Takes an area. */
		void add(AreaNuclei area) throws IOException;
	}

	/** Gives areas. */
	@FunctionalInterface
	public interface AreaSource {

		/** The next one, null after the last. */
		AreaNuclei next() throws IOException;
	}

	/** Width and height of areas, pixels, at least. */
	private static final int LEAST_AREA = 2 * Seams.REACH;

	private final ImagePredictor predictor;
	private final LookMerger merger;
	private final InstanceSeparator separator;
	private final boolean dropBorder;
	private final double diameter;
	private final long bytes;
	private final AreaSizes given;

	/**
	 * @param predictor of the planes
	 * @param merger of looks
	 * @param separator that keeps nuclei at the border
	 * @param dropBorder whether nuclei that touch a plane's border are left out
	 * @param diameter at which nuclei are shown to the network, pixels, or NaN
	 * @param bytes of the heap that maps and areas may take
	 */
	LargeSegmenter(final ImagePredictor predictor, final LookMerger merger, final InstanceSeparator separator,
		final boolean dropBorder, final double diameter, final long bytes)
	{
		this(predictor, merger, separator, dropBorder, diameter, bytes, null);
	}

	private LargeSegmenter(final ImagePredictor predictor, final LookMerger merger, final InstanceSeparator separator,
		final boolean dropBorder, final double diameter, final long bytes, final AreaSizes given)
	{
		this.predictor = predictor;
		this.merger = merger;
		this.separator = separator;
		this.dropBorder = dropBorder;
		this.diameter = diameter;
		this.bytes = bytes;
		this.given = given;
	}

	/** This with areas of other sizes than those that suit the memory. */
	LargeSegmenter withAreas(final AreaSizes sizes) {
		return new LargeSegmenter(predictor, merger, separator, dropBorder, diameter, bytes, sizes);
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
	public PlaneNuclei segment(final NormalizedImage pixels, final LabelFile labels, final int plane, final int before,
		final ProbabilitySink probabilities, final Progress progress) throws IOException
	{
		final List<PixelPatch> drawn = BurnedIn.in(pixels);
		final NormalizedImage clean = pixels.patched(drawn);
		final LargePlane large = predictor.prepare(clean, progress.part(0, 0.02));
		final AreaSizes sizes = given == null ? AreaSizes.of(large, diameter, bytes) : given;
		final Rectangle all = new Rectangle(large.width(), large.height());
		final AreaJoiner joiner = new AreaJoiner(all, sizes.area, sizes.margin, labels, plane, probabilities);
		separate(large, sizes, all, joiner::add, progress.part(0.02, 0.99));
		progress.update(0.99, "Numbering nuclei");
		return joiner.finish(dropBorder, before, found -> large.fit().size().outcome(BrightArea.unexplained(clean, found),
			drawn.size()));
	}

	/**
	 * Decides how a plane is segmented in parts, each by a segmenter of its own, which may be on another computer.
	 *
	 * @param pixels of the plane, all of which are read
	 * @param most pixels in an area, at least 1; areas are smaller than otherwise if need be
	 * @param progress told the share done; asked whether to stop
	 * @throws IllegalArgumentException if the plane can't be segmented in parts
	 * @throws CancellationException if the user asked to stop
	 */
	public PlaneAreas divide(final NormalizedImage pixels, final long most, final Progress progress) {
		final List<PixelPatch> drawn = BurnedIn.in(pixels);
		final LargePlane large = predictor.prepare(pixels.patched(drawn), progress);
		final AreaSizes sizes = given == null ? AreaSizes.of(large, diameter, bytes) : given;
		final int area = Math.min(sizes.area, Math.max(LEAST_AREA, (int) Math.min(Integer.MAX_VALUE, Math.sqrt(most))));
		return new PlaneAreas(large.width(), large.height(), large.fit(), drawn, area, sizes.margin);
	}

	/** What {@link #separate} takes of the heap, bytes. */
	public long bytes(final NormalizedImage pixels, final PlaneAreas areas, final Rectangle part) {
		final LargePlane large = predictor.prepare(pixels.patched(areas.drawn()), areas.fit());
		final AreaSizes sizes = sizes(large, areas, part);
		return AreaSizes.bytes(large, sizes.area, sizes.margin, sizes.strip);
	}

	private AreaSizes sizes(final LargePlane large, final PlaneAreas areas, final Rectangle part) {
		final int columns = 1 + (part.width - 1) / areas.area();
		return AreaSizes.of(large, areas.area(), areas.margin(), columns * areas.area(), bytes);
	}

	/**
	 * Separates the nuclei of a part of a plane, of which no more than its surroundings are read.
	 *
	 * @param pixels of the plane
	 * @param areas of the plane
	 * @param part one of {@linkplain PlaneAreas#parts its parts}
	 * @param sink receives the part's areas, each after those on its left and above it
	 * @param progress told the share done; asked between tiles whether to stop
	 * @throws IllegalArgumentException if there is too little memory
	 * @throws CancellationException if the user asked to stop
	 */
	public void separate(final NormalizedImage pixels, final PlaneAreas areas, final Rectangle part, final AreaSink sink,
		final Progress progress) throws IOException
	{
		final LargePlane large = predictor.prepare(pixels.patched(areas.drawn()), areas.fit());
		separate(large, sizes(large, areas, part), part, sink, progress);
	}

	/**
	 * Joins the areas of all parts of a plane to its labels: the same, however many parts there are.
	 *
	 * @param areas of the plane
	 * @param source of all areas, each after those on its left and above it
	 * @param labels receives the numbers of the nuclei; of the plane's size
	 * @param plane of the file, from 0
	 * @param before the number before that of the first nucleus
	 * @param probabilities receives the probability of nucleus, or null
	 * @return the nuclei, without gaps in their numbers
	 * @throws IOException if areas are missing, or the disk is full
	 */
	public PlaneNuclei join(final PlaneAreas areas, final AreaSource source, final LabelFile labels, final int plane,
		final int before, final ProbabilitySink probabilities) throws IOException
	{
		final AreaJoiner joiner = new AreaJoiner(areas.plane(), areas.area(), areas.margin(), labels, plane, probabilities);
		for (AreaNuclei area = source.next(); area != null; area = source.next()) joiner.add(area);
		return joiner.finish(dropBorder, before, found -> areas.fit().size().outcome(0, areas.drawn().size()));
	}

	private void separate(final LargePlane large, final AreaSizes sizes, final Rectangle part, final AreaSink sink,
		final Progress progress) throws IOException
	{
		final Rectangle all = new Rectangle(large.width(), large.height());
		final double width = part.width;
		for (int x = 0; x < part.width; x += sizes.strip) {
			final Rectangle strip = new Rectangle(part.x + x, part.y, Math.min(sizes.strip, part.width - x), part.height);
			final Rectangle seen = grown(strip, sizes.margin, all);
			final PlaneStream maps = large.stream(seen, progress.part(x / width, (x + strip.width) / width));
			for (int y = part.y; y < part.y + part.height; y += sizes.area) {
				for (int left = strip.x; left < strip.x + strip.width; left += sizes.area) {
					final Rectangle core = new Rectangle(left, y, sizes.area, sizes.area).intersection(strip);
					progress.checkCanceled();
					sink.add(separate(maps, large, core, grown(core, sizes.margin, all), all));
				}
				maps.release(Math.max(0, y + sizes.area - sizes.margin));
			}
		}
	}

	private static Rectangle grown(final Rectangle area, final int margin, final Rectangle limits) {
		final Rectangle grown = new Rectangle(area);
		grown.grow(margin, margin);
		return grown.intersection(limits);
	}

	private AreaNuclei separate(final PlaneStream stream, final LargePlane large, final Rectangle core,
		final Rectangle seen, final Rectangle all)
	{
		final List<Img<FloatType>> looks = stream.maps(FinalInterval.createMinSize(seen.x, seen.y, seen.width, seen.height));
		stream.tell("Separating nuclei");
		final Img<FloatType> maps = merger.merge(looks, large.scales());
		final int[] labels = ((IntArray) ((ArrayImg<?, ?>) separator.separate(maps)).update(null)).getCurrentStorageArray();
		return AreaNuclei.of(core, seen, all, labels, ProbabilityMaps.plane(maps, 0));
	}
}
