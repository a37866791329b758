package io.github.nuclei4j;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import io.github.nuclei4j.batch.LargeImageWriter;
import io.github.nuclei4j.batch.OutputKind;
import io.github.nuclei4j.cells.CellMeasurer;
import io.github.nuclei4j.cells.CellOptions;
import io.github.nuclei4j.cells.Classification;
import io.github.nuclei4j.cells.GeoJson;
import io.github.nuclei4j.cells.GeoJsonNuclei;
import io.github.nuclei4j.cells.GroupPattern;
import io.github.nuclei4j.cells.MarkerRule;
import io.github.nuclei4j.cells.PlateSummary;
import io.github.nuclei4j.cells.CountedFoci;
import io.github.nuclei4j.cells.FociCounter;
import io.github.nuclei4j.cells.FociOptions;
import io.github.nuclei4j.cells.MeasuredCells;
import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.image.LargeImages;
import io.github.nuclei4j.inference.Backend;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.measure.MeasurementTable;
import io.github.nuclei4j.measure.NucleusFilter;
import io.github.nuclei4j.measure.NucleusTable;
import io.github.nuclei4j.measure.NucleusMeasurer;
import io.github.nuclei4j.measure.RoiCounter;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.NumericType;

/**
 * Nuclei for scripts and programs: the results of the menu commands as values. Nothing is ever shown, and neither images nor
 * ROIs given are altered. In Groovy:
 *
 * <pre>{@code
 * import ij.IJ
 * import io.github.nuclei4j.Nuclei
 *
 * image = IJ.openImage("/images/cells.tif")
 * found = Nuclei.segment(image, Nuclei.options().channel(1).size(50))
 * println found.count() + " nuclei"
 * Nuclei.measure(image, found).save("/images/cells.csv")
 *
 * // many images: the model is read once
 * Nuclei.open("nuclei").withCloseable { model ->
 *     new File("/images").eachFileMatch(~/.*tif/) { file ->
 *         println file.name + " " + Nuclei.segment(IJ.openImage(file.path), model, Nuclei.options()).count()
 *     }
 * }
 * }</pre>
 */
public final class Nuclei {

	/** Name of the model that is used if none is named. */
	public static final String DEFAULT_MODEL = "nuclei";

	private Nuclei() {}

	/** The names of the installed models, sorted. */
	public static List<String> models() {
		return ModelStore.names();
	}

	/** The defaults of the menu command Segment Nuclei, to be changed by the methods of what is returned. */
	public static SegmentationOptions options() {
		return SegmentationOptions.defaults();
	}

	/**
	 * Finds the nuclei of an image with the default model and the default settings.
	 *
	 * @param image 8-, 16-, 32-bit or RGB; all slices and frames are done
	 * @return count, label image and probabilities
	 * @throws IOException if the model isn't installed or can't be read
	 * @throws IllegalArgumentException if there is no image
	 */
	public static Segmentation segment(final ImagePlus image) throws IOException {
		return segment(image, options());
	}

	/** As {@link #segment(ImagePlus)}, with other settings. */
	public static Segmentation segment(final ImagePlus image, final SegmentationOptions options) throws IOException {
		return segment(image, DEFAULT_MODEL, options);
	}

	/**
	 * As {@link #segment(ImagePlus)}, with another model.
	 *
	 * @param model name of an installed model, or path of a model file
	 * @throws IOException that lists the installed models if it is neither
	 */
	public static Segmentation segment(final ImagePlus image, final String model, final SegmentationOptions options)
		throws IOException
	{
		try (NucleusSegmenter opened = open(model, options.backend())) {
			return segment(image, opened, options);
		}
	}

	/** As {@link #segment(ImagePlus)}, with a model that was opened before and stays open. */
	public static Segmentation segment(final ImagePlus image, final NucleusSegmenter model,
		final SegmentationOptions options) throws IOException
	{
		return withOurClassLoader(() -> NucleusFilter.segment(model, image, options, Progress.NONE));
	}

