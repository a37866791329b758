package io.github.nuclei4j.model;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

import com.google.gson.JsonParseException;

import io.github.nuclei4j.model.ModelHeader.UnsupportedVersion;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.util.AtomicFiles;
import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.ZipContents;

/**
 * Reads and writes model files: a zip with {@code model.json} (the {@link ModelInfo}, the names and shapes of the weights)
 * and {@code weights.bin} (little-endian numbers of a {@link WeightEncoding} in that order, each array row by row); a checkpoint also has
 * {@code optimizer.bin} or {@code adamw.bin}, and {@code average.bin} if weights are averaged. The network is rebuilt from the architecture's name: no class that a file names is ever loaded.
 */
public final class ModelFile {

	/** Version of the format that this version writes and reads. */
	public static final int FORMAT_VERSION = 1;

	private static final String JSON_ENTRY = "model.json";
	private static final String WEIGHTS_ENTRY = "weights.bin";
	private static final String OPTIMIZER_ENTRY = "optimizer.bin";
	private static final String OWN_OPTIMIZER_ENTRY = "adamw.bin";
	private static final String AVERAGE_ENTRY = "average.bin";
	private static final List<String> ENTRIES = Collections.unmodifiableList(Arrays.asList(JSON_ENTRY, WEIGHTS_ENTRY,
		OPTIMIZER_ENTRY, OWN_OPTIMIZER_ENTRY, AVERAGE_ENTRY));
	private static final String VARIANCE = "_var";
	private static final int MOST_JSON_BYTES = 16 << 20;

	private ModelFile() {}

	/** Writes weights and description, atomically. */
	public static void write(final NucleusModel model, final Path file) throws IOException {
		write(model, file, WeightEncoding.FLOAT32);
	}

	/** As {@link #write(NucleusModel, Path)}, with the weights stored in the given type. */
	public static void write(final NucleusModel model, final Path file, final WeightEncoding type) throws IOException {
		write(model, file, type, null);
	}

	/**
	 * As {@link #write(NucleusModel, Path)}, with what training can go on from.
	 */
	public static void writeCheckpoint(final NucleusModel model, final TrainingState state, final Path file)
		throws IOException
	{
		write(model, file, WeightEncoding.FLOAT32, state);
	}

	/**
	 * Reads what a checkpoint holds beside the weights.
	 *
	 * @throws IOException as {@link #read}
	 */
	public static TrainingState readState(final Path file) throws IOException {
		return reading(file, (zip, document) -> new TrainingState(floats(zip, OWN_OPTIMIZER_ENTRY, 2 * document.numbers()),
			floats(zip, AVERAGE_ENTRY, document.numbers()), floats(zip, OPTIMIZER_ENTRY, 2 * document.trained())));
	}

	private static float[] floats(final ZipContents zip, final String name, final long length) throws IOException {
		if (!zip.has(name)) return null;
		if (zip.size(name) != Float.BYTES * length) throw new IllegalArgumentException(name + " has " + zip.size(name) +
			" bytes, but the network needs " + Float.BYTES * length);
		try (InputStream in = stream(zip, name)) {
			final float[] values = WeightEncoding.FLOAT32.read(in, Math.toIntExact(length), name);
			requireEnd(in, name);
			return values;
		}
	}

	private static void writeFloats(final ZipOutputStream zip, final String name, final float[] values)
		throws IOException
	{
		zip.putNextEntry(new ZipEntry(name));
		final ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(values);
		zip.write(bytes.array());
	}

	/**
	 * Reads a model, or a checkpoint without its optimizer's state.
	 *
	 * @throws IOException if the file can't be read or is no model of this format version; the message says what was found
	 *           and what to do
	 */
	public static NucleusModel read(final Path file) throws IOException {
		return read(file, Architecture::layers);
	}

	/** As {@link #read(Path)}, with the layers that another makes in the place of an architecture's. */
	public static NucleusModel read(final Path file, final BiFunction<Architecture, TargetEncoder, NetworkLayers> networks)
		throws IOException
	{
		return reading(file, (zip, document) -> {
			document.checkSize(zip.size(WEIGHTS_ENTRY));
			final NetworkLayers layers = networks.apply(Architecture.of(document.model().architecture()), document.model()
				.target());
			if (!document.isOf(layers.parameters())) throw foreignWeights(document);
			final boolean trains = zip.has(OPTIMIZER_ENTRY) || zip.has(OWN_OPTIMIZER_ENTRY);
			return new NucleusModel(document.model(), layers, readWeights(zip, document, layers), trains ? document.iterations()
				: 0);
		});
	}

	private static Map<String, float[]> readWeights(final ZipContents zip, final ModelDocument document,
		final NetworkLayers layers) throws IOException
	{
		final Map<String, float[]> weights = new LinkedHashMap<>();
		try (InputStream in = stream(zip, WEIGHTS_ENTRY)) {
			for (final ModelDocument.Tensor tensor : document.tensors()) {
				final float[] values = tensor.type().read(in, tensor.shape(), layers.outputAxis(tensor.name()), tensor.name());
				if (tensor.name().endsWith(VARIANCE)) checkVariances(tensor.name(), values);
				weights.put(tensor.name(), values);
			}
			requireEnd(in, WEIGHTS_ENTRY);
		}
		return weights;
	}

