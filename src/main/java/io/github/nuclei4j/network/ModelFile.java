package io.github.nuclei4j.network;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

import io.github.nuclei4j.data.AtomicFiles;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads and writes model files: a zip with {@code model.json} (the {@link ModelInfo}, the names and shapes of the weights)
 * and {@code weights.bin} (little-endian numbers of a {@link NumberType} in that order, each array row by row); a checkpoint also has
 * {@code optimizer.bin} or {@code adamw.bin}, and {@code average.bin} if weights are averaged. The network is rebuilt from the architecture's name: no class that a file names is ever loaded.
 */
public final class ModelFile {

	/** Version of the format that this version writes and reads. */
	public static final int FORMAT_VERSION = 1;

	private static final String FORMAT = "nuclei4j-model";
	private static final String JSON_ENTRY = "model.json";
	private static final String WEIGHTS_ENTRY = "weights.bin";
	private static final String OPTIMIZER_ENTRY = "optimizer.bin";
	private static final String OWN_OPTIMIZER_ENTRY = "adamw.bin";
	private static final String AVERAGE_ENTRY = "average.bin";
	private static final int KERNEL_AXES = 4;
	private static final int MAXIMUM_JSON_BYTES = 16 << 20;
	private static final double RATE_BEFORE_TRAINING = 1e-3;
	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().serializeSpecialFloatingPointValues().create();

	private ModelFile() {}

	/** Writes weights and description, atomically. */
	public static void write(final NucleusModel model, final Path file) throws IOException {
		write(model, file, NumberType.FLOAT32);
	}

	/** As {@link #write(NucleusModel, Path)}, with the weights stored in the given type. */
	public static void write(final NucleusModel model, final Path file, final NumberType type) throws IOException {
		write(model, file, type, null);
	}

	/**
	 * As {@link #write(NucleusModel, Path)}, with what training can go on from: the state, and that of Deeplearning4j's
	 * optimizer if the state has no other one's.
	 */
	public static void writeCheckpoint(final NucleusModel model, final TrainingState state, final Path file)
		throws IOException
	{
		write(model, file, NumberType.FLOAT32, state);
	}

	/**
	 * Reads what a checkpoint holds beside the weights.
	 *
	 * @throws IOException as {@link #read}
	 */
	public static TrainingState readState(final Path file) throws IOException {
		try (ZipFile zip = open(file)) {
			return new TrainingState(floats(zip, OWN_OPTIMIZER_ENTRY), floats(zip, AVERAGE_ENTRY));
		}
	}