	/**
	 * Reads a model once for many images. It holds native memory until it is closed.
	 *
	 * @param model name of an installed model, or path of a model file
	 * @throws IOException that lists the installed models if it is neither
	 */
	public static NucleusSegmenter open(final String model) throws IOException {
		return withOurClassLoader(() -> new NucleusSegmenter(ModelFile.read(ModelStore.find(model))));
	}

	/** As {@link #open(String)}, run by a back end. */
	public static NucleusSegmenter open(final String model, final Backend backend) throws IOException {
		return withOurClassLoader(() -> new NucleusSegmenter(ModelFile.read(ModelStore.find(model)), backend));
	}

	/**
	 * Finds the nuclei of an image that is too large for memory, in parts: of an ImgLib2 image that reads its pixels when they
	 * are asked for, such as one of cells on a disk. In the folder then are {@code NAME_nuclei.csv}, {@code NAME_labels.tif},
	 * {@code NAME_rois.zip} and {@code NAME_overlay.png}.
	 *
	 * @param image axes (x, y) of a real type or ARGB, or (x, y, channel) of a real type; not altered
	 * @param model that was opened before and stays open
	 * @param folder made if needed
	 * @param name that the files begin with
	 * @return count, and what was left out or reduced, and why
	 * @throws IOException if a file can't be written, or the disk has too little room
	 * @throws IllegalArgumentException if the axes or types are others, or there is too little memory
	 */
	public static LargeImageWriter.Result segmentLarge(final RandomAccessibleInterval<? extends NumericType<?>> image,
		final NucleusSegmenter model, final SegmentationOptions options, final Path folder, final String name)
		throws IOException
	{
		return segmentLarge(LargeImages.of(image, name, new Calibration()), model, options, folder, name);
	}

	/**
	 * As {@link #segmentLarge(RandomAccessibleInterval, NucleusSegmenter, SegmentationOptions, Path, String)}, of a TIFF file
	 * ({@code TiffImage.open}) or an image of ImageJ, such as a virtual stack ({@code LargeImages.of}).
	 */
	public static LargeImageWriter.Result segmentLarge(final LargeImage image, final NucleusSegmenter model,
		final SegmentationOptions options, final Path folder, final String name) throws IOException
	{
		return withOurClassLoader(() -> LargeImageWriter.run(image, model, options, OutputKind.DEFAULTS, folder, name,
			Progress.NONE));
	}

	/** How many nuclei the default model finds in an image with the default settings, in all slices and frames. */
	public static int count(final ImagePlus image) throws IOException {
		return segment(image).count();
	}

	/**
	 * Measures the nuclei that were found in an image: the table of the menu command, a row per nucleus, lengths in the
	 * image's units.
	 */
	public static ResultsTable measure(final ImagePlus image, final Segmentation found) {
		return NucleusTable.of(image, found, null).toResultsTable();
	}

	/**
	 * As {@link #measure(ImagePlus, Segmentation)}, with any label image, such as a manual annotation; without probabilities.
	 *
	 * @param labels one channel, 0 for background, with the image's width, height, slices and frames
	 * @throws IllegalArgumentException if the dimensions differ or {@code labels} is no label image
	 */
	public static ResultsTable measure(final ImagePlus image, final ImagePlus labels) {
		return MeasurementTable.of(NucleusMeasurer.measure(image, labels, null));
	}

	/**
	 * Measures the cells of all nuclei in every channel of an image: the table of the menu command Measure Cells, a row per nucleus.
	 *
	 * @param labels one channel, 0 for background, with the image's width, height, slices and frames
	 * @param cells how cells are made, such as {@code CellOptions.within(10).gap(1)}
	 * @throws IllegalArgumentException if the dimensions differ, {@code labels} is no label image, or the image lacks a channel or the
	 *           scale that the options need
	 */
	public static MeasuredCells measureCells(final ImagePlus image, final ImagePlus labels, final CellOptions cells) {
		return CellMeasurer.measure(image, labels, cells, Progress.NONE);
	}

