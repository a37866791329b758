package io.github.nuclei4j.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/**
 * A network run by ONNX Runtime on the CPU, with all its optimisations, for a fixed image size, from and to memory that is
 * allocated once.
 */
final class OnnxContender implements Contender {

	private final OrtSession session;
	private final OnnxTensor input;
	private final OnnxTensor output;
	private final FloatBuffer result;
	private final String inputName;
	private final String outputName;

	private OnnxContender(final Workload workload, final boolean spinning) throws OrtException {
		final OrtEnvironment environment = OrtEnvironment.getEnvironment();
		final List<Operation> operations = workload.operations();
		final Operation first = operations.get(0);
		final Operation last = operations.get(operations.size() - 1);
		inputName = first.name();
		outputName = last.name();
		try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
			options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
			options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
			options.setIntraOpNumThreads(Machine.threads());
			options.setInterOpNumThreads(1);
			options.setSymbolicDimensionValue("batch", 1);
			options.setSymbolicDimensionValue("height", workload.height());
			options.setSymbolicDimensionValue("width", workload.width());
			options.addConfigEntry("session.intra_op.allow_spinning", spinning ? "1" : "0");
			session = environment.createSession(OnnxWriter.write(operations).toByteArray(), options);
		}
		result = buffer(workload.outputs());
		final FloatBuffer values = buffer(workload.input().length);
		values.put(workload.input()).rewind();
		input = OnnxTensor.createTensor(environment, values, shape(first, workload));
		output = OnnxTensor.createTensor(environment, result, shape(last, workload));
	}

	/**
	 * ONNX Runtime on as many threads as the others have.
	 *
	 * @param spinning whether its threads wait for work busily for a while
	 */
	static OnnxContender open(final Workload workload, final boolean spinning) {
		try {
			return new OnnxContender(workload, spinning);
		}
		catch (final OrtException e) {
			throw new IllegalStateException("ONNX Runtime can't run " + workload + ": " + e.getMessage(), e);
		}
	}

	/** Version, such as {@code 1.20.0}. */
	static String version() {
		return OrtEnvironment.getEnvironment().getVersion();
	}

	private static FloatBuffer buffer(final int values) {
		return ByteBuffer.allocateDirect(4 * values).order(ByteOrder.nativeOrder()).asFloatBuffer();
	}

	private static long[] shape(final Operation operation, final Workload workload) {
		return new long[] { 1, operation.channels(), workload.height(), workload.width() };
	}

	@Override
	public void run() {
		try {
			session.run(Collections.singletonMap(inputName, input), Collections.singletonMap(outputName, output)).close();
		}
		catch (final OrtException e) {
			throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
		}
	}

	@Override
	public float[] output() {
		final float[] values = new float[result.capacity()];
		result.duplicate().get(values);
		return values;
	}

	@Override
	public void close() {
		try {
			input.close();
			output.close();
			session.close();
		}
		catch (final OrtException e) {
			throw new IllegalStateException("ONNX Runtime can't be closed: " + e.getMessage(), e);
		}
	}
}
