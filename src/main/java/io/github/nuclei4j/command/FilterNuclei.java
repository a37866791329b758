package io.github.nuclei4j.command;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import ij.Macro;
import ij.gui.Roi;
import io.github.nuclei4j.measure.KeepRule;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.measure.NucleusFilter;
import io.github.nuclei4j.measure.NucleusTable;
import io.github.nuclei4j.measure.OutlineLabels;
import io.github.nuclei4j.measure.VolumeMeasurer;
import io.github.nuclei4j.util.Progress;

/**
 * Keeps the nuclei of the current image whose measurements meet a rule: those of a label image, or those that Segment Nuclei
 * outlined in the image's overlay. The others are removed, or only drawn in another colour.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Filter Nuclei...", initializer = "prepare", headless = true)
public final class FilterNuclei extends NucleiCommand {

	private static final String REMOVE = "remove";
	private static final String COLOUR = "colour";

	/** Stroke of nuclei that would be removed: tells itself from the orange of the others, also to the colour-blind. */
	private static final Color REJECTED = new Color(86, 180, 233);

	@Parameter(label = "Nuclei of", required = false, persist = false,
		description = "An open label image, in which every nucleus has its own number as pixel value and 0 is background. " +
			"Empty for the outlines in the overlay of the current image.")
	private String labelimage = "";

	@Parameter(label = "Keep only if", persist = false,
		description = "Names of columns of the table of nuclei, numbers, < <= > >= = !=, and, or, not, such as " +
			"Area>=40 and Circularity>0.6.")
	private String keep = "Area>=40";

	@Parameter(label = "The others", choices = { COLOUR, REMOVE }, persist = false,
		description = "colour draws them in blue, so that you see what the rule would remove; remove takes them out of overlay, table and label " +
			"image, and numbers the rest from 1.")
	private String others = COLOUR;

	@Parameter(label = "Table of measurements", persist = false,
		description = "Opens a table of the nuclei that are kept, in place of the image's table of nuclei.")
	private boolean table = true;

	@Parameter(label = "Label image", persist = false,
		description = "Opens a label image of the nuclei that are kept; the one they come from stays as it is.")
	private boolean labels = false;

	private int count = -1;

	/** Number of nuclei kept in all planes; -1 before {@link #run()} has succeeded. */
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
		return key.equals("labelimage") ? OpenImages.suggestions("the outlines in the overlay of the current image",
			"The outlines that Segment Nuclei drew over the current image.") : super.suggestions(key);
	}

	@Override
	void validate() {
		KeepRule.parse(keep);
	}

	@Override
	String execute(final Progress progress) {
		final KeepRule rule = KeepRule.parse(keep);
		final ImagePlus image = use(CurrentImage.find());
		final ImagePlus nuclei = NucleusLabels.existing(this, image, labelimage);
		final NucleusTable all = table(image, nuclei, null);
		final boolean[] kept = rule.kept(all.header(), all.rows());
		final ImagePlus rest = nuclei.duplicate();
		final int number = NucleusFilter.keep(rest, all, kept);
		final List<Roi> outlines = new ArrayList<>();
		final NucleusTable remaining = table(image, rest, outlines);
		progress.checkCanceled();
		if (labels) {
			rest.setTitle(LabelImage.title(image));
			LabelImage.mark(rest);
			rest.show();
		}
		show(image, nuclei, rest, outlines);
		if (table) {
			final String title = NucleusResults.title(image);
			ShownTables.show(remaining.toResultsTable(), title);
			NucleusLink.connect(image, title, outlines);
		}
		count = number;
		ShownTables.counted(image.getTitle(), count);
		final int removed = kept.length - number;
		return number + " of " + kept.length + (kept.length == 1 ? " nucleus of " : " nuclei of ") + image.getTitle() + " kept, " + removed +
			(others.equals(REMOVE) ? " removed" : " drawn in blue");
	}

	private static NucleusTable table(final ImagePlus image, final ImagePlus nuclei, final List<Roi> outlines) {
		return NucleusTable.of(image, nuclei, VolumeMeasurer.goThroughSlices(nuclei), outlines);
	}

	/** Outlines of those kept, and in another colour of the rest if these are only marked. */
	private void show(final ImagePlus image, final ImagePlus nuclei, final ImagePlus rest, final List<Roi> outlines) {
		if (others.equals(REMOVE)) {
			NucleusResults.showOverlay(image, outlines);
			return;
		}
		final List<Roi> before = new ArrayList<>();
		table(image, nuclei, before);
		NucleusResults.showOverlay(image, before);
		for (final Roi roi : image.getOverlay().toArray()) {
			if (NucleusResults.isOurs(roi) && !isKept(roi, rest)) roi.setStrokeColor(REJECTED);
		}
		image.updateAndDraw();
	}

	/** Whether the label image of what is kept has a nucleus where the outline is. */
	private static boolean isKept(final Roi outline, final ImagePlus rest) {
		return OutlineLabels.labelAt(outline, rest) > 0;
	}
}
