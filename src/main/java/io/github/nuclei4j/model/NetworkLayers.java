package io.github.nuclei4j.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.nuclei4j.tensor.TargetEncoder;

/**
 * The layers of a network with one input and one output, without weights: the one form from which the engine and
 * Deeplearning4j are given the same network. Immutable.
 */
public final class NetworkLayers {

	private final String input;
	private final int inputChannels;
	private final TargetEncoder target;
	private final Map<String, NetworkLayer> layers;

	/**
	 * @param input name of the image
	 * @param inputChannels of the image
	 * @param target what the output channels mean
	 * @param layers in an order in which they can be added: each after those it reads; the last is the output
	 */
	NetworkLayers(final String input, final int inputChannels, final TargetEncoder target,
		final Collection<NetworkLayer> layers)
	{
		this.input = input;
		this.inputChannels = inputChannels;
		this.target = target;
		final Map<String, NetworkLayer> byName = new LinkedHashMap<>();
		layers.forEach(layer -> byName.put(layer.name(), layer));
		this.layers = Collections.unmodifiableMap(byName);
	}

	/** Name of the image, which the first layers read. */
	public String input() {
		return input;
	}

	/** Channels of the image. */
	public int inputChannels() {
		return inputChannels;
	}

	/** What the output channels mean, and by that the loss in training. */
	public TargetEncoder target() {
		return target;
	}

	/** All layers by name, each after those it reads; the last is the output. */
	public Map<String, NetworkLayer> byName() {
		return layers;
	}

	/** Name of the last layer. */
	public String output() {
		String last = null;
		for (final String name : layers.keySet()) last = name;
		return last;
	}

	/** The shapes of all parameters by name, in the order of model files. */
	public Map<String, long[]> parameters() {
		final Map<String, long[]> all = new LinkedHashMap<>();
		layers.values().forEach(layer -> all.putAll(layer.parameters()));
		return all;
	}

	/** Number of all parameters. */
	public long numbers() {
		long sum = 0;
		for (final long[] shape : parameters().values()) {
			long product = 1;
			for (final long size : shape) product *= size;
			sum += product;
		}
		return sum;
	}

	/** The axis of the output channels of a parameter. */
	int outputAxis(final String parameter) {
		return parameter.endsWith("_W") ? layers.get(parameter.substring(0, parameter.lastIndexOf('_'))).outputAxis() : 0;
	}

	/**
	 * The layers in the order in which they run, which is Deeplearning4j's (Kahn's algorithm over numbered vertices, those that
	 * become free at once in the order of a {@code HashSet}): which convolution takes in a sum follows from it, and with that
	 * the rounding.
	 */
	public List<NetworkLayer> inOrder() {
		final List<NetworkLayer> numbered = new ArrayList<>(layers.values());
		final Map<String, Integer> numbers = new LinkedHashMap<>();
		numbers.put(input, 0);
		numbered.forEach(layer -> numbers.put(layer.name(), numbers.size()));
		final List<Set<Integer>> waitsFor = new ArrayList<>();
		final List<Set<Integer>> readBy = new ArrayList<>();
		for (int i = 0; i <= numbered.size(); i++) {
			waitsFor.add(new HashSet<>());
			readBy.add(new HashSet<>());
		}
		for (final NetworkLayer layer : numbered) {
			final int own = numbers.get(layer.name());
			for (final String name : layer.inputs()) {
				waitsFor.get(own).add(numbers.get(name));
				readBy.get(numbers.get(name)).add(own);
			}
		}
		final List<NetworkLayer> ordered = new ArrayList<>();
		final Deque<Integer> free = new ArrayDeque<>();
		free.add(0);
		while (!free.isEmpty()) {
			final Integer next = free.removeFirst();
			if (next > 0) ordered.add(numbered.get(next - 1));
			for (final Integer reader : readBy.get(next)) {
				waitsFor.get(reader).remove(next);
				if (waitsFor.get(reader).isEmpty()) free.addLast(reader);
			}
		}
		return ordered;
	}
}
