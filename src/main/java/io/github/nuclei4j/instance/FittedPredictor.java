package io.github.nuclei4j.instance;

import java.util.List;

import io.github.nuclei4j.data.Progress;
import io.github.nuclei4j.data.UnitPixels;
import io.github.nuclei4j.inference.ImagePredictor;
import io.github.nuclei4j.inference.LargePlane;
import io.github.nuclei4j.inference.MapStream;
import io.github.nuclei4j.inference.Maps;
import io.github.nuclei4j.inference.PlaneFit;
import io.github.nuclei4j.inference.TiledPredictor;
import io.github.nuclei4j.network.ModelInfo;
import io.github.nuclei4j.tensor.Scaling;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Predicts planes at the scale that brings their typical nucleus to the diameter that the model was trained at. Unless it is
 * given, the diameter is found: the plane is predicted as it is, in large planes a sample of it, and where the nuclei found
 * have another diameter, again at the scale that follows, twice at most. Each plane is predicted by itself: what was found in
 * others doesn't count. If asked for, the maps are averaged with those of the plane enlarged further, in which small nuclei
 * are told apart better.
 */
final class FittedPredictor implements ImagePredictor {

	/** Planes above so many pixels are sampled to find the diameter. */
	static final long SAMPLED = 1 << 20;

	/** Width and height of a sample, pixels of the image. */
	private static final int SAMPLE_SIZE = 512;

	/** A scale is good enough if the right one is within this factor. */
	private static final double TOLERANCE = 1.15;

	/** The least and the largest scale at which planes are shown to the network. */
	static final double SMALLEST = 0.2;
	static final double LARGEST = 4;

	private static final int CORRECTIONS = 2;

	/** How much further the plane is enlarged for the second look; the nuclei are then 1.5 times the trained diameter. */
	private static final double CLOSER = 1.5;

	/** Share of the time that the first look takes. */
	private static final double FIRST = 0.4;

	private final TiledPredictor tiles;
	private final ModelInfo model;
	private final InstanceSeparator separator;
	private final boolean closer;
	private final double diameter;

	/**
	 * @param model trained at one diameter
	 * @param separator that finds the nuclei of which the diameter is taken
	 * @param given typical nucleus of the planes in pixels, or {@link Diameter#AUTO}
	 * @param closer whether to average with a second, closer look
	 */
	FittedPredictor(final TiledPredictor tiles, final ModelInfo model, final InstanceSeparator separator,
		final Diameter given, final boolean closer)
	{
		this.tiles = tiles;
		this.model = model;
		this.separator = separator;
		diameter = given.isLength() ? given.length() : Double.NaN;
		this.closer = closer;
	}

	@Override
	public Img<FloatType> predict(final RandomAccessibleInterval<? extends NumericType<?>> image, final Interval region,
		final Progress progress)
	{
		progress.checkCanceled();
		final UnitPixels pixels = UnitPixels.of(image);
		final Scaling scaling = model.normalizer().fit(pixels);
		if (!closer) return firstLook(pixels, region, scaling, progress).of(region);
		final Look look = firstLook(pixels, region, scaling, progress.part(0, FIRST));
		final double scale = secondScale(look.scale);
		if (scale > look.scale) {
			tiles.blend(pixels, look.seen, scaling, scale, MapStream.SECOND, look.maps, progress.part(FIRST, 1));
		}
		return look.of(region);
	}

	@Override
	public LargePlane prepare(final UnitPixels pixels, final Progress progress) {
		progress.checkCanceled();
		final Interval whole = new FinalInterval(pixels.width(), pixels.height());
		final Scaling scaling = model.normalizer().fit(pixels);
		final double scale;
		if (diameter > 0) scale = scale(diameter);
		else if (isSampled(whole)) scale = findInSamples(pixels, whole, scaling, progress);
		else scale = firstLook(pixels, whole, scaling, progress).scale;
		final double second = secondScale(scale);
		return closer && second > scale ? new LargePlane(tiles, pixels, scaling, scale, second) : new LargePlane(tiles, pixels,
			scaling, scale);
	}

	@Override
	public LargePlane prepare(final UnitPixels pixels, final PlaneFit fit) {
		return tiles.prepare(pixels, fit);
	}

	private static double secondScale(final double scale) {
		return Math.min(LARGEST, CLOSER * scale);
	}

	/** Whether the diameter is found in samples of a region. */
	private static boolean isSampled(final Interval region) {
		return region.dimension(0) * region.dimension(1) > SAMPLED;
	}

	private Look firstLook(final UnitPixels pixels, final Interval region, final Scaling scaling,
		final Progress progress)
	{
		double scale = diameter > 0 ? scale(diameter) : 1;
		final boolean sampled = !(diameter > 0) && isSampled(region);
		if (sampled) scale = findInSamples(pixels, region, scaling, progress.part(0, 0.2));
		if (sampled || diameter > 0) return look(pixels, region, scaling, scale, progress.part(sampled ? 0.2 : 0, 1));
		Look look = null;
		for (int k = 0; k <= CORRECTIONS; k++) {
			look = look(pixels, region, scaling, scale, progress.part(k / (CORRECTIONS + 1.0), (k + 1) / (CORRECTIONS + 1.0)));
			if (k == CORRECTIONS) break;
			final NucleusDiameters found = new NucleusDiameters();
			found.add(separator.separate(look.maps));
			final double next = next(found, scale);
			if (next == scale) break;
			scale = next;
		}
		progress.update(1, "Finding nuclei");
		return look;
	}

	private Look look(final UnitPixels pixels, final Interval region, final Scaling scaling, final double scale,
		final Progress progress)
	{
		final Interval seen = tiles.withContext(pixels, region, scale);
		return new Look(tiles.predict(pixels, seen, scaling, scale, progress), seen, scale);
	}

	private double findInSamples(final UnitPixels pixels, final Interval region, final Scaling scaling,
		final Progress progress)
	{
		final List<Interval> samples = SampleAreas.of(pixels, region, SAMPLE_SIZE);
		double scale = 1;
		for (int k = 0; k < CORRECTIONS; k++) {
			final NucleusDiameters found = new NucleusDiameters();
			for (int i = 0; i < samples.size(); i++) {
				final double done = (k + (double) i / samples.size()) / CORRECTIONS;
				found.add(separator.separate(tiles.predict(pixels, samples.get(i), scaling, scale, progress.part(done, done +
					1.0 / samples.size() / CORRECTIONS))));
			}
			final double next = next(found, scale);
			if (next == scale) break;
			scale = next;
		}
		return scale;
	}

	/** The scale for the nuclei found at a scale: the same if it is good enough, or none were found. */
	private double next(final NucleusDiameters found, final double scale) {
		final double median = found.median();
		if (Double.isNaN(median)) return scale;
		final double right = scale(median);
		final boolean good = right / scale <= TOLERANCE && scale / right <= TOLERANCE;
		return good ? scale : right;
	}

	private double trained() {
		return model.nucleusDiameter().orElseThrow(IllegalStateException::new);
	}

	private double scale(final double pixels) {
		return Math.max(SMALLEST, Math.min(LARGEST, trained() / pixels));
	}

	/** Maps, the rectangle that they are of, and the scale at which they were predicted. */
	private static final class Look {

		private final Img<FloatType> maps;
		private final Interval seen;
		private final double scale;

		Look(final Img<FloatType> maps, final Interval seen, final double scale) {
			this.maps = maps;
			this.seen = seen;
			this.scale = scale;
		}

		Img<FloatType> of(final Interval region) {
			return Maps.crop(maps, seen, region);
		}
	}
}
