package io.github.nuclei4j.command;

import java.awt.EventQueue;
import java.awt.Graphics;
import java.awt.GraphicsEnvironment;
import java.awt.Toolkit;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Locale;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.OvalRoi;
import ij.plugin.frame.RoiManager;
import ij.text.TextWindow;
import io.github.nuclei4j.engine.Machine;
import io.github.nuclei4j.inference.Predictor;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separation;
import io.github.nuclei4j.tensor.Normalizer;
import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.util.Progress;

/**
 * Times what comes after the segmentation of an image with many nuclei, in ImageJ's windows: measuring and outlining, overlay
 * and table until they are drawn, and the ROI Manager. The first run is what a user waits for the first time: Java hasn't
 * compiled anything yet. Needs a display.
 */
public final class ResultsBenchmark {

	private static final int SPACING = 30;
	private static final int DIAMETER = 22;
	private static final int RUNS = 3;

	private ResultsBenchmark() {}

	/**
	 * @param args number of nuclei along each side of the image; 100, which makes 10,000 nuclei, if there is none
	 */
	public static void main(final String... args) throws Exception {
		if (GraphicsEnvironment.isHeadless()) throw new IllegalStateException("Run it with a display, such as with xvfb-run.");
		final int side = args.length == 0 ? 100 : Integer.parseInt(args[0]);
		System.out.print(Machine.describe());
		System.out.println("load          " + Files.readString(Paths.get("/proc/loadavg")).trim());
		NativeBackend.initialize();
		final ImageJ imagej = new ImageJ(ImageJ.NO_SHOW);
		final ImagePlus image = scene(side);
		final Segmentation found = segment(image);
		image.show();
		System.out.printf("%,d nuclei in an image of %d x %d pixels; seconds%n", found.count(), image.getWidth(), image.getHeight());
		System.out.printf("%4s %9s %18s %9s %12s%n", "run", "measured", "overlay and table", "together", "ROI Manager");
		for (int run = 1; run <= RUNS; run++) time(run, image, found);
		imagej.dispose();
		System.exit(0);
	}

	private static void time(final int run, final ImagePlus image, final Segmentation found) throws Exception {
		image.setOverlay(null);
		settle();
		final long start = System.nanoTime();
		final NucleusResults results = NucleusResults.of(image, found);
		final long measured = System.nanoTime();
		results.showOverlay();
		results.showTable();
		drawn(image);
		final long shown = System.nanoTime();
		settle();
		final long before = System.nanoTime();
		results.addToManager();
		drawn(image);
		final long managed = System.nanoTime();
		System.out.printf(Locale.ROOT, "%4d %9.2f %18.2f %9.2f %12.2f%n", run, seconds(start, measured), seconds(measured, shown),
			seconds(start, shown), seconds(before, managed));
		final RoiManager manager = RoiManager.getInstance2();
		final int rows = ((TextWindow) WindowManager.getFrame(NucleusResults.title(image))).getTextPanel().getLineCount();
		if (manager.getCount() != found.count() || image.getOverlay().size() != found.count() || rows != found.count()) {
			throw new IllegalStateException("ROI Manager: " + manager.getCount() + ", overlay: " + image.getOverlay().size() +
				", rows: " + rows);
		}
		manager.reset();
	}

	private static double seconds(final long from, final long to) {
		return (to - from) * 1e-9;
	}

	/** Draws the image and its overlay, which ImageJ may have begun already, and waits for it. */
	private static void drawn(final ImagePlus image) throws InterruptedException, InvocationTargetException {
		EventQueue.invokeAndWait(() -> {
			final Graphics graphics = image.getCanvas().getGraphics();
			image.getCanvas().paint(graphics);
			graphics.dispose();
			Toolkit.getDefaultToolkit().sync();
		});
	}

	/** Lets what is still to be drawn be drawn, outside of what is timed. */
	private static void settle() throws InterruptedException, InvocationTargetException {
		for (int i = 0; i < 5; i++) {
			Thread.sleep(100);
			EventQueue.invokeAndWait(() -> {});
		}
	}

	private static ImagePlus scene(final int side) {
		final ImagePlus image = IJ.createImage("many.tif", "8-bit black", side * SPACING, side * SPACING, 1);
		for (int i = 0; i < side * side; i++) {
			image.getProcessor().setValue(200 + i % 50);
			image.getProcessor().fill(new OvalRoi(i % side * SPACING + i % 7, i / side * SPACING + i % 5, DIAMETER - i % 6, DIAMETER - i %
				4));
		}
		return image;
	}

	/** As a model would that is always right. */
	private static Segmentation segment(final ImagePlus image) {
		final ModelInfo model = ModelInfo.builder("brightness", Architecture.UNET).normalizer(Normalizer.UNIT_RANGE).threshold(0.5)
			.build();
		final Predictor brightness = new Predictor() {

			@Override
			public Tensor predict(final Tensor input) {
				return new Tensor(Arrays.copyOf(input.values(), input.height() * input.width()), 1, 1, input.height(), input.width());
			}

			@Override
			public void close() {
				// holds nothing
			}
		};
		try (NucleusSegmenter segmenter = new NucleusSegmenter(brightness, model)) {
			return segmenter.segment(image, SegmentationOptions.defaults().separation(Separation.COMPONENTS), Progress.NONE);
		}
	}
}