	private static float[] floats(final ZipFile zip, final String name) throws IOException {
		final ZipEntry entry = zip.getEntry(name);
		if (entry == null) return null;
		try (InputStream in = zip.getInputStream(entry)) {
			final byte[] bytes = in.readAllBytes();
			final float[] values = new float[bytes.length / Float.BYTES];
			ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
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
	 * Reads a model, or a checkpoint with its optimizer's state.
	 *
	 * @throws IOException if the file can't be read or is no model of this format version; the message says what was found
	 *           and what to do
	 */
	public static NucleusModel read(final Path file) throws IOException {
		try (ZipFile zip = open(file)) {
			final Document document = readDocument(zip, file);
			final ComputationGraph network = Architecture.of(document.model.architecture()).build(0, RATE_BEFORE_TRAINING,
				document.model.target());
			final Map<String, INDArray> parameters = network.paramTable();
			if (document.tensors == null || !Tensor.of(parameters, null).equals(document.tensors)) {
				throw new IllegalArgumentException("its weights are not those of architecture '" + document.model
					.architecture() + "' in names, order or shapes");
			}
			try (InputStream in = stream(zip, WEIGHTS_ENTRY, file)) {
				for (final Tensor tensor : document.tensors) {
					NumberType.of(tensor.type).read(in, parameters.get(tensor.name), outputAxis(network, tensor.name), tensor.name);
				}
				requireEnd(in, WEIGHTS_ENTRY);
			}
			if (zip.getEntry(OPTIMIZER_ENTRY) != null) readOptimizer(zip, network, file);
			if (isCheckpoint(zip)) network.getConfiguration().setIterationCount(document.iterations);
			return new NucleusModel(document.model, network);
		}
		catch (final IllegalArgumentException e) {
			throw broken(file, e.getMessage());
		}
	}

	/**
	 * Reads only the description, without building the network.
	 *
	 * @throws IOException as {@link #read}
	 */
	public static ModelInfo readInfo(final Path file) throws IOException {
		try (ZipFile zip = open(file)) {
			return readDocument(zip, file).model;
		}
	}

	/**
	 * Reads only how the kernels, which are nearly all of the weights, are stored.
	 *
	 * @throws IOException as {@link #read}
	 */
	public static NumberType readNumberType(final Path file) throws IOException {
		try (ZipFile zip = open(file)) {
			final List<Tensor> tensors = readDocument(zip, file).tensors;
			for (final Tensor tensor : tensors == null ? Collections.<Tensor> emptyList() : tensors) {
				if (tensor.shape != null && tensor.shape.length == KERNEL_AXES) return NumberType.of(tensor.type);
			}
			throw new IllegalArgumentException("it has no kernels");
		}
		catch (final IllegalArgumentException e) {
			throw broken(file, e.getMessage());
		}
	}

	private static void write(final NucleusModel model, final Path file, final NumberType type,
		final TrainingState state) throws IOException
	{
		final Document document = new Document();
		document.format = FORMAT;
		document.formatVersion = FORMAT_VERSION;
		document.model = model.info();
		document.tensors = Tensor.of(model.network().paramTable(), type);
		document.iterations = model.network().getIterationCount();
		AtomicFiles.write(file, out -> {
			final ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16));
			// Floats hardly get smaller, and a checkpoint is written after every epoch.
			if (state != null) zip.setLevel(Deflater.NO_COMPRESSION);
			zip.putNextEntry(new ZipEntry(JSON_ENTRY));
			zip.write(GSON.toJson(document).getBytes(StandardCharsets.UTF_8));
			zip.putNextEntry(new ZipEntry(WEIGHTS_ENTRY));
			for (final Map.Entry<String, INDArray> parameter : model.network().paramTable().entrySet()) {
				type.of(parameter.getValue()).write(parameter.getValue(), outputAxis(model.network(), parameter.getKey()), zip);
			}
			if (state != null) writeState(state, model.network(), zip);
			zip.finish();
			zip.flush();
		});
	}

	private static void writeState(final TrainingState state, final ComputationGraph network, final ZipOutputStream zip)
		throws IOException
	{
		if (state.optimizer().isPresent()) writeFloats(zip, OWN_OPTIMIZER_ENTRY, state.optimizer().get());
		else {
			zip.putNextEntry(new ZipEntry(OPTIMIZER_ENTRY));
			NumberType.FLOAT32.write(network.getUpdater(true).getStateViewArray(), 0, zip);
		}
		if (state.average().isPresent()) writeFloats(zip, AVERAGE_ENTRY, state.average().get());
	}

	private static boolean isCheckpoint(final ZipFile zip) {
		return zip.getEntry(OPTIMIZER_ENTRY) != null || zip.getEntry(OWN_OPTIMIZER_ENTRY) != null;
	}

	private static void readOptimizer(final ZipFile zip, final ComputationGraph network, final Path file)
		throws IOException
	{
		try (InputStream in = stream(zip, OPTIMIZER_ENTRY, file)) {
			NumberType.FLOAT32.read(in, network.getUpdater(true).getStateViewArray(), 0, OPTIMIZER_ENTRY);
			requireEnd(in, OPTIMIZER_ENTRY);
		}
	}

	/** The axis of the output channels of an array of weights. */
	private static int outputAxis(final ComputationGraph network, final String parameter) {
		final Layer layer = network.getLayer(parameter.substring(0, parameter.lastIndexOf('_'))).conf().getLayer();
		return layer instanceof UpConvolution && parameter.endsWith("_W") ? 1 : 0;
	}

