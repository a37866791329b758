package io.github.nuclei4j.command;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.gui.Roi;
import io.github.nuclei4j.cells.CellBackground;
import io.github.nuclei4j.cells.CellMeasurer;
import io.github.nuclei4j.cells.CellOptions;
import io.github.nuclei4j.cells.Classification;
import io.github.nuclei4j.cells.MarkerRule;
import io.github.nuclei4j.cells.MeasuredCells;
import io.github.nuclei4j.cells.Stains;
import io.github.nuclei4j.cells.Threshold;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.measure.RowTable;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.SizeUnit;
import io.github.nuclei4j.util.Progress;

/**
 * Tells positive from negative nuclei of the current image by the intensity of one marker or several, and counts them with percentages and their
 * 95 % intervals.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Classify Nuclei...", initializer = "prepare", headless = true)
public final class ClassifyNuclei extends NucleiCommand {

	/** What follows an image's title in the titles of the tables of nuclei and of percentages. */
	static final String SUFFIX = " classes";
	static final String SUMMARY = " percentages";

	private static final String NONE = "none";

	/** Okabe and Ito's colours, which the colour-blind can tell apart: negative and positive first. */
	private static final Color[] COLORS = { new Color(86, 180, 233), new Color(213, 94, 0), new Color(240, 228, 66), new Color(0, 158, 115), new Color(204, 121,
		167), new Color(230, 159, 0), new Color(0, 114, 178), Color.WHITE };

	/** Negative and the grades 1+ to 3+. */
	private static final Color[] GRADES = { COLORS[0], COLORS[2], COLORS[5], COLORS[1] };

	@Parameter(label = "Nuclei of", required = false, persist = false,
		description = "An open label image, in which every nucleus has its own number as pixel value and 0 is background. " +
			"Otherwise the current image is segmented first.")
	private String labelimage = "";

	@Parameter(label = "Marker channel", persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "Number, from 1, or name of the channel of the marker; with stains their name, such as DAB.")
	private String marker = "1";

	@Parameter(label = "Compartment", choices = { "nucleus", "ring", "cell" }, persist = false,
		description = "Where the marker is measured: in the nucleus, in the ring around it, which stands for the cytoplasm, or in the whole cell.")
	private String compartment = "nucleus";

	@Parameter(label = "Measure", choices = { "mean", "median", "std", "min", "max", "sum" }, persist = false,
		description = "What is measured of the marker's pixels; std is the standard deviation, sum the integrated density.")
	private String measure = "mean";

	@Parameter(label = "Positive from", persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "A number; three ascending numbers with commas between them, for the grades 1+, 2+ and 3+ and the H-score; otsu, triangle or mixture, " +
			"found in this image's nuclei; or control:99, a percentile of the negative control.")
	private String cutoff = "otsu";

	@Parameter(label = "Further markers", required = false, persist = false,
		description = "For double positives: CHANNEL:COMPARTMENT:MEASURE=THRESHOLD, several with semicolons between them, such as 3:ring:median=120; 4=otsu.")
	private String others = "";

	@Parameter(label = "Negative control", required = false, persist = false,
		description = "An open image without the markers, such as one with the secondary antibody only. Its nuclei give the threshold 'control'.")
	private String control = "";

	@Parameter(label = "Stains", required = false, persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "For colour images of tissue: h-dab, h-e or h-e-dab separates the stains, which are then the channels; image or selection finds two stains in " +
			"the image or the selected area. A macro may give vectors: 0.65,0.70,0.29/0.27,0.57,0.78.")
	private String stains = NONE;

	@Parameter(label = "Overlay of classes", persist = false,
		description = "Outlines the nuclei in the colours of their classes. Other things in the overlay stay; outlines of an earlier run are replaced.")
	private boolean overlay = true;

	@Parameter(label = "Table of nuclei", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Opens a table with one row per nucleus: class and values of the markers.")
	private boolean table = true;

	@Parameter(label = "Regions", choices = { "none", "auto", "selection", "overlay", "manager" }, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Also counts in regions: the selection, those in the image's overlay, or those in the ROI Manager; auto uses the first that exists.")
	private String regions = NONE;

	@Parameter(label = "Show the stains", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Opens the separated stains as an image of optical densities.")
	private boolean separated = false;

	@Parameter(label = "Distance to the cell edge", min = "0", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "For ring and cell: each nucleus grows by this distance, but never into a neighbour.")
	private double distance = 10;

	@Parameter(label = "Gap between nucleus and ring", min = "0", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "The ring begins at this distance, so that blurred edges of nuclei don't count.")
	private double gap = 0;

	@Parameter(label = "Unit of distances", choices = { "pixels", "calibrated" }, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "pixels, or calibrated: the unit that the image has, such as \u00b5m.")
	private String unit = "pixels";

	@Parameter(label = "Background correction", choices = { NONE, "constant", "rolling", "percentile" }, persist = false, attrs = @Attr(
		name = CommandParameter.MORE), description = "What is taken away from every channel before it is measured, as in Measure Cells.")
	private String background = NONE;

	@Parameter(label = "Amount of background", required = false, persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "For constant a grey value, or one for each channel with commas between them; for rolling the radius of the ball in pixels; " +
			"for percentile 0 to below 100.")
	private String amount = "";

	@Parameter(label = "Nuclei of the control", required = false, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "An open label image of the negative control. Otherwise the control is segmented as the image is.")
	private String controllabels = "";

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

	private Classification classes;

	/** What was classified; null before {@link #run()} has succeeded. */
	public Classification classes() {
		return classes;
	}

	/** Called before the dialog opens; what it fills in is for the dialog, never for a macro. */
	private void prepare() {
		attempt(() -> {
			if (Macro.getOptions() == null) labelimage = LabelImage.suggest(CurrentImage.find());
		});
	}

	@Override
	List<Suggestion> suggestions(final String key) {
		final List<Suggestion> all = new ArrayList<>();
		switch (key) {
			case "labelimage":
				return OpenImages.suggestions("the current image: segment it", "The nuclei of the current image are found with the model of More settings.");
			case "control":
				return OpenImages.suggestions(NONE, "There is no negative control.");
			case "controllabels":
				return OpenImages.suggestions("the control: segment it", "The nuclei of the control are found as those of the image.");
			case "marker":
				all.addAll(Channels.each());
				if (isColor()) Stains.NAMES.forEach(name -> all.add(new Suggestion(name, name, "For stained tissue: choose the stains below, too.")));
				return all;
			case "stains":
				all.add(new Suggestion(NONE, NONE, "The channels are measured as they are."));
				Stains.WORDS.forEach(word -> all.add(new Suggestion(word, word, "")));
				return all;
			default:
				return super.suggestions(key);
		}
	}

	private static boolean isColor() {
		final ImagePlus current = WindowManager.getCurrentImage();
		return current != null && current.getType() == ImagePlus.COLOR_RGB;
	}

	@Override
	String unit(final String key) {
		if (key.equals("size")) return area(PIXELS);
		if (key.equals("diameter")) return PIXELS;
		return (key.equals("distance") || key.equals("gap")) && unit.equals("pixels") ? PIXELS : "";
	}

	@Override
	void validate() {
		cells();
		final List<MarkerRule> rules = rules();
		if (control.trim().isEmpty() && rules.stream().anyMatch(rule -> rule.threshold().isOfControl())) {
			throw new IllegalArgumentException("A threshold is that of the negative control, but 'control' is empty: choose an open image, or another threshold.");
		}
		if (separated && !hasStains()) throw new IllegalArgumentException("separated=true shows the stains, but stains=none. Choose stains, such as h-dab.");
		if (!labelimage.trim().isEmpty()) return;
		NucleusLabels.options(channel, diameter, size, threshold);
		InstalledModels.check(model);
	}

	private boolean hasStains() {
		return !stains.trim().isEmpty() && !stains.trim().equals(NONE);
	}

	private CellOptions cells() {
		final CellOptions options = CellOptions.within(distance).gap(gap).unit(SizeUnit.of(unit)).background(CellBackground.of(background, amount));
		return hasStains() ? options.stains(Stains.parse(stains)) : options;
	}

	private List<MarkerRule> rules() {
		final List<MarkerRule> rules = new ArrayList<>();
		rules.add(MarkerRule.of(marker, MarkerRule.compartment(compartment), MarkerRule.measure(measure), Threshold.parse(cutoff)));
		rules.addAll(MarkerRule.parseAll(others == null ? "" : others));
		return rules;
	}

	@Override
	String execute(final Progress progress) throws IOException {
		validate();
		final ImagePlus image = use(CurrentImage.find());
		LabelImage.refuse(image);
		final CellOptions cells = cells();
		final ImagePlus negative = control.trim().isEmpty() ? null : use(control());
		final RegionChoice chosen = regions.equals(NONE) ? null : RegionChoice.of(image, regions);
		final double part = negative == null ? 0.9 : 0.45;
		final SegmentationOptions options = NucleusLabels.options(channel, diameter, size, threshold);
		final ImagePlus nuclei = NucleusLabels.of(this, image, labelimage, model, options, progress.part(0, part));
		final MeasuredCells measured = CellMeasurer.measure(image, nuclei, cells, progress.part(part, part + 0.05));
		final MeasuredCells controls = negative == null ? null : CellMeasurer.measure(negative, NucleusLabels.of(this, negative, controllabels, model, options,
			progress.part(part + 0.05, 0.95)), cells, progress.part(0.95, 1));
		final Classification found = Classification.of(measured, rules(), controls);
		final List<List<Object>> rows = new ArrayList<>(found.rows("whole image", i -> true));
		if (chosen != null) rows.addAll(found.rows(measured, chosen.rois(), image));
		final List<Roi> outlines = overlay || table ? LabelRois.of(nuclei, image) : Collections.emptyList();
		final ImagePlus channels = separated ? Stains.parse(stains).separate(image) : null;
		progress.checkCanceled();
		found.notes().forEach(this::warn);
		if (channels != null) channels.show();
		if (overlay) NucleusResults.showOverlay(image, outlines, colors(found, outlines.size()));
		if (table) {
			ShownTables.show(found.table(measured), image.getTitle() + SUFFIX);
			NucleusLink.connect(image, image.getTitle() + SUFFIX, outlines);
		}
		ShownTables.show(RowTable.of(Classification.header(), rows), image.getTitle() + SUMMARY);
		IJ.log(image.getTitle() + ": " + found.sentence());
		classes = found;
		return found.sentence();
	}

	private ImagePlus control() {
		final ImagePlus found = OpenImages.find("control", control);
		if (found == null) throw new IllegalArgumentException("control=" + control + " is the title of no open image. " + OpenImages.sentence());
		LabelImage.refuse(found);
		return found;
	}

	private static Color[] colors(final Classification found, final int nuclei) {
		if (nuclei != found.size()) throw new IllegalStateException(nuclei + " outlines, but " + found.size() + " classified nuclei.");
		final Color[] palette = found.markers().size() == 1 && found.thresholds(0).length > 1 ? GRADES : COLORS;
		final Color[] colors = new Color[nuclei];
		for (int i = 0; i < nuclei; i++) colors[i] = found.index(i) < 0 ? Color.GRAY : palette[found.index(i) % palette.length];
		return colors;
	}
}
