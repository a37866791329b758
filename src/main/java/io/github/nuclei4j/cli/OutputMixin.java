package io.github.nuclei4j.cli;

import java.util.EnumSet;
import java.util.Set;

import io.github.nuclei4j.batch.OutputKind;
import io.github.nuclei4j.measure.KeepRule;
import io.github.nuclei4j.segment.Channel;
import io.github.nuclei4j.segment.SegmentationOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.Spec;

/** The options of every subcommand that segments a batch: which channel and nuclei, and which files are written for each image. */
public final class OutputMixin {

	@Spec(Target.MIXEE)
	private CommandSpec spec;

	@Option(names = "--channel", paramLabel = "CHANNEL", defaultValue = "auto",
		description = "Channel that shows the nuclei: its number from 1 or its name, auto (default, by names, colours or the " +
			"network), or all, as colour.")
	private String channel;

	@Option(names = { "--border", "--drop-border" }, description = "Exclude nuclei that touch the image's border.")
	private boolean border;

	@Option(names = "--keep", paramLabel = "RULE",
		description = "Keep only nuclei whose measurements meet this, such as \"Area>=40 and Circularity>0.6\": names of columns of " +
			"nuclei.csv, numbers, < <= > >= = !=, and, or, not, + - * / and parentheses.")
	private String keep;

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
	 * @throws ParameterException if a value is impossible
	 */
	public SegmentationOptions options(final SegmentationOptions others) {
		try {
			return others.channel(Channel.parse(channel)).dropBorder(border).keep(keep == null ? null : KeepRule.parse(keep).toString());
		}
		catch (final IllegalArgumentException e) {
			throw new ParameterException(spec.commandLine(), e.getMessage());
		}
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
