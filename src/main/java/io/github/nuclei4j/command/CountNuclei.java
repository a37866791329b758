package io.github.nuclei4j.command;

import java.io.IOException;
import java.util.Collections;
import java.util.List;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import ij.Macro;
import ij.gui.Roi;
import io.github.nuclei4j.data.Progress;
import io.github.nuclei4j.instance.Automatic;
import io.github.nuclei4j.instance.Channel;
import io.github.nuclei4j.instance.Diameter;
import io.github.nuclei4j.instance.NucleusSegmenter;
import io.github.nuclei4j.instance.SegmentationOptions;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.measure.Regions;
import io.github.nuclei4j.measure.RoiCounter;
import io.github.nuclei4j.measure.RoiCounter.RoiCount;
import io.github.nuclei4j.network.ModelFile;
import io.github.nuclei4j.network.ModelStore;

/**
 * Counts nuclei in each of the user's regions on the current image: those of a label image, or else those that a model finds.
 * <p>
 * The image's pixels, selection, and what the user put into the overlay and the ROI Manager stay as they are.
 * </p>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Count Nuclei in ROIs...", initializer = "prepare", headless = true)
public final class CountNuclei extends NucleiCommand {

	@Parameter(label = "Regions to count in", choices = { RegionChoice.AUTO, RegionChoice.SELECTION, RegionChoice.OVERLAY,
		RegionChoice.MANAGER }, persist = false,
		description = "The selection, the regions of the image's overlay, or those in the ROI Manager. auto takes the first of them " +
			"that exists. Without any, the whole image is one region, and the table says so.")
	private String regions = RegionChoice.AUTO;

	@Parameter(label = "Rule for nuclei on a region's border", choices = { "centroid", "overlap", "inside" }, persist = false,
		description = "centroid counts a nucleus if its centre is in the region, so that adjoining regions count each nucleus " +
			"once; overlap counts it if any pixel is; inside only if all of it is.")
	private String rule = "centroid";

	@Parameter(label = "Separately for each slice and frame", persist = false,
		description = "A row for each slice and frame of a stack. Otherwise a region without a position counts in all planes together.")
	private boolean separately = false;

	@Parameter(label = "Labels (open label image, empty = segment)", required = false, persist = false,
		description = "Title of an open image in which every nucleus has its own number as pixel value and 0 is background. If " +
			"it is empty, the current image is segmented first, unless it is itself a label image of Segment Nuclei....")
	private String labelimage = "";

	@Parameter(label = "Open images", visibility = ItemVisibility.MESSAGE, required = false, persist = false)
	private String open = "";

	@Parameter(label = "Model (name or file)", style = "open", persist = false,
		description = "For segmenting: name of a model in ImageJ's models folder, or the path of a model file (.zip).")
	private String model = "nuclei";

	@Parameter(label = "Channel", persist = false,
		description = "For segmenting: the channel that shows the nuclei: its number, counted from 1, auto, or all, as a colour " +
			"image.")
	private String channel = Automatic.WORD;

	@Parameter(label = "Threshold", persist = false,
		description = "For segmenting: probability, above 0 up to 1, from which a pixel belongs to a nucleus.")
	private String threshold = Automatic.WORD;

	@Parameter(label = "Diameter of nuclei (pixels)", persist = false,
		description = "For segmenting: typical diameter of the nuclei, auto, or none to use the image as it is. For more settings use Segment Nuclei..., and count in its label " +
			"image.")
	private String diameter = Automatic.WORD;

	@Parameter(label = "Size of the smallest nucleus (pixels)", min = "0", persist = false,
		description = "For segmenting: smaller objects are left out.")
	private int size = SegmentationOptions.defaults().size();

	@Parameter(label = "Outlines of the nuclei as overlay", persist = false,
		description = "Draws the outlines of all nuclei over the image. Other things in its overlay stay; nuclei of an earlier run " +
			"are replaced.")
	private boolean outlines = false;

	private List<RoiCount> counts = Collections.emptyList();

	/** What was counted, in the regions' order; empty before {@link #run()} has succeeded. */
	public List<RoiCount> counts() {
		return counts;
	}

	/** Called before the dialog opens; what it fills in is for the dialog, never for a macro. */
	private void prepare() {
		attempt(() -> {
			open = UserMessage.wrap(OpenImages.sentence());
			if (Macro.getOptions() == null) labelimage = LabelImage.suggest(CurrentImage.find());
		});
	}

	@Override
	String execute(final Progress progress) throws IOException {
		final ImagePlus image = use(CurrentImage.find());
		final RegionChoice chosen = RegionChoice.of(image, regions);
		final ImagePlus given = LabelImage.find(image, labelimage);
		final ImagePlus counted = given != null ? use(given) : segment(image, progress);
		final List<Roi> rois = Regions.onLabels(chosen.rois(), image, counted);
		final List<RoiCount> found = RoiCounter.count(counted, rois, RoiCounter.Rule.of(rule), separately,
			(image.getCalibration().scaled() ? image : counted).getCalibration(), progress);
		progress.checkCanceled();
		if (outlines) NucleusResults.showOverlay(image, LabelRois.of(counted, image));
		RoiCounter.table(found).show(image.getTitle() + " counts");
		counts = found;
		final int sum = counts.stream().mapToInt(RoiCount::count).sum();
		return sum + (sum == 1 ? " nucleus in " : " nuclei in ") + chosen + " of " + image.getTitle() + ", rule " + rule;
	}

	private ImagePlus segment(final ImagePlus image, final Progress progress) throws IOException {
		SegmentNuclei.checkChannel(image, Channel.parse(channel));
		final SegmentationOptions options = SegmentNuclei.options(threshold, Automatic.WORD).size(size).channel(Channel.parse(channel))
			.diameter(Diameter.parse(diameter));
		try (NucleusSegmenter segmenter = new NucleusSegmenter(ModelFile.read(ModelStore.find(model)))) {
			return segmenter.segment(image, options, progress).labels();
		}
	}
}
