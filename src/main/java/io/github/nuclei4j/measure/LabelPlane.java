package io.github.nuclei4j.measure;

import java.awt.Rectangle;
import java.util.Arrays;

import ij.ImagePlus;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.Wand;
import ij.plugin.filter.ThresholdToSelection;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.nuclei4j.util.ParallelRows;

/**
 * One plane of a label image with the area and bounding box of each label, found in one pass. Labels are addressed by an
 * index from 0 to {@link #size()} - 1, index 0 being the plane's smallest label; absent ones in between have area 0.
 */
public final class LabelPlane {

	/** Beyond it, floats do not hold every integer. */
	private static final int LARGEST_LABEL = 1 << 24;

	/** So many labels are outlined one after the other. */
	private static final int TRACED_AT_ONCE = 32;

	private final ImageProcessor processor;
	private final int width;
	private final int height;
	private final int[] labels;
	private int lowest = Integer.MAX_VALUE;
	private final int[] areas;
	private final int[] minX;
	private final int[] minY;
	private final int[] maxX;
	private final int[] maxY;
	private final int[] firstX;
	private int[] runStarts = new int[1024];
	private int[] runEnds = new int[1024];
	private int[] runIndices = new int[1024];
	private int runs;
	private final long[] sumX;
	private final long[] sumY;

	/**
	 * @param image one channel, 8-, 16- or 32-bit, whole numbers, 0 for background; not altered
	 * @param slice from 1
	 * @param frame from 1
	 * @throws IllegalArgumentException if the image is no label image; the message says why
	 */
	public LabelPlane(final ImagePlus image, final int slice, final int frame) {
		processor = image.getStack().getProcessor(image.getStackIndex(1, slice, frame));
		if (processor instanceof ColorProcessor) {
			throw new IllegalArgumentException("'" + image.getTitle() +
				"' is an RGB image, not a label image. Give an 8-, 16- or 32-bit image in which 0 is background and every nucleus" +
				" has a number.");
		}
		width = processor.getWidth();
		height = processor.getHeight();
		labels = read(processor, image.getTitle());
		int highest = 0;
		for (final int label : labels) {
			if (label == 0) continue;
			lowest = Math.min(lowest, label);
			highest = Math.max(highest, label);
		}
		final int size = highest == 0 ? 0 : highest - lowest + 1;
		areas = new int[size];
		minX = new int[size];
		minY = new int[size];
		maxX = new int[size];
		maxY = new int[size];
		firstX = new int[size];
		sumX = new long[size];
		sumY = new long[size];
		findBounds();
	}

	private static int[] read(final ImageProcessor processor, final String title) {
		final int[] labels = new int[processor.getPixelCount()];
		final Object pixels = processor.getPixels();
		if (pixels instanceof short[]) {
			final short[] shorts = (short[]) pixels;
			for (int i = 0; i < labels.length; i++) labels[i] = shorts[i] & 0xffff;
			return labels;
		}
		final boolean floats = processor.getBitDepth() == 32;
		for (int i = 0; i < labels.length; i++) {
			if (!floats) {
				labels[i] = processor.get(i);
				continue;
			}
			final float value = processor.getf(i);
			labels[i] = (int) value;
			if (!(value >= 0 && value <= LARGEST_LABEL) || labels[i] != value) {
				throw new IllegalArgumentException("'" + title + "' is not a label image: it contains " + value +
					", expected whole numbers from 0 (background) to " + LARGEST_LABEL + ".");
			}
		}
		return labels;
	}

	private void findBounds() {
		for (int y = 0; y < height; y++) {
			final int row = y * width;
			int x = 0;
			while (x < width) {
				final int label = labels[row + x];
				final int start = x++;
				if (label == 0) continue;
				while (x < width && labels[row + x] == label) x++;
				final int k = label - lowest;
				addRun(row + start, row + x, k);
				if (areas[k] == 0) {
					firstX[k] = start;
					minX[k] = start;
					minY[k] = y;
				}
				areas[k] += x - start;
				minX[k] = Math.min(minX[k], start);
				maxX[k] = Math.max(maxX[k], x - 1);
				maxY[k] = y;
				sumX[k] += (start + x - 1L) * (x - start) / 2;
				sumY[k] += (long) y * (x - start);
			}
		}
	}

