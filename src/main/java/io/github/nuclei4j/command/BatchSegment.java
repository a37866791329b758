package io.github.nuclei4j.command;

import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.Macro;
import ij.measure.ResultsTable;
import io.github.nuclei4j.batch.BatchResult;
import io.github.nuclei4j.batch.ImageOutcome;
import io.github.nuclei4j.batch.InputImage;
import io.github.nuclei4j.batch.InputImages;
import io.github.nuclei4j.batch.OutputKind;
import io.github.nuclei4j.batch.SegmentBatch;
import io.github.nuclei4j.data.Progress;
import io.github.nuclei4j.instance.Automatic;
import io.github.nuclei4j.instance.Channel;
import io.github.nuclei4j.instance.Diameter;
import io.github.nuclei4j.instance.SegmentationOptions;
import io.github.nuclei4j.instance.Separation;
import io.github.nuclei4j.instance.SizeUnit;
import io.github.nuclei4j.network.ModelStore;

/**
 * Finds, counts and measures the nuclei of all images in a folder; opens none of them. What an earlier run into the same
 * folder finished is kept. Images that fail are listed at the end and don't stop the others.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Batch Segment Folder...", initializer = "prepare",
	headless = true)
public final class BatchSegment extends NucleiCommand {

	/** Title of the table with a row per image. */
	static final String TITLE = "Batch summary";

	private static final String DEFAULT_MODEL = "nuclei";

	@Parameter(label = "Input folder of images", style = "directory", persist = false, autoFill = false,
		description = "All images in it are segmented, in natural order (a2 before a10); results of earlier runs are left out.")
	private File input;

	@Parameter(label = "Output folder of results", style = "directory", persist = false, autoFill = false,
		description = "Made if needed. A second run into the same folder does only what is left or has changed.")
	private File output;

	@Parameter(label = "Files that match (empty = all images)", required = false, persist = false,
		description = "Only process files that match this pattern: *.tif, *_dapi.{tif,png}, a part of the name, or regex: and a " +
			"regular expression. Case does not matter.")
	private String files = "";

	@Parameter(label = "Recursive (folders in folders, too)", persist = false,
		description = "Searches folders in folders, too.")
	private boolean recursive = false;

	@Parameter(label = "Model (name or file)", style = "open", persist = false,
		description = "Name of a model in ImageJ's models folder, or the path of a model file (.zip).")
	private String model = DEFAULT_MODEL;

	@Parameter(label = "Models", visibility = ItemVisibility.MESSAGE, required = false, persist = false)
	private String models = "";

	@Parameter(label = "Channel", persist = false,
		description = "The channel that shows the nuclei: its number, counted from 1, auto, or all, as a colour image.")
	private String channel = Automatic.WORD;

	@Parameter(label = "Threshold", persist = false,
		description = "Probability, above 0 up to 1, from which a pixel belongs to a nucleus. Lower finds more and larger " +
			"nuclei. auto is the model's own threshold.")
	private String threshold = Automatic.WORD;

	@Parameter(label = "Confidence", persist = false,
		description = "Lowest mean probability, 0 to 1, over the pixels of a nucleus; nuclei below this value are removed. 0 keeps " +
			"all, auto is what suits the model.")
	private String confidence = Automatic.WORD;

	@Parameter(label = "Separation of nuclei that touch", choices = { "auto", "watershed", "components", "distance", "flow",
		"distance-flow" }, persist = false,
		description = "auto takes what fits the model; watershed splits nuclei that touch at their necks; components " +
			"leaves them as one; distance, flow and distance-flow are for models that predict them.")
	private String separation = Automatic.WORD;

	@Parameter(label = "Unit of diameter and size", choices = { "pixels", "calibrated" }, persist = false,
		description = "pixels, or calibrated: the unit that each image has, such as \u00b5m for the diameter and \u00b5m\u00b2 for " +
			"the size.")
	private String unit = "pixels";

	@Parameter(label = "Diameter of nuclei", persist = false,
		description = "Typical diameter of the nuclei. Models trained at one diameter are shown the image enlarged or shrunk to " +
			"it; auto finds the diameter in each image, none uses the images as they are.")
	private String diameter = Automatic.WORD;

	@Parameter(label = "Augment (number of views averaged)", choices = { "1", "2", "8", "16" }, persist = false,
		description = "1 is the fastest; 2 adds a closer look, for models trained at one diameter; 8 averages the flips and quarter " +
			"turns; 16 is both.")
	private String augment = "2";

	@Parameter(label = "Size of the smallest nucleus (area)", min = "0", persist = false,
		description = "Smaller objects are left out.")
	private double size = SegmentationOptions.defaults().size();

	@Parameter(label = "Border nuclei are left out", persist = false,
		description = "Leaves out nuclei that touch the image's border, because they are cut off.")
	private boolean border = false;

	@Parameter(label = "Labels (write label images)", persist = false,
		description = "Writes NAME_labels.tif: each nucleus' pixels have its number.")
	private boolean labels = true;

	@Parameter(label = "Rois (write ROI zips)", persist = false,
		description = "Writes NAME_rois.zip, for the ROI Manager.")
	private boolean rois = true;

	@Parameter(label = "Overlay (write pictures with outlines)", persist = false,
		description = "Writes NAME_overlay.png: the image with the nuclei's outlines; of a stack, the plane with the most nuclei.")
	private boolean overlay = true;

	@Parameter(label = "Probabilities (write 32-bit images)", persist = false,
		description = "Writes NAME_probabilities.tif: the probability, 0 to 1, that a pixel belongs to a nucleus.")
	private boolean probabilities = false;

	@Parameter(label = "Overwrite finished images", persist = false,
		description = "Does all images again. Otherwise those that an earlier run into the folder finished are kept, if image, " +
			"settings, model and version are the same and all files are there.")
	private boolean overwrite = false;

	/** Called before the dialog opens. */
	private void prepare() {
		attempt(() -> {
			// for the dialog: a macro gets the model it names, or is told that there is none
			if (Macro.getOptions() != null) return;
			model = InstalledModels.insteadOf(model, DEFAULT_MODEL);
			models = InstalledModels.lines();
		});
	}

	@Override
	String execute(final Progress progress) throws IOException {
		requirePath(input, "input", "the folder of images");
		requirePath(output, "output", "a folder for the results");
		if (!input.isDirectory()) {
			throw new IllegalArgumentException("input=" + input + " is no folder. Choose the folder that holds the images.");
		}
		final List<InputImage> images = InputImages.find(Collections.singletonList(input.toPath()), files == null ? ""
			: files, recursive);
		final BatchResult result = SegmentBatch.into(output.toPath(), ModelStore.find(model), options()).outputs(outputs())
			.overwrite(overwrite).run(images, outcome -> {}, progress);
		table(result).show(TITLE);
		final List<String> remarks = result.remarks("overwrite=true");
		final boolean stopped = result.isCanceled();
		final boolean noted = result.outcomes().stream().anyMatch(outcome -> !outcome.notes().isEmpty());
		if (noted || !result.isComplete()) remarks.forEach(IJ::log);
		if (stopped) throw new CancellationException("Canceled by the user.");
		final String found = result.nuclei() + (result.nuclei() == 1 ? " nucleus" : " nuclei") + " in " + images.size() +
			(images.size() == 1 ? " image" : " images");
		return remarks.isEmpty() ? found : found + ". " + remarks.get(0).replaceFirst(":$", "; see the log.");
	}

	private static void requirePath(final File file, final String key, final String what) {
		if (file == null || file.getPath().isEmpty()) {
			throw new IllegalArgumentException("'" + key + "' is empty: choose " + what + ".");
		}
	}

	private SegmentationOptions options() {
		return SegmentNuclei.options(threshold, confidence).separation(Separation.of(separation)).dropBorder(
			border).channel(Channel.parse(channel)).augment(Integer.parseInt(augment)).unit(SizeUnit.of(unit)).size(size).diameter(
				Diameter.parse(diameter));
	}

	private Set<OutputKind> outputs() {
		final Set<OutputKind> kinds = EnumSet.noneOf(OutputKind.class);
		if (labels) kinds.add(OutputKind.LABELS);
		if (rois) kinds.add(OutputKind.ROIS);
		if (overlay) kinds.add(OutputKind.OVERLAY);
		if (probabilities) kinds.add(OutputKind.PROBABILITIES);
		return kinds;
	}

	/** One row per image: File, Status, Count (0 unless ok), Seconds, Error, Notes (what to know of the results). */
	static ResultsTable table(final BatchResult result) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		for (final ImageOutcome outcome : result.outcomes()) {
			table.incrementCounter();
			table.addValue("File", outcome.image().toString());
			table.addValue("Status", outcome.isKept() ? "kept" : outcome.status().name().toLowerCase(Locale.ROOT));
			table.addValue("Count", outcome.count());
			table.addValue("Seconds", outcome.seconds());
			table.addValue("Error", outcome.error());
			table.addValue("Notes", String.join(" ", outcome.notes()));
		}
		return table;
	}
}
