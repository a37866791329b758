package io.github.nuclei4j.cells;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

import ij.ImagePlus;
import ij.ImageStack;
import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.util.Progress;

/**
 * Prints how long Measure Cells, Classify Nuclei, Count Foci in one channel and Summarize Plate take together beyond segmentation, for 10,000
 * nuclei in four channels of 4096 x 4096 pixels. No arguments.
 */
public final class AnswersBenchmark {

	private static final int RUNS = 3;
	private static final String[] STEPS = { "measure cells", "classify", "foci", "plate" };

	private AnswersBenchmark() {}

	/** See the class. */
	public static void main(final String... args) throws IOException {
		final FociScene scene = new FociScene(4096, 4096, 5).grid(40, 15, 4, 12, 1.4);
		final ImagePlus labels = scene.labels();
		final ImagePlus plane = scene.noisy();
		final ImageStack stack = new ImageStack(4096, 4096);
		for (int c = 1; c <= 4; c++) stack.addSlice("C" + c, plane.getProcessor().duplicate());
		final ImagePlus image = new ImagePlus("answers", stack);
		image.setDimensions(4, 1, 1);
		final Path file = Files.createTempFile("answers", ".csv");
		final double[][] seconds = new double[RUNS][STEPS.length];
		try {
			for (int run = 0; run < RUNS; run++) {
				long start = System.nanoTime();
				final MeasuredCells cells = CellMeasurer.measure(image, labels, CellOptions.within(8).gap(1), Progress.NONE);
				start = lap(seconds[run], 0, start);
				final Classification classes = Classification.of(cells, MarkerRule.parseAll("2=otsu; 3:ring:median=mixture; 4=triangle"), null);
				start = lap(seconds[run], 1, start);
				final CountedFoci foci = FociCounter.count(image, labels, FociOptions.in("1").diameter(OptionalDouble.of(4)), Progress.NONE);
				start = lap(seconds[run], 2, start);
				final List<List<Object>> rows = new ArrayList<>();
				for (int i = 0; i < classes.size(); i++) {
					rows.add(Arrays.asList((char) ('A' + i % 8) + String.format(Locale.ROOT, "%02d", 1 + i % 12) + "_1.tif", classes.grade(i, 0), foci.values(foci.nuclei().get(i))[0]));
				}
				Csv.write(file, Arrays.asList("Image", "Positive", "Foci"), rows);
				PlateReport.charts(PlateSummary.of(file, "Positive", PlateSummary.Statistic.MEAN, GroupPattern.parse("{well}_{field}"), null));
				lap(seconds[run], 3, start);
			}
		}
		finally {
			Files.delete(file);
		}
		System.out.println(scene.nuclei() + " nuclei, 4 channels of 4096 x 4096 pixels, " + Runtime.getRuntime().availableProcessors() + " processors");
		for (int run = 0; run < RUNS; run++) {
			final StringBuilder line = new StringBuilder("run " + (run + 1) + ": ");
			for (int s = 0; s < STEPS.length; s++) line.append(String.format(Locale.ROOT, "%s %.2f s, ", STEPS[s], seconds[run][s]));
			System.out.println(line + String.format(Locale.ROOT, "all %.2f s", Arrays.stream(seconds[run]).sum()));
		}
	}

	private static long lap(final double[] seconds, final int step, final long start) {
		final long now = System.nanoTime();
		seconds[step] = (now - start) / 1e9;
		return now;
	}
}
