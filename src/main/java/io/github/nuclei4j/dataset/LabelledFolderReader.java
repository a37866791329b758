package io.github.nuclei4j.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import ij.ImagePlus;
import io.github.nuclei4j.image.DataFiles;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.image.PngImage;
import io.github.nuclei4j.util.WarningLog;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.NumericType;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads images with label images, in a folder or zip archive (0 for background, another value for each nucleus): {@code images/<name>} with
 * {@code labels/<name>} or {@code masks/<name>}, or {@code <name>} with {@code <name>_labels}, {@code <name>_label} or
 * {@code <name>_masks} in one folder. A table {@code meta.csv} with columns {@code id} and {@code group} may name groups of
 * images that belong together, such as those of an organ or a plate.
 */
final class LabelledFolderReader {

	private static final Set<String> LABEL_TYPES = Set.of("tif", "tiff", "png");
	private static final Set<String> IMAGE_TYPES = Set.of("tif", "tiff", "png", "jpg", "jpeg", "bmp", "gif", "pgm");
	private static final String[] SUFFIXES = { "_labels", "_label", "_masks" };
	private static final String[] LABEL_FOLDERS = { "labels", "masks" };

	/** Tells what images have in common. */
	private static final String META = "meta.csv";

	private LabelledFolderReader() {
		// static methods only
	}

	/** Whether the files are named like pairs; a folder {@code images} alone counts, so that it is explained. */
	static boolean recognizes(final DataFiles files) {
		return (!labelNames(files).isEmpty() || files.names().stream().anyMatch(
			name -> name.startsWith("images/") && isImage(name)));
	}

	/** The label images, by the base name of the image each belongs to; for two of one name the first counts. */
	private static Map<String, String> labelNames(final DataFiles files) {
		final Map<String, String> labels = new HashMap<>();
		for (final String name : files.names()) {
			if (!LABEL_TYPES.contains(extension(name))) continue;
			for (final String folder : LABEL_FOLDERS) {
				if (folder(name).equals(folder)) labels.putIfAbsent("images/" + base(name.substring(folder.length() + 1)), name);
			}
			for (final String suffix : SUFFIXES) {
				if (folder(name).isEmpty() && base(name).endsWith(suffix)) {
					labels.putIfAbsent(base(name).substring(0, base(name).length() - suffix.length()), name);
				}
			}
		}
		return labels;
	}

	/**
	 * A data set of all pairs; they are read later. Images without label image, and the reverse, are reported.
	 *
	 * @throws IOException if no image has a partner
	 */
	static NucleusDataset read(final DataFiles files, final WarningLog warnings) throws IOException {
		final Map<String, String> labels = labelNames(files);
		final Set<String> labelFiles = new HashSet<>(labels.values());
		final Map<String, String> images = new TreeMap<>();
		for (final String name : files.names()) {
			if (!isImage(name) || labelFiles.contains(name) || !folder(name).isEmpty() && !folder(name).equals("images")) continue;
			final String other = images.putIfAbsent(base(name), name);
			if (other != null) warnings.add("Not used: " + files.describe(name) + " has the same name as " + other + ".");
		}
		final Map<String, String> groups = groups(files);
		final List<NucleusDataset.Entry> entries = new ArrayList<>();
		final List<String> alone = new ArrayList<>();
		for (final Map.Entry<String, String> image : images.entrySet()) {
			final String label = labels.remove(image.getKey());
			if (label == null) {
				alone.add(image.getValue());
				continue;
			}
			final String id = image.getKey().startsWith("images/") ? image.getKey().substring(7) : image.getKey();
			entries.add(new NucleusDataset.Entry(id, files.title(), groups.get(id), () -> load(files, id, image.getValue(), label, warnings)));
		}
		if (entries.isEmpty()) {
			throw new IOException("None of the images in '" + files.path() + "' has a label image: it has " + files.summary() +
				". Expected images/<name>.tif with labels/<name>.tif, or <name>.tif with <name>_labels.tif (TIFF or PNG). " +
				"Rename the label images so that they match.");
		}
		for (final String name : alone) {
			warnings.add("Not used: the image " + files.describe(name) + " has no label image.");
		}
		for (final String name : new TreeSet<>(labels.values())) {
			warnings.add("Not used: the label image " + files.describe(name) + " has no image.");
		}
		return new NucleusDataset(files.title(), entries, warnings, files);
	}

