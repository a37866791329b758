package io.github.nuclei4j.training.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.nuclei4j.network.PixelLoss;
import io.github.nuclei4j.network.onednn.OneDnn;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Trains a Deeplearning4j network on oneDNN's own primitives: activations and gradients stay in oneDNN's blocked layout, and
 * only the parameters and their gradients are shared with Deeplearning4j, whose optimizer then makes the step. The loss is
 * the {@link PixelLoss} of the network's target. For one batch size, height and width; for one thread at a time. Native memory is freed by {@link #close()}.
 */
public final class OneDnnTraining implements AutoCloseable {

	private final ComputationGraph network;
	private final OneDnn oneDnn;
	private final PointerScope scope;
	private final long[] inputSize;
	private final FloatPointer input;
	private final FloatPointer logits;
	private final FloatPointer logitGradient;
	private final Program forward;
	private final Program backward;
	private final PixelLoss loss;
	private final int pixels;
	private final float[] answers;
	private final float[] slopes;
	private final Map<String, INDArray> gradients;

	/**
	 * @param network with one input and one output that ends in a loss on its pixels; its parameters are changed by training
	 * @param batch number of images in a step
	 * @param height of the images in pixels, divisible by what the network needs
	 * @param width likewise
	 * @throws UnsupportedOperationException that says why the network can't be trained in this way on this computer
	 */
	public OneDnnTraining(final ComputationGraph network, final int batch, final int height, final int width) {
		this.network = network;
		oneDnn = OneDnn.get();
		scope = new PointerScope();
		boolean done = false;
		try {
			final Parameters parameters = new Parameters(network, oneDnn);
			forward = new Program(oneDnn);
			backward = new Program(oneDnn);
			inputSize = new long[] { batch, inputChannels(), height, width };
			final memory image = forward.allocate(plain(inputSize));
			final TrainingReader reader = new TrainingReader(network, parameters, forward);
			reader.read(new Value(inputSize, image).withoutGradient());
			final Value output = reader.logits();
			final memory plainLogits = forward.allocate(plain(output.size()));
			forward.copy(output.data(), plainLogits);
			final memory plainGradient = forward.allocate(plain(output.size()));
			backward.addGradient(output, output.shape(), to -> backward.copy(plainGradient, to));
			final List<Node> nodes = reader.nodes();
			for (int i = nodes.size() - 1; i >= 0; i--) {
				if (nodes.get(i).output().hasGradient()) nodes.get(i).backward(backward);
			}
			final int length = (int) (output.size()[0] * output.size()[1] * output.size()[2] * output.size()[3]);
			input = new FloatPointer(image.get_data_handle()).capacity(batch * inputChannels() * height * width);
			logits = new FloatPointer(plainLogits.get_data_handle()).capacity(length);
			logitGradient = new FloatPointer(plainGradient.get_data_handle()).capacity(length);
			loss = PixelLoss.of(reader.target());
			pixels = height * width;
			answers = new float[length];
			slopes = new float[length];
			gradients = gradients(parameters);
			done = true;
		}
		finally {
			// Takes the scope off this thread's stack; its objects live on until close().
			scope.extend();
			scope.close();
			if (!done) scope.deallocate();
		}
	}

	private long inputChannels() {
		final String first = network.getConfiguration().getNetworkInputs().get(0);
		for (final Map.Entry<String, List<String>> vertex : network.getConfiguration().getVertexInputs().entrySet()) {
			if (vertex.getValue().contains(first)) return network.getParam(vertex.getKey() + "_W").size(1);
		}
		throw new UnsupportedOperationException("The network's input is not read by a convolution.");
	}

	private static memory.desc plain(final long[] size) {
		return new memory.desc(size, memory.data_type.f32, memory.format_tag.nchw);
	}

	/** Whether batches of this shape are what it was made for. */
	public boolean fits(final long... shape) {
		return java.util.Arrays.equals(shape, inputSize);
	}

	/**
	 * Makes one step.
	 *
	 * @param features [batch, channels, height, width]
	 * @param labels [batch, output channels, height, width], 0 to 1
	 * @return the loss before the step
	 */
	public double step(final INDArray features, final INDArray labels) {
		final double loss = gradient(features, labels);
		final Gradient gradient = new DefaultGradient(network.getFlattenedGradients());
		gradients.forEach(gradient::setGradientFor);
		final int iteration = network.getConfiguration().getIterationCount();
		network.getUpdater(true).update(gradient, iteration, network.getConfiguration().getEpochCount(), (int) inputSize[0],
			LayerWorkspaceMgr.noWorkspaces());
		network.params().subi(network.getFlattenedGradients().reshape(network.params().shape()));
		network.getConfiguration().setIterationCount(iteration + 1);
		return loss;
	}

	/** The gradient of a parameter, in the parameter's shape. Not a copy. */
	INDArray gradientOf(final String name) {
		return gradients.get(name);
	}

	private Map<String, INDArray> gradients(final Parameters parameters) {
		final Map<String, INDArray> views = new LinkedHashMap<>();
		network.paramTable().forEach((name, array) -> {
			final long from = parameters.offset(name);
			views.put(name, network.getFlattenedGradients().get(NDArrayIndex.point(0), NDArrayIndex.interval(from, from + array
				.length())).reshape('c', array.shape()));
		});
		return views;
	}

	/** Computes the loss, and the gradients of all parameters into the network's flattened gradients. */
	public double gradient(final INDArray features, final INDArray labels) {
		input.put(features.dup('c').data().asFloat());
		forward.run();
		logits.get(answers);
		final double value = loss.compute(answers, labels.dup('c').data().asFloat(), pixels, slopes);
		logitGradient.put(slopes);
		backward.run();
		return value;
	}

	@Override
	public void close() {
		scope.deallocate();
	}
}