	private void addRun(final int start, final int end, final int index) {
		if (runs == runStarts.length) {
			runStarts = Arrays.copyOf(runStarts, 2 * runs);
			runEnds = Arrays.copyOf(runEnds, 2 * runs);
			runIndices = Arrays.copyOf(runIndices, 2 * runs);
		}
		runStarts[runs] = start;
		runEnds[runs] = end;
		runIndices[runs++] = index;
	}

	/** Receives runs of pixels of one label in a row. */
	public interface RunVisitor {

		/** A run of the label at an index, from position {@code start} to before {@code end} of the plane. */
		void visit(int index, int start, int end);
	}

	/** Visits all pixels but the background's, in raster order. */
	public void forEachRun(final RunVisitor visitor) {
		for (int run = 0; run < runs; run++) visitor.visit(runIndices[run], runStarts[run], runEnds[run]);
	}

	/** Labels row by row, 0 for background. Not a copy. */
	public int[] labels() {
		return labels;
	}

	public int width() {
		return width;
	}

	public int height() {
		return height;
	}

	/** Number of indices. */
	public int size() {
		return areas.length;
	}

	/** The label at an index. */
	public int label(final int index) {
		return lowest + index;
	}

	/** The smallest label; a label's index is the label minus it. */
	public int lowest() {
		return lowest;
	}

	/** Number of pixels; 0 if the plane lacks the label. */
	public int area(final int index) {
		return areas[index];
	}

	/** Whether the label has pixels in the first or last row or column. */
	public boolean touchesBorder(final int index) {
		return minX[index] == 0 || minY[index] == 0 || maxX[index] == width - 1 || maxY[index] == height - 1;
	}

	/** The smallest rectangle around the pixels of a label that the plane has. */
	public Rectangle bounds(final int index) {
		return new Rectangle(minX[index], minY[index], maxX[index] - minX[index] + 1, maxY[index] - minY[index] + 1);
	}

	/** Sum of the x coordinates of a label's pixels. */
	public long sumX(final int index) {
		return sumX[index];
	}

	/** Sum of the y coordinates of a label's pixels. */
	public long sumY(final int index) {
		return sumY[index];
	}

	/** Receives the outline of the label at an index. */
	interface OutlineVisitor {

		void visit(int index, Roi outline);
	}

	/**
	 * Visits the exact outlines of all labels with an area above 0, in no certain order and on several threads: a traced
	 * polygon if the label is one piece without holes, otherwise a composite selection of all its pieces without its holes.
	 */
	void forEachOutline(final OutlineVisitor visitor) {
		ParallelRows.run(size(), TRACED_AT_ONCE, (from, to) -> {
			final Wand wand = new Wand(processor);
			for (int k = from; k < to; k++) {
				if (area(k) > 0) visitor.visit(k, outline(k, wand));
			}
		});
	}

	private Roi outline(final int index, final Wand wand) {
		final int label = label(index);
		wand.autoOutline(firstX[index], minY[index], label, label, Wand.FOUR_CONNECTED);
		final int[] x = Arrays.copyOf(wand.xpoints, wand.npoints);
		final int[] y = Arrays.copyOf(wand.ypoints, wand.npoints);
		if (enclosedArea(x, y) == areas[index]) return new PolygonRoi(x, y, x.length, Roi.TRACED_ROI);
		return composite(index);
	}

	private static long enclosedArea(final int[] x, final int[] y) {
		long twice = 0;
		for (int i = 0, before = x.length - 1; i < x.length; before = i++) {
			twice += (long) x[before] * y[i] - (long) x[i] * y[before];
		}
		return Math.abs(twice) / 2;
	}

	private Roi composite(final int index) {
		final int w = maxX[index] - minX[index] + 1;
		final int h = maxY[index] - minY[index] + 1;
		final ByteProcessor mask = new ByteProcessor(w, h);
		for (int y = 0; y < h; y++) {
			for (int x = 0; x < w; x++) {
				if (labels[(minY[index] + y) * width + minX[index] + x] == label(index)) mask.set(x, y, 255);
			}
		}
		mask.setThreshold(255, 255, ImageProcessor.NO_LUT_UPDATE);
		final Roi roi = new ThresholdToSelection().convert(mask);
		roi.setLocation(minX[index] + roi.getBounds().x, minY[index] + roi.getBounds().y);
		return roi;
	}
}
