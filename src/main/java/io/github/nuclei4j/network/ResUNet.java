package io.github.nuclei4j.network;

/**
 * A residual U-Net with batch normalisation: the encoder-decoder of U-Net (Ronneberger et al. 2015, arXiv 1505.04597) of
 * basic residual blocks (He et al. 2016, arXiv 1512.03385), with most of its work at half the resolution and below. A stem
 * of 16 channels at full resolution; an encoder with 32, 64, 128 and 256 channels at 1/2 to 1/16 of it, each level entered by a
 * convolution of stride 2 and followed by two blocks; a decoder that brings each level to the channels of the one above by
 * a 1x1 convolution, enlarges it, adds it to the encoder's output there (which costs a fraction of concatenating them), and
 * has one block; and one convolution at full resolution. Input [n, 3, h, w] with h and w divisible by 16, output
 * [n, c, h, w].
 */
final class ResUNet {

	private static final int STEM = 16;
	private static final int LEVELS = 4;
	private static final int BLOCKS = 2;

	private final ConvBlocks blocks;

	private ResUNet(final ConvBlocks blocks) {
		this.blocks = blocks;
	}

	/** Adds the network after {@code input}; returns the name of its output. */
	static String assemble(final ConvBlocks blocks, final String input) {
		return new ResUNet(blocks).assemble(input);
	}

	private String assemble(final String input) {
		final String[] skips = new String[LEVELS + 1];
		skips[0] = blocks.normalized("stem", STEM, 3, 1, true, input);
		for (int level = 1; level <= LEVELS; level++) {
			String x = blocks.normalized("down" + level, STEM << level, 3, 2, true, skips[level - 1]);
			for (int i = 0; i < BLOCKS; i++) x = block("down" + level + "-" + i, STEM << level, x);
			skips[level] = x;
		}
		String x = skips[LEVELS];
		for (int level = LEVELS - 1; level >= 0; level--) {
			final String narrow = blocks.normalized("up" + level + "-narrow", STEM << level, 1, 1, false, x);
			x = blocks.add("up" + level, new int[] { 1, 2 }, skips[level], narrow);
			if (level > 0) x = block("up" + level + "-0", STEM << level, x);
		}
		return blocks.head("nucleus", blocks.normalized("head1", STEM, 3, 1, true, x));
	}

	/** Two 3x3 convolutions, added to the input. */
	private String block(final String name, final int filters, final String input) {
		final String x = blocks.normalized(name + "-1", filters, 3, 1, true, input);
		return blocks.add(name, new int[] { 1, 1 }, blocks.normalized(name + "-2", filters, 3, 1, false, x), input);
	}
}