	private static ZipFile open(final Path file) throws IOException {
		if (!Files.isRegularFile(file)) {
			throw new IOException("There is no model file " + file.toAbsolutePath() +
				". Give the path of a model zip, or the name of an installed model: " + ModelStore.names() + ".");
		}
		try {
			return new ZipFile(file.toFile());
		}
		catch (final ZipException e) {
			throw new IOException(file + " (" + Files.size(file) + " bytes) is not a readable model zip: " + e.getMessage() +
				". It may have been downloaded or copied only in part: get it again.", e);
		}
	}

	private static Document readDocument(final ZipFile zip, final Path file) throws IOException {
		final byte[] json;
		try (InputStream in = stream(zip, JSON_ENTRY, file)) {
			json = in.readNBytes(MAXIMUM_JSON_BYTES + 1);
		}
		if (json.length > MAXIMUM_JSON_BYTES) throw broken(file, JSON_ENTRY + " is larger than 16 MiB");
		try {
			final Header header = GSON.fromJson(new String(json, StandardCharsets.UTF_8), Header.class);
			if (header == null || !FORMAT.equals(header.format)) throw broken(file, JSON_ENTRY +
				" does not say that it is a Nuclei4J model");
			if (header.formatVersion != FORMAT_VERSION) {
				throw new IOException(file + " has model format version " + header.formatVersion +
					", but this version of Nuclei4J reads version " + FORMAT_VERSION + ". " + (header.formatVersion > FORMAT_VERSION
						? "Update Nuclei4J." : "Convert the model with the version of Nuclei4J that wrote it."));
			}
			final Document document = GSON.fromJson(new String(json, StandardCharsets.UTF_8), Document.class);
			if (document.model == null) throw broken(file, "'model' is missing from " + JSON_ENTRY);
			document.model.validate();
			return document;
		}
		catch (final JsonParseException | IllegalArgumentException e) {
			throw broken(file, JSON_ENTRY + ": " + e.getMessage());
		}
	}

	private static InputStream stream(final ZipFile zip, final String entry, final Path file) throws IOException {
		final ZipEntry found = zip.getEntry(entry);
		if (found == null) throw broken(file, "it has no " + entry);
		return new BufferedInputStream(zip.getInputStream(found), 1 << 16);
	}

	private static void requireEnd(final InputStream in, final String entry) throws IOException {
		if (in.read() >= 0) throw new IllegalArgumentException(entry + " has more values than the network");
	}

	private static IOException broken(final Path file, final String what) {
		return new IOException(file + " is not a usable Nuclei4J model: " + what +
			". Get the file again, or choose one of the installed models: " + ModelStore.names() + ".");
	}

	/** The part of the JSON that every format version has. */
	private static class Header {

		String format;
		int formatVersion;
	}

	/** The whole JSON. */
	private static final class Document extends Header {

		ModelInfo model;
		List<Tensor> tensors;
		int iterations;
	}

	/** Name, shape and number type of one array of weights. */
	private static final class Tensor {

		private final String name;
		private final long[] shape;
		private final String type;

		Tensor(final String name, final long[] shape, final NumberType type) {
			this.name = name;
			this.shape = shape;
			this.type = type == null ? null : type.id();
		}

		static List<Tensor> of(final Map<String, INDArray> parameters, final NumberType type) {
			final List<Tensor> tensors = new ArrayList<>();
			parameters.forEach((name, array) -> tensors.add(new Tensor(name, array.shape(), type == null ? null : type.of(array))));
			return tensors;
		}

		/** By name and shape; the number type may differ. */
		@Override
		public boolean equals(final Object other) {
			return other instanceof Tensor && ((Tensor) other).name.equals(name) && Arrays.equals(((Tensor) other).shape,
				shape);
		}

		@Override
		public int hashCode() {
			return 31 * name.hashCode() + Arrays.hashCode(shape);
		}
	}
}
