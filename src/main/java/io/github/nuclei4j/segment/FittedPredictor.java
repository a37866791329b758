package io.github.nuclei4j.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.inference.ImagePredictor;
import io.github.nuclei4j.inference.LargePlane;
import io.github.nuclei4j.inference.PlaneSize;
import io.github.nuclei4j.inference.PlaneStatistics;
import io.github.nuclei4j.inference.PlaneStream;
import io.github.nuclei4j.inference.ProbabilityMaps;
import io.github.nuclei4j.inference.TiledPredictor;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.tensor.Scaling;
import io.github.nuclei4j.util.Progress;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Predicts planes for a model that was trained at one diameter of nuclei. If the diameter is given, at the scale that follows
 * from it. Otherwise the plane is looked at from far to close, as far as {@link ScaleChoice} finds it worth while, and what is
 * seen is joined by {@link LookMerger}; the scales of large planes are chosen in places that cover them. If asked for, the
 * closest look is averaged with a still closer one. Every plane is done by itself. For one thread.
 */
final class FittedPredictor implements ImagePredictor {

	/** Planes above so many pixels are sampled to choose the scales. */
	static final long SAMPLED = 1 << 20;

	/** How much closer the look is that is averaged with the closest one. */
	private static final double CLOSER = 1.5;

	/** Share of the time that the closer look takes. */
	private static final double AVERAGED = 0.65;

	/** Share of the time that the samples take. */
	private static final double SAMPLES = 0.3;

	private final TiledPredictor tiles;
	private final ModelInfo model;
	private final LookMerger merger;
	private final ScaleChoice choice;

	/** As given, pixels, or NaN. */
	private final double diameter;
	private final boolean closer;
	private final Consumer<PlaneSize> sizes;

	/**
	 * @param model trained at one diameter
	 * @param merger of looks
	 * @param given typical nucleus of the planes, pixels, or {@link Diameter#AUTO}
	 * @param closer whether to average with a closer look
	 * @param sizes receives what was found about each plane before its maps are returned
	 */
	FittedPredictor(final TiledPredictor tiles, final ModelInfo model, final LookMerger merger, final Diameter given,
		final boolean closer, final Consumer<PlaneSize> sizes)
	{
		this.tiles = tiles;
		this.model = model;
		this.merger = merger;
		diameter = given.isLength() ? given.length() : Double.NaN;
		this.closer = closer;
		this.sizes = sizes;
		choice = new ScaleChoice(model.nucleusDiameter().orElseThrow(IllegalStateException::new));
	}

	@Override
	public Img<FloatType> predict(final NormalizedImage pixels, final Interval region, final Progress progress) {
		progress.checkCanceled();
		final Scaling scaling = model.normalizer().fit(pixels);
		final boolean sampled = !(diameter > 0) && isSampled(region);
		// a given scale is not refined, so surroundings are those that count at that scale
		final AreaLooks all = new AreaLooks(tiles, merger, pixels, scaling, tiles.withContext(pixels, region, diameter > 0
			? givenScale() : 1));
		final Progress closest = progress.part(0, closer ? 1 - AVERAGED : 1);
		final Found found;
		if (diameter > 0) {
			found = given();
			all.look(found.scales[0], closest);
		}
		else if (sampled) {
			found = explore(samples(pixels, scaling, region), closest.part(0, SAMPLES));
			for (final double scale : found.scales) all.look(scale, upTo(scale, closest.part(SAMPLES, 1)));
		}
		else found = explore(Collections.singletonList(all), closest);
		if (closer) all.average(closer(found.scale()), progress.part(1 - AVERAGED, 1));
		sizes.accept(found.size);
		progress.update(1, "Finding nuclei");
		return ProbabilityMaps.crop(all.joined().maps, all.area(), region);
	}

