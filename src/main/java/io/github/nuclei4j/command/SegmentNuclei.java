package io.github.nuclei4j.command;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.Previewable;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import io.github.nuclei4j.batch.ImageDiameters;
import io.github.nuclei4j.batch.OpenImageFiles;
import io.github.nuclei4j.batch.SegmentationRecord;
import io.github.nuclei4j.image.ImageChannels;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.inference.Backend;
import io.github.nuclei4j.measure.KeepRule;
import io.github.nuclei4j.measure.NucleusFilter;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.Channel;
import io.github.nuclei4j.segment.Diameter;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.PlaneChoice;
import io.github.nuclei4j.segment.PredictionMode;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separation;
import io.github.nuclei4j.segment.SizeUnit;
import io.github.nuclei4j.segment.VolumeMethod;
import io.github.nuclei4j.volume.VolumeSegmenter;
import io.github.nuclei4j.util.Progress;

/**
 * Finds, outlines, counts and measures the nuclei of the current image.
 * <p>
 * The image's pixels, selection and calibration stay as they are. Its overlay keeps what is in it, except nuclei that an
 * earlier run put there: those are replaced.
 * </p>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Segment Nuclei...", initializer = "prepare", headless = true)
public final class SegmentNuclei extends NucleiCommand implements Previewable {

	private static final String DEFAULT_MODEL = "nuclei";
	private static final String SELECTION = "selection";

	/** Maps of the visible part take less, bytes. */
	private static final long MOST_REMEMBERED = 1 << 28;

	@Parameter(label = "Preview", visibility = ItemVisibility.TRANSIENT, persist = false,
		description = "Outlines the nuclei in the visible part of the current plane: first a quick look without averaging, then the result " +
			"of OK. You can move around in the image; changes of threshold and size show at once.")
	private boolean preview = false;

	@Parameter(label = "Model", style = "open", persist = false,
		description = "Name of a model in ImageJ's models folder, or the path of a model file (.zip).")
	private String model = DEFAULT_MODEL;

	@Parameter(label = "Channel of the nuclei", persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "auto chooses the channel that shows the nuclei; all takes the channels as a colour image, for stained " +
			"tissue; or the number of a channel, from 1, or its name. Channels 1 to 3 of an RGB image are red, green and blue.")
	private String channel = Automatic.WORD;

	@Parameter(label = "Nucleus diameter", persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "Typical diameter of the nuclei: auto finds it in the image, none uses the image as it is. Models trained at " +
			"one diameter are shown the image enlarged or shrunk to it.")
	private String diameter = Automatic.WORD;

	@Parameter(label = "Smallest nucleus (area)", min = "0", persist = false, description = "Smaller objects are removed.")
	private double size = SegmentationOptions.defaults().size();

	@Parameter(label = "Overlay of outlines", persist = false,
		description = "Draws the outlines over the image. Other things in its overlay stay; nuclei of an earlier run are " +
			"replaced.")
	private boolean overlay = true;

	@Parameter(label = "Table of measurements", persist = false,
		description = "Opens a table with one row per nucleus, named after the image.")
	private boolean table = true;

	@Parameter(label = "Label image", persist = false,
		description = "Opens an image in which each nucleus has its own number as pixel value, 0 for background.")
	private boolean labels = false;

	@Parameter(label = "Add to ROI Manager", persist = false,
		description = "Adds the outlines to the ROI Manager, behind those already there.")
	private boolean manager = false;

	@Parameter(label = "Planes", choices = { "all", "current", "volume" }, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "all processes every slice and frame of a stack, current only the one shown, volume the " +
			"slices of each frame together, so that a nucleus in several slices is one object. If an area is selected on the image, " +
			"only that area is segmented; lines and points are ignored.")
	private String planes = "all";

	@Parameter(label = "Volumes", choices = { "axes", "linked" }, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "For planes=volume: axes shows the network planes across x, y and z; linked finds nuclei slice by slice and " +
			"links them by overlap.")
	private String depth = "axes";

	@Parameter(label = "Distance of slices", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "For planes=volume: auto is what the image says (Image > Properties...); or a number of pixel widths, or a " +
			"length if the unit of sizes is calibrated.")
	private String zstep = Automatic.WORD;

	@Parameter(label = "Unit of sizes", choices = { "pixels", "calibrated" }, persist = false, attrs = @Attr(
		name = CommandParameter.MORE),
		description = "pixels, or calibrated: the unit that the image has, such as \u00b5m for the diameter and \u00b5m\u00b2 for the " +
			"area.")
	private String unit = "pixels";

	@Parameter(label = "Diameter from", choices = { Automatic.WORD, SELECTION }, persist = false, attrs = @Attr(
		name = CommandParameter.MORE),
		description = "auto uses the nucleus diameter above; selection measures what is selected on the image instead: a line across one " +
			"typical nucleus or an area around it, which then does not limit the segmentation.")
	private String scale = Automatic.WORD;

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

	@Parameter(label = "Mode", choices = { "tiles", "scaled" }, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "tiles works at the resolution that suits the model, for images of any size; scaled shrinks or enlarges the " +
			"whole image to the size the model was trained with.")
	private String mode = "tiles";

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

	@Parameter(label = "Output folder", style = "directory", required = false, persist = false, autoFill = false,
		attrs = @Attr(name = CommandParameter.MORE),
		description = "Folder for the label image, the ROIs, a picture with the outlines, the measurements, and a record with all settings " +
			"and a text for a methods section. Existing files of the same names are replaced. Empty for no files.")
	private File output;

	@Parameter(label = "Exclude on edges", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Removes nuclei that touch the border of the image, or of the selected area, because they are cut off.")
	private boolean border = false;

	@Parameter(label = "Keep only if", required = false, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Keeps nuclei whose measurements meet this, such as Area>=40 and Circularity>0.6, by the columns of the table. " +
			"Empty keeps all; the preview shows all.")
	private String keep = "";

	@Parameter(label = "Probability image", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Opens a 32-bit image of the probability, 0 to 1, that a pixel belongs to a nucleus.")
	private boolean probabilities = false;

	private ImagePlus image;
	private boolean wasShown;
	private NucleusPreview previewer;
	private int count = -1;

	/** Number of nuclei found in all planes of the image; -1 before {@link #run()} has succeeded. */
	public int count() {
		return count;
	}

	/** Called before the dialog opens; what it fills in is for the dialog, never for a macro. */
	private void prepare() {
		attempt(() -> {
			image = CurrentImage.find();
			wasShown = image.getWindow() != null;
			if (Macro.getOptions() != null) return;
			model = InstalledModels.insteadOf(model, DEFAULT_MODEL);
			if (!wasShown) return;
			previewer = previewer();
			previewer.expect(model);
		});
	}

	/** Called after every change in the dialog. */
	@Override
	public void preview() {
		if (image == null) return;
		if (!preview) {
			if (previewer != null) previewer.hide();
			return;
		}
		if (previewer == null) previewer = previewer();
		previewer.show(model, () -> {
			check();
			return options();
		});
	}

	private NucleusPreview previewer() {
		return new NucleusPreview(image, SegmentNuclei::load, this::tell);
	}

	/** The segmenter of a model, for a preview. */
	static NucleusSegmenter load(final String name) throws IOException {
		return new NucleusSegmenter(ModelFile.read(ModelStore.find(name))).remembering(MOST_REMEMBERED);
	}

	@Override
	String unit(final String key) {
		final boolean calibrated = unit.equals("calibrated") && image != null;
		final String length = calibrated ? Scales.measured(image.getCalibration()).getUnits() : PIXELS;
		if (key.equals("diameter")) return length;
		return key.equals("size") ? area(length) : "";
	}

	@Override
	void validate() {
		if (image == null) return;
		check();
		options();
		InstalledModels.check(model);
	}

	/** Called when the dialog is canceled. */
	@Override
	public void cancel() {
		if (previewer != null) previewer.close();
	}

	@Override
	public void cancel(final String reason) {
		cancel();
		super.cancel(reason);
	}

	@Override
	String execute(final Progress progress) throws IOException {
		if (previewer != null) previewer.close();
		if (image == null) image = CurrentImage.find();
		LabelImage.refuse(image);
		check();
		use(image);
		final SegmentationOptions options = options();
		final Segmentation found;
		final NucleusResults results;
		final SegmentationRecord record;
		final Path folder = folder();
		final Path modelFile = ModelStore.find(model);
		try (NucleusSegmenter segmenter = new NucleusSegmenter(ModelFile.read(modelFile), options.backend())) {
			found = NucleusFilter.segment(segmenter, image, options, progress);
			record = SegmentationRecord.of(modelFile, options);
			record.attachTo(found.labels());
			results = NucleusResults.of(image, found);
		}
		progress.checkCanceled();
		if (probabilities) results.showProbabilities();
		// last, so that it is the active image in every mode
		if (labels) results.showLabels();
		// ImageJ draws the overlay while the table is being written
		if (overlay) results.showOverlay();
		if (table) results.showTable();
		if (manager) results.addToManager();
		count = results.count();
		ShownTables.counted(image.getTitle(), count);
		final String files = folder == null ? "" : ", files " + results.write(record, probabilities, folder) + "_* in " +
			folder;
		final String chosen = found.channel().sentence();
		if (!chosen.isEmpty()) IJ.log(image.getTitle() + ": " + chosen);
		found.warnings().forEach(this::warn);
		final String typical = ImageDiameters.typical(found.sizes());
		return count + (count == 1 ? " nucleus in " : " nuclei in ") + (options.area() == null ? "" : "the selection of ") + image
			.getTitle() + (typical.isEmpty() ? "" : ", nucleus diameter " + typical + " pixels") + files + (chosen.isEmpty() ? "" : ". " + chosen) + (found.warnings().isEmpty() ? "" : ". Warning: " + String.join(" ", found.warnings()));
	}

	/** Where the files go, made before the work begins; null if none are wanted. */
	private Path folder() {
		if (output == null) return null;
		final Path folder = output.toPath();
		OpenImageFiles.make(folder);
		return folder;
	}

	private void check() {
		if (wasShown && image.getWindow() == null) {
			throw new IllegalArgumentException("The image '" + image.getTitle() + "' was closed. Open it and try again.");
		}
		checkChannel(image, Channel.parse(channel));
		if (PlaneChoice.of(planes) == PlaneChoice.VOLUME) VolumeSegmenter.check(image, options());
		if (manager && GraphicsEnvironment.isHeadless()) {
			throw new IllegalArgumentException(
				"manager=true needs a display, because the ROI Manager is a window. Use overlay=true.");
		}
	}

	/** @throws IllegalArgumentException if the image doesn't have the channel; the message lists those it has */
	static void checkChannel(final ImagePlus image, final Channel channel) {
		if (channel.isOne()) ImageChannels.of(image).number(channel.toString(), image.getTitle());
	}

	private SegmentationOptions options() {
		final SegmentationOptions options = options(threshold, confidence).separation(Separation.of(separation)).dropBorder(
			border).channel(Channel.parse(channel)).mode(PredictionMode.of(mode)).augment(Integer.parseInt(augment)).planes(
				PlaneChoice.of(planes)).unit(SizeUnit.of(unit)).size(size).depth(VolumeMethod.of(depth)).zStep(Automatic.number(
					"zstep", zstep)).backend(Backend.of(backend)).keep(rule(keep));
		if (scale.equals(Automatic.WORD)) return options.diameter(Diameter.parse(diameter)).area(SelectedNucleus.area(image)).inPixels(image);
		return options.inPixels(image).diameter(SelectedNucleus.diameter(image));
	}

	/**
	 * A rule as it is recorded, or null if there is none.
	 *
	 * @throws IllegalArgumentException if it can't be read
	 */
	static String rule(final String keep) {
		return keep.trim().isEmpty() ? null : KeepRule.parse(keep).toString();
	}

	/**
	 * The defaults with the values of two fields.
	 *
	 * @throws IllegalArgumentException if one of them is neither auto nor a possible number
	 */
	static SegmentationOptions options(final String threshold, final String confidence) {
		return SegmentationOptions.defaults().threshold(Automatic.number("threshold", threshold)).confidence(Automatic.number(
			"confidence", confidence));
	}
}
