package io.github.nuclei4j.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import io.github.nuclei4j.segment.Segmentation;

/**
 * The nuclei of an image as rows, of planes ({@link MeasurementTable}) or of volumes. Of volumes the columns are {@code Name}
 * (ImageJ's row label), {@code Nucleus}, {@code Frame}, {@code FirstSlice}, {@code LastSlice}, {@code X}, {@code Y}, {@code Z}
 * (centroid), {@code Volume}, {@code Surface}, {@code Sphericity}, {@code Axis1} to {@code Axis3} (of the ellipsoid, the
 * longest first), {@code Border} (1 if it touches a face of the volume), {@code Faces} (which), {@code SizeOutlier},
 * {@code Probability}, {@code Unit}, and the intensities as for planes. Immutable.
 */
public final class NucleusTable {

	private static final List<String> VOLUME_COLUMNS = Collections.unmodifiableList(Arrays.asList("Name", "Nucleus", "Frame",
		"FirstSlice", "LastSlice", "X", "Y", "Z", "Volume", "Surface", "Sphericity", "Axis1", "Axis2", "Axis3", "Border",
		"Faces", "SizeOutlier", "Probability", "Unit"));

	private final List<String> header;
	private final List<List<Object>> rows;

	private NucleusTable(final List<String> header, final List<List<Object>> rows) {
		this.header = Collections.unmodifiableList(header);
		this.rows = Collections.unmodifiableList(rows);
	}

	/**
	 * Measures what was found in an image.
	 *
	 * @param image not altered
	 * @param rois to which the outlines are added, or null
	 */
	public static NucleusTable of(final ImagePlus image, final Segmentation found, final List<Roi> rois) {
		if (found.isVolume()) {
			if (rois != null) rois.addAll(VolumeMeasurer.outlines(found.labels(), image));
			return ofVolumes(VolumeMeasurer.measure(image, found.labels(), found.probabilities()));
		}
		return ofPlanes(NucleusMeasurer.measure(image, found.labels(), found.probabilities(), rois, found.slice(), found
			.frame()));
	}

	/**
	 * Measures the nuclei of a label image, without probabilities.
	 *
	 * @param image not altered
	 * @param labels one channel, with the width, height, slices and frames of the image; 0 for background; not altered
	 * @param isVolume whether labels go through the slices of a frame
	 * @param rois to which the outlines are added, or null
	 */
	public static NucleusTable of(final ImagePlus image, final ImagePlus labels, final boolean isVolume, final List<Roi> rois) {
		if (!isVolume) return ofPlanes(NucleusMeasurer.measure(image, labels, null, rois));
		if (rois != null) rois.addAll(VolumeMeasurer.outlines(labels, image));
		return ofVolumes(VolumeMeasurer.measure(image, labels, null));
	}

	/** Of nuclei in planes. */
	public static NucleusTable ofPlanes(final List<NucleusMeasurement> nuclei) {
		return new NucleusTable(MeasurementTable.header(nuclei), nuclei.parallelStream().map(MeasurementTable::row).collect(
			Collectors.toList()));
	}

	/** Of nuclei in volumes. */
	public static NucleusTable ofVolumes(final List<VolumeMeasurement> nuclei) {
		final List<String> header = new ArrayList<>(VOLUME_COLUMNS);
		final List<String> planes = MeasurementTable.header(nuclei.isEmpty() ? 0 : nuclei.get(0).channels());
		header.addAll(planes.subList(MeasurementTable.header(0).size(), planes.size()));
		return new NucleusTable(header, nuclei.stream().map(NucleusTable::row).collect(Collectors.toList()));
	}

	private static List<Object> row(final VolumeMeasurement n) {
		final List<Object> row = new ArrayList<>(Arrays.asList(n.name(), n.label(), n.frame(), n.firstSlice(), n.lastSlice(), n.x(),
			n.y(), n.z(), n.volume(), n.surface(), n.sphericity(), n.axis(1), n.axis(2), n.axis(3), n.touchesBorder() ? 1 : 0, n
				.faces(), n.sizeOutlier(), n.meanProbability(), n.unit()));
		for (int c = 1; c <= n.channels(); c++) row.addAll(Arrays.asList(n.mean(c), n.min(c), n.max(c), n.integrated(c)));
		row.replaceAll(value -> value instanceof Double && ((Double) value).isNaN() ? "" : value);
		return row;
	}

	/** Column names in order. */
	public List<String> header() {
		return header;
	}

	/** One row per nucleus, in the header's order: strings, integers and doubles; empty strings for values that do not exist. */
	public List<List<Object>> rows() {
		return rows;
	}

	/** A table for ImageJ; names are the row labels, numbers that do not exist are NaN. */
	public ResultsTable toResultsTable() {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		for (final List<Object> row : rows) {
			table.incrementCounter();
			table.addLabel((String) row.get(0));
			for (int i = 1; i < row.size(); i++) {
				final Object value = row.get(i);
				final boolean text = header.get(i).equals("Unit") || header.get(i).equals("Faces");
				if (text) table.addValue(header.get(i), (String) value);
				else table.addValue(header.get(i), value instanceof Number ? ((Number) value).doubleValue() : Double.NaN);
			}
		}
		return table;
	}
}