	/** The groups of images by their ids, from the columns {@code id} and {@code group} of {@code meta.csv}, if there is one. */
	private static Map<String, String> groups(final DataFiles files) throws IOException {
		final Map<String, String> groups = new HashMap<>();
		if (!files.names().contains(META)) return groups;
		try (CSVParser rows = CSVParser.parse(new String(files.read(META), StandardCharsets.UTF_8), CSVFormat.DEFAULT.builder()
			.setHeader().setSkipHeaderRecord(true).setIgnoreSurroundingSpaces(true).build()))
		{
			if (!rows.getHeaderNames().contains("id") || !rows.getHeaderNames().contains("group")) return groups;
			for (final CSVRecord row : rows) {
				if (row.isSet("group") && !row.get("group").isEmpty()) groups.put(base(row.get("id")), row.get("group"));
			}
			return groups;
		}
		catch (final IOException | IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
			throw new IOException("The table " + files.describe(META) + " can't be read: " + e.getMessage() +
				". Expected comma-separated values with a header that names the columns id and group. Mend or remove it.", e);
		}
	}

	private static NucleusSample load(final DataFiles files, final String id, final String imageName,
		final String labelName, final WarningLog warnings) throws IOException
	{
		final RandomAccessibleInterval<? extends NumericType<?>> image = extension(imageName).equals("png") ? //
			PngImage.decode(files.read(imageName), files.describe(imageName)).pixels() : //
			ImagePlanes.plane(openPlane(files, imageName), 0, 1, 1);
		final int[] values;
		final int width;
		final int height;
		if (extension(labelName).equals("png")) {
			final PngImage png = PngImage.decode(files.read(labelName), files.describe(labelName));
			if (png.isColor()) throw colored(files.describe(labelName));
			values = png.values();
			width = png.width();
			height = png.height();
		}
		else {
			final ImagePlus plus = openPlane(files, labelName);
			values = LabelValues.of(plus, files.describe(labelName));
			width = plus.getWidth();
			height = plus.getHeight();
		}
		if (width != image.dimension(0) || height != image.dimension(1)) {
			throw new IOException("The label image " + files.describe(labelName) + " is " + width + " x " + height +
				" pixels, but its image " + imageName + " is " + image.dimension(0) + " x " + image.dimension(1) +
				". Both must have the same size: check that they belong together.");
		}
		LabelValues.number(values, width, files.describe(labelName), warnings);
		return new NucleusSample(id, image, ArrayImgs.ints(values, width, height));
	}

	private static ImagePlus open(final DataFiles files, final String name) throws IOException {
		if (Files.isDirectory(files.path())) return ImagePlanes.open(files.path().resolve(name));
		final Path unpacked = Files.createTempFile("nuclei4j-", "." + extension(name));
		try {
			Files.write(unpacked, files.read(name));
			return ImagePlanes.open(unpacked);
		}
		catch (final IOException e) {
			throw new IOException("Can't read " + files.describe(name) + ": " + e.getMessage(), e);
		}
		finally {
			Files.delete(unpacked);
		}
	}

	private static ImagePlus openPlane(final DataFiles files, final String name) throws IOException {
		final ImagePlus plus = open(files, name);
		if (plus.getNSlices() * plus.getNFrames() > 1) {
			throw new IOException("The image " + files.describe(name) + " has " + plus.getNSlices() + " slices and " + plus
				.getNFrames() + " frames; expected a single plane. Save each plane and its labels as a pair of their own.");
		}
		return plus;
	}

	static IOException colored(final String described) {
		return new IOException("The label image " + described + " is a colour image; expected numbers (8-, 16- or 32-bit), " +
			"0 for background and another for each nucleus. Export the labels without colouring them.");
	}

	private static boolean isImage(final String name) {
		return IMAGE_TYPES.contains(extension(name));
	}

	private static String folder(final String name) {
		return name.substring(0, Math.max(0, name.lastIndexOf('/')));
	}

	private static String extension(final String name) {
		return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
	}

	/** The name without extension, with its folder. */
	private static String base(final String name) {
		final int dot = name.lastIndexOf('.');
		final String base = dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
		return base.toLowerCase(Locale.ROOT).endsWith(".ome") ? base.substring(0, base.length() - 4) : base;
	}
}
