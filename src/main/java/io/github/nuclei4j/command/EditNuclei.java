package io.github.nuclei4j.command;

import java.awt.GraphicsEnvironment;
import java.util.ArrayList;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import ij.Macro;
import ij.gui.Roi;
import io.github.nuclei4j.edit.Edit;
import io.github.nuclei4j.edit.EditedLabels;
import io.github.nuclei4j.measure.NucleusTable;
import io.github.nuclei4j.measure.VolumeMeasurer;
import io.github.nuclei4j.util.Progress;

/**
 * Corrects the nuclei of the current image: those of a label image, or those that Segment Nuclei outlined in its overlay. With
 * edits as text it does these; without, a window opens in which they are made by hand.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Edit Nuclei...", initializer = "prepare", headless = true)
public final class EditNuclei extends NucleiCommand {

	/** The line in an image's info after which its edits are written. */
	static final String RECORD = "Edited by hand: ";

	@Parameter(label = "Nuclei of", required = false, persist = false,
		description = "An open label image, in which every nucleus has its own number as pixel value and 0 is background. " +
			"Empty for the outlines in the overlay of the current image.")
	private String labelimage = "";

	@Parameter(label = "Edits", required = false, persist = false,
		description = "Empty to edit by hand in a window. Or edits with semicolons between them: merge 12 13; delete 40; split 7 10,20 30,40; " +
			"add 5,5 20,5 12,18; redraw 7 5,5 20,5 12,18; renumber.")
	private String edits = "";

	@Parameter(label = "Table of measurements", persist = false,
		description = "Opens a table of the corrected nuclei, in place of the image's table of nuclei.")
	private boolean table = true;

	@Parameter(label = "Label image", persist = false,
		description = "Opens a label image of the corrected nuclei; the one they come from stays as it is.")
	private boolean labels = false;

	private int count = -1;

	/** Number of nuclei in all planes; -1 before {@link #run()} has succeeded. */
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
		Edit.parse(edits);
	}

	@Override
	String execute(final Progress progress) {
		final List<Edit> list = Edit.parse(edits);
		final ImagePlus image = use(CurrentImage.find());
		final EditedLabels edited = new EditedLabels(NucleusLabels.existing(this, image, labelimage));
		if (list.isEmpty()) {
			if (GraphicsEnvironment.isHeadless() || image.getWindow() == null) throw new IllegalArgumentException(
				"edits is empty. Give edits such as edits=[merge 12 13; delete 40], or open the image in a window to edit by hand.");
			count = edited.count();
			EditWindow.open(image, edited, labelimage, table, labels);
			return count + " nuclei of " + image.getTitle() + " are being edited";
		}
		edited.applyAll(list);
		progress.checkCanceled();
		count = show(image, edited, table, labels);
		return list.size() + (list.size() == 1 ? " edit" : " edits") + " done: " + count + (count == 1 ? " nucleus in " : " nuclei in ") + image
			.getTitle();
	}

	/** Shows corrected nuclei as overlay and, if wanted, table and label image. Returns their number. */
	static int show(final ImagePlus image, final EditedLabels edited, final boolean withTable, final boolean withLabels) {
		final ImagePlus nuclei = edited.labels();
		final List<Roi> outlines = new ArrayList<>();
		final NucleusTable measured = NucleusTable.of(image, nuclei, VolumeMeasurer.goThroughSlices(nuclei), outlines);
		if (withLabels) {
			final ImagePlus own = nuclei.duplicate();
			final Object info = nuclei.getProperty("Info");
			own.setProperty("Info", (info == null ? "" : info + "\n") + RECORD + Edit.text(edited.edits()));
			own.setTitle(LabelImage.title(image));
			LabelImage.mark(own);
			own.show();
		}
		NucleusResults.showOverlay(image, outlines);
		if (withTable) {
			ShownTables.show(measured.toResultsTable(), NucleusResults.title(image));
			NucleusLink.connect(image, NucleusResults.title(image), outlines);
		}
		ShownTables.counted(image.getTitle(), edited.count());
		return edited.count();
	}
}
