package io.github.nuclei4j.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One layer of a network, without weights: what it does to tensors [batch, channels, height, width], and the names of the
 * layers it reads. Immutable.
 */
public final class NetworkLayer {

	/** What a layer does. */
	public enum Kind {
			/** Convolution, padded so that height and width are those of the input divided by the stride, rounded up. */
			CONVOLUTION,
			/** 2x2 transposed convolution of stride 2, with bias. */
			UP_CONVOLUTION,
			/** Batch normalisation: with the batch's statistics in training, with moving averages in inference. */
			NORMALIZATION,
			/** 2x2 maximum of stride 2. */
			MAX_POOLING,
			/** Sets values to 0 at random and divides the others by the probability of keeping one; in training only. */
			DROPOUT,
			/** Sum of the inputs, each enlarged by its own factor (nearest neighbour). */
			SUM,
			/** Concatenation along the channels. */
			CONCATENATION,
			/** Sigmoid; in training the loss. */
			OUTPUT
	}

	/** Distributions of new weights. */
	public enum Initialization {
			/** He et al. 2015, arXiv 1502.01852, normal. */
			HE_NORMAL,
			/** Glorot and Bengio 2010, uniform. */
			XAVIER_UNIFORM
	}

	/** Share of their old value that the moving averages of a normalisation keep at each step: Keras' momentum. */
	public static final double DECAY = 0.1;

	/** Added to the variance in a normalisation. */
	public static final double EPSILON = 1e-5;

	private final Kind kind;
	private final String name;
	private final List<String> inputs;
	private final int inputChannels;
	private final int channels;
	private int kernel = 1;
	private int stride = 1;
	private boolean bias;
	private boolean relu;
	private double keep = 1;
	private Initialization initialization;
	private int[] factors = {};

	private NetworkLayer(final Kind kind, final String name, final int inputChannels, final int channels,
		final String... inputs)
	{
		this.kind = kind;
		this.name = name;
		this.inputChannels = inputChannels;
		this.channels = channels;
		this.inputs = Collections.unmodifiableList(Arrays.asList(inputs.clone()));
	}

	static NetworkLayer convolution(final String name, final String input, final int inputChannels, final int channels,
		final int kernel, final int stride, final boolean bias, final boolean relu, final Initialization initialization)
	{
		final NetworkLayer layer = new NetworkLayer(Kind.CONVOLUTION, name, inputChannels, channels, input);
		layer.kernel = kernel;
		layer.stride = stride;
		layer.bias = bias;
		layer.relu = relu;
		layer.initialization = initialization;
		return layer;
	}

	static NetworkLayer upConvolution(final String name, final String input, final int inputChannels, final int channels) {
		final NetworkLayer layer = new NetworkLayer(Kind.UP_CONVOLUTION, name, inputChannels, channels, input);
		layer.kernel = 2;
		layer.stride = 2;
		layer.bias = true;
		layer.initialization = Initialization.XAVIER_UNIFORM;
		return layer;
	}

	static NetworkLayer normalization(final String name, final String input, final int channels, final boolean relu) {
		final NetworkLayer layer = new NetworkLayer(Kind.NORMALIZATION, name, channels, channels, input);
		layer.relu = relu;
		return layer;
	}

	static NetworkLayer maxPooling(final String name, final String input, final int channels) {
		final NetworkLayer layer = new NetworkLayer(Kind.MAX_POOLING, name, channels, channels, input);
		layer.kernel = 2;
		layer.stride = 2;
		return layer;
	}

	static NetworkLayer dropout(final String name, final String input, final int channels, final double keep) {
		final NetworkLayer layer = new NetworkLayer(Kind.DROPOUT, name, channels, channels, input);
		layer.keep = keep;
		return layer;
	}

	static NetworkLayer sum(final String name, final int channels, final int[] factors, final boolean relu,
		final String... inputs)
	{
		final NetworkLayer layer = new NetworkLayer(Kind.SUM, name, channels, channels, inputs);
		layer.factors = factors.clone();
		layer.relu = relu;
		return layer;
	}

	static NetworkLayer concatenation(final String name, final int channels, final String... inputs) {
		return new NetworkLayer(Kind.CONCATENATION, name, channels, channels, inputs);
	}

	static NetworkLayer output(final String name, final String input, final int channels) {
		return new NetworkLayer(Kind.OUTPUT, name, channels, channels, input);
	}

	/** What it does. */
	public Kind kind() {
		return kind;
	}

	/** Its name, unique in a network. */
	public String name() {
		return name;
	}

	/** The names of the layers that it reads, or the network's input. */
	public List<String> inputs() {
		return inputs;
	}

	/** Channels of a single input. */
	public int inputChannels() {
		return inputChannels;
	}

	/** Channels of the output. */
	public int channels() {
		return channels;
	}

	/** Height and width of the kernel of a convolution or pooling. */
	public int kernel() {
		return kernel;
	}

	/** Stride of a convolution or pooling. */
	public int stride() {
		return stride;
	}

	/** Whether a convolution adds a bias. */
	public boolean hasBias() {
		return bias;
	}

	/** Whether negative results become 0. */
	public boolean hasRelu() {
		return relu;
	}

	/** Probability with which dropout keeps a value, above 0 and below 1. */
	public double keep() {
		return keep;
	}

	/** Distribution of a convolution's new weights. */
	public Initialization initialization() {
		return initialization;
	}

	/** By what a sum multiplies height and width of each input. Not a copy. */
	public int[] factors() {
		return factors;
	}

	/**
	 * The shapes of its parameters by name, in the order of model files: biases [channels], kernels
	 * [channels, input channels, k, k] or, of a transposed convolution, [input channels, channels, 2, 2].
	 */
	public Map<String, long[]> parameters() {
		final Map<String, long[]> shapes = new LinkedHashMap<>();
		final long[] perChannel = { channels };
		if (kind == Kind.NORMALIZATION) {
			for (final String key : new String[] { "_gamma", "_beta", "_mean", "_var" }) shapes.put(name + key, perChannel);
		}
		if (bias) shapes.put(name + "_b", perChannel);
		if (kind == Kind.CONVOLUTION) shapes.put(name + "_W", new long[] { channels, inputChannels, kernel, kernel });
		if (kind == Kind.UP_CONVOLUTION) shapes.put(name + "_W", new long[] { inputChannels, channels, kernel, kernel });
		return shapes;
	}

	/** The axis of the output channels in the kernels. */
	int outputAxis() {
		return kind == Kind.UP_CONVOLUTION ? 1 : 0;
	}

	@Override
	public String toString() {
		return name + " (" + kind + ", " + channels + " channels)";
	}
}
