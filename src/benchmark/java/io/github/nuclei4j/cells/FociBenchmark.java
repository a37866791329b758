package io.github.nuclei4j.cells;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;

import com.sun.management.OperatingSystemMXBean;

import ij.ImagePlus;
import io.github.nuclei4j.util.Progress;

/**
 * Prints recall and precision of the foci found in drawn nuclei at falling signal to noise, and the time for 10,000 nuclei in
 * an image of 4096 x 4096 pixels. Arguments: standard deviation of the drawn foci,
 * pixels (1.4); anything else for the times only.
 */
public final class FociBenchmark {

	private static final double[] SIGNALS = { 12, 8, 6, 5, 4, 3, 2 };
	private static final double[] STRENGTHS = { 4, 5, 6 };
	private static final int RUNS = 3;

	private FociBenchmark() {}

	/** See the class. */
	public static void main(final String... args) {
		final double sd = args.length > 0 ? Double.parseDouble(args[0]) : 1.4;
		if (args.length > 1) {
			time(sd);
			return;
		}
		System.out.println("100 nuclei of 1520 pixels with 6 foci each; signal: height of a focus / shot noise of its nucleus");
		System.out.println("| signal | strength | recall | precision | false foci in 100 nuclei | recall, size estimated | precision, size estimated |");
		System.out.println("|---|---|---|---|---|---|---|");
		for (final double signal : SIGNALS) {
			final FociScene scene = new FociScene(600, 600, 11).grid(60, 22, 6, signal, sd);
			final ImagePlus noisy = scene.noisy();
			for (final double strength : STRENGTHS) {
				final FociOptions options = FociOptions.in("1").strength(strength);
				final int[] given = scene.score(FociCounter.count(noisy, scene.labels(), options.diameter(OptionalDouble.of(
					FociFilter.DIAMETER * sd)), Progress.NONE));
				final int[] found = scene.score(FociCounter.count(noisy, scene.labels(), options, Progress.NONE));
				final double foci = scene.foci().size();
				System.out.printf(Locale.ROOT, "| %.0f | %.0f | %.3f | %.3f | %d | %.3f | %.3f |%n", signal, strength, given[0] / foci, given[0] /
					(double) given[1], given[1] - given[0], found[0] / foci, found[0] / (double) found[1]);
			}
		}
		time(sd);
	}

	private static void time(final double sd) {
		final FociScene scene = new FociScene(4096, 4096, 5).grid(40, 15, 4, 12, sd);
		final ImagePlus noisy = scene.noisy();
		final ImagePlus labels = scene.labels();
		for (final boolean estimated : new boolean[] { false, true }) {
			final FociOptions options = estimated ? FociOptions.in("1") : FociOptions.in("1").diameter(OptionalDouble.of(4));
			final double[] seconds = new double[RUNS];
			final double[] processor = new double[RUNS];
			int foci = 0;
			for (int run = 0; run < RUNS; run++) {
				final long start = System.nanoTime();
				final long used = processorTime();
				foci = FociCounter.count(noisy, labels, options, Progress.NONE).count(0);
				seconds[run] = (System.nanoTime() - start) / 1e9;
				processor[run] = (processorTime() - used) / 1e9;
			}
			Arrays.sort(seconds);
			Arrays.sort(processor);
			System.out.printf(Locale.ROOT, "%d nuclei, 4096 x 4096 pixels, diameter %s: %d foci, %.2f s, processor time %.2f s (best of %d; %d processors)%n", scene
				.nuclei(), estimated ? "estimated" : "given", foci, seconds[0], processor[0], RUNS, Runtime.getRuntime().availableProcessors());
		}
	}

	/** Nanoseconds that all threads used, which other programs on the machine don't lengthen. */
	private static long processorTime() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}
}
