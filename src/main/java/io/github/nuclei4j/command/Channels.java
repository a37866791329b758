package io.github.nuclei4j.command;

import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.WindowManager;
import io.github.nuclei4j.image.ImageChannels;
import io.github.nuclei4j.segment.Automatic;

/** The channels of the current image, for a dialog's list. */
final class Channels {

	private Channels() {}

	/** The ways to choose, then the channels by number and name; only the ways if no image is open. */
	static List<Suggestion> suggestions() {
		final List<Suggestion> all = new ArrayList<>();
		all.add(new Suggestion(Automatic.WORD, Automatic.WORD, "The program chooses the channel that shows the nuclei."));
		all.add(new Suggestion("all", "all (colour)", "All channels together, as a colour image: for stained tissue."));
		final List<Suggestion> each = each();
		if (each.size() > 1) all.addAll(each);
		return all;
	}

	/** The channels of the current image by number and name; none if no image is open. */
	static List<Suggestion> each() {
		final List<Suggestion> all = new ArrayList<>();
		final ImagePlus image = WindowManager.getCurrentImage();
		if (image == null) return all;
		final ImageChannels channels = ImageChannels.of(image);
		for (int channel = 1; channel <= channels.count(); channel++) {
			all.add(new Suggestion(Integer.toString(channel), channels.choices().get(channel - 1), ""));
		}
		return all;
	}
}
