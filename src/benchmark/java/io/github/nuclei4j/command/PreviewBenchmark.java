package io.github.nuclei4j.command;

import java.awt.Rectangle;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.nuclei4j.engine.Machine;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.segment.SegmentationOptions;

/**
 * Times the preview of <i>Segment Nuclei</i>, from the change in the dialog or the move in the image until outlines are there:
 * the first time, in other parts of the image, and with other thresholds. Arguments: an image, which is repeated to four times
 * the view; the view's width and height, pixels (512); a model (nuclei); seconds from the dialog's opening, when the model is read,
 * until the preview is asked for (2; 0 for one whose model isn't read before).
 */
public final class PreviewBenchmark {

	private static final int RUNS = 6;

	private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
	private final AtomicReference<Rectangle> visible = new AtomicReference<>();

	private PreviewBenchmark() {}

	/** See the class. */
	public static void main(final String... args) throws Exception {
		final int size = args.length > 1 ? Integer.parseInt(args[1]) : 512;
		System.out.print(Machine.describe());
		System.out.println("load          " + Files.readString(Paths.get("/proc/loadavg")).trim());
		NativeBackend.initialize();
		final ImagePlus image = repeated(ImagePlanes.open(Paths.get(args[0])), 2 * size);
		System.out.printf("view of %d x %d pixels; seconds until the first look, and until what OK gives%n", size, size);
		new PreviewBenchmark().time(image, size, args.length > 2 ? args[2] : "nuclei", args.length > 3 ? Double.parseDouble(
			args[3]) : 2);
	}

	private void time(final ImagePlus image, final int size, final String model, final double seconds) throws InterruptedException {
		try (NucleusPreview preview = new NucleusPreview(image, visible::get, overlay -> {}, SegmentNuclei::load, told::add))
		{
			visible.set(new Rectangle(0, 0, size, size));
			if (seconds > 0) preview.expect(model);
			Thread.sleep((long) (1000 * seconds));
			print("first time", ask(preview, model, 0.5));
			final double[][] moves = new double[RUNS][];
			final double[][] thresholds = new double[RUNS][];
			for (int run = 0; run < RUNS; run++) {
				preview.hide();
				// other pixels each time
				visible.set(new Rectangle(size * (run + 1) / (RUNS + 1), size * (RUNS - run) / (RUNS + 1), size, size));
				moves[run] = ask(preview, model, 0.5);
				thresholds[run] = ask(preview, model, 0.55 + 0.02 * run);
			}
			print("another part (median of " + RUNS + ")", median(moves));
			print("another threshold (median of " + RUNS + ")", median(thresholds));
		}
	}

	/** Seconds until something is shown, and until nothing better comes. */
	private double[] ask(final NucleusPreview preview, final String model, final double threshold)
		throws InterruptedException
	{
		told.clear();
		final long start = System.nanoTime();
		preview.show(model, () -> SegmentationOptions.defaults().threshold(threshold).augment(2));
		final double[] seconds = new double[2];
		for (boolean first = true;; first = false) {
			final String text = told.poll(1, TimeUnit.MINUTES);
			final double now = (System.nanoTime() - start) * 1e-9;
			if (text == null || !text.startsWith("Preview: ")) throw new IllegalStateException("No preview: " + text);
			if (first) seconds[0] = now;
			seconds[1] = now;
			if (!text.contains("first look")) return seconds;
		}
	}

	private static double[] median(final double[][] runs) {
		final double[] medians = new double[2];
		for (int k = 0; k < medians.length; k++) {
			final int column = k;
			final double[] sorted = Arrays.stream(runs).mapToDouble(run -> run[column]).sorted().toArray();
			medians[k] = (sorted[(RUNS - 1) / 2] + sorted[RUNS / 2]) / 2;
		}
		return medians;
	}

	private static void print(final String what, final double[] seconds) {
		System.out.printf(Locale.ROOT, "%-34s %6.3f %6.3f%n", what, seconds[0], seconds[1]);
	}

	private static ImagePlus repeated(final ImagePlus image, final int size) {
		final ImageProcessor mosaic = image.getProcessor().createProcessor(size, size);
		for (int y = 0; y < size; y += image.getHeight()) {
			for (int x = 0; x < size; x += image.getWidth()) mosaic.insert(image.getProcessor(), x, y);
		}
		return new ImagePlus(image.getTitle(), mosaic);
	}
}
