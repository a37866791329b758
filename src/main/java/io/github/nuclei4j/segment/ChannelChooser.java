package io.github.nuclei4j.segment;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.nuclei4j.dataset.BrightColors;
import io.github.nuclei4j.image.ImageChannels;
import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.util.Progress;

/**
 * Chooses the channel in which nuclei are looked for, once for an image, whatever the order of its planes: the one whose name
 * is that of a stain or marker of nuclei, else one shown in blue, else the one that a quick look of the network finds most
 * like nuclei. Colour images are taken as such.
 */
final class ChannelChooser {

	/** Another channel is nearly as much like nuclei from this share of the best one's score. */
	private static final double RIVAL = 0.8;

	/** Nuclei inside of cells that are stained as a whole have at least this share of these' score. */
	private static final double LEAST_SHARE = 0.15;

	private final LargeImage image;
	private final ImageChannels channels;
	private final ChannelLook look;
	private final Progress progress;

	ChannelChooser(final LargeImage image, final ChannelLook look, final Progress progress) {
		this.image = image;
		this.look = look;
		this.progress = progress;
		channels = image.channelInfo();
	}

	/**
	 * @param wanted channel of the settings
	 * @throws IllegalArgumentException that lists the channels if there is no such one
	 */
	ChannelChoice choose(final Channel wanted) {
		if (wanted.equals(Channel.ALL)) return choice(0, ChannelChoice.Reason.GIVEN);
		if (wanted.isOne()) return choice(channels.number(wanted.toString(), image.title()), ChannelChoice.Reason.GIVEN);
		if (channels.isRgb()) return choice(0, ChannelChoice.Reason.COLOR);
		if (channels.count() == 1) return choice(1, ChannelChoice.Reason.ONLY);
		if (BrightColors.in(image, progress)) return choice(0, ChannelChoice.Reason.COLOR);
		List<Integer> left = IntStream.rangeClosed(1, channels.count()).boxed().collect(Collectors.toList());
		final NuclearNames.Evidence best = left.stream().map(this::evidence).max(NuclearNames.Evidence::compareTo).get();
		if (best.compareTo(NuclearNames.Evidence.MARKER) >= 0) {
			left = left.stream().filter(c -> evidence(c) == best).collect(Collectors.toList());
			if (left.size() == 1) return choice(left.get(0), ChannelChoice.Reason.NAME);
		}
		final List<Integer> blue = left.stream().filter(channels::isBlue).collect(Collectors.toList());
		if (blue.size() == 1) return choice(blue.get(0), ChannelChoice.Reason.BLUE);
		final List<Integer> weak = left.stream().filter(c -> evidence(c) == NuclearNames.Evidence.WEAK).collect(Collectors.toList());
		if (weak.size() == 1) return choice(weak.get(0), ChannelChoice.Reason.NAME);
		return byNetwork(left);
	}

	private NuclearNames.Evidence evidence(final int channel) {
		return NuclearNames.of(channels.name(channel));
	}

	private ChannelChoice choice(final int number, final ChannelChoice.Reason reason) {
		return choice(number, reason, null);
	}

	private ChannelChoice choice(final int number, final ChannelChoice.Reason reason, final String rival) {
		return new ChannelChoice(number, channels.count(), number == 0 ? "" : channels.name(number), reason, rival);
	}

	private ChannelChoice byNetwork(final List<Integer> candidates) {
		progress.update(0, "Choosing the channel");
		final List<SeenNuclei> seen = look.at(image, candidates);
		int best = 0;
		for (int i = 1; i < seen.size(); i++) if (seen.get(i).score() > seen.get(best).score()) best = i;
		if (seen.get(best).score() == 0) return choice(candidates.get(0), ChannelChoice.Reason.NONE);
		final int cells = best;
		for (int i = 0; i < seen.size(); i++) {
			final boolean inside = i != cells && seen.get(i).score() >= LEAST_SHARE * seen.get(cells).score() && seen.get(cells)
				.areCellsAround(seen.get(i));
			if (inside && (best == cells || seen.get(i).score() > seen.get(best).score())) best = i;
		}
		int rival = -1;
		for (int i = 0; i < seen.size() && best == cells; i++) {
			if (i != best && seen.get(i).score() >= RIVAL * seen.get(best).score() && (rival < 0 || seen.get(i).score() > seen.get(
				rival).score())) rival = i;
		}
		return choice(candidates.get(best), ChannelChoice.Reason.NETWORK, rival < 0 ? null : channels.label(candidates.get(
			rival)));
	}
}
