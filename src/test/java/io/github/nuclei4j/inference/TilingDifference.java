package io.github.nuclei4j.inference;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import ij.IJ;
import ij.ImagePlus;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.util.Progress;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Prints how much the probabilities of an image that is predicted tile by tile differ from those of the whole image at
 * once, for several overlaps. Arguments: model (name or file), image (larger than a tile), tile size (768); overlaps (0, 64,
 * 128 and the model's default).
 */
public final class TilingDifference {

	private TilingDifference() {}

	/** Runs the comparison. */
	public static void main(final String... args) throws IOException {
		if (args.length < 2) throw new IllegalArgumentException("Expected MODEL IMAGE [TILE [OVERLAP...]], got " +
			args.length + " arguments.");
		final NucleusModel model = ModelFile.read(ModelStore.find(args[0]));
		final ImagePlus image = IJ.openImage(args[1]);
		if (image == null) throw new IOException("Not an image: " + args[1]);
		final int tile = args.length > 2 ? Integer.parseInt(args[2]) : TiledPredictor.DEFAULT_TILE_SIZE;
		final int needed = TiledPredictor.defaultOverlap(model.info());
		final Set<Integer> overlaps = new TreeSet<>();
		for (int i = 3; i < args.length; i++) overlaps.add(Integer.parseInt(args[i]));
		if (overlaps.isEmpty()) for (final int overlap : new int[] { 0, 64, 128, needed }) overlaps.add(overlap);
		final RandomAccessibleInterval<? extends NumericType<?>> plane = ImagePlanes.plane(image, 0, 1, 1);
		System.out.printf(Locale.ROOT, "%s (%s, reaches %s), %s, %d x %d pixels, tiles up to %d, threshold %.2f%n", model.info()
			.name(), model.info().architecture(), Architecture.of(model.info().architecture()).receptiveField(), image.getTitle(),
			image.getWidth(), image.getHeight(), tile, model.info().threshold());
		try (NetworkPredictor predictor = new NetworkPredictor(model)) {
			final int size = model.info().layout().padded(Math.max(image.getWidth(), image.getHeight()));
			final Img<FloatType> whole = new TiledPredictor(predictor, model.info(), size, 0).predict(plane, Progress.NONE);
			for (final int overlap : overlaps) {
				final TileGrid grid = new TileGrid(image.getWidth(), image.getHeight(), tile, overlap, model.info().layout()
					.divisor());
				System.out.printf("overlap %4d%s, %3d tiles: ", overlap, overlap == needed ? " (default)" : "", grid.count());
				print(whole, new TiledPredictor(predictor, model.info(), tile, overlap).predict(plane, Progress.NONE), model.info()
					.threshold());
			}
		}
	}

	private static void print(final Img<FloatType> whole, final Img<FloatType> tiled, final double threshold) {
		double largest = 0;
		double sum = 0;
		long changed = 0;
		final Cursor<FloatType> expected = whole.cursor();
		for (final FloatType value : tiled) {
			final float a = expected.next().get();
			final float b = value.get();
			largest = Math.max(largest, Math.abs(a - b));
			sum += Math.abs(a - b);
			if (a >= threshold != b >= threshold) changed++;
		}
		System.out.printf(Locale.ROOT,
			"probability differs by at most %.6f, on average by %.8f; %d of %d pixels (%.4f %%) change sides of the threshold%n",
			largest, sum / whole.size(), changed, whole.size(), 100.0 * changed / whole.size());
	}
}
