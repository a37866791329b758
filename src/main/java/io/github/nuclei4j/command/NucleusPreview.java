package io.github.nuclei4j.command;

import java.awt.Rectangle;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import ij.ImagePlus;
import ij.gui.ImageCanvas;
import ij.gui.Overlay;
import ij.gui.Roi;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.segment.Diameter;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;

/**
 * Shows what would be found in the visible part of an image, while its user still chooses: on a thread of its own, of which
 * the newest request stops the one before. It follows when the user moves to another part or plane, or selects something
 * else.
 */
final class NucleusPreview implements AutoCloseable {

	/** Largest width and height that is predicted, pixels; of a larger view it is the middle. */
	static final int LARGEST = 1024;

	/** The same for the first look, which has to be quick. */
	private static final int FIRST_LOOK = 600;

	/** How often is looked whether the view has changed, milliseconds. */
	private static final int INTERVAL = 150;

	private final ImagePlus image;
	private final Supplier<Rectangle> visible;
	private final Consumer<Overlay> layer;
	private final Loader loader;
	private final Consumer<String> status;
	private Thread thread;
	private Request newest;
	private String expected;
	private boolean pending;
	private boolean closed;

	/** These are used by the thread only. */
	private String loaded;
	private NucleusSegmenter segmenter;

	/**
	 * Shows it on the image's window.
	 *
	 * @param loader gives the segmenter of a model, which is closed here
	 * @param status is told what is shown, or why not
	 */
	NucleusPreview(final ImagePlus image, final Loader loader, final Consumer<String> status) {
		this(image, () -> visible(image), new PreviewLayer(image)::show, loader, status);
	}

	/**
	 * @param visible gives the part of the image that is seen, pixels; null if none is
	 * @param layer is given the outlines to show, null for none
	 */
	NucleusPreview(final ImagePlus image, final Supplier<Rectangle> visible, final Consumer<Overlay> layer,
		final Loader loader, final Consumer<String> status)
	{
		this.image = image;
		this.visible = visible;
		this.layer = layer;
		this.loader = loader;
		this.status = status;
	}

	private static Rectangle visible(final ImagePlus image) {
		final ImageCanvas canvas = image.getCanvas();
		return canvas == null ? null : canvas.getSrcRect();
	}

	private View view() {
		final Rectangle part = visible.get();
		return part == null ? null : new View(image, part);
	}

	/** Gives the segmenter of a model. */
	interface Loader {

		NucleusSegmenter load(String model) throws IOException;
	}

	/**
	 * Shows the nuclei soon, in place of what was asked for before.
	 *
	 * @param options evaluated when they are used; may throw an IllegalArgumentException for the user
	 */
	synchronized void show(final String model, final Supplier<SegmentationOptions> options) {
		newest = new Request(model, options);
		pending = true;
		begin();
	}

	/** Reads a model, so that a preview comes sooner if one is asked for. */
	synchronized void expect(final String model) {
		expected = model;
		begin();
	}

	private void begin() {
		if (thread == null) {
			thread = new Thread(this::work, "nuclei4j-preview");
			thread.setDaemon(true);
			// ND4J and the like look their parts up through it
			thread.setContextClassLoader(NucleusPreview.class.getClassLoader());
			thread.start();
		}
		notifyAll();
	}

	/** Takes the outlines away, and stops what is going on. */
	synchronized void hide() {
		newest = null;
		pending = false;
		layer.accept(null);
	}

	/** As {@link #hide}, for good. */
	@Override
	public synchronized void close() {
		closed = true;
		hide();
		notifyAll();
	}

	private void work() {
		try {
			loadExpected();
			View shown = null;
			View before = null;
			for (Request request = next(); !closed; request = next()) {
				final View view = view();
				final boolean moved = request == null && view != null && !view.equals(shown) && view.equals(before);
				before = view;
				if (moved) request = current();
				if (request != null && view != null) shown = predict(request, view) ? view : null;
			}
		}
		finally {
			if (segmenter != null) segmenter.close();
		}
	}

	/** The newest request, if it is a new one, after some time at the latest. */
	private synchronized Request next() {
		try {
			if (!pending && !closed) wait(newest == null ? 0 : INTERVAL);
		}
		catch (final InterruptedException e) {
			closed = true;
		}
		if (!pending) return null;
		pending = false;
		return newest;
	}

	private synchronized Request current() {
		return newest;
	}

