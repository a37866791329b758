package io.github.nuclei4j.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How a label image becomes the channels that a network learns. A model file names its encoder. {@link ObjectMaps} tells
 * what the channels hold.
 */
public enum TargetEncoder {
		/** One channel: 1 inside a nucleus, 0 outside. */
		NUCLEUS("nucleus", false, 1) {

			@Override
			public void encode(final int[] labels, final int width, final int height, final float[] target,
				final int offset)
			{
				for (int i = 0; i < width * height; i++) target[offset + i] = labels[i] == 0 ? 0 : 1;
			}
		},
		/** Three channels: nucleus, rim, distance from the edge over the nucleus' largest. */
		DISTANCE("distance", true, 1, 0.5f, 2) {

			@Override
			public void encode(final int[] labels, final int width, final int height, final float[] target,
				final int offset)
			{
				final ObjectMaps maps = new ObjectMaps(labels, width, height);
				maps.nucleus(target, offset);
				maps.rim(target, offset + width * height);
				maps.distance(target, offset + 2 * width * height);
			}
		},
		/** Three channels: nucleus, x and y of the direction to the nucleus' centre (0.5 is no direction). */
		FLOW("flow", true, 1, 1, 1) {

			@Override
			public void encode(final int[] labels, final int width, final int height, final float[] target,
				final int offset)
			{
				final ObjectMaps maps = new ObjectMaps(labels, width, height);
				maps.nucleus(target, offset);
				maps.flow(target, offset + width * height);
			}

			@Override
			public boolean isInsideOnly(final int channel) {
				return channel >= 1;
			}
		},
		/** Five channels: nucleus, rim, distance, x and y of the direction, as in the other encoders. */
		DISTANCE_FLOW("distance-flow", true, 1, 0.5f, 2, 1, 1) {

			@Override
			public void encode(final int[] labels, final int width, final int height, final float[] target,
				final int offset)
			{
				final ObjectMaps maps = new ObjectMaps(labels, width, height);
				maps.nucleus(target, offset);
				maps.rim(target, offset + width * height);
				maps.distance(target, offset + 2 * width * height);
				maps.flow(target, offset + 3 * width * height);
			}

			@Override
			public boolean isInsideOnly(final int channel) {
				return channel >= 3;
			}
		};

	private final String id;
	private final boolean dice;
	private final float[] lossWeights;

	TargetEncoder(final String id, final boolean dice, final float... lossWeights) {
		this.id = id;
		this.dice = dice;
		this.lossWeights = lossWeights;
	}

	/** The name used in model files. */
	public String id() {
		return id;
	}

	/** Number of channels that it makes. */
	public int channels() {
		return lossWeights.length;
	}

	/** How much a channel counts in the training loss. */
	public float lossWeight(final int channel) {
		return lossWeights[channel];
	}

	/** Whether only pixels inside nuclei count in the training loss of a channel; false for the first one. */
	public boolean isInsideOnly(final int channel) {
		return false;
	}

	/** Whether the training loss has a soft Dice term of the first channel. */
	public boolean hasDice() {
		return dice;
	}

	/**
	 * Writes the channels of one label image.
	 *
	 * @param labels row by row, 0 for background
	 * @param width in pixels
	 * @param height in pixels
	 * @param target receives {@code channels() * height * width} values, 0 to 1, channel by channel, row by row
	 * @param offset where in {@code target} to begin
	 */
	public abstract void encode(int[] labels, int width, int height, float[] target, int offset);

	/**
	 * The encoder of that name.
	 *
	 * @throws IllegalArgumentException that lists the known names
	 */
	public static TargetEncoder of(final String id) {
		return Arrays.stream(values()).filter(e -> e.id.equals(id)).findFirst().orElseThrow(
			() -> new IllegalArgumentException("Unknown target encoder '" + id + "'; this version knows: " + Arrays.stream(
				values()).map(e -> e.id).collect(Collectors.joining(", ")) + "."));
	}
}
