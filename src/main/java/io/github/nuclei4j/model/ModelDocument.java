package io.github.nuclei4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

import io.github.nuclei4j.util.Messages;

/** The JSON of a model file: the description of the model, and the names and shapes of its weights. */
final class ModelDocument extends ModelHeader {

	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().serializeSpecialFloatingPointValues().create();
	private static final int MOST_AXES = 4;

	private final ModelInfo model;
	private final List<Tensor> tensors;
	private final int iterations;

	/**
	 * @param parameters shapes of the network's weights by name
	 * @param type in which kernels are stored
	 * @param iterations that training has made
	 */
	ModelDocument(final ModelInfo model, final Map<String, long[]> parameters, final WeightEncoding type,
		final int iterations)
	{
		super(ModelFile.FORMAT_VERSION);
		this.model = model;
		this.iterations = iterations;
		tensors = new ArrayList<>();
		parameters.forEach((name, shape) -> tensors.add(new Tensor(name, shape, type.of(shape).id())));
	}

	/**
	 * Reads and checks the JSON.
	 *
	 * @throws JsonParseException if it is none of a model
	 * @throws IllegalArgumentException if a value is missing or impossible; the messages say which
	 * @throws UnsupportedVersion if it is of another version of the format
	 */
	static ModelDocument parse(final String json) throws UnsupportedVersion {
		try {
			final ModelHeader header = GSON.fromJson(json, ModelHeader.class);
			if (header == null) throw new JsonParseException("it is empty, and does not say that it is a Nuclei4J model");
			header.check();
			JsonNames.check(json, ModelDocument.class);
			final ModelDocument document = read(json);
			document.validate();
			return document;
		}
		catch (final JsonParseException e) {
			// the first line without the name of a Java exception; what follows is for programmers
			throw new JsonParseException(Messages.quoted(e.getMessage().split("\n")[0].replaceFirst("^(\\w+\\.)+\\w*Exception: ",
				"")), e);
		}
	}

	private static ModelDocument read(final String json) {
		try {
			return GSON.fromJson(json, ModelDocument.class);
		}
		catch (final IllegalArgumentException e) {
			// so does Gson with a null in an array of numbers
			throw new JsonParseException("it has something else where a number belongs", e);
		}
	}

	String json() {
		return GSON.toJson(this);
	}

	ModelInfo model() {
		return model;
	}

	/** Steps that training has made. */
	int iterations() {
		return iterations;
	}

	List<Tensor> tensors() {
		return tensors;
	}

	/** How many weights there are. */
	long numbers() {
		return tensors.stream().mapToLong(Tensor::numbers).sum();
	}

	/** How many weights training changes by gradients; the rest are moving averages. */
	long trained() {
		return tensors.stream().filter(tensor -> !tensor.name.endsWith("_mean") && !tensor.name.endsWith("_var")).mapToLong(
			Tensor::numbers).sum();
	}

	private void validate() {
		if (model == null) throw new IllegalArgumentException("'model' is missing");
		model.validate();
		if (iterations < 0) throw new IllegalArgumentException("'iterations' must be 0 or more, got " + iterations);
		if (tensors == null || tensors.isEmpty()) throw new IllegalArgumentException("'tensors' is missing or empty");
		final Set<String> names = new HashSet<>();
		for (final Tensor tensor : tensors) {
			if (tensor == null || tensor.name == null) throw new IllegalArgumentException("an array of weights has no name");
			tensor.validate();
			if (!names.add(tensor.name)) throw new IllegalArgumentException("the weights '" + Messages.quoted(tensor.name) +
				"' are there twice");
		}
		if (numbers() > Integer.MAX_VALUE) throw new IllegalArgumentException("it claims " + numbers() +
			" weights, more than any network that this version can build");
	}

	/**
	 * Compares what the archive says of the weights' size with their shapes, before anything is built or read.
	 *
	 * @param bytes unpacked
	 */
	void checkSize(final long bytes) {
		final long least = tensors.stream().mapToLong(tensor -> tensor.bytes(false)).sum();
		final long most = tensors.stream().mapToLong(tensor -> tensor.bytes(true)).sum();
		if (bytes < least || bytes > most) throw new IllegalArgumentException("its weights have " + bytes +
			" bytes, but their shapes need " + least + (most > least ? " to " + most : ""));
	}

	/** Whether these are a network's weights in names, order and shapes. */
	boolean isOf(final Map<String, long[]> parameters) {
		if (parameters.size() != tensors.size()) return false;
		int i = 0;
		for (final Map.Entry<String, long[]> parameter : parameters.entrySet()) {
			final Tensor tensor = tensors.get(i++);
			if (!tensor.name.equals(parameter.getKey()) || !Arrays.equals(tensor.shape, parameter.getValue())) return false;
		}
		return true;
	}

	/**
	 * How the kernels, which are nearly all of the weights, are stored.
	 *
	 * @throws IllegalArgumentException if there are none
	 */
	WeightEncoding kernelType() {
		for (final Tensor tensor : tensors) if (tensor.shape.length == MOST_AXES) return tensor.type();
		throw new IllegalArgumentException("it has no kernels");
	}

	/** Name, shape and number type of one array of weights. */
	static final class Tensor {

		private final String name;
		private final long[] shape;
		private final String type;

		Tensor(final String name, final long[] shape, final String type) {
			this.name = name;
			this.shape = shape;
			this.type = type;
		}

		String name() {
			return name;
		}

		/** Not a copy. */
		long[] shape() {
			return shape;
		}

		WeightEncoding type() {
			return WeightEncoding.of(type);
		}

		private long numbers() {
			return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
		}

		/** Size in the file; the axis of the output channels, each of which may have a factor, is the first or the second. */
		private long bytes(final boolean most) {
			final long first = shape[0];
			final long second = shape[Math.min(1, shape.length - 1)];
			return type().bytes(numbers(), most ? Math.max(first, second) : Math.min(first, second));
		}

		private void validate() {
			boolean possible = shape != null && shape.length >= 1 && shape.length <= MOST_AXES;
			long product = 1;
			for (int i = 0; possible && i < shape.length; i++) {
				possible = shape[i] >= 1 && shape[i] <= Integer.MAX_VALUE / product;
				if (possible) product *= shape[i];
			}
			if (!possible) throw new IllegalArgumentException("the weights '" + Messages.quoted(name) + "' have the impossible shape " +
				Messages.quoted(Arrays.toString(shape)));
			if (type == null) throw new IllegalArgumentException("the number type of the weights '" + Messages.quoted(name) +
				"' is missing");
			type();
		}
	}
}
