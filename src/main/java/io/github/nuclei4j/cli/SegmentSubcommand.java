package io.github.nuclei4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import io.github.nuclei4j.batch.BatchResult;
import io.github.nuclei4j.batch.ImageOutcome;
import io.github.nuclei4j.batch.InputImage;
import io.github.nuclei4j.batch.InputImages;
import io.github.nuclei4j.batch.InputSeries;
import io.github.nuclei4j.batch.SegmentBatch;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.cells.GroupPattern;
import io.github.nuclei4j.cells.NucleusColumns;
import io.github.nuclei4j.cells.PlateReport;
import io.github.nuclei4j.cells.PlateSummary;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.SizeUnit;
import io.github.nuclei4j.util.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Subcommand {@code segment}: finds, counts and measures the nuclei of many images. */
@Command(name = "segment", mixinStandardHelpOptions = true, versionProvider = VersionText.class, sortOptions = false,
	description = { "Finds, counts and measures the nuclei in images.", "",
		"Writes nuclei.csv (all nuclei of all images), images.csv (one row per image) and, for every image, the files asked for below; if " +
			"none is asked for, all but the probabilities; and <name>_segmentation.json, a record of all settings. Images larger than Java's " +
			"memory (-Xmx) are processed in parts. Images that an earlier run finished are kept; other files of these names are replaced. If " +
			"two images have the same name, the names of their files begin with the folder's name: see the column 'name' of images.csv." })
final class SegmentSubcommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "IMAGE-OR-FOLDER", arity = "1..*",
		description = "Images, and folders of images. In folders, results of earlier runs are ignored.")
	private List<Path> inputs;

	@Option(names = { "-m", "--model" }, paramLabel = "NAME-OR-FILE", defaultValue = "nuclei",
		description = "Name of an installed model ('nuclei4j info' lists them) or a model's file (default: nuclei).")
	private String model;

	@Option(names = { "-o", "--output" }, paramLabel = "FOLDER", required = true,
		description = "Output folder; created if it does not exist.")
	private Path output;

	@Mixin
	private SeparationMixin separation;

	@Mixin
	private VolumeMixin volume;

	@Mixin
	private OutputMixin outputs;

	@Mixin
	private CellMixin cells;

	@Mixin
	private FociMixin foci;

	@Option(names = "--plate", paramLabel = "COLUMN",
		description = "Summarise a column of nuclei.csv by wells or groups, too, such as Area or 'Positive: FITC': plate.csv, charts and plate.html in the folder " +
			"'plate' of the output folder. 'nuclei4j plate' has more settings.")
	private String plate;

	@Option(names = "--plate-pattern", paramLabel = "PATTERN", defaultValue = Automatic.WORD,
		description = "With --plate: how file names are read, such as {plate}_{well}_{field}; auto (default) knows the common instruments.")
	private String pattern;

	@Option(names = { "-r", "--recursive" }, description = "Search subfolders, too.")
	private boolean recursive;

	@Option(names = "--files", paramLabel = "PATTERN", defaultValue = "",
		description = "Only process files of folders that match this pattern: *.tif, *_dapi.{tif,png}, a part of the name, or " +
			"regex: and a regular expression; case does not matter.")
	private String files;

	@Option(names = "--series", paramLabel = "NUMBER", defaultValue = InputSeries.ALL,
		description = "Which image of files that hold several: all (default), each under its own name, or a number from 1. " +
			"Thumbnails and the smaller copies of a pyramid are segmented only if they are chosen by number.")
	private String series;

	@Option(names = "--overwrite", description = "Reprocess images that are already finished; otherwise they are kept if image, " +
		"settings, model and version are the same.")
	private boolean overwrite;

	@Override
	public Integer call() throws IOException {
		final SegmentBatch batch;
		final List<InputImage> images;
		try {
			images = InputImages.find(inputs, files, recursive, series);
			final SegmentationOptions options = outputs.options(volume.options(separation.options()));
			final SizeUnit unit = options.isCalibrated() ? SizeUnit.CALIBRATED : SizeUnit.PIXELS;
			final List<NucleusColumns> columns = new ArrayList<>(cells.columns(unit));
			columns.addAll(foci.columns(unit));
			if (options.isVolume() && !columns.isEmpty()) {
				throw new IllegalArgumentException("--cells and --foci measure planes and don't go with --planes volume. Leave one of them out.");
			}
			batch = SegmentBatch.into(output, ModelStore.find(model), options).outputs(cells.kinds(outputs.kinds())).columns(columns)
				.overwrite(overwrite);
			batch.check(images);
			if (plate != null) checkNames(images);
			else if (!isAuto()) throw new IllegalArgumentException("--plate-pattern is for plates: give --plate COLUMN, too.");
		}
		catch (final IOException | IllegalArgumentException e) {
			throw new ParameterException(spec.commandLine(), Messages.of(e));
		}
		final PrintWriter err = spec.commandLine().getErr();
		final OutcomeTable table = new OutcomeTable(images, spec.commandLine().getOut());
		try (TerminalProgress progress = new TerminalProgress(err, TerminalProgress.isTerminal())) {
			InputSeries.large(images).forEach(err::println);
			err.flush();
			table.header();
			final BatchResult result = batch.run(images, outcome -> print(outcome, table, progress), progress);
			progress.clear();
			table.total(result.outcomes());
			result.remarks("--overwrite").forEach(err::println);
			err.flush();
			return summarize(err) && result.isComplete() ? 0 : 1;
		}
	}

	private boolean isAuto() {
		return pattern.trim().equals(Automatic.WORD);
	}

	/** Names that can't be read are known before hours of work. */
	private void checkNames(final List<InputImage> images) {
		final List<String> names = images.stream().map(image -> image.file().toString()).collect(Collectors.toList());
		if (isAuto()) GroupPattern.guess(names);
		else names.forEach(GroupPattern.parse(pattern)::read);
	}

	private boolean summarize(final PrintWriter err) throws IOException {
		if (plate == null) return true;
		try {
			final PlateSummary summary = PlateSummary.of(output.resolve("nuclei.csv"), plate, PlateSummary.Statistic.MEAN, isAuto() ? null : GroupPattern.parse(pattern),
				null);
			final List<String> notes = PlateReport.notes(summary, "", "");
			final Path folder = output.resolve("plate");
			Files.createDirectories(folder);
			err.println("Plate: " + PlateReport.write(summary, notes, folder));
			return true;
		}
		catch (final IllegalArgumentException e) {
			err.println("The images are segmented, but not summarised: " + e.getMessage());
			return false;
		}
		finally {
			err.flush();
		}
	}

	private void print(final ImageOutcome outcome, final OutcomeTable table, final TerminalProgress progress) {
		if (outcome.status() == ImageOutcome.Status.CANCELED) return;
		progress.clear();
		table.row(outcome);
		if (outcome.failure() != null && Nuclei4jCli.verbose(spec)) {
			spec.commandLine().getErr().println(Messages.trace(outcome.failure()));
		}
	}
}
