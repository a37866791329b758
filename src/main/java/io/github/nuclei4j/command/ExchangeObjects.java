package io.github.nuclei4j.command;

import java.awt.Color;
import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import ij.Macro;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.plugin.frame.RoiManager;
import io.github.nuclei4j.cells.GeoJson;
import io.github.nuclei4j.cells.GeoJsonNuclei;
import io.github.nuclei4j.cells.GeoJsonObject;
import io.github.nuclei4j.util.Progress;

/** Writes nuclei with names, classes and measurements as GeoJSON for QuPath, and reads objects of QuPath. */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Exchange with QuPath...", initializer = "prepare", headless = true)
public final class ExchangeObjects extends NucleiCommand {

	private static final String EXPORT = "export";

	/** What the ROI Manager groups classes by: 1 to 255. */
	private static final int MOST_GROUPS = 255;

	@Parameter(label = "Direction", choices = { EXPORT, "import" }, persist = false,
		description = "export writes the nuclei of a label image into a file; import reads the objects of a file onto the current image.")
	private String direction = EXPORT;

	@Parameter(label = "GeoJSON file", style = "both", persist = false, autoFill = false,
		description = "For export it is replaced if it exists. For import a file of QuPath's File > Export objects as GeoJSON.")
	private File geojson;

	@Parameter(label = "Nuclei of", required = false, persist = false,
		description = "For export: an open label image; empty if the current image is one of Segment Nuclei....")
	private String labelimage = "";

	@Parameter(label = "Table of measurements", required = false, persist = false,
		description = "For export: an open table with a row for each nucleus, whose numbers become measurements and whose column Class the class. " +
			"Empty for none.")
	private String nuclei = "";

	@Parameter(label = "Overlay of objects", persist = false,
		description = "For import: draws the objects over the image, in the colours of their classes. What is in its overlay stays.")
	private boolean overlay = true;

	@Parameter(label = "Label image", persist = false,
		description = "For import: opens an image in which each area has its own number as pixel value, 0 for background.")
	private boolean labels = false;

	@Parameter(label = "Add to ROI Manager", persist = false,
		description = "For import: adds the objects to the ROI Manager, with a group for each class.")
	private boolean manager = false;

	private int count = -1;

	/** Number of objects written or read; -1 before {@link #run()} has succeeded. */
	public int count() {
		return count;
	}

	/** Called before the dialog opens; what it fills in is for the dialog, never for a macro. */
	private void prepare() {
		attempt(() -> {
			if (Macro.getOptions() != null) return;
			final ImagePlus image = CurrentImage.find();
			labelimage = LabelImage.suggest(image);
			if (ShownTables.titles().contains(LabelImage.tableOf(image))) nuclei = LabelImage.tableOf(image);
		});
	}

	@Override
	List<Suggestion> suggestions(final String key) {
		if (key.equals("labelimage")) return OpenImages.suggestions("the current image", "It is a label image of Segment Nuclei....");
		if (!key.equals("nuclei")) return super.suggestions(key);
		final List<Suggestion> all = ShownTables.titles().stream().map(title -> new Suggestion(title, title, "")).collect(Collectors
			.toList());
		all.add(0, new Suggestion("", "none", "The outlines go without measurements."));
		return all;
	}

	@Override
	void validate() {
		if (geojson == null || geojson.getPath().isEmpty()) {
			throw new IllegalArgumentException("'geojson' is empty: choose the file, NAME.geojson.");
		}
		if (geojson.isDirectory()) throw new IllegalArgumentException("geojson=" + geojson + " is a folder. Choose a file.");
		if (manager && !direction.equals(EXPORT) && GraphicsEnvironment.isHeadless()) {
			throw new IllegalArgumentException("manager=true needs a display, because the ROI Manager is a window. Use overlay=true.");
		}
	}

	@Override
	String execute(final Progress progress) throws IOException {
		validate();
		final ImagePlus image = use(CurrentImage.find());
		final Path file = geojson.toPath();
		return direction.equals(EXPORT) ? write(image, file, progress) : read(image, file, progress);
	}

	private String write(final ImagePlus image, final Path file, final Progress progress) throws IOException {
		final ImagePlus given = LabelImage.find(image, labelimage);
		if (given == null) {
			throw new IllegalArgumentException("'" + image.getTitle() + "' is no label image of Segment Nuclei.... Give one with labelimage=title; " +
				"Segment Nuclei... opens it with labels=true.");
		}
		final ResultsTable table = nuclei.trim().isEmpty() ? null : ShownTables.find(nuclei);
		final List<GeoJsonObject> objects = GeoJsonNuclei.of(use(given), table);
		progress.checkCanceled();
		GeoJson.write(objects, given, file);
		count = objects.size();
		return count + (count == 1 ? " nucleus" : " nuclei") + " of " + given.getTitle() + " written to " + file;
	}

	private String read(final ImagePlus image, final Path file, final Progress progress) throws IOException {
		final List<GeoJsonObject> objects = GeoJson.read(file, image);
		final ImagePlus drawn = labels ? GeoJsonNuclei.labels(objects, image) : null;
		progress.checkCanceled();
		final List<String> classes = objects.stream().map(GeoJsonObject::classification).filter(name -> !name.isEmpty()).distinct()
			.collect(Collectors.toList());
		for (final GeoJsonObject object : objects) {
			final int group = classes.indexOf(object.classification()) + 1;
			if (group <= MOST_GROUPS && object.color() == null) object.roi().setGroup(group);
			else if (group <= MOST_GROUPS) group(object.roi(), group);
		}
		if (overlay) {
			final Overlay all = image.getOverlay() == null ? new Overlay() : image.getOverlay().duplicate();
			objects.forEach(object -> all.add((Roi) object.roi().clone()));
			image.setOverlay(all);
		}
		if (manager) {
			final RoiManager shown = RoiManager.getRoiManager();
			objects.forEach(object -> shown.addRoi((Roi) object.roi().clone()));
		}
		if (drawn != null) {
			LabelImage.mark(drawn);
			drawn.show();
		}
		count = objects.size();
		return count + (count == 1 ? " object of " : " objects of ") + file + (classes.isEmpty() ? "" : ", classes " + String.join(", ",
			classes));
	}

	/** ImageJ gives a group a colour of its own. */
	private static void group(final Roi roi, final int group) {
		final Color color = roi.getStrokeColor();
		roi.setGroup(group);
		roi.setStrokeColor(color);
	}
}