	@Override
	public LargePlane prepare(final NormalizedImage pixels, final Progress progress) {
		progress.checkCanceled();
		final Interval whole = new FinalInterval(pixels.width(), pixels.height());
		final Scaling scaling = model.normalizer().fit(pixels);
		final Found found = diameter > 0 ? given() : explore(isSampled(whole) ? samples(pixels, scaling, whole) : Collections
			.singletonList(new AreaLooks(tiles, merger, pixels, scaling, whole)), progress);
		return new LargePlane(tiles, pixels, scaling, found.size, closer ? closer(found.scale()) : LargePlane.NONE,
			found.scales);
	}

	@Override
	public LargePlane prepare(final NormalizedImage pixels, final PlaneStatistics fit) {
		return tiles.prepare(pixels, fit);
	}

	private List<AreaLooks> samples(final NormalizedImage pixels, final Scaling scaling, final Interval region) {
		final List<AreaLooks> samples = new ArrayList<>();
		for (final Interval area : SampleAreas.of(pixels, scaling, region)) {
			samples.add(new AreaLooks(tiles, merger, pixels, scaling, area));
		}
		return samples;
	}

	/** Whether the scales are chosen in samples of a region. */
	private static boolean isSampled(final Interval region) {
		return region.dimension(0) * region.dimension(1) > SAMPLED;
	}

	private double givenScale() {
		return Math.max(ScaleChoice.SMALLEST, Math.min(ScaleChoice.LARGEST, model.nucleusDiameter().get() / diameter));
	}

	/** The scale that is averaged with another one; {@link LargePlane#NONE} if that is the largest already. */
	private static double closer(final double scale) {
		return scale < ScaleChoice.LARGEST ? Math.min(ScaleChoice.LARGEST, CLOSER * scale) : LargePlane.NONE;
	}

	private Found given() {
		return new Found(PlaneSize.of(diameter, givenScale()), givenScale());
	}

	/** Looks at areas of a plane from far to close, until the nuclei in them are seen well. */
	private Found explore(final List<AreaLooks> areas, final Progress progress) {
		double scale = ScaleChoice.FIRST;
		double[] scales = { scale };
		NucleusDiameters found = look(areas, scale, progress);
		if (choice.isTooClose(found)) {
			for (final AreaLooks area : areas) area.lookFromFurtherAway(ScaleChoice.SMALLEST, PlaneStream.silent(progress));
			scales = new double[] { ScaleChoice.SMALLEST, scale };
			found = diameters(areas);
		}
		for (double next = choice.next(found, scale); next != ScaleChoice.ENOUGH; next = choice.next(found, scale)) {
			found = look(areas, next, progress);
			scale = next;
			scales = Arrays.copyOf(scales, scales.length + 1);
			scales[scales.length - 1] = scale;
		}
		final LookDoubts doubts = new LookDoubts(merger.least());
		for (final AreaLooks area : areas) doubts.add(area.joined());
		return new Found(doubts.of(PlaneSize.of(found.typical(), scale)), scales);
	}

	private static NucleusDiameters look(final List<AreaLooks> areas, final double scale, final Progress progress) {
		final Progress part = upTo(scale, progress);
		for (int i = 0; i < areas.size(); i++) {
			areas.get(i).look(scale, part.part((double) i / areas.size(), (i + 1.0) / areas.size()));
		}
		return diameters(areas);
	}

	/** The progress for a look, of which neither is known how many follow nor what they take: each takes four times as long. */
	private static Progress upTo(final double scale, final Progress progress) {
		return progress.part(done(scale / 2), done(scale));
	}

	private static double done(final double scale) {
		return scale * scale / (1 + scale * scale);
	}

	private static NucleusDiameters diameters(final List<AreaLooks> areas) {
		final NucleusDiameters diameters = new NucleusDiameters();
		areas.forEach(area -> diameters.add(area.joined().labels(), area.joined().width()));
		return diameters;
	}

	/** The scales of a plane, rising, and what is known of its nuclei. */
	private static final class Found {

		private final PlaneSize size;
		private final double[] scales;

		Found(final PlaneSize size, final double... scales) {
			this.size = size;
			this.scales = scales;
		}

		double scale() {
			return scales[scales.length - 1];
		}
	}
}
