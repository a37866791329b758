package io.github.nuclei4j.quantization;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import ij.IJ;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.image.ImageFiles;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.ModelStore;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.NumericType;

/**
 * Images that a quantization is calibrated and measured on: annotated ones, which can be scored, or any others. Of a stack
 * the first plane counts. Images are read when asked for.
 */
public final class QuantizationImages implements AutoCloseable {

	private final String name;
	private final List<String> ids;
	private final List<Path> files;
	private final NucleusDataset data;

	private QuantizationImages(final String name, final List<String> ids, final List<Path> files,
		final NucleusDataset data)
	{
		this.name = name;
		this.ids = Collections.unmodifiableList(ids);
		this.files = files;
		this.data = data;
	}

	/** Annotated images; closed with this. */
	public static QuantizationImages of(final NucleusDataset data) {
		return new QuantizationImages(data.name(), data.ids(), null, data);
	}

	/**
	 * Annotated images (as {@link NucleusDataset#open(Path)} finds them), else the images in a folder, or one image.
	 *
	 * @param warnings told of each problem of annotated images that doesn't stop the reading
	 * @throws IOException if there are none; the message says what is expected
	 */
	public static QuantizationImages open(final Path path, final Consumer<String> warnings) throws IOException {
		if (Files.isRegularFile(path) && ImageFiles.isImage(path)) {
			return new QuantizationImages(path.getFileName().toString(), Collections.singletonList(path.getFileName().toString()),
				Collections.singletonList(path), null);
		}
		if (!Files.isDirectory(path) || NucleusDataset.recognizes(path)) return of(NucleusDataset.open(path, warnings));
		final List<Path> files = ImageFiles.in(path, false);
		if (files.isEmpty()) throw new IOException("There are no images in " + path + ". Give a folder of images (" + String
			.join(", ", ImageFiles.EXTENSIONS) + "), or annotated images: the Data Science Bowl 2018 training set, zipped or " +
			"not, or a folder of images with label images.");
		final Path last = path.toAbsolutePath().normalize().getFileName();
		return new QuantizationImages(last == null ? path.toString() : last.toString(), names(files), files, null);
	}

	/** The files' names, without endings if they are all different then. */
	private static List<String> names(final List<Path> files) {
		final List<String> full = files.stream().map(file -> file.getFileName().toString()).collect(Collectors.toList());
		final List<String> bases = full.stream().map(file -> file.substring(0, file.lastIndexOf('.'))).collect(Collectors
			.toList());
		return bases.stream().map(String::toLowerCase).distinct().count() == files.size() ? bases : full;
	}

	/**
	 * The folder of sample images that come with the program: {@code samples} beside the folder of the installed models, in
	 * ImageJ's folder, or in the working folder.
	 */
	public static Optional<Path> samples() {
		final List<Path> folders = new ArrayList<>();
		final String models = System.getProperty(ModelStore.FOLDER_PROPERTY);
		if (models != null) folders.add(Paths.get(models).toAbsolutePath().resolveSibling("samples"));
		final String imagej = IJ.getDirectory("imagej");
		if (imagej != null) folders.add(Paths.get(imagej, "samples"));
		folders.add(Paths.get("samples"));
		return folders.stream().filter(Files::isDirectory).findFirst();
	}

	/** Name of the data set, folder or file. */
	public String name() {
		return name;
	}

	/** Number of images, at least one. */
	public int size() {
		return ids.size();
	}

	/** The images' names, all different. */
	public List<String> ids() {
		return ids;
	}

	/** The images with their annotations; empty if they have none. */
	public Optional<NucleusDataset> annotated() {
		return Optional.ofNullable(data);
	}

	/**
	 * Reads an image.
	 *
	 * @param index from 0
	 * @return axes (x, y), or (x, y, channel)
	 * @throws IOException if it can't be read
	 */
	public RandomAccessibleInterval<? extends NumericType<?>> image(final int index) throws IOException {
		return data != null ? data.get(index).image() : ImagePlanes.plane(ImagePlanes.open(files.get(index)), 0, 1, 1);
	}

	/** Which images a model is calibrated on and which it is measured on, see {@link ImageSplit}. */
	public ImageSplit split(final ModelInfo model, final boolean calibrated) {
		return ImageSplit.of(ids, model, calibrated);
	}

	@Override
	public void close() throws IOException {
		if (data != null) data.close();
	}
}
