package io.github.nuclei4j.command;

import java.util.ArrayList;
import java.util.List;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.WindowManager;
import io.github.nuclei4j.instance.Automatic;

/** The channels of the current image, for a dialog's list. */
final class Channels {

	private static final String[] COLORS = { "red", "green", "blue" };

	private Channels() {}

	/** The ways to choose, then the channels by number and name; only the ways if no image is open. */
	static List<Suggestion> suggestions() {
		final List<Suggestion> all = new ArrayList<>();
		all.add(new Suggestion(Automatic.WORD, Automatic.WORD, "The program chooses the channel that shows the nuclei."));
		all.add(new Suggestion("all", "all (colour)", "All channels together, as a colour image: for stained tissue."));
		final ImagePlus image = WindowManager.getCurrentImage();
		if (image == null) return all;
		final boolean rgb = image.getType() == ImagePlus.COLOR_RGB;
		final int channels = rgb ? COLORS.length : image.getNChannels();
		for (int channel = 1; channel <= channels && channels > 1; channel++) {
			final String name = rgb ? COLORS[channel - 1] : name(image, channel);
			all.add(new Suggestion(Integer.toString(channel), name.isEmpty() ? Integer.toString(channel) : channel + ": " + name,
				""));
		}
		return all;
	}

	private static String name(final ImagePlus image, final int channel) {
		final String label = image.getStack().getSliceLabel(image.getStackIndex(channel, Math.max(1, image.getSlice()), Math
			.max(1, image.getFrame())));
		if (label == null || image instanceof CompositeImage && label.trim().isEmpty()) return "";
		return label.split("\n", 2)[0].trim();
	}
}
