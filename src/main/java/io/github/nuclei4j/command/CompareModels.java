package io.github.nuclei4j.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.nuclei4j.data.NucleusDataset;
import io.github.nuclei4j.data.Progress;
import io.github.nuclei4j.evaluation.ComparedModel;
import io.github.nuclei4j.evaluation.ComparisonReport;
import io.github.nuclei4j.evaluation.ComparisonResult;
import io.github.nuclei4j.evaluation.ComparisonTables;
import io.github.nuclei4j.evaluation.ModelComparison;
import io.github.nuclei4j.instance.SegmentationOptions;
import io.github.nuclei4j.network.ModelStore;

/**
 * Scores several models on the same annotated images: a table with a row per image, plots, and on request a folder with a
 * report.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Compare Models...", initializer = "prepare", headless = true)
public final class CompareModels extends NucleiCommand {

	private static final String TITLE = "Comparison of models";

	@Parameter(label = "Models (names or files, commas between)", persist = false,
		description = "Two or more models: names of those in ImageJ's models folder, or paths of model files (.zip), " +
			"separated by commas.")
	private String models = "nuclei, unet";

	@Parameter(label = "Installed", visibility = ItemVisibility.MESSAGE, required = false, persist = false)
	private String installed = "";

	@Parameter(label = "Data (zip or folder)", style = "open", persist = false, autoFill = false,
		description = "Images with annotated nuclei: the Data Science Bowl 2018 zip or folder, or a folder of images and " +
			"label images.")
	private File data;

	@Parameter(label = "Score", choices = { "ScaledMeanIoU", "MeanIoU", "Dice", "AP", "AP50" }, persist = false,
		description = "Score that names winners and is plotted. ScaledMeanIoU is that of whole images scaled to 256 x 256; " +
			"the others are of the image's own resolution.")
	private String score = ModelComparison.SCORES.get(0).column();

	@Parameter(label = "All images, also those trained on", persist = false,
		description = "Otherwise images that any of the models was trained on are left out, because their scores are too good.")
	private boolean all = false;

	@Parameter(label = "Limit of images (0 = none)", min = "0", persist = false,
		description = "Takes only so many images, the first ones.")
	private int limit = 0;

	@Parameter(label = "Report folder (empty = no report)", style = "directory", required = false, persist = false,
		autoFill = false, description = "Where tables, charts and a page that holds all of them, report.html, are written.")
	private File report;

	/** Called before the dialog opens. */
	private void prepare() {
		attempt(() -> {
			final List<String> names = ModelStore.names();
			if (names.size() > 1) models = String.join(", ", names);
			installed = InstalledModels.sentence();
		});
	}

	@Override
	String execute(final Progress progress) throws IOException {
		if (data == null || data.getPath().isEmpty()) {
			throw new IllegalArgumentException("'data' is empty: choose the zip or folder of annotated images.");
		}
		final boolean writes = report != null && !report.getPath().isEmpty();
		if (writes && report.isFile()) {
			throw new IllegalArgumentException("report=" + report + " is a file. Choose a folder, or leave it empty.");
		}
		final List<ComparedModel> compared = ComparedModel.ofFiles(files(), SegmentationOptions.defaults());
		try (NucleusDataset images = NucleusDataset.open(data.toPath())) {
			final ComparisonResult result = ModelComparison.defaults().score(ModelComparison.scoreOf(score)).all(all).limit(limit)
				.run(compared, images, progress.part(0, 0.95));
			progress.checkCanceled();
			final Path page = writes ? ComparisonReport.write(result, report.toPath(), progress.part(0.95, 1)) : null;
			ComparisonTables.resultsTable(result).show(TITLE);
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
