package io.github.nuclei4j.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.Macro;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.evaluation.ComparedModel;
import io.github.nuclei4j.evaluation.ComparisonReport;
import io.github.nuclei4j.evaluation.ComparisonResult;
import io.github.nuclei4j.evaluation.ComparisonTables;
import io.github.nuclei4j.evaluation.ModelComparison;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.Progress;

/**
 * Scores several models on the same annotated images: a table with a row per image, plots, and on request a folder with a
 * report.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Compare Models...", initializer = "prepare", headless = true)
public final class CompareModels extends NucleiCommand {

	private static final String TITLE = "Comparison of models";
	private static final String ALL = "all";

	@Parameter(label = "Models", style = "open", persist = false, attrs = @Attr(name = CommandParameter.SEVERAL),
		description = "Two or more models: select them in the list, or add model files with Browse. In macros names or files with " +
			"commas between them.")
	private String models = "nuclei, unet";

	@Parameter(label = "Annotated images", style = "both", persist = false, autoFill = false,
		description = "Images with annotated nuclei: the Data Science Bowl 2018 zip or folder, or a folder of images and " +
			"label images.")
	private File data;

	@Parameter(label = "Score", choices = { "ScaledMeanIoU", "MeanIoU", "Dice", "AP", "AP50" }, persist = false,
		description = "Score that decides the winner and is plotted. ScaledMeanIoU is computed on whole images scaled to 256 x 256, the " +
			"others at the image's own resolution.")
	private String score = ModelComparison.SCORES.get(0).column();

	@Parameter(label = "Number of images", persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "Only uses this number of images, from the first; all uses every image.")
	private String limit = ALL;

	@Parameter(label = "Folder for the report", style = "directory", required = false, persist = false, autoFill = false,
		description = "Folder for tables, charts and report.html, a page with all of them; empty for no report.")
	private File report;

	@Parameter(label = "Include training images", persist = false,
		description = "Otherwise images that any of the models was trained on are excluded, because scores on them are too high.")
	private boolean all = false;

	/** Called before the dialog opens; what it fills in is for the dialog, never for a macro. */
	private void prepare() {
		attempt(() -> {
			final List<String> names = ModelStore.names();
			if (Macro.getOptions() == null && names.size() > 1) models = String.join(", ", names);
		});
	}

	@Override
	List<Suggestion> suggestions(final String key) {
		return key.equals("models") ? InstalledModels.suggestions() : super.suggestions(key);
	}

	@Override
	void validate() {
		try {
			files();
		}
		catch (final IOException e) {
			throw new IllegalArgumentException(e.getMessage(), e);
		}
		limit();
		check();
	}

	private void check() {
		if (data == null || data.getPath().isEmpty()) {
			throw new IllegalArgumentException("'data' is empty: choose the zip or folder of annotated images.");
		}
		if (report != null && report.isFile()) {
			throw new IllegalArgumentException("report=" + report + " is a file. Choose a folder, or leave it empty.");
		}
	}

	/** 0 for all. */
	private int limit() {
		if (limit.trim().equals(ALL)) return 0;
		try {
			final int number = Integer.parseInt(limit.trim());
			if (number > 0) return number;
		}
		catch (final NumberFormatException e) {
			// said below
		}
		throw new IllegalArgumentException("limit=" + Messages.quoted(limit) + " is not possible: expected a number of images from 1, or " +
			ALL + ".");
	}

	@Override
	String execute(final Progress progress) throws IOException {
		check();
		final boolean writes = report != null && !report.getPath().isEmpty();
		final List<ComparedModel> compared = ComparedModel.ofFiles(files(), SegmentationOptions.defaults());
		try (NucleusDataset images = NucleusDataset.open(data.toPath())) {
			final ComparisonResult result = ModelComparison.defaults().score(ModelComparison.scoreOf(score)).all(all).limit(limit())
				.run(compared, images, progress.part(0, 0.95));
			progress.checkCanceled();
			final Path page = writes ? ComparisonReport.write(result, report.toPath(), progress.part(0.95, 1)) : null;
			ShownTables.show(ComparisonTables.resultsTable(result), TITLE);
			ComparisonPlots.show(result);
			return "Compared " + compared.size() + " models on " + result.data().size() + " images" + (page == null ? ""
				: ": " + page);
		}
	}

	private List<Path> files() throws IOException {
		final List<Path> files = new ArrayList<>();
		for (final String model : models.split(",")) if (!model.trim().isEmpty()) files.add(ModelStore.find(model.trim()));
		if (files.size() < 2) {
			throw new IllegalArgumentException("models=" + models + ": expected two or more models with commas between them.");
		}
		return files;
	}
}