	private static void checkVariances(final String name, final float[] values) {
		float least = 0;
		for (final float value : values) least = Math.min(least, value);
		if (least < 0) throw new IllegalArgumentException("the variances '" + name + "' must be 0 or more, the least is " + least);
	}

	private static IllegalArgumentException foreignWeights(final ModelDocument document) {
		return new IllegalArgumentException("its weights are not those of architecture '" + document.model().architecture() +
			"' with target '" + document.model().target().id() + "' in names, order or shapes");
	}

	/**
	 * Reads only the description, without building the network.
	 *
	 * @throws IOException as {@link #read}
	 */
	public static ModelInfo readInfo(final Path file) throws IOException {
		return reading(file, (zip, document) -> document.model());
	}

	/**
	 * Reads only how the kernels, which are nearly all of the weights, are stored.
	 *
	 * @throws IOException as {@link #read}
	 */
	public static WeightEncoding readNumberType(final Path file) throws IOException {
		return reading(file, (zip, document) -> document.kernelType());
	}

	private static void write(final NucleusModel model, final Path file, final WeightEncoding type,
		final TrainingState state) throws IOException
	{
		final Map<String, long[]> shapes = model.layers().parameters();
		final ModelDocument document = new ModelDocument(model.info(), shapes, type, model.iterations());
		AtomicFiles.write(file, out -> {
			final ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16));
			// Floats hardly get smaller, and a checkpoint is written after every epoch.
			if (state != null) zip.setLevel(Deflater.NO_COMPRESSION);
			zip.putNextEntry(new ZipEntry(JSON_ENTRY));
			zip.write(document.json().getBytes(StandardCharsets.UTF_8));
			zip.putNextEntry(new ZipEntry(WEIGHTS_ENTRY));
			for (final Map.Entry<String, long[]> shape : shapes.entrySet()) {
				type.of(shape.getValue()).write(model.weights().get(shape.getKey()), shape.getValue(), model.layers().outputAxis(shape
					.getKey()), zip);
			}
			if (state != null) writeState(state, zip);
			zip.finish();
			zip.flush();
		});
	}

	private static void writeState(final TrainingState state, final ZipOutputStream zip) throws IOException {
		if (state.optimizer().isPresent()) writeFloats(zip, OWN_OPTIMIZER_ENTRY, state.optimizer().get());
		if (state.updater().isPresent()) writeFloats(zip, OPTIMIZER_ENTRY, state.updater().get());
		if (state.average().isPresent()) writeFloats(zip, AVERAGE_ENTRY, state.average().get());
	}

	/** Opens a file, checks what it says of itself, and turns what is wrong with it into errors that name it. */
	private static <T> T reading(final Path file, final Reader<T> reader) throws IOException {
		try (ZipContents zip = open(file)) {
			final ModelDocument document = ModelDocument.parse(new String(zip.read(JSON_ENTRY, MOST_JSON_BYTES),
				StandardCharsets.UTF_8));
			for (final String name : zip.names()) {
				if (!ENTRIES.contains(name)) throw new IllegalArgumentException("it holds '" + Messages.quoted(name) +
					"', which is not part of a model; it may hold " + String.join(", ", ENTRIES));
			}
			return reader.read(zip, document);
		}
		catch (final UnsupportedVersion e) {
			throw new IOException(file + " " + e.getMessage(), e);
		}
		catch (final JsonParseException e) {
			throw broken(file, JSON_ENTRY + ": " + e.getMessage(), e);
		}
		catch (final IllegalArgumentException | ZipException e) {
			throw broken(file, e.getMessage(), e);
		}
	}

	private static ZipContents open(final Path file) throws IOException {
		if (!Files.isRegularFile(file)) {
			throw new IOException("There is no model file " + file.toAbsolutePath() +
				". Give the path of a model zip, or the name of an installed model: " + ModelStore.names() + ".");
		}
		try {
			return ZipContents.open(file);
		}
		catch (final ZipException e) {
			throw new IOException(file + " (" + Files.size(file) + " bytes) is not a readable model zip: " + e.getMessage() +
				". It may have been downloaded or copied only in part: get it again.", e);
		}
	}

	private static InputStream stream(final ZipContents zip, final String entry) throws IOException {
		return new BufferedInputStream(zip.stream(entry), 1 << 16);
	}

	private static void requireEnd(final InputStream in, final String entry) throws IOException {
		if (in.read() >= 0) throw new IllegalArgumentException(entry + " has more values than the network");
	}

	private static IOException broken(final Path file, final String what, final Exception cause) {
		return new IOException(file + " is not a usable Nuclei4J model: " + what +
			". Get the file again, or choose one of the installed models: " + ModelStore.names() + ".", cause);
	}

	/** Takes something from an open model file. */
	@FunctionalInterface
	private interface Reader<T> {

		T read(ZipContents zip, ModelDocument document) throws IOException;
	}
}
