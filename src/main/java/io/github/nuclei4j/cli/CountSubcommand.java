package io.github.nuclei4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.measure.Regions;
import io.github.nuclei4j.measure.RoiCounter.RoiCount;
import io.github.nuclei4j.measure.RoiCounter;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.segment.Channel;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import ij.ImagePlus;
import ij.gui.Roi;

/** Subcommand {@code count}: counts nuclei inside regions drawn with ImageJ. */
@Command(name = "count", mixinStandardHelpOptions = true, versionProvider = VersionText.class, sortOptions = false,
	description = { "Counts the nuclei of a label image, or those that a model finds in an image, inside regions drawn with " +
		"ImageJ.", "",
		"The table has a row per region: count, area, density per mm2, mean nucleus area, the fraction covered by nuclei, the " +
			"border rule, and slice and frame (0 for several)." })
final class CountSubcommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "IMAGE", arity = "0..1", description = "The image to segment and count in; or give --label-image.")
	private Path image;

	@Option(names = "--label-image", paramLabel = "FILE",
		description = "Label image to count in: 0 for background, another number for each nucleus.")
	private Path labels;

	@Option(names = "--rois", paramLabel = "FILE",
		description = "ROI Manager's zip or a .roi file; lines, points and texts in it are ignored (default: the whole image is one " +
			"region).")
	private Path rois;

	@Option(names = "--rule", paramLabel = "RULE", defaultValue = "centroid",
		description = "When a nucleus on a region's border counts: centroid (default: if its centre is in the region), overlap " +
			"(if any pixel is) or inside (if all of it is).")
	private String rule;

	@Option(names = "--separately", description = "A row for each slice and frame. Otherwise a region without a position counts in " +
		"all planes together.")
	private boolean separately;

	@Option(names = { "-o", "--output" }, paramLabel = "CSV", description = "The table's file (default: it is printed).")
	private Path output;

	@Option(names = { "-m", "--model" }, paramLabel = "NAME-OR-FILE",
		description = "Name of an installed model ('nuclei4j info' lists them) or a model's file (default: nuclei).")
	private String model;

	@Option(names = "--channel", paramLabel = "CHANNEL",
		description = "Channel that shows the nuclei: its number from 1 or its name, auto (default), or all, as colour.")
	private String channel;

	@Mixin
	private SeparationMixin separation;

	@Override
	public Integer call() throws IOException {
		final RoiCounter.Rule border = check();
		final SegmentationOptions options = options();
		final List<Roi> drawn = rois == null ? null : regions();
		final ImagePlus original = ImagePlanes.open(image == null ? labels : image);
		try {
			final ImagePlus counted = image == null ? original : segment(original, options);
			final List<Roi> regions = drawn == null ? Collections.singletonList(Regions.whole(original)) : drawn;
			final String scale = Scales.note(original.getCalibration());
			if (image == null && !scale.isEmpty()) err(scale);
			write(RoiCounter.count(counted, Regions.onLabels(regions, original, counted), border, separately, original
				.getCalibration(), Progress.NONE));
			return 0;
		}
		catch (final CancellationException e) {
			err("Stopped: nothing was counted.");
			return 1;
		}
	}

	private RoiCounter.Rule check() {
		if ((image == null) == (labels == null)) {
			throw wrong("Give either an image, to find its nuclei with a model, or --label-image with a label image.");
		}
		if (labels != null && (model != null || channel != null || separation.isGiven())) {
			throw wrong("--model, --channel and the options of segmentation apply to images: remove them when you count in a --label-image.");
		}
		if (output != null && Files.isDirectory(output)) {
			throw wrong("The table cannot go to " + output + ": that is a folder. Give a file with --output.");
		}
		try {
			return RoiCounter.Rule.of(rule);
		}
		catch (final IllegalArgumentException e) {
			throw wrong(e.getMessage());
		}
	}

	private SegmentationOptions options() {
		try {
			return channel == null ? separation.options() : separation.options().channel(Channel.parse(channel));
		}
		catch (final IllegalArgumentException e) {
			throw wrong(e.getMessage());
		}
	}

	private List<Roi> regions() throws IOException {
		final List<Roi> all = Regions.read(rois);
		final List<Roi> regions = all.stream().filter(Regions::isRegion).collect(Collectors.toList());
		if (regions.isEmpty()) throw new IOException("None of the ROIs in " + rois + " is an area. Draw rectangles, ovals or polygons.");
		if (regions.size() < all.size()) err("Ignored " + (all.size() - regions.size()) + " ROIs that are not areas.");
		return regions;
	}

	private ImagePlus segment(final ImagePlus original, final SegmentationOptions options) throws IOException {
		try (TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr(), TerminalProgress.isTerminal());
				NucleusSegmenter segmenter = new NucleusSegmenter(ModelFile.read(ModelStore.find(model == null ? "nuclei" : model)), options.backend()))
		{
			final Segmentation found = segmenter.segment(original, options, progress);
			progress.clear();
			if (found.channel().isChosen()) err(found.channel().sentence());
			found.warnings().forEach(this::err);
			return found.labels();
		}
	}

	private void write(final List<RoiCount> counts) throws IOException {
		final List<List<Object>> rows = new ArrayList<>();
		for (final RoiCount count : counts) {
			final List<Object> row = new ArrayList<>(RoiCounter.row(count));
			row.replaceAll(value -> value instanceof Double && ((Double) value).isNaN() ? "" : value);
			rows.add(row);
		}
		if (output != null) {
			if (output.toAbsolutePath().getParent() != null) Files.createDirectories(output.toAbsolutePath().getParent());
			Csv.write(output, RoiCounter.header(), rows);
			return;
		}
		final PrintWriter out = spec.commandLine().getOut();
		final CSVPrinter printer = new CSVPrinter(out, Csv.format());
		printer.printRecord(RoiCounter.header());
		for (final List<Object> row : rows) printer.printRecord(row.stream().map(Csv::text).collect(Collectors.toList()));
		printer.flush();
	}

	private void err(final String message) {
		final PrintWriter err = spec.commandLine().getErr();
		err.println(message);
		err.flush();
	}

	private ParameterException wrong(final String message) {
		return new ParameterException(spec.commandLine(), message);
	}
}
