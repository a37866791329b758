package io.github.nuclei4j.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.gui.Roi;
import io.github.nuclei4j.cells.CellBackground;
import io.github.nuclei4j.cells.CellLimit;
import io.github.nuclei4j.cells.CellMeasurer;
import io.github.nuclei4j.cells.CellOptions;
import io.github.nuclei4j.cells.MeasuredCells;
import io.github.nuclei4j.cells.Stains;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.SizeUnit;
import io.github.nuclei4j.util.Progress;

/**
 * Measures every channel of the current image in its nuclei, in rings around them and in whole cells: the nuclei of a label
 * image, or those that a model finds, grown by a distance.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Measure Cells...", initializer = "prepare", headless = true)
public final class MeasureCells extends NucleiCommand {

	/** What follows an image's title in the title of its table of cells. */
	static final String SUFFIX = " cells";

	private static final String NONE = "none";

	@Parameter(label = "Nuclei of", required = false, persist = false,
		description = "An open label image, in which every nucleus has its own number as pixel value and 0 is background. " +
			"Otherwise the current image is segmented first.")
	private String labelimage = "";

	@Parameter(label = "Distance to the cell edge", min = "0", persist = false,
		description = "Each nucleus grows by this distance, but never into a neighbour: the nearest nucleus wins. 0 measures nuclei only.")
	private double distance = 10;

	@Parameter(label = "Gap between nucleus and ring", min = "0", persist = false,
		description = "The ring, which stands for the cytoplasm, begins at this distance, so that blurred edges of nuclei don't count.")
	private double gap = 0;

	@Parameter(label = "Unit of distances", choices = { "pixels", "calibrated" }, persist = false,
		description = "pixels, or calibrated: the unit that the image has, such as \u00b5m.")
	private String unit = "pixels";

	@Parameter(label = "Background correction", choices = { NONE, "constant", "rolling", "percentile" }, persist = false,
		description = "What is taken away from every channel: a constant, ImageJ's rolling ball, or a percentile of all pixels of the plane.")
	private String background = NONE;

	@Parameter(label = "Amount of background", required = false, persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "For constant a grey value, or one for each channel with commas between them; for rolling the radius of the ball in pixels; " +
			"for percentile 0 to below 100.")
	private String amount = "";

	@Parameter(label = "Overlay of outlines", persist = false,
		description = "Draws nuclei and cells over the image. Other things in its overlay stay; outlines of an earlier run are replaced.")
	private boolean overlay = true;

	@Parameter(label = "Table of measurements", persist = false,
		description = "Opens a table with one row per cell, named after the image.")
	private boolean table = true;

	@Parameter(label = "Label image of cells", persist = false,
		description = "Opens an image in which each cell has the number of its nucleus as pixel value, 0 for background.")
	private boolean labels = false;

	@Parameter(label = "Stains", required = false, persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(name = CommandParameter.WORD) },
		description = "For colour images of tissue: h-dab, h-e or h-e-dab separates the stains, which are measured in place of red, green and blue; image or " +
			"selection finds two stains in the image or the selected area. A macro may give vectors of optical density.")
	private String stains = NONE;

	@Parameter(label = "Limit cells by channel", required = false, persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "Number or name of a channel of cytoplasm or membrane that limits the cells; none for no limit.")
	private String limit = NONE;

	@Parameter(label = "Side of the threshold", choices = { "above", "below" }, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "above keeps cells where the channel is at or above the threshold, as for cytoplasm; below where it is lower, so that cells end " +
			"at a bright membrane.")
	private String side = "above";

	@Parameter(label = "Threshold of the limit", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "Grey value without background correction; auto is Otsu's threshold of each plane.")
	private String level = Automatic.WORD;

	@Parameter(label = "Model", style = "open", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "For segmenting: name of a model in ImageJ's models folder, or the path of a model file (.zip).")
	private String model = "nuclei";

	@Parameter(label = "Channel of the nuclei", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "For segmenting: auto chooses the channel that shows the nuclei; all takes the channels as a colour image, for stained " +
			"tissue; or the number of a channel, from 1, or its name.")
	private String channel = Automatic.WORD;

	@Parameter(label = "Nucleus diameter", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "For segmenting: typical diameter of the nuclei in pixels; auto finds it in the image, none uses the image as it is.")
	private String diameter = Automatic.WORD;

	@Parameter(label = "Smallest nucleus (area)", min = "0", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "For segmenting: smaller objects, in pixels, are removed.")
	private int size = SegmentationOptions.defaults().size();

	@Parameter(label = "Threshold", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "For segmenting: probability, above 0 up to 1, from which a pixel belongs to a nucleus; auto is the model's own.")
	private String threshold = Automatic.WORD;

	private int count = -1;

	/** Number of cells measured in all planes; -1 before {@link #run()} has succeeded. */
	public int count() {
		return count;
	}

	/** Called before the dialog opens; what it fills in is for the dialog, never for a macro. */
	private void prepare() {
		attempt(() -> {
			if (Macro.getOptions() == null) labelimage = LabelImage.suggest(CurrentImage.find());
		});
	}

	@Override
	List<Suggestion> suggestions(final String key) {
		if (key.equals("labelimage")) return OpenImages.suggestions("the current image: segment it",
			"The nuclei of the current image are found with the model of More settings.");
		if (key.equals("stains")) {
			final List<Suggestion> words = new ArrayList<>();
			words.add(new Suggestion(NONE, NONE, "The channels are measured as they are."));
			Stains.WORDS.forEach(word -> words.add(new Suggestion(word, word, "")));
			return words;
		}
		if (!key.equals("limit")) return super.suggestions(key);
		final List<Suggestion> all = new ArrayList<>();
		all.add(new Suggestion(NONE, NONE, "Cells are limited by the distance only."));
		all.addAll(Channels.each());
		return all;
	}

	@Override
	String unit(final String key) {
		final ImagePlus current = WindowManager.getCurrentImage();
		if (key.equals("size")) return area(PIXELS);
		if (key.equals("diameter")) return PIXELS;
		if (!key.equals("distance") && !key.equals("gap")) return "";
		return unit.equals("pixels") || current == null ? unit.equals("pixels") ? "pixels" : "" : Scales.measured(current
			.getCalibration()).getUnits();
	}

	@Override
	void validate() {
		cells();
		if (!labelimage.trim().isEmpty()) return;
		options();
		InstalledModels.check(model);
	}

	private CellOptions cells() {
		CellOptions options = CellOptions.within(distance).gap(gap).unit(SizeUnit.of(unit)).background(CellBackground.of(background,
			amount));
		if (!stains.trim().isEmpty() && !stains.trim().equals(NONE)) options = options.stains(Stains.parse(stains));
		return limit.trim().isEmpty() || limit.trim().equals(NONE) ? options : options.limit(CellLimit.of(limit, Automatic.number(
			"threshold of the limit", level), side.equals("below")));
	}

	private SegmentationOptions options() {
		return NucleusLabels.options(channel, diameter, size, threshold);
	}

	@Override
	String execute(final Progress progress) throws IOException {
		final ImagePlus image = use(CurrentImage.find());
		LabelImage.refuse(image);
		final CellOptions cells = cells();
		final ImagePlus nuclei = NucleusLabels.of(this, image, labelimage, model, options(), progress.part(0, 0.9));
		final MeasuredCells measured = CellMeasurer.measure(image, nuclei, cells, progress.part(0.9, 1));
		final List<Roi> outlines = LabelRois.of(nuclei, image);
		final List<Roi> edges = overlay ? cellOutlines(measured, image) : new ArrayList<>();
		progress.checkCanceled();
		if (labels) {
			measured.map().setTitle(image.getTitle() + SUFFIX + " labels");
			LabelImage.mark(measured.map());
			measured.map().show();
		}
		if (overlay) NucleusResults.showOverlay(image, outlines, edges);
		if (table) {
			ShownTables.show(measured.table(), image.getTitle() + SUFFIX);
			NucleusLink.connect(image, image.getTitle() + SUFFIX, outlines);
		}
		count = measured.cells().size();
		return count + (count == 1 ? " cell" : " cells") + " of " + image.getTitle() + " measured in " + measured.channels().size() +
			(measured.channels().size() == 1 ? " channel" : " channels");
	}

	/** Outlines of the cells, named {@code cell-0007} for the nucleus 7. */
	private static List<Roi> cellOutlines(final MeasuredCells measured, final ImagePlus image) {
		final List<Roi> cells = LabelRois.of(measured.map(), image);
		cells.forEach(cell -> cell.setName(cell.getName().replace("nucleus", "cell")));
		return cells;
	}
}
