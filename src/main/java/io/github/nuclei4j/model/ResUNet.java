package io.github.nuclei4j.model;

/**
 * A residual U-Net with batch normalisation: the encoder-decoder of U-Net (Ronneberger et al. 2015, arXiv 1505.04597) of
 * basic residual blocks (He et al. 2016, arXiv 1512.03385), with most of its work at half the resolution and below. A stem
 * of 16 channels (large: 32) at full resolution; an encoder with 32, 64, 128 and 256 channels (48, 96, 192 and 384) at 1/2
 * to 1/16 of it, each level entered by a convolution of stride 2 and followed by two blocks; a decoder that brings each level
 * to the channels of the one above by a 1x1 convolution, enlarges it, adds it to the encoder's output there (which costs a fraction of concatenating them), and
 * has one block; and one convolution at full resolution. Input [n, 3, h, w] with h and w divisible by 16, output
 * [n, c, h, w].
 */
final class ResUNet {

	/** Channels at full resolution, at half of it and so on. */
	private static final int[] USUAL = { 16, 32, 64, 128, 256 };
	private static final int[] LARGE = { 32, 48, 96, 192, 384 };
	private static final int BLOCKS = 2;

	private final ConvBlocks blocks;
	private final int[] channels;

	private ResUNet(final ConvBlocks blocks, final int[] channels) {
		this.blocks = blocks;
		this.channels = channels;
	}

	/** Adds the network after {@code input}; returns the name of its output. */
	static String assemble(final ConvBlocks blocks, final String input) {
		return new ResUNet(blocks, USUAL).assemble(input);
	}

	/** As {@link #assemble(ConvBlocks, String)}, with half as many channels again, and twice as many at full resolution. */
	static String assembleLarge(final ConvBlocks blocks, final String input) {
		return new ResUNet(blocks, LARGE).assemble(input);
	}

	private String assemble(final String input) {
		final String[] skips = new String[channels.length];
		skips[0] = blocks.normalized("stem", channels[0], 3, 1, true, input);
		for (int level = 1; level < channels.length; level++) {
			String x = blocks.normalized("down" + level, channels[level], 3, 2, true, skips[level - 1]);
			for (int i = 0; i < BLOCKS; i++) x = block("down" + level + "-" + i, channels[level], x);
			skips[level] = x;
		}
		String x = skips[channels.length - 1];
		for (int level = channels.length - 2; level >= 0; level--) {
			final String narrow = blocks.normalized("up" + level + "-narrow", channels[level], 1, 1, false, x);
			x = blocks.add("up" + level, new int[] { 1, 2 }, skips[level], narrow);
			if (level > 0) x = block("up" + level + "-0", channels[level], x);
		}
		return blocks.head("nucleus", blocks.normalized("head1", channels[0], 3, 1, true, x));
	}

	/** Two 3x3 convolutions, added to the input. */
	private String block(final String name, final int filters, final String input) {
		final String x = blocks.normalized(name + "-1", filters, 3, 1, true, input);
		return blocks.add(name, new int[] { 1, 1 }, blocks.normalized(name + "-2", filters, 3, 1, false, x), input);
	}
}