	private synchronized boolean isOutdated(final Request request) {
		return closed || newest != request;
	}

	/** Whether this came to an end; if not, there is something newer. */
	private boolean predict(final Request request, final View view) {
		final Progress progress = new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				// the dialog is in front, and it is quick
			}

			@Override
			public boolean isCanceled() {
				return isOutdated(request) || !view.equals(view());
			}
		};
		try {
			final SegmentationOptions options = request.options.get();
			load(request.model);
			// the first look is quick, at the image's own resolution; what is shown at last is what OK gives
			if (!segmenter.remembers(image, view.region, options) && !isQuick(options)) {
				show(request, view.middle(FIRST_LOOK), options.augment(1).diameter(Diameter.NONE), true, progress);
			}
			show(request, view, options, false, progress);
			return true;
		}
		catch (final CancellationException e) {
			return false;
		}
		catch (final IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
			fail(request, e);
			return true;
		}
	}

	/** Whether nothing would be gained by a first look. */
	private boolean isQuick(final SegmentationOptions options) {
		final boolean fitted = segmenter.model().nucleusDiameter().isPresent();
		return fitted ? options.augment() == 1 && options.diameter().isNone() : options.augment() <= 2;
	}

	private void fail(final Request request, final Throwable reason) {
		if (!put(request, null)) return;
		status.accept("No preview: " + (reason.getMessage() == null ? reason.toString() : reason.getMessage()));
	}

	private void loadExpected() {
		final String model;
		synchronized (this) {
			model = newest == null && !closed ? expected : null;
		}
		if (model == null) return;
		try {
			load(model);
		}
		catch (final IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
			// told when it is asked for
			loaded = null;
		}
	}

	private void load(final String model) throws IOException {
		if (model.equals(loaded)) return;
		if (segmenter != null) segmenter.close();
		segmenter = null;
		loaded = null;
		segmenter = loader.load(model);
		loaded = model;
	}

	private void show(final Request request, final View view, final SegmentationOptions options, final boolean first,
		final Progress progress)
	{
		final Rectangle part = NucleusSegmenter.visible(image, view.region, options);
		final Segmentation found = segmenter.segment(image, view.region, options, progress);
		final List<Roi> rois = LabelRois.of(found.labels());
		for (final Roi roi : rois) {
			roi.setLocation(roi.getXBase() + part.x, roi.getYBase() + part.y);
			LabelRois.setPosition(roi, image, found.slice(), found.frame());
		}
		if (!put(request, LabelRois.overlay(rois))) throw new CancellationException();
		final String warnings = first || found.warnings().isEmpty() ? "" : ". " + String.join(" ", found.warnings());
		status.accept("Preview: " + found.count() + (found.count() == 1 ? " nucleus in " : " nuclei in ") + (view.isPart
			? "the middle of the visible part" : "the visible part") + (first ? ", first look" : "") + warnings);
	}

	/** Shows outlines unless something newer was asked for. */
	private synchronized boolean put(final Request request, final Overlay outlines) {
		if (isOutdated(request)) return false;
		layer.accept(outlines);
		return true;
	}

	/** What was asked for. */
	private static final class Request {

		private final String model;
		private final Supplier<SegmentationOptions> options;

		Request(final String model, final Supplier<SegmentationOptions> options) {
			this.model = model;
			this.options = options;
		}
	}

	/** What of the image is visible and selected. */
	private static final class View {

		private final Rectangle region;
		private final boolean isPart;
		private final String state;

		View(final ImagePlus image, final Rectangle visible) {
			this(visible, LARGEST, visible + " " + image.getCurrentSlice() + " " + describe(image.getRoi()));
		}

		private View(final Rectangle whole, final int largest, final String state) {
			region = new Rectangle(whole);
			region.grow(-Math.max(0, whole.width - largest + 1) / 2, -Math.max(0, whole.height - largest + 1) / 2);
			isPart = !region.equals(whole);
			this.state = state;
		}

		private static String describe(final Roi roi) {
			return roi == null ? "" : roi.getTypeAsString() + roi.getFloatBounds();
		}

		/** The middle of it, if it is larger. */
		View middle(final int largest) {
			final View middle = new View(region, largest, state);
			return isPart && !middle.isPart ? this : middle;
		}

		@Override
		public boolean equals(final Object other) {
			return other instanceof View && ((View) other).state.equals(state);
		}

		@Override
		public int hashCode() {
			return state.hashCode();
		}
	}
}
