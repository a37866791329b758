package io.github.nuclei4j.command;

import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.Macro;
import ij.measure.ResultsTable;
import io.github.nuclei4j.batch.BatchResult;
import io.github.nuclei4j.batch.ImageOutcome;
import io.github.nuclei4j.batch.InputImage;
import io.github.nuclei4j.batch.InputImages;
import io.github.nuclei4j.batch.InputSeries;
import io.github.nuclei4j.batch.OutputKind;
import io.github.nuclei4j.batch.SegmentBatch;
import io.github.nuclei4j.cells.FociColumns;
import io.github.nuclei4j.cells.FociOptions;
import io.github.nuclei4j.cells.NucleusColumns;
import io.github.nuclei4j.inference.Backend;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.Channel;
import io.github.nuclei4j.segment.Diameter;
import io.github.nuclei4j.segment.PlaneChoice;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separation;
import io.github.nuclei4j.segment.SizeUnit;
import io.github.nuclei4j.segment.VolumeMethod;
import io.github.nuclei4j.util.Progress;

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

	@Parameter(label = "Folder of images", style = "directory", persist = false, autoFill = false,
		description = "All images in it are segmented, in natural order (a2 before a10); results of earlier runs are ignored.")
	private File input;

	@Parameter(label = "Folder for results", style = "directory", persist = false, autoFill = false,
		description = "Created if it doesn't exist. A second run into the same folder only processes images that are new, failed or changed.")
	private File output;

	@Parameter(label = "Model", style = "open", persist = false,
		description = "Name of a model in ImageJ's models folder, or the path of a model file (.zip).")
	private String model = DEFAULT_MODEL;

	@Parameter(label = "Channel of the nuclei", persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "auto chooses the channel that shows the nuclei; all takes the channels as a colour image, for stained " +
			"tissue; or the number of a channel, from 1, or its name. Channels 1 to 3 of an RGB image are red, green and blue.")
	private String channel = Automatic.WORD;

	@Parameter(label = "Nucleus diameter", persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "Typical diameter of the nuclei: auto finds it in each image, none uses the images as they are. Models " +
			"trained at one diameter are shown the images enlarged or shrunk to it.")
	private String diameter = Automatic.WORD;

	@Parameter(label = "Smallest nucleus (area)", min = "0", persist = false, description = "Smaller objects are removed.")
	private double size = SegmentationOptions.defaults().size();

	@Parameter(label = "Label images", persist = false,
		description = "Writes NAME_labels.tif: each nucleus' pixels have its number.")
	private boolean labels = true;

	@Parameter(label = "ROI zips", persist = false, description = "Writes NAME_rois.zip, for the ROI Manager.")
	private boolean rois = true;

	@Parameter(label = "Pictures with outlines", persist = false,
		description = "Writes NAME_overlay.png: the image with the nuclei's outlines; of a stack, the plane with the most nuclei.")
	private boolean overlay = true;

	@Parameter(label = "Only files that match", required = false, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Empty for all images, or a pattern: *.tif, *_dapi.{tif,png}, a part of the name, or regex: and a " +
			"regular expression. Case does not matter.")
	private String files = "";

	@Parameter(label = "Keep only if", required = false, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Keeps nuclei whose measurements meet this, such as Area>=40 and Circularity>0.6, by the columns of nuclei.csv. " +
			"Empty keeps all.")
	private String keep = "";

	@Parameter(label = "Planes", choices = { "all", "volume" }, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "all takes every slice and frame of a stack by itself; volume takes the slices of each frame together, so that " +
			"a nucleus in several slices is one object.")
	private String planes = "all";

	@Parameter(label = "Volumes", choices = { "axes", "linked" }, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "For planes=volume: axes shows the network planes across x, y and z; linked finds nuclei slice by slice and " +
			"links them by overlap.")
	private String depth = "axes";

	@Parameter(label = "Distance of slices", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "For planes=volume: auto is what each file says; or a number of pixel widths, or a length if the unit of sizes " +
			"is calibrated.")
	private String zstep = Automatic.WORD;

	@Parameter(label = "Unit of sizes", choices = { "pixels", "calibrated" }, persist = false, attrs = @Attr(
		name = CommandParameter.MORE),
		description = "pixels, or calibrated: the unit that each image has, such as \u00b5m for the diameter and \u00b5m\u00b2 for " +
			"the area.")
	private String unit = "pixels";

	@Parameter(label = "Threshold", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "Probability, above 0 up to 1, from which a pixel belongs to a nucleus. Lower finds more and larger " +
			"nuclei. auto is the model's own threshold.")
	private String threshold = Automatic.WORD;

	@Parameter(label = "Confidence", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "Lowest mean probability, 0 to 1, over the pixels of a nucleus; nuclei below this value, such as debris and " +
			"nuclei out of focus, are removed. 0 keeps all, auto is what suits the model.")
	private String confidence = Automatic.WORD;

	@Parameter(label = "Touching nuclei", choices = { "auto", "watershed", "components", "distance", "flow",
		"distance-flow" }, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "auto takes what suits the model; watershed splits nuclei at their necks; components leaves touching " +
			"nuclei as one; distance, flow and distance-flow are for models that predict them.")
	private String separation = Automatic.WORD;

	@Parameter(label = "Views averaged", choices = { "1", "2", "8", "16" }, persist = false, attrs = @Attr(
		name = CommandParameter.MORE),
		description = "1 is the fastest; 2 adds a closer look, for models trained at one diameter; 8 averages the flips and quarter " +
			"turns; 16 is both.")
	private String augment = "1";

	@Parameter(label = "Runs on", choices = { "auto", "onednn", "onnx", "dl4j" }, persist = false, attrs = @Attr(
		name = CommandParameter.MORE),
		description = "auto is the fastest that is installed; onednn is the engine on x86-64 processors, onnx is ONNX Runtime, dl4j " +
			"is Deeplearning4j.")
	private String backend = Automatic.WORD;

	@Parameter(label = "Include subfolders", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Also segments the images in folders inside the folder.")
	private boolean recursive = false;

	@Parameter(label = "Images in a file", required = false, persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "Of files that hold several images (series): all segments each under its own name; a number from 1 chooses " +
			"one. Thumbnails and the smaller copies in a pyramid are segmented only if chosen by number.")
	private String series = InputSeries.ALL;

	@Parameter(label = "Count foci in channel", required = false, persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "Number or name of a channel, or two with a comma between them: adds the numbers of Count Foci in Nuclei... to " +
			"nuclei.csv. Empty for none.")
	private String foci = "";

	@Parameter(label = "Focus diameter", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "Diameter of a typical focus; auto estimates it in each image. Give a number to compare images.")
	private String spot = Automatic.WORD;

	@Parameter(label = "Strength of foci", min = "0.1", max = "1000", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "How far a focus stands out of the noise in its nucleus: 5 gives hardly any false foci; 3 finds fainter ones, some false.")
	private double strength = FociOptions.DEFAULT_STRENGTH;

	@Parameter(label = "Exclude on edges", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Removes nuclei that touch the image's border, because they are cut off.")
	private boolean border = false;

	@Parameter(label = "Probability images", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Writes NAME_probabilities.tif: the probability, 0 to 1, that a pixel belongs to a nucleus.")
	private boolean probabilities = false;

	@Parameter(label = "Reprocess finished images", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Otherwise images that an earlier run into the folder finished are kept, if image, settings, model and " +
			"version are the same and all files are there.")
	private boolean overwrite = false;

	/** Called before the dialog opens. */
	private void prepare() {
		attempt(() -> {
			// for the dialog: a macro gets the model it names, or is told that there is none
			if (Macro.getOptions() != null) return;
			model = InstalledModels.insteadOf(model, DEFAULT_MODEL);
		});
	}

	private List<NucleusColumns> columns() {
		if (foci == null || foci.trim().isEmpty()) return Collections.emptyList();
		return Collections.singletonList(new FociColumns(FociOptions.parse(foci).diameter(Automatic.number("focus diameter", spot))
			.strength(strength).unit(SizeUnit.of(unit))));
	}

	@Override
	String unit(final String key) {
		final boolean calibrated = unit.equals("calibrated");
		if (key.equals("diameter") || key.equals("spot")) return calibrated ? "in each image's unit" : PIXELS;
		return key.equals("size") ? calibrated ? "in each image's unit, squared" : area(PIXELS) : "";
	}

	@Override
	void validate() {
		check();
		options();
		columns();
		InstalledModels.check(model);
	}

	private void check() {
		requirePath(input, "input", "the folder of images");
		requirePath(output, "output", "a folder for the results");
		if (!input.isDirectory()) {
			throw new IllegalArgumentException("input=" + input + " is not a folder. Choose the folder that holds the images.");
		}
	}

	@Override
	String execute(final Progress progress) throws IOException {
		check();
		final List<InputImage> images = InputImages.find(Collections.singletonList(input.toPath()), files == null ? ""
			: files, recursive, series == null || series.trim().isEmpty() ? InputSeries.ALL : series);
		InputSeries.large(images).forEach(IJ::log);
		final BatchResult result = SegmentBatch.into(output.toPath(), ModelStore.find(model), options()).outputs(outputs()).columns(columns())
			.overwrite(overwrite).run(images, outcome -> {}, progress);
		ShownTables.show(table(result), TITLE);
		final List<String> remarks = result.remarks("overwrite=true");
		final boolean stopped = result.isCanceled();
		final boolean noted = result.outcomes().stream().anyMatch(outcome -> !outcome.notes().isEmpty() || outcome
			.channel() != null && outcome.channel().isChosen());
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
			border).channel(Channel.parse(channel)).augment(Integer.parseInt(augment)).unit(SizeUnit.of(unit)).planes(PlaneChoice.of(planes)).depth(VolumeMethod.of(depth)).zStep(
				Automatic.number("zstep", zstep)).size(size).diameter(
				Diameter.parse(diameter)).backend(Backend.of(backend)).keep(SegmentNuclei.rule(keep));
	}

	private Set<OutputKind> outputs() {
		final Set<OutputKind> kinds = EnumSet.noneOf(OutputKind.class);
		if (labels) kinds.add(OutputKind.LABELS);
		if (rois) kinds.add(OutputKind.ROIS);
		if (overlay) kinds.add(OutputKind.OVERLAY);
		if (probabilities) kinds.add(OutputKind.PROBABILITIES);
		return kinds;
	}

	/** One row per image: File, Status, Count (0 unless ok), Seconds, Error, Notes (what to know of the results), Channel. */
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
			table.addValue("Channel", outcome.channel() == null ? "" : outcome.channel().toString());
		}
		return table;
	}
}
