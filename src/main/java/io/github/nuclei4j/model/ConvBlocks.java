package io.github.nuclei4j.model;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.nuclei4j.model.NetworkLayer.Initialization;
import io.github.nuclei4j.tensor.TargetEncoder;

/**
 * The one place that adds layers to a network: each method adds one block after {@code input} and returns the name of its
 * output. All tensors are [batch, channel, height, width].
 */
public class ConvBlocks {

	private final TargetEncoder target;
	private final Map<String, NetworkLayer> layers = new LinkedHashMap<>();
	private String image;
	private int imageChannels;

	/**
	 * @param target what the output channels of a head mean
	 */
	public ConvBlocks(final TargetEncoder target) {
		this.target = target;
	}

	/** Begins with the image; returns its name. */
	final String image(final String name, final int channels) {
		image = name;
		imageChannels = channels;
		return name;
	}

	/** All that was added. */
	final NetworkLayers layers() {
		return new NetworkLayers(image, imageChannels, target, layers.values());
	}

	private String add(final NetworkLayer layer) {
		layers.put(layer.name(), layer);
		return layer.name();
	}

	private int channels(final String name) {
		return name.equals(image) ? imageChannels : layers.get(name).channels();
	}

	/** Twice a 3x3 convolution with ReLU, same padding, He-normal weights. */
	String doubleConvolution(final String name, final int filters, final String input) {
		return convolution(name + "-2", filters, 3, true, Initialization.HE_NORMAL, convolution(name + "-1", filters, 3, true,
			Initialization.HE_NORMAL, input));
	}

	/** A convolution of stride 1, same padding, with bias. */
	public String convolution(final String name, final int filters, final int kernel, final boolean relu,
		final Initialization initialization, final String input)
	{
		return add(NetworkLayer.convolution(name, input, channels(input), filters, kernel, 1, true, relu, initialization));
	}

	/** 2x2 maximum pooling with stride 2. */
	String pool(final String name, final String input) {
		return add(NetworkLayer.maxPooling(name, input, channels(input)));
	}

	/** Dropout of the given share of the values, in training only. */
	public String dropout(final String name, final double rate, final String input) {
		return add(NetworkLayer.dropout(name, input, channels(input), 1 - rate));
	}

	/** 2x2 transposed convolution with stride 2. */
	public String upConvolution(final String name, final int filters, final String input) {
		return add(NetworkLayer.upConvolution(name, input, channels(input), filters));
	}

	/** Concatenation along the channels. */
	String concatenate(final String name, final String first, final String second) {
		return add(NetworkLayer.concatenation(name, channels(first) + channels(second), first, second));
	}

	/** A convolution without bias, same padding, He-normal weights, then batch normalisation and perhaps ReLU. */
	public String normalized(final String name, final int filters, final int kernel, final int stride, final boolean relu,
		final String input)
	{
		return add(NetworkLayer.normalization(name, withoutBias(name + "-conv", filters, kernel, stride, input), filters, relu));
	}

	/** Sum of the inputs, each enlarged by its factor, then ReLU. */
	String add(final String name, final int[] factors, final String... inputs) {
		return add(NetworkLayer.sum(name, channels(inputs[0]), factors, true, inputs));
	}

	/** Nearest-neighbour enlargement of height and width. */
	String enlarge(final String name, final int factor, final String input) {
		return add(NetworkLayer.sum(name, channels(input), new int[] { factor }, false, input));
	}

	/** 1x1 convolution with bias to the target's channels, sigmoid, and the training loss. */
	String head(final String name, final String input) {
		return output(name, add(NetworkLayer.convolution(name + "-logits", input, channels(input), target.channels(), 1, 1, true,
			false, Initialization.XAVIER_UNIFORM)));
	}

	/** As {@link #head}, without bias. */
	String headWithoutBias(final String name, final String input) {
		return output(name, withoutBias(name + "-logits", target.channels(), 1, 1, input));
	}

	private String withoutBias(final String name, final int filters, final int kernel, final int stride,
		final String input)
	{
		return add(NetworkLayer.convolution(name, input, channels(input), filters, kernel, stride, false, false,
			Initialization.HE_NORMAL));
	}

	private String output(final String name, final String logits) {
		return add(NetworkLayer.output(name, logits, target.channels()));
	}
}
