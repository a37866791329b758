package io.github.nuclei4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import io.github.nuclei4j.cells.GeoJson;
import io.github.nuclei4j.cells.GeoJsonNuclei;
import io.github.nuclei4j.cells.GeoJsonObject;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.measure.LabelRois;

/** Subcommand {@code exchange}: nuclei as GeoJSON for QuPath, and objects of QuPath as label images or ROIs. */
@Command(name = "exchange", mixinStandardHelpOptions = true, versionProvider = VersionText.class, sortOptions = false,
	description = { "Writes the nuclei of a label image as GeoJSON for QuPath, or the objects of a GeoJSON file as label image or ROI zip.", "",
		"  nuclei4j exchange results/a1_labels.tif --table results/nuclei.csv --output a1.geojson",
		"  nuclei4j exchange a1.geojson --image a1.tif --output a1_labels.tif" })
final class ExchangeSubcommand implements Callable<Integer> {

	private static final String LABELS = "_labels";

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "FILE", description = "A label image, or a GeoJSON file of QuPath.")
	private Path input;

	@Option(names = { "-o", "--output" }, paramLabel = "FILE", required = true,
		description = "NAME.geojson; or, of a GeoJSON file, NAME.tif for a label image or NAME.zip for ROIs. Replaced if it exists.")
	private Path output;

	@Option(names = "--table", paramLabel = "CSV",
		description = "With a label image: table of its nuclei; numbers become measurements, the column Class the class. Of nuclei.csv the rows of the " +
			"image are taken whose name the label image has.")
	private Path table;

	@Option(names = "--image", paramLabel = "FILE",
		description = "With a GeoJSON file: the image that the objects belong to, whose size and scale the label image gets.")
	private Path image;

	@Override
	public Integer call() throws IOException {
		final boolean reads = isGeoJson(input);
		if (reads && table != null || !reads && image != null) {
			throw wrong("--table is for label images, --image for GeoJSON files; " + input + (reads ? " is a GeoJSON file." : " is a label image."));
		}
		if (!reads && !isGeoJson(output)) throw wrong("The nuclei of a label image go into a .geojson file, got --output " + output + ".");
		if (reads && image == null) throw wrong("Give the image that the objects belong to with --image, because GeoJSON doesn't hold its size.");
		return reads ? read() : write();
	}

	private static boolean isGeoJson(final Path file) {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		return name.endsWith(GeoJson.ENDING) || name.endsWith(".json");
	}

	private int write() throws IOException {
		final ImagePlus labels = ImagePlanes.open(input);
		if (table != null && !Files.isRegularFile(table)) throw wrong("There is no table " + table + ".");
		final ResultsTable rows = table == null ? null : ResultsTable.open(table.toString());
		final boolean several = rows != null && rows.columnExists("Image");
		final String name = stem(input.getFileName().toString()).replaceFirst(LABELS + "$", "");
		final List<GeoJsonObject> objects = GeoJsonNuclei.of(labels, rows, row -> !several || stem(Path.of(rows.getStringValue("Image",
			row)).getFileName().toString()).equals(name));
		make(output);
		GeoJson.write(objects, labels, output);
		say(objects.size() + " nuclei written to " + output);
		return 0;
	}

	private int read() throws IOException {
		final ImagePlus of = ImagePlanes.open(image);
		final List<GeoJsonObject> objects = GeoJson.read(input, of);
		make(output);
		if (output.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
			LabelRois.save(objects.stream().map(GeoJsonObject::roi).collect(Collectors.toList()), output);
		}
		else ImageWriter.tiff(GeoJsonNuclei.labels(objects, of), output);
		say(objects.size() + " objects written to " + output);
		return 0;
	}

	private static void make(final Path file) throws IOException {
		final Path folder = file.toAbsolutePath().getParent();
		if (folder != null) Files.createDirectories(folder);
	}

	private static String stem(final String name) {
		final int dot = name.lastIndexOf('.');
		return dot <= 0 ? name : name.substring(0, dot);
	}

	private void say(final String message) {
		spec.commandLine().getOut().println(message);
		spec.commandLine().getOut().flush();
	}

	private ParameterException wrong(final String message) {
		return new ParameterException(spec.commandLine(), message);
	}
}
