package io.github.nuclei4j.cli;

import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.PlaneChoice;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.VolumeMethod;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of subcommands that segment stacks as volumes. */
public final class VolumeMixin {

	@Spec(Target.MIXEE)
	private CommandSpec spec;

	@Option(names = "--planes", paramLabel = "PLANES",
		description = "all (default): every slice and frame by itself; volume: the slices of each frame together, so that a nucleus " +
			"in several slices is one object.")
	private String planes;

	@Option(names = "--depth", paramLabel = "WAY",
		description = "For --planes volume: axes (default) shows the network planes across x, y and z; linked finds nuclei slice by " +
			"slice and links them by overlap, mending gaps and splits; overlap only links.")
	private String depth;

	@Option(names = "--zstep", paramLabel = "LENGTH",
		description = "For --planes volume: distance of the slices in widths of a pixel, or in the unit; auto (default) is what the " +
			"file says.")
	private String zstep;

	@Option(names = "--keep-single", description = "For --planes volume: keep nuclei that are in one slice only.")
	private boolean keepSingle;

	/**
	 * Options changed by what was given.
	 *
	 * @throws ParameterException if a value is impossible
	 */
	SegmentationOptions options(final SegmentationOptions given) {
		try {
			SegmentationOptions options = given.keepSingle(keepSingle);
			if (planes != null) options = options.planes(planes(planes));
			if (depth != null) options = options.depth(VolumeMethod.of(depth));
			if (zstep != null) options = options.zStep(Automatic.number("zstep", zstep));
			return options;
		}
		catch (final IllegalArgumentException e) {
			throw new ParameterException(spec.commandLine(), e.getMessage());
		}
	}

	/** Files show no plane, so there is no current one. */
	private static PlaneChoice planes(final String word) {
		if (word.equals("all") || word.equals("volume")) return PlaneChoice.of(word);
		throw new IllegalArgumentException("Unknown planes '" + word + "'; choose one of: all, volume.");
	}
}
