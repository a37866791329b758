package io.github.nuclei4j.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import io.github.nuclei4j.cells.CountedFoci;
import io.github.nuclei4j.cells.FociCounter;
import io.github.nuclei4j.cells.FociOptions;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.util.Progress;

/**
 * Shows the foci of the plane that an image shows, found on a thread of its own, over the image and beside its overlay. The
 * nuclei are looked for once, and again only if what they depend on has changed.
 */
final class FociPreview implements AutoCloseable {

	private final ImagePlus image;
	private final Consumer<String> status;
	private final PreviewLayer layer;
	private Thread thread;
	private Request newest;
	private boolean pending;
	private boolean closed;

	/** These are used by the thread only. */
	private String known;
	private ImagePlus nuclei;

	/** @param status is told what is shown, or why not */
	FociPreview(final ImagePlus image, final Consumer<String> status) {
		this.image = image;
		this.status = status;
		layer = new PreviewLayer(image);
	}

	/** Gives the nuclei of the image, of all planes or of the current one. */
	interface Nuclei {

		ImagePlus find(Progress progress) throws IOException;
	}

	/**
	 * Shows the foci soon, in place of what was asked for before.
	 *
	 * @param key the same only if the nuclei are
	 */
	synchronized void show(final String key, final FociOptions options, final Nuclei source) {
		newest = new Request(key, options, source);
		pending = true;
		if (thread == null) {
			thread = new Thread(this::work, "nuclei4j-foci-preview");
			thread.setDaemon(true);
			thread.setContextClassLoader(FociPreview.class.getClassLoader());
			thread.start();
		}
		notifyAll();
	}

	/** Takes the points away, and stops what is going on. */
	synchronized void hide() {
		newest = null;
		pending = false;
		layer.show(null);
	}

	/** As {@link #hide}, for good. */
	@Override
	public synchronized void close() {
		closed = true;
		hide();
		notifyAll();
	}

	private void work() {
		for (Request request = next(); request != null; request = next()) {
			try {
				find(request);
			}
			catch (final CancellationException e) {
				// there is something newer
			}
			catch (final IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
				if (put(request, null)) status.accept("No preview: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
			}
		}
	}

	private synchronized Request next() {
		try {
			while (!pending && !closed) wait();
		}
		catch (final InterruptedException e) {
			closed = true;
		}
		pending = false;
		return closed ? null : newest;
	}

	private void find(final Request request) throws IOException {
		final Progress progress = new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				// the dialog is in front
			}

			@Override
			public boolean isCanceled() {
				return isOutdated(request);
			}
		};
		final int slice = image.getZ();
		final int frame = image.getT();
		final String key = request.key + "\n" + slice + "\n" + frame;
		if (!key.equals(known)) {
			known = null;
			final ImagePlus found = request.source.find(progress);
			final boolean whole = found.getStackSize() == image.getNSlices() * image.getNFrames();
			nuclei = whole ? plane(found, slice, frame) : found;
			known = key;
		}
		final CountedFoci counted = FociCounter.count(plane(image, slice, frame), nuclei, request.options, progress);
		final Overlay overlay = new Overlay();
		overlay.drawLabels(false);
		final List<Roi> points = counted.rois(image);
		for (final Roi roi : points) {
			LabelRois.setPosition(roi, image, slice, frame);
			overlay.add(roi);
		}
		if (put(request, overlay)) {
			status.accept("Preview: " + counted.count(0) + " foci in " + counted.nuclei().size() + " nuclei of this plane. " + String
				.join(" ", counted.notes()));
		}
	}

	/** One plane of an image with all channels; shares the pixels. */
	private static ImagePlus plane(final ImagePlus image, final int slice, final int frame) {
		final ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
		for (int c = 1; c <= image.getNChannels(); c++) {
			final int index = image.getStackIndex(c, slice, frame);
			stack.addSlice(image.getStack().getSliceLabel(index), image.getStack().getProcessor(index));
		}
		final ImagePlus plane = new ImagePlus(image.getTitle(), stack);
		plane.setDimensions(image.getNChannels(), 1, 1);
		if (image.getInfoProperty() != null) plane.setProperty("Info", image.getInfoProperty());
		plane.setCalibration(image.getCalibration());
		return plane;
	}

	private synchronized boolean isOutdated(final Request request) {
		return closed || newest != request;
	}

	/** Shows points unless something newer was asked for. */
	private synchronized boolean put(final Request request, final Overlay points) {
		if (isOutdated(request)) return false;
		layer.show(points);
		return true;
	}

	/** What was asked for. */
	private static final class Request {

		private final String key;
		private final FociOptions options;
		private final Nuclei source;

		Request(final String key, final FociOptions options, final Nuclei source) {
			this.key = key;
			this.options = options;
			this.source = source;
		}
	}
}
