package io.github.nuclei4j.model;

import java.util.Arrays;

/**
 * HRNet (Sun et al. and Wang et al. 2019, arXiv 1908.07919) with branches of 32, 64, 128 and 256 channels, in the reference
 * system's form with a head that returns to full resolution: 28,608,608 parameters, of which 28,554,144 are trained. Input
 * [n, 3, h, w] with h and w divisible by 32, output [n, c, h, w].
 */
final class HRNet {

	private static final int[] WIDTHS = { 32, 64, 128, 256 };
	private static final int BLOCKS = 4;

	private final ConvBlocks blocks;

	private HRNet(final ConvBlocks blocks) {
		this.blocks = blocks;
	}

	/** Adds the network after {@code input}; returns the name of its output. */
	static String assemble(final ConvBlocks blocks, final String input) {
		return new HRNet(blocks).assemble(input);
	}

	private String assemble(final String input) {
		String x = blocks.normalized("stem1", 64, 3, 2, false, input);
		x = blocks.normalized("stem2", 64, 3, 2, true, x);
		for (int i = 0; i < BLOCKS; i++) x = bottleneck("layer1-" + i, i == 0, x);
		String[] branches = { blocks.normalized("transition1-0", WIDTHS[0], 3, 1, true, x), blocks.normalized(
			"transition1-1", WIDTHS[1], 3, 2, true, x) };
		branches = module("stage2-0", branches, 2);
		branches = withNextBranch("transition2", branches);
		for (int i = 0; i < 4; i++) branches = module("stage3-" + i, branches, 3);
		branches = withNextBranch("transition3", branches);
		for (int i = 0; i < 3; i++) branches = module("stage4-" + i, branches, i < 2 ? 4 : 1);
		x = blocks.normalized("head1", 32, 3, 1, true, blocks.enlarge("head1-up", 2, branches[0]));
		x = blocks.normalized("head2", 32, 3, 1, true, blocks.enlarge("head2-up", 2, x));
		return blocks.headWithoutBias("nucleus", x);
	}

	/** 1x1 to 64, 3x3, 1x1 to 256, added to the input (brought to 256 channels in the first block). */
	private String bottleneck(final String name, final boolean first, final String input) {
		String x = blocks.normalized(name + "-1", 64, 1, 1, true, input);
		x = blocks.normalized(name + "-2", 64, 3, 1, true, x);
		x = blocks.normalized(name + "-3", 256, 1, 1, false, x);
		final String shortcut = first ? blocks.normalized(name + "-shortcut", 256, 1, 1, false, input) : input;
		return blocks.add(name, new int[] { 1, 1 }, x, shortcut);
	}

	/** Four basic blocks on every branch, then the fusion of all branches into the first {@code outputs}. */
	private String[] module(final String name, final String[] inputs, final int outputs) {
		final String[] branches = inputs.clone();
		for (int b = 0; b < branches.length; b++) {
			for (int i = 0; i < BLOCKS; i++) {
				final String block = name + "-branch" + b + "-" + i;
				final String x = blocks.normalized(block + "-1", WIDTHS[b], 3, 1, true, branches[b]);
				branches[b] = blocks.add(block, new int[] { 1, 1 }, blocks.normalized(block + "-2", WIDTHS[b], 3, 1, false, x),
					branches[b]);
			}
		}
		final String[] fused = new String[outputs];
		for (int i = 0; i < outputs; i++) fused[i] = fuse(name + "-fuse" + i, branches, i);
		return fused;
	}

	private String fuse(final String name, final String[] branches, final int output) {
		final String[] terms = new String[branches.length];
		final int[] factors = new int[branches.length];
		for (int j = 0; j < branches.length; j++) {
			factors[j] = j > output ? 1 << (j - output) : 1;
			terms[j] = branches[j];
			if (j > output) terms[j] = blocks.normalized(name + "-from" + j, WIDTHS[output], 1, 1, false, branches[j]);
			for (int step = j + 1; step <= output; step++) {
				final boolean last = step == output;
				terms[j] = blocks.normalized(name + "-from" + j + "-" + step, last ? WIDTHS[output] : WIDTHS[j], 3, 2, !last,
					terms[j]);
			}
		}
		return blocks.add(name, factors, terms);
	}

	private String[] withNextBranch(final String name, final String[] branches) {
		final String[] more = Arrays.copyOf(branches, branches.length + 1);
		more[branches.length] = blocks.normalized(name, WIDTHS[branches.length], 3, 2, true, branches[branches.length - 1]);
		return more;
	}
}
