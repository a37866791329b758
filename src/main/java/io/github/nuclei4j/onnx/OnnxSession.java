package io.github.nuclei4j.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession;

/**
 * A model in ONNX Runtime, on the CPU, with floats in and floats out. Uses all processors that Java may use. Safe to call
 * from several threads, which then wait for each other; native memory is freed by {@link #close()}.
 */
public final class OnnxSession implements AutoCloseable {

	private final OrtSession session;
	private boolean closed;

	/**
	 * @param model content of an .onnx file
	 * @throws UnsupportedOperationException that says why ONNX Runtime can't be used on this computer
	 * @throws IllegalArgumentException if ONNX Runtime can't run the model; the message says why
	 */
	public OnnxSession(final byte[] model) {
		final OrtEnvironment environment = OnnxRuntime.get();
		try (SessionOptions options = new SessionOptions()) {
			options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
			options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
			options.setInterOpNumThreads(1);
			session = environment.createSession(model, options);
		}
		catch (final OrtException e) {
			throw new IllegalArgumentException("ONNX Runtime can't run the model: " + e.getMessage(), e);
		}
	}

	/** The outputs of one run, in the order asked for. */
	public static final class Output {

		private final float[] values;
		private final long[] shape;

		Output(final float[] values, final long[] shape) {
			this.values = values;
			this.shape = shape;
		}

		/** The values, row by row. Not a copy. */
		public float[] values() {
			return values;
		}

		/** The sizes. Not a copy. */
		public long[] shape() {
			return shape;
		}
	}

	/**
	 * Runs the model.
	 *
	 * @param input name of its only input
	 * @param values of the input, row by row
	 * @param shape of the input
	 * @param outputs names
	 * @return one for each name
	 * @throws IllegalStateException if this was closed, memory is short, or ONNX Runtime fails
	 */
	public synchronized List<Output> run(final String input, final float[] values, final long[] shape,
		final List<String> outputs)
	{
		if (closed) throw new IllegalStateException("The network is closed; make a new one.");
		try (OnnxTensor tensor = OnnxTensor.createTensor(OnnxRuntime.get(), FloatBuffer.wrap(values), shape);
			Result result = session.run(Collections.singletonMap(input, tensor), new LinkedHashSet<>(outputs)))
		{
			final List<Output> found = new ArrayList<>();
			for (final String name : outputs) found.add(output(name, result));
			return found;
		}
		catch (final OrtException e) {
			throw new IllegalStateException("ONNX Runtime can't run the network on an input of " + Arrays.toString(shape) + ": " +
				e.getMessage() + ". If memory is short, choose a smaller tile size.", e);
		}
	}

	private static Output output(final String name, final Result result) throws OrtException {
		final OnnxValue value = result.get(name).orElseThrow(() -> new IllegalStateException("The model has no output '" + name +
			"'."));
		final FloatBuffer floats = value instanceof OnnxTensor ? ((OnnxTensor) value).getFloatBuffer() : null;
		if (floats == null) throw new IllegalStateException("The model's output '" + name + "' is no tensor of numbers but " + value
			.getInfo() + ".");
		final float[] values = new float[floats.remaining()];
		floats.get(values);
		return new Output(values, ((OnnxTensor) value).getInfo().getShape());
	}

	/** Names of the model's inputs, in its order. */
	public List<String> inputs() {
		return new ArrayList<>(session.getInputNames());
	}

	/** Names of the model's outputs, in its order. */
	public List<String> outputs() {
		return new ArrayList<>(session.getOutputNames());
	}

	/** Texts that the model's file holds about itself. */
	public Map<String, String> metadata() {
		try {
			return session.getMetadata().getCustomMetadata();
		}
		catch (final OrtException e) {
			throw new IllegalStateException("The model's description can't be read: " + e.getMessage(), e);
		}
	}

	@Override
	public synchronized void close() {
		if (closed) return;
		closed = true;
		try {
			session.close();
		}
		catch (final OrtException e) {
			throw new IllegalStateException("ONNX Runtime can't free the network: " + e.getMessage(), e);
		}
	}
}
