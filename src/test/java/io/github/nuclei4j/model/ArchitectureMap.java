package io.github.nuclei4j.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.nuclei4j.network.Networks;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * A network's layers summed up to the boxes and arrows of a diagram and to stages of a table, read from its configuration:
 * layers of one block make a box; poolings, fusions, concatenations and whatever else lies between boxes make the arrows.
 */
final class ArchitectureMap {

	/** Layers of one block, at one resolution. */
	static final class Box {

		final String name;
		/** How often the image was halved. */
		final int level;
		/** Boxes on the longest way from the image. */
		final int column;
		int channels;
		int convolutions;
		final Set<Integer> kernels = new TreeSet<>();

		Box(final String name, final int level, final int column) {
			this.name = name;
			this.level = level;
			this.column = column;
		}
	}

	/** Data that go from one box to another. */
	static final class Arrow {

		final Box from;
		final Box to;

		Arrow(final Box from, final Box to) {
			this.from = from;
			this.to = to;
		}

		@Override
		public boolean equals(final Object other) {
			return other instanceof Arrow && ((Arrow) other).from == from && ((Arrow) other).to == to;
		}

		@Override
		public int hashCode() {
			return Objects.hash(from.name, to.name);
		}
	}

	/** Sums over the layers whose names begin alike. */
	static final class Stage {

		long parameters;
		long trainable;
		long multiplyAdds;
		/** Numbers in the outputs of all its layers. */
		long outputs;
		/** Farthest that any of its layers reaches, pixels. */
		int reach;
	}

	private static final Pattern BOX = Pattern.compile(
		"(image|stage\\d-\\d-branch\\d|layer1|down\\d|middle|merge\\d|up\\d-0|stem\\d?|head\\d|nucleus)(-conv|-logits|-\\d.*)?");
	private static final Pattern STAGE = Pattern.compile(
		"(stem|layer1|transition\\d|stage\\d|head|nucleus|down|pool|middle|up|skip|merge)");
	private static final Map<String, String> JOINED = Map.of("pool", "down", "skip", "up", "merge", "up", "nucleus", "head");

	final int size;
	/** Whether what comes from the same level is appended as more channels, or added. */
	final boolean appends;
	final Map<String, Box> boxes = new LinkedHashMap<>();
	final List<Arrow> arrows = new ArrayList<>();
	final Map<String, Stage> stages = new LinkedHashMap<>();
	private final ComputationGraphConfiguration network;
	private final NetworkLayers layers;
	private final Map<String, InputType> types;

	ArchitectureMap(final Architecture architecture) {
		network = Networks.configuration(architecture);
		layers = architecture.layers();
		appends = architecture == Architecture.UNET;
		size = architecture.layout().trainingSize();
		types = network.getLayerActivationTypes(InputType.convolutional(size, size, architecture.layout().channels()));
		final Box image = new Box("image", 0, 0);
		image.channels = architecture.layout().channels();
		boxes.put("image", image);
		for (final Map.Entry<String, GraphVertex> entry : network.getVertices().entrySet()) {
			addToStage(entry.getKey(), entry.getValue());
			addToBox(entry.getKey(), entry.getValue());
		}
	}

	private InputType.InputTypeConvolutional type(final String vertex) {
		return (InputType.InputTypeConvolutional) types.get(vertex);
	}

	private void addToStage(final String name, final GraphVertex vertex) {
		final Matcher matcher = STAGE.matcher(name);
		if (!matcher.lookingAt()) throw new IllegalStateException("No stage for " + name);
		final Stage stage = stages.computeIfAbsent(JOINED.getOrDefault(matcher.group(), matcher.group()), key -> new Stage());
		final InputType.InputTypeConvolutional type = type(name);
		stage.outputs += type.getChannels() * type.getHeight() * type.getWidth();
		stage.reach = Math.max(stage.reach, ReceptiveField.of(layers, name).reach());
		if (!(vertex instanceof LayerVertex)) return;
		final Layer layer = ((LayerVertex) vertex).getLayerConf().getLayer();
		final long parameters = vertex.numParams(false);
		stage.parameters += parameters;
		stage.trainable += layer instanceof BatchNormalization ? parameters - 2 * type.getChannels() : parameters;
		if (!(layer instanceof ConvolutionLayer)) return;
		final ConvolutionLayer convolution = (ConvolutionLayer) layer;
		final int[] kernel = convolution.getKernelSize();
		final InputType.InputTypeConvolutional at = layer instanceof Deconvolution2D ? type(network.getVertexInputs().get(name)
			.get(0)) : type;
		stage.multiplyAdds += convolution.getNIn() * convolution.getNOut() * kernel[0] * kernel[1] * at.getHeight() * at
			.getWidth();
	}

	private void addToBox(final String name, final GraphVertex vertex) {
		final Matcher matcher = BOX.matcher(name);
		if (!matcher.matches()) return;
		final List<Box> sources = sources(name);
		final String key = matcher.group(1);
		if (!boxes.containsKey(key)) boxes.put(key, new Box(key, level(name), sources.stream().mapToInt(b -> b.column).max()
			.orElse(0) + 1));
		final Box box = boxes.get(key);
		box.channels = (int) type(name).getChannels();
		for (final Box source : sources) {
			final Arrow arrow = new Arrow(source, box);
			if (source != box && !arrows.contains(arrow)) arrows.add(arrow);
		}
		final Layer layer = vertex instanceof LayerVertex ? ((LayerVertex) vertex).getLayerConf().getLayer() : null;
		if (layer instanceof ConvolutionLayer) {
			box.convolutions++;
			box.kernels.add(((ConvolutionLayer) layer).getKernelSize()[0]);
		}
	}

	private int level(final String vertex) {
		return Long.numberOfTrailingZeros(size / type(vertex).getHeight());
	}

	/** The boxes that a vertex gets its data from, through whatever lies between. */
	private List<Box> sources(final String vertex) {
		final List<Box> found = new ArrayList<>();
		for (final String input : network.getVertexInputs().get(vertex)) {
			final Matcher matcher = BOX.matcher(input);
			if (matcher.matches()) found.add(boxes.get(matcher.group(1)));
			else found.addAll(sources(input));
		}
		return found;
	}

	/** The sums over all stages. */
	Stage total() {
		final Stage total = new Stage();
		for (final Stage stage : stages.values()) {
			total.parameters += stage.parameters;
			total.trainable += stage.trainable;
			total.multiplyAdds += stage.multiplyAdds;
			total.outputs += stage.outputs;
			total.reach = Math.max(total.reach, stage.reach);
		}
		return total;
	}
}
