package io.github.nuclei4j.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.Previewable;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Roi;
import io.github.nuclei4j.cells.CountedFoci;
import io.github.nuclei4j.cells.FociCounter;
import io.github.nuclei4j.cells.FociOptions;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.PlaneChoice;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.SizeUnit;
import io.github.nuclei4j.util.Progress;

/**
 * Counts and measures spots in the nuclei of the current image, such as foci of repair proteins or signals of FISH, in one
 * channel or in two that are compared.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Count Foci in Nuclei...", initializer = "prepare", headless = true)
public final class CountFoci extends NucleiCommand implements Previewable {

	/** What follows an image's title in the titles of the tables of nuclei and of single foci. */
	static final String SUFFIX = " foci";
	static final String SINGLE = " single foci";

	private static final String NONE = "none";

	@Parameter(label = "Preview", visibility = ItemVisibility.TRANSIENT, persist = false,
		description = "Shows the foci of the current plane that would be found. Without a label image its nuclei are found first.")
	private boolean preview = false;

	@Parameter(label = "Nuclei of", required = false, persist = false,
		description = "An open label image, in which every nucleus has its own number as pixel value and 0 is background. " +
			"Otherwise the current image is segmented first.")
	private String labelimage = "";

	@Parameter(label = "Channel of the foci", persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "Number, from 1, or name of the channel that shows the foci.")
	private String foci = "1";

	@Parameter(label = "Second channel of foci", required = false, persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "Its foci are counted, too, and how many of them meet one of the first channel; none for one channel only.")
	private String second = NONE;

	@Parameter(label = "Foci meet within", persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "Largest distance between the centres of two foci that meet; auto is the diameter of the foci.")
	private String distance = Automatic.WORD;

	@Parameter(label = "Focus diameter", persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "Diameter of a typical focus; auto estimates it in the image. Give a number to compare images.")
	private String spot = Automatic.WORD;

	@Parameter(label = "Strength", min = "0.1", max = "1000", persist = false,
		description = "How far a focus stands out of the noise in its nucleus: 5 gives hardly any false foci; 3 finds fainter ones, some false.")
	private double strength = FociOptions.DEFAULT_STRENGTH;

	@Parameter(label = "Overlay of points", persist = false,
		description = "Marks the foci over the image. Other things in its overlay stay; foci of an earlier run are replaced.")
	private boolean overlay = true;

	@Parameter(label = "Table of nuclei", persist = false,
		description = "Opens a table with one row per nucleus: number, area and brightness of its foci.")
	private boolean table = true;

	@Parameter(label = "Table of single foci", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Opens a table with one row per focus.")
	private boolean single = false;

	@Parameter(label = "Unit of sizes", choices = { "pixels", "calibrated" }, persist = false, attrs = @Attr(
		name = CommandParameter.MORE), description = "For diameter and distance of foci: pixels, or calibrated, the unit that the image has.")
	private String unit = "pixels";

	@Parameter(label = "Model", style = "open", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "For segmenting: name of a model in ImageJ's models folder, or the path of a model file (.zip).")
	private String model = "nuclei";

	@Parameter(label = "Channel of the nuclei", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "For segmenting: auto chooses the channel that shows the nuclei; all takes the channels as a colour image; or the " +
			"number of a channel, from 1, or its name.")
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

	private ImagePlus image;
	private FociPreview previewer;
	private CountedFoci counted;

	/** What was counted; null before {@link #run()} has succeeded. */
	public CountedFoci counted() {
		return counted;
	}

	/** Called before the dialog opens; what it fills in is for the dialog, never for a macro. */
	private void prepare() {
		attempt(() -> {
			image = CurrentImage.find();
			if (Macro.getOptions() == null) labelimage = LabelImage.suggest(image);
		});
	}

	@Override
	List<Suggestion> suggestions(final String key) {
		if (key.equals("labelimage")) return OpenImages.suggestions("the current image: segment it",
			"The nuclei of the current image are found with the model of More settings.");
		if (key.equals("foci")) return Channels.each();
		if (!key.equals("second")) return super.suggestions(key);
		final List<Suggestion> all = new ArrayList<>();
		all.add(new Suggestion(NONE, NONE, "The foci of one channel are counted."));
		all.addAll(Channels.each());
		return all;
	}

	@Override
	String unit(final String key) {
		if (key.equals("size")) return area(PIXELS);
		if (key.equals("diameter")) return PIXELS;
		if (!key.equals("spot") && !key.equals("distance")) return key.equals("strength") ? "x noise" : "";
		final ImagePlus current = WindowManager.getCurrentImage();
		if (unit.equals("pixels")) return "pixels";
		return current == null ? "" : Scales.measured(current.getCalibration()).getUnits();
	}

	@Override
	void validate() {
		final FociOptions options = foci();
		if (image != null) FociCounter.check(image, options);
		if (!labelimage.trim().isEmpty()) return;
		options();
		InstalledModels.check(model);
	}

	private FociOptions foci() {
		final String other = second == null || second.trim().equals(NONE) ? "" : second;
		return FociOptions.in(foci).second(other).diameter(Automatic.number("focus diameter", spot)).distance(Automatic.number(
			"distance within which foci meet", distance)).strength(strength).unit(SizeUnit.of(unit));
	}

	private SegmentationOptions options() {
		return NucleusLabels.options(channel, diameter, size, threshold);
	}

	/** Called after every change in the dialog. */
	@Override
	public void preview() {
		if (image == null) return;
		if (!preview) {
			if (previewer != null) previewer.hide();
			return;
		}
		if (previewer == null) previewer = new FociPreview(image, this::tell);
		final String nuclei = labelimage;
		final String file = model;
		final SegmentationOptions options = options().planes(PlaneChoice.CURRENT);
		previewer.show(String.join("\n", nuclei, file, channel, diameter, Integer.toString(size), threshold), foci(),
			progress -> NucleusLabels.of(this, image, nuclei, file, options, progress));
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
		use(image);
		LabelImage.refuse(image);
		final FociOptions options = foci();
		FociCounter.check(image, options);
		final ImagePlus nuclei = NucleusLabels.of(this, image, labelimage, model, options(), progress.part(0, 0.8));
		final CountedFoci found = FociCounter.count(image, nuclei, options, progress.part(0.8, 1));
		final List<Roi> points = found.rois(image);
		progress.checkCanceled();
		if (overlay) showOverlay(image, points);
		if (single) ShownTables.show(found.fociTable(), image.getTitle() + SINGLE);
		if (table) ShownTables.show(found.table(), image.getTitle() + SUFFIX);
		found.notes().forEach(note -> IJ.log(image.getTitle() + ": " + note));
		counted = found;
		return found.count(0) + (found.count(0) == 1 ? " focus in " : " foci in ") + found.nuclei().size() + (found.nuclei().size() == 1
			? " nucleus of " : " nuclei of ") + image.getTitle() + (found.notes().isEmpty() ? "" : ". " + String.join(" ", found.notes()));
	}

	/** Puts points into an image's overlay in place of those of an earlier run; everything else in it stays. */
	private static void showOverlay(final ImagePlus image, final List<Roi> points) {
		final Overlay before = image.getOverlay();
		final Overlay merged = before == null ? new Overlay() : before.create();
		if (before == null) merged.drawLabels(false);
		else for (final Roi roi : before.toArray()) if (!isOurs(roi)) merged.add(roi);
		for (final Roi roi : points) {
			roi.setProperty(NucleusResults.MARK, "foci");
			merged.add(roi);
		}
		image.setOverlay(merged.size() == 0 && before == null ? null : merged);
	}

	private static boolean isOurs(final Roi roi) {
		return roi.getName() != null && roi.getName().startsWith(CountedFoci.POINTS) && roi.getProperty(NucleusResults.MARK) != null;
	}
}
