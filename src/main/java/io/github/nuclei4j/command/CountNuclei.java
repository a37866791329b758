package io.github.nuclei4j.command;

import java.io.IOException;
import java.util.Collections;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import ij.Macro;
import ij.gui.Roi;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.measure.Regions;
import io.github.nuclei4j.measure.RoiCounter.RoiCount;
import io.github.nuclei4j.measure.RoiCounter;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;

/**
 * Counts nuclei in each of the user's regions on the current image: those of a label image, or else those that a model finds.
 * <p>
 * The image's pixels, selection, and what the user put into the overlay and the ROI Manager stay as they are.
 * </p>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Count Nuclei in ROIs...", initializer = "prepare", headless = true)
public final class CountNuclei extends NucleiCommand {

	@Parameter(label = "Count in", choices = { RegionChoice.AUTO, RegionChoice.SELECTION, RegionChoice.OVERLAY,
		RegionChoice.MANAGER }, persist = false,
		description = "The selection, the regions in the image's overlay, or those in the ROI Manager. auto uses the first that exists. " +
			"Without any, the whole image is one region, and the table says so.")
	private String regions = RegionChoice.AUTO;

	@Parameter(label = "Nuclei on a border", choices = { "centroid", "overlap", "inside" }, persist = false,
		description = "centroid counts a nucleus if its centre is inside the region: adjoining regions then count each nucleus once. " +
			"overlap counts it if any of its pixels is inside, inside only if all are.")
	private String rule = "centroid";

	@Parameter(label = "Nuclei of", required = false, persist = false,
		description = "An open label image, in which every nucleus has its own number as pixel value and 0 is background. " +
			"Otherwise the current image is segmented first, unless it is itself a label image of Segment Nuclei....")
	private String labelimage = "";

	@Parameter(label = "Model", style = "open", persist = false,
		description = "For segmenting: name of a model in ImageJ's models folder, or the path of a model file (.zip).")
	private String model = "nuclei";

	@Parameter(label = "Channel of the nuclei", persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "For segmenting: auto chooses the channel that shows the nuclei; all takes the channels as a colour image, for stained " +
			"tissue; or the number of a channel, from 1, or its name. Channels 1 to 3 of an RGB image are red, green and blue.")
	private String channel = Automatic.WORD;

	@Parameter(label = "Nucleus diameter", persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "For segmenting: typical diameter of the nuclei in pixels; auto finds it in the image, none uses the image as " +
			"it is. For more settings use Segment Nuclei..., and count in its label image.")
	private String diameter = Automatic.WORD;

	@Parameter(label = "Smallest nucleus (area)", min = "0", persist = false,
		description = "For segmenting: smaller objects, in pixels, are removed.")
	private int size = SegmentationOptions.defaults().size();

	@Parameter(label = "Each slice and frame", persist = false,
		description = "A row for each slice and frame of a stack. Otherwise a region without a position counts in all planes together.")
	private boolean separately = false;

	@Parameter(label = "Overlay of outlines", persist = false,
		description = "Draws the outlines of all nuclei over the image. Other things in its overlay stay; nuclei of an earlier run " +
			"are replaced.")
	private boolean outlines = false;

	@Parameter(label = "Threshold", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "For segmenting: probability, above 0 up to 1, from which a pixel belongs to a nucleus. Lower finds more and larger " +
			"nuclei. auto is the model's own threshold.")
	private String threshold = Automatic.WORD;

	private List<RoiCount> counts = Collections.emptyList();

	/** What was counted, in the regions' order; empty before {@link #run()} has succeeded. */
	public List<RoiCount> counts() {
		return counts;
	}

	/** Called before the dialog opens; what it fills in is for the dialog, never for a macro. */
	private void prepare() {
		attempt(() -> {
			if (Macro.getOptions() == null) labelimage = LabelImage.suggest(CurrentImage.find());
		});
	}

	@Override
	List<Suggestion> suggestions(final String key) {
		return key.equals("labelimage") ? OpenImages.suggestions("the current image: segment it",
			"The nuclei of the current image are found with the model below.") : super.suggestions(key);
	}

	@Override
	String unit(final String key) {
		return key.equals("diameter") ? PIXELS : key.equals("size") ? area(PIXELS) : "";
	}

	@Override
	void validate() {
		if (labelimage.trim().isEmpty()) {
			options();
			InstalledModels.check(model);
		}
	}

	@Override
	String execute(final Progress progress) throws IOException {
		final ImagePlus image = use(CurrentImage.find());
		final RegionChoice chosen = RegionChoice.of(image, regions);
		final ImagePlus counted = NucleusLabels.of(this, image, labelimage, model, options(), progress);
		final List<Roi> rois = Regions.onLabels(chosen.rois(), image, counted);
		final List<RoiCount> found = RoiCounter.count(counted, rois, RoiCounter.Rule.of(rule), separately,
			(Scales.isReal(image.getCalibration()) ? image : counted).getCalibration(), progress);
		progress.checkCanceled();
		if (outlines) NucleusResults.showOverlay(image, LabelRois.of(counted, image));
		ShownTables.show(RoiCounter.table(found), image.getTitle() + " counts");
		counts = found;
		final int sum = counts.stream().mapToInt(RoiCount::count).sum();
		return sum + (sum == 1 ? " nucleus in " : " nuclei in ") + chosen + " of " + image.getTitle() + ", rule " + rule;
	}

	private SegmentationOptions options() {
		return NucleusLabels.options(channel, diameter, size, threshold);
	}
}
