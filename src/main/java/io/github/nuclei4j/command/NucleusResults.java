package io.github.nuclei4j.command;

import java.io.IOException;
import java.nio.file.Path;
import java.awt.Color;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.plugin.frame.RoiManager;
import io.github.nuclei4j.batch.OpenImageFiles;
import io.github.nuclei4j.batch.OutputKind;
import io.github.nuclei4j.batch.SegmentationRecord;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.measure.NucleusTable;
import io.github.nuclei4j.measure.OutlineLabels;
import io.github.nuclei4j.segment.Segmentation;

/** The nuclei of one image, outlined and measured, ready to be shown: all work is done before anything appears. */
final class NucleusResults {

	/** Property of an outline that tells our own from a user's of the same name; ImageJ keeps it in files. */
	static final String MARK = "nuclei4j";

	/** What follows an image's title in the title of its table. */
	static final String SUFFIX = " nuclei";

	/** Stroke of the outlines of cells: tells itself from the nuclei's orange, also to the colour-blind. */
	private static final Color CELLS = new Color(86, 180, 233);

	/** Outlines of a segmentation, of cells, and those of an evaluation with the outcome in their names. */
	private static final String NAME = "(nucleus|cell|true)-\\d{4,}.*";

	private final ImagePlus image;
	private final Segmentation segmentation;
	private final List<Roi> rois;
	private final NucleusTable nuclei;
	private final ResultsTable table;

	private NucleusResults(final ImagePlus image, final Segmentation segmentation) {
		this.image = image;
		this.segmentation = segmentation;
		rois = new ArrayList<>();
		nuclei = NucleusTable.of(image, segmentation, rois);
		table = nuclei.toResultsTable();
		rois.forEach(roi -> roi.setProperty(MARK, "segmentation"));
	}

	/** Outlines and measures the nuclei. */
	static NucleusResults of(final ImagePlus image, final Segmentation segmentation) {
		return new NucleusResults(image, segmentation);
	}

	/** Number of nuclei in all planes. */
	int count() {
		return segmentation.count();
	}

	/**
	 * Puts the outlines into the image's overlay, in place of those of an earlier run (of the plane, if only one was
	 * segmented); other elements stay.
	 */
	void showOverlay() {
		final boolean onePlane = segmentation.labels().getStackSize() < image.getNSlices() * image.getNFrames();
		final Predicate<Roi> inPlane = image.isHyperStack() ? roi -> isAt(roi.getZPosition(), segmentation.slice()) && isAt(roi
			.getTPosition(), segmentation.frame()) : roi -> isAt(roi.getPosition(), (segmentation.frame() - 1) * image
				.getNSlices() + segmentation.slice());
		showOverlay(image, rois, onePlane ? inPlane : roi -> true);
	}

	private static boolean isAt(final int position, final int expected) {
		return position == 0 || position == expected;
	}

	/** Puts the outlines of nuclei and of the cells around them into an image's overlay, in place of all earlier ones of ours. */
	static void showOverlay(final ImagePlus image, final List<Roi> nuclei, final List<Roi> cells) {
		nuclei.forEach(roi -> roi.setProperty(MARK, "segmentation"));
		cells.forEach(roi -> roi.setProperty(MARK, "cells"));
		final Overlay all = LabelRois.overlay(cells);
		for (final Roi roi : all.toArray()) roi.setStrokeColor(CELLS);
		for (final Roi roi : LabelRois.overlay(nuclei).toArray()) all.add(roi);
		image.setOverlay(merge(image.getOverlay(), all));
	}

	/** Replaces the outlines of some nuclei, by their numbers, in an image's overlay; all else in it stays. */
	static void replace(final ImagePlus image, final Set<Integer> numbers, final List<Roi> outlines) {
		outlines.forEach(roi -> roi.setProperty(MARK, "segmentation"));
		image.setOverlay(merge(image.getOverlay(), LabelRois.overlay(outlines), roi -> numbers.contains(OutlineLabels.number(roi))));
	}

	/** As {@link #showOverlay()}, each outline in a colour of its own. */
	static void showOverlay(final ImagePlus image, final List<Roi> outlines, final Color[] colors) {
		outlines.forEach(roi -> roi.setProperty(MARK, "segmentation"));
		final Overlay all = LabelRois.overlay(outlines);
		for (int i = 0; i < colors.length; i++) all.get(i).setStrokeColor(colors[i]);
		image.setOverlay(merge(image.getOverlay(), all));
	}

	/** As {@link #showOverlay()}, of any outlines; they are marked as ours. */
	static void showOverlay(final ImagePlus image, final List<Roi> outlines) {
		showOverlay(image, outlines, roi -> true);
	}

	private static void showOverlay(final ImagePlus image, final List<Roi> outlines, final Predicate<Roi> replaced) {
		outlines.forEach(roi -> roi.setProperty(MARK, "segmentation"));
		image.setOverlay(merge(image.getOverlay(), LabelRois.overlay(outlines), replaced));
	}

	/** The elements of an overlay without our earlier outlines (with its settings), followed by new ones. */
	static Overlay merge(final Overlay existing, final Overlay added) {
		return merge(existing, added, roi -> true);
	}

	private static Overlay merge(final Overlay existing, final Overlay added, final Predicate<Roi> replaced) {
		if (existing == null) return added;
		final Overlay merged = existing.create();
		for (final Roi roi : existing.toArray()) {
			if (!isOurs(roi) || !replaced.test(roi)) merged.add(roi);
		}
		for (final Roi roi : added.toArray()) merged.add(roi);
		return merged;
	}

	/** Whether a ROI is the outline of a nucleus that we put there. */
	static boolean isOurs(final Roi roi) {
		return roi.getName() != null && roi.getName().matches(NAME) && roi.getProperty(MARK) != null;
	}

	/** Opens the label image. */
	void showLabels() {
		LabelImage.mark(segmentation.labels());
		show(segmentation.labels(), LabelImage.title(image));
	}

	/** Opens the probability image. */
	void showProbabilities() {
		show(segmentation.probabilities(), image.getTitle() + " probabilities");
	}

	private static void show(final ImagePlus result, final String title) {
		result.setTitle(title);
		result.show();
	}

	/**
	 * Opens the measurements in a window of their own, never in ImageJ's Results; one of the same name is replaced. Its rows and
	 * the image's nuclei are linked.
	 */
	void showTable() {
		final String title = title(image);
		ShownTables.show(table, title);
		NucleusLink.connect(image, title, rois);
	}

	/** The title of an image's table of nuclei. */
	static String title(final ImagePlus image) {
		return image.getTitle() + SUFFIX;
	}

	/**
	 * Writes the files of the results into a folder.
	 *
	 * @param record how the image was segmented
	 * @param probabilities whether to write them, too
	 * @return what the files' names begin with
	 * @throws IOException if a file can't be written; none is then replaced
	 */
	String write(final SegmentationRecord record, final boolean probabilities, final Path folder) throws IOException
	{
		final Set<OutputKind> kinds = EnumSet.copyOf(OutputKind.DEFAULTS);
		if (probabilities) kinds.add(OutputKind.PROBABILITIES);
		final OpenImageFiles files = new OpenImageFiles(image, segmentation, record);
		files.write(nuclei, rois, kinds, folder);
		return files.name();
	}

	/** Appends copies of the outlines to the ROI Manager, which is opened if it isn't. */
	void addToManager() {
		final RoiManager open = RoiManager.getInstance2();
		final RoiManager manager = open != null ? open : RoiManager.getRoiManager();
		rois.forEach(roi -> manager.addRoi((Roi) roi.clone()));
	}
}
