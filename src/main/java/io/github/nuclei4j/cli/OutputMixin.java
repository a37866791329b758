package io.github.nuclei4j.cli;

import java.util.EnumSet;
import java.util.Set;

import io.github.nuclei4j.batch.OutputKind;
import io.github.nuclei4j.instance.SegmentationOptions;
import picocli.CommandLine.Option;

/** The options of every subcommand that segments a batch: which channel and nuclei, and which files are written for each image. */
public final class OutputMixin {

	@Option(names = "--channel", paramLabel = "N", defaultValue = "0",
		description = "Channel to segment, from 1; 0 uses all as colours (default: ${DEFAULT-VALUE}).")
	private int channel;

	@Option(names = "--drop-border", description = "Leave out nuclei that touch the image's border.")
	private boolean dropBorder;

	@Option(names = "--labels", description = "Write <name>_labels.tif: each nucleus' pixels have its number.")
	private boolean labels;

	@Option(names = "--rois", description = "Write <name>_rois.zip for ImageJ's ROI Manager.")
	private boolean rois;

	@Option(names = "--overlay", description = "Write <name>_overlay.png: the image with the nuclei's outlines (of a " +
		"stack, the plane with the most nuclei).")
	private boolean overlay;

	@Option(names = "--probabilities", description = "Write <name>_probabilities.tif: the network's answer.")
	private boolean probabilities;

	/**
	 * Other options, changed by what was given.
	 *
	 * @throws IllegalArgumentException if a value is impossible
	 */
	public SegmentationOptions options(final SegmentationOptions others) {
		return others.channel(channel).dropBorder(dropBorder);
	}

	/** The files to write for each image. */
	public Set<OutputKind> kinds() {
		final Set<OutputKind> kinds = EnumSet.noneOf(OutputKind.class);
		if (labels) kinds.add(OutputKind.LABELS);
		if (rois) kinds.add(OutputKind.ROIS);
		if (overlay) kinds.add(OutputKind.OVERLAY);
		if (probabilities) kinds.add(OutputKind.PROBABILITIES);
		return kinds.isEmpty() ? OutputKind.DEFAULTS : kinds;
	}
}