	/**
	 * Classifies measured cells as positive or negative: the classes, percentages and intervals of the menu command Classify Nuclei.
	 *
	 * @param markers such as {@code 2:nucleus:mean=otsu; DAB=0.2,0.4,0.6}: channel, compartment, measure and threshold
	 * @param control cells of a negative control; null if no threshold is {@code control}
	 * @throws IllegalArgumentException if a marker is none, a channel does not exist or a control is needed
	 */
	public static Classification classify(final MeasuredCells cells, final String markers, final MeasuredCells control) {
		return Classification.of(cells, MarkerRule.parseAll(markers), control);
	}

	/**
	 * Counts and measures the foci in all nuclei of an image: the tables and points of the menu command Count Foci in Nuclei.
	 *
	 * @param labels one channel, 0 for background, with the image's width, height, slices and frames
	 * @param foci how foci are found, such as {@code FociOptions.in("2").strength(4)}
	 * @throws IllegalArgumentException if the dimensions differ, {@code labels} is no label image, or the image lacks a channel or the
	 *           scale that the options need
	 */
	public static CountedFoci countFoci(final ImagePlus image, final ImagePlus labels, final FociOptions foci) {
		return FociCounter.count(image, labels, foci, Progress.NONE);
	}

	/**
	 * Summarises a measure of a batch's table by wells or groups: that of the menu command Summarize Plate.
	 *
	 * @param table {@code nuclei.csv} or {@code images.csv}
	 * @param measure a column of numbers, or {@code COLUMN=TEXT} for the share of rows with a text
	 * @param statistic {@code mean}, {@code median}, {@code sum} or {@code count}
	 * @param pattern named parts of the names, such as {@code {plate}_{well}_{field}}; null for those of common instruments
	 * @throws IllegalArgumentException if the table has no such column, or the names don't match
	 */
	public static PlateSummary summarizePlate(final Path table, final String measure, final String statistic, final String pattern) throws IOException {
		return PlateSummary.of(table, measure, PlateSummary.Statistic.of(statistic), pattern == null ? null : GroupPattern.parse(pattern), null);
	}

	/**
	 * Writes the outlines of a label image as GeoJSON for QuPath, with the numbers of a table as measurements and its column Class as class.
	 *
	 * @param table a row per nucleus, such as that of {@link #measure}
	 */
	public static void writeGeoJson(final ImagePlus labels, final ResultsTable table, final Path file) throws IOException {
		GeoJson.write(GeoJsonNuclei.of(labels, table), labels, file);
	}

	/** The outlines of a label image, named {@code nucleus-0001} and so on, for an overlay or the ROI Manager. */
	public static List<Roi> rois(final ImagePlus labels) {
		return LabelRois.of(labels);
	}

	/**
	 * Counts nuclei inside regions: a row per region with count, area, density and more.
	 *
	 * @param labels one channel, 0 for background
	 * @param rois areas, in pixels of the label image
	 * @param rule {@code centroid}, {@code overlap} or {@code inside}: what of a nucleus has to be in the region
	 * @throws IllegalArgumentException if a region is no area, the rule unknown, or {@code labels} no label image
	 */
	public static ResultsTable countInRois(final ImagePlus labels, final List<Roi> rois, final String rule) {
		return RoiCounter.table(RoiCounter.count(labels, rois, RoiCounter.Rule.of(rule)));
	}

	/**
	 * Scripts run with the application's class loader, through which ND4J would not find its libraries in plain ImageJ, and
	 * would be broken for good.
	 */
	private static <T> T withOurClassLoader(final Work<T> work) throws IOException {
		final Thread thread = Thread.currentThread();
		final ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(Nuclei.class.getClassLoader());
		try {
			return work.run();
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	/** What may fail to read a file. */
	private interface Work<T> {

		T run() throws IOException;
	}
}
