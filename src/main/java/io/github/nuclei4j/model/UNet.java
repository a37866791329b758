package io.github.nuclei4j.model;

/**
 * U-Net (Ronneberger, Fischer and Brox 2015, arXiv 1505.04597) in the published study's size: four levels with 16, 32, 64
 * and 128 filters, 256 in the middle, 1,941,105 parameters. Input [n, 3, h, w] with h and w divisible by 16, output
 * [n, c, h, w].
 */
final class UNet {

	private static final int[] FILTERS = { 16, 32, 64, 128 };
	private static final int MIDDLE = 256;

	private UNet() {}

	/** Adds the network after {@code input}; returns the name of its output. */
	static String assemble(final ConvBlocks blocks, final String input) {
		final String[] skips = new String[FILTERS.length];
		String x = input;
		for (int level = 0; level < FILTERS.length; level++) {
			skips[level] = blocks.doubleConvolution("down" + level, FILTERS[level], x);
			x = blocks.pool("pool" + level, skips[level]);
			x = blocks.dropout("pool" + level + "-dropout", level == 0 ? 0.25 : 0.5, x);
		}
		x = blocks.doubleConvolution("middle", MIDDLE, x);
		for (int level = FILTERS.length - 1; level >= 0; level--) {
			x = blocks.upConvolution("up" + level, FILTERS[level], x);
			x = blocks.concatenate("skip" + level, x, skips[level]);
			x = blocks.dropout("skip" + level + "-dropout", 0.5, x);
			x = blocks.doubleConvolution("merge" + level, FILTERS[level], x);
		}
		return blocks.head("nucleus", x);
	}
}
