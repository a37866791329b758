package io.github.nuclei4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import ij.ImagePlus;
import ij.gui.Roi;
import io.github.nuclei4j.edit.Edit;
import io.github.nuclei4j.edit.EditedLabels;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.measure.KeepRule;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.measure.NucleusFilter;
import io.github.nuclei4j.measure.NucleusTable;
import io.github.nuclei4j.measure.VolumeMeasurer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Subcommand {@code edit}: corrects the nuclei of a label image by edits as text, and keeps those that meet a rule. */
@Command(name = "edit", mixinStandardHelpOptions = true, versionProvider = VersionText.class, sortOptions = false,
	description = { "Corrects the nuclei of a label image, and keeps those that meet a rule; edits come first.", "",
		"Writes a new label image and, if asked for, ROIs and a table of measurements. The label image given stays as it is." },
	footerHeading = "%nExamples:%n", footer = {
		"  nuclei4j edit results/a1_labels.tif --edits \"merge 12 13; delete 40\" --output a1_corrected.tif",
		"  nuclei4j edit results/a1_labels.tif --image a1.tif --keep \"Mean1>100\" --output a1_bright.tif --table a1.csv" })
final class EditSubcommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "LABELS", description = "A label image: 0 for background, another number for each nucleus.")
	private Path input;

	@Option(names = "--image", paramLabel = "FILE", description = "The image of the nuclei, for intensities in the table and in the rule.")
	private Path image;

	@Option(names = "--edits", paramLabel = "EDITS", defaultValue = "",
		description = "Edits with semicolons between them: merge 12 13; delete 40; split 7 10,20 30,40; add z1 t1 5,5 20,5 12,18; " +
			"redraw 7 5,5 20,5 12,18; renumber. Points are x,y in pixels.")
	private String edits;

	@Option(names = "--keep", paramLabel = "RULE", description = "Keep only nuclei whose measurements meet this, such as " +
		"\"Area>=40 and Circularity>0.6\".")
	private String keep;

	@Option(names = { "-o", "--output" }, paramLabel = "FILE", required = true, description = "NAME.tif of the new label image; replaced if it exists.")
	private Path output;

	@Option(names = "--rois", paramLabel = "FILE", description = "NAME.zip of the outlines, for the ROI Manager.")
	private Path rois;

	@Option(names = "--table", paramLabel = "FILE", description = "NAME.csv of the measurements.")
	private Path table;

	@Override
	public Integer call() throws IOException {
		final List<Edit> list;
		final KeepRule rule;
		try {
			list = Edit.parse(edits);
			rule = keep == null ? null : KeepRule.parse(keep);
		}
		catch (final IllegalArgumentException e) {
			throw wrong(e.getMessage());
		}
		if (list.isEmpty() && rule == null) throw wrong("Give --edits, --keep or both.");
		require(output, ".tif", "--output");
		require(rois, ".zip", "--rois");
		require(table, ".csv", "--table");
		final ImagePlus given = ImagePlanes.open(input);
		final ImagePlus of = image == null ? given : ImagePlanes.open(image);
		final EditedLabels edited = new EditedLabels(given);
		edited.applyAll(list);
		final ImagePlus labels = edited.labels();
		final int before = edited.count();
		final int count = rule == null ? before : keep(of, labels, rule);
		final List<Roi> outlines = new ArrayList<>();
		final NucleusTable measured = NucleusTable.of(of, labels, VolumeMeasurer.goThroughSlices(labels), outlines);
		make(output);
		ImageWriter.tiff(labels, output);
		if (rois != null) {
			make(rois);
			LabelRois.save(outlines, rois);
		}
		if (table != null) {
			make(table);
			Csv.write(table, measured.header(), measured.rows());
		}
		spec.commandLine().getOut().println(list.size() + (list.size() == 1 ? " edit" : " edits") + " done" + (rule == null ? "" : ", " + (before -
			count) + " of " + before + " nuclei removed") + ": " + count + (count == 1 ? " nucleus" : " nuclei") + " written to " + output);
		spec.commandLine().getOut().flush();
		return 0;
	}

	private static int keep(final ImagePlus image, final ImagePlus labels, final KeepRule rule) {
		final NucleusTable all = NucleusTable.of(image, labels, VolumeMeasurer.goThroughSlices(labels), null);
		return NucleusFilter.keep(labels, all, rule.kept(all.header(), all.rows()));
	}

	private void require(final Path file, final String ending, final String option) {
		if (file != null && !file.toString().toLowerCase(Locale.ROOT).endsWith(ending)) throw wrong(option + " must end in " + ending + ", got " + file +
			".");
	}

	private static void make(final Path file) throws IOException {
		final Path folder = file.toAbsolutePath().getParent();
		if (folder != null) Files.createDirectories(folder);
	}

	private ParameterException wrong(final String message) {
		return new ParameterException(spec.commandLine(), message);
	}
}
