package io.github.nuclei4j.measure;

import java.awt.Color;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.RoiEncoder;
import io.github.nuclei4j.util.AtomicFiles;

/** Label images as ImageJ's ROIs. */
public final class LabelRois {

	/** Stroke of the overlay: seen on dark fluorescence, bright field and stained tissue alike. */
	private static final Color STROKE = new Color(255, 140, 0);

	/** With more outlines, drawing them smoothly takes ImageJ seconds each time. */
	private static final int MOST_SMOOTH = 1000;

	/** The earliest time a zip can give its entries. */
	private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

	private LabelRois() {}

	/**
	 * The outlines of a label image to be shown on itself: as {@link #of(ImagePlus, ImagePlus)} with the labels as the image.
	 */
	public static List<Roi> of(final ImagePlus labels) {
		return of(labels, labels);
	}

	/**
	 * The outline of every label, in the order of planes, then labels. Filled, a ROI gives exactly the label's pixels. It is a
	 * traced polygon, or a composite selection where a label has several pieces or holes. ROIs of several planes are
	 * positioned at their slice and frame (in all channels) of the image they are to be shown on; those of a single plane are
	 * at no position.
	 *
	 * @param labels one channel, 8-, 16- or 32-bit, whole numbers, 0 for background; not altered
	 * @param image to show the ROIs on, with the labels' slices and frames; not altered
	 * @throws IllegalArgumentException if {@code labels} is no label image; the message says why
	 */
	public static List<Roi> of(final ImagePlus labels, final ImagePlus image) {
		final List<Roi> rois = new ArrayList<>();
		for (int frame = 1; frame <= labels.getNFrames(); frame++) {
			for (int slice = 1; slice <= labels.getNSlices(); slice++) {
				final LabelPlane plane = new LabelPlane(labels, slice, frame);
				final Roi[] outlines = new Roi[plane.size()];
				plane.forEachOutline((k, outline) -> outlines[k] = outline);
				add(outlines, plane, new int[] { slice, frame }, image, rois);
			}
		}
		return rois;
	}

	/**
	 * Names the outlines of a plane, positions them on the image and adds them.
	 *
	 * @param outlines by index, null where the plane lacks the label
	 * @param position slice and frame of the image, from 1
	 */
	static void add(final Roi[] outlines, final LabelPlane plane, final int[] position, final ImagePlus image,
		final List<Roi> rois)
	{
		for (int k = 0; k < outlines.length; k++) {
			final Roi roi = outlines[k];
			if (roi == null) continue;
			roi.setName(name(plane.label(k)));
			setPosition(roi, image, position[0], position[1]);
			rois.add(roi);
		}
	}

	/**
	 * Puts a ROI at a slice and frame, from 1, of an image that has several: ImageJ wants both on hyperstacks, but the number
	 * of the plane on stacks with one axis.
	 */
	public static void setPosition(final Roi roi, final ImagePlus image, final int slice, final int frame) {
		setPosition(roi, image.getNSlices(), image.getNFrames(), image.isHyperStack(), slice, frame);
	}

	/** As {@link #setPosition(Roi, ImagePlus, int, int)}, of an image with so many slices and frames. */
	static void setPosition(final Roi roi, final int slices, final int frames, final boolean hyperstack, final int slice,
		final int frame)
	{
		if (slices * frames == 1) return;
		if (!hyperstack) roi.setPosition((frame - 1) * slices + slice);
		else roi.setPosition(0, slices > 1 ? slice : 0, frames > 1 ? frame : 0);
	}

	/** The name of a label's ROI and table row, such as {@code nucleus-0007}; at least four digits. */
	public static String name(final int label) {
		final String digits = Integer.toString(label);
		return "nucleus-" + "0000".substring(Math.min(4, digits.length())) + digits;
	}

	/**
	 * Copies of the ROIs as an overlay: hairlines in one colour that shows on most images, without numbers; not smoothed if
	 * there are more than {@value #MOST_SMOOTH}.
	 */
	public static Overlay overlay(final List<Roi> rois) {
		final Overlay overlay = new Overlay();
		overlay.drawLabels(false);
		for (final Roi roi : rois) {
			final Roi copy = (Roi) roi.clone();
			copy.setStrokeColor(STROKE);
			copy.setAntiAlias(rois.size() <= MOST_SMOOTH);
			overlay.add(copy);
		}
		return overlay;
	}

	/**
	 * Writes a ROI zip that ImageJ's ROI Manager opens, atomically. Entries have the ROIs' names; where several ROIs have the
	 * same, {@code -2}, {@code -3}, ... is appended.
	 *
	 * @param zip replaced if it exists
	 */
	public static void save(final List<Roi> rois, final Path zip) throws IOException {
		AtomicFiles.writeQuickly(zip, file -> {
			try (RoiZip entries = new RoiZip(file)) {
				for (final Roi roi : rois) entries.add(roi);
			}
		});
	}

	/** A ROI zip in the making. */
	public static final class RoiZip implements AutoCloseable {

		private final Set<String> names = new HashSet<>();
		private final ZipOutputStream entries;
		private final DataOutputStream out;

		/** @param file closed with this */
		public RoiZip(final OutputStream file) {
			entries = new ZipOutputStream(file);
			entries.setLevel(Deflater.BEST_SPEED);
			out = new DataOutputStream(entries);
		}

		/** Appends a ROI. */
		public void add(final Roi roi) throws IOException {
			final ZipEntry entry = new ZipEntry(unused(roi.getName(), names) + ".roi");
			// the same ROIs always make the same file
			entry.setTimeLocal(NO_TIME);
			entries.putNextEntry(entry);
			new RoiEncoder(out).write(roi);
			out.flush();
		}

		@Override
		public void close() throws IOException {
			entries.close();
		}
	}

	private static String unused(final String name, final Set<String> names) {
		final String wanted = name == null ? "roi" : name.replace('/', '-').replace('\\', '-');
		String free = wanted;
		for (int i = 2; !names.add(free); i++) free = wanted + "-" + i;
		return free;
	}
}
