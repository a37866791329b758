package io.github.nuclei4j.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;

import io.github.nuclei4j.model.NetworkLayer;
import io.github.nuclei4j.model.NetworkLayers;
import io.github.nuclei4j.tensor.PixelLoss;
import io.github.nuclei4j.tensor.Tensor;

/**
 * Computes a network's loss and its gradients on oneDNN's own primitives: activations and gradients stay in oneDNN's blocked
 * layout, and the parameters stay where they are. The loss is the {@link PixelLoss} of the network's target. For one batch
 * size, height and width; for one thread at a time. Native memory is freed by {@link #close()}.
 */
public final class OneDnnTraining implements AutoCloseable {

	private final Parameters parameters;
	private final LongSupplier seeds;
	private final PointerScope scope;
	private final long[] inputSize;
	private final Map<String, Value> values = new HashMap<>();
	private final List<Node> nodes = new ArrayList<>();
	private final Map<String, NormalizationNode> normalizations = new LinkedHashMap<>();
	private final FloatPointer input;
	private final FloatPointer logits;
	private final FloatPointer logitGradient;
	private final Program forward;
	private final Program backward;
	private final PixelLoss loss;
	private final int pixels;
	private final float[] answers;
	private final float[] slopes;

	/**
	 * @param layers of the network
	 * @param parameters where its parameters and gradients are; must stay there while this is open
	 * @param seeds gives random numbers for dropout
	 * @param batch number of images in a step
	 * @param height of the images in pixels, divisible by what the network needs
	 * @param width likewise
	 * @throws UnsupportedOperationException that says why the network can't be trained in this way on this computer
	 */
	public OneDnnTraining(final NetworkLayers layers, final Parameters parameters, final LongSupplier seeds,
		final int batch, final int height, final int width)
	{
		this.parameters = parameters;
		this.seeds = seeds;
		final OneDnn oneDnn = OneDnn.get();
		scope = new PointerScope();
		boolean done = false;
		try {
			forward = new Program(oneDnn);
			backward = new Program(oneDnn);
			inputSize = new long[] { batch, layers.inputChannels(), height, width };
			final memory image = forward.allocate(plain(inputSize));
			values.put(layers.input(), new Value(inputSize, image).withoutGradient());
			layers.inOrder().forEach(this::add);
			final Value output = values.get(layers.output());
			final memory plainLogits = forward.allocate(plain(output.size()));
			forward.copy(output.data(), plainLogits);
			final memory plainGradient = forward.allocate(plain(output.size()));
			backward.addGradient(output, output.shape(), to -> backward.copy(plainGradient, to));
			for (int i = nodes.size() - 1; i >= 0; i--) {
				if (nodes.get(i).output().hasGradient()) nodes.get(i).backward(backward);
			}
			final int length = (int) (output.size()[0] * output.size()[1] * output.size()[2] * output.size()[3]);
			input = new FloatPointer(image.get_data_handle()).capacity((long) batch * layers.inputChannels() * height * width);
			logits = new FloatPointer(plainLogits.get_data_handle()).capacity(length);
			logitGradient = new FloatPointer(plainGradient.get_data_handle()).capacity(length);
			loss = PixelLoss.of(layers.target());
			pixels = height * width;
			answers = new float[length];
			slopes = new float[length];
			done = true;
		}
		finally {
			// Takes the scope off this thread's stack; its objects live on until close().
			scope.extend();
			scope.close();
			if (!done) scope.deallocate();
		}
	}

	/** Adds a layer's forward steps; the output layer's value is that before the sigmoid. */
	private void add(final NetworkLayer layer) {
		final List<Value> from = new ArrayList<>();
		layer.inputs().forEach(name -> from.add(values.get(name)));
		if (layer.kind() == NetworkLayer.Kind.OUTPUT) {
			values.put(layer.name(), from.get(0));
			return;
		}
		final Node node = node(layer, from);
		node.forward(forward);
		nodes.add(node);
		values.put(layer.name(), node.output());
	}

	private Node node(final NetworkLayer layer, final List<Value> inputs) {
		final Value first = inputs.get(0);
		switch (layer.kind()) {
			case CONVOLUTION:
				return convolution(layer, first);
			case UP_CONVOLUTION:
				return new UpConvolutionNode(layer.name(), first, layer.channels(), parameters);
			case NORMALIZATION:
				final NormalizationNode normalization = new NormalizationNode(layer.name(), first, parameters, NetworkLayer.EPSILON,
					NetworkLayer.DECAY, layer.hasRelu());
				normalizations.put(layer.name(), normalization);
				return normalization;
			case MAX_POOLING:
				return new PoolingNode(first);
			case DROPOUT:
				return new DropoutNode(first, layer.keep(), seeds);
			case SUM:
				return new SumNode(layer.name(), inputs, layer.factors(), layer.hasRelu());
			default:
				return new ConcatenationNode(inputs);
		}
	}

	private Node convolution(final NetworkLayer layer, final Value from) {
		final long[] kernel = layer.parameters().get(layer.name() + "_W");
		final memory.desc shape = new memory.desc(kernel, memory.data_type.f32, memory.format_tag.oihw);
		final memory.desc biasShape = new memory.desc(new long[] { layer.channels() }, memory.data_type.f32,
			memory.format_tag.x);
		final String weights = layer.name() + "_W";
		final String bias = layer.name() + "_b";
		return new ConvolutionNode(layer.name(), from, parameters.values(weights, shape), parameters.gradient(weights, shape),
			layer.hasBias() ? parameters.values(bias, biasShape) : null, layer.hasBias() ? parameters.gradient(bias, biasShape)
				: null, kernel, layer.stride(), layer.hasRelu());
	}

	private static memory.desc plain(final long[] size) {
		return new memory.desc(size, memory.data_type.f32, memory.format_tag.nchw);
	}

	/** Whether batches of this shape are what it was made for. */
	public boolean fits(final Tensor features) {
		return Arrays.equals(features.shape(), inputSize);
	}

	/**
	 * Computes the loss, and the gradients of all parameters. Those of a normalisation's moving averages are the step that the
	 * averages are to go back.
	 *
	 * @param features [batch, channels, height, width]
	 * @param labels [batch, output channels, height, width], 0 to 1
	 * @return the loss
	 */
	public double gradient(final Tensor features, final Tensor labels) {
		input.put(features.values());
		forward.run();
		logits.get(answers);
		final double value = loss.compute(answers, labels.values(), pixels, slopes);
		logitGradient.put(slopes);
		backward.run();
		return value;
	}

	/**
	 * Runs a batch forward as in training.
	 *
	 * @param features [batch, channels, height, width]
	 * @return mean and variance of each channel before each normalisation, by the normalisation's name
	 */
	public Map<String, float[][]> statistics(final Tensor features) {
		input.put(features.values());
		forward.run();
		final Map<String, float[][]> statistics = new LinkedHashMap<>();
		normalizations.forEach((name, node) -> statistics.put(name, new float[][] { node.batchMean(), node.batchVariance() }));
		return statistics;
	}

	@Override
	public void close() {
		scope.deallocate();
	}
}
