package io.github.nuclei4j.segment;

import java.io.Serializable;

/** Which channel of an image was segmented, and why. Immutable. */
public final class ChannelChoice implements Serializable {

	private static final long serialVersionUID = 1;

	/** Why a channel was taken. */
	public enum Reason {
			/** The image has no other. */
			ONLY("the only one"),
			/** The image is one of colours, whose components belong together. */
			COLOR("a colour image"),
			/** The user wanted it. */
			GIVEN("as given"),
			/** Its name is that of a stain or marker of nuclei. */
			NAME("chosen by its name"),
			/** Its lookup table is blue, as that of most stains of nuclei. */
			BLUE("chosen because it is shown in blue"),
			/** Of all channels the network finds it to be most like nuclei. */
			NETWORK("chosen because the network finds it most like nuclei"),
			/** The network finds nuclei in none. */
			NONE("taken because the network finds nuclei in no channel");

		private final String words;

		Reason(final String words) {
			this.words = words;
		}
	}

	private final int number;
	private final int count;
	private final String name;
	private final Reason reason;
	private final String rival;

	/**
	 * @param number from 1; 0 for all channels as colours
	 * @param count of the image's channels
	 * @param name of the channel; empty if it has none
	 * @param rival label of another channel that is nearly as much like nuclei, or null
	 */
	ChannelChoice(final int number, final int count, final String name, final Reason reason, final String rival) {
		this.number = number;
		this.count = count;
		this.name = name;
		this.reason = reason;
		this.rival = rival;
	}

	/** The channel, from 1; 0 for all channels as colours. */
	public int number() {
		return number;
	}

	/** The channel's name as the image tells it; empty if it doesn't, or for all. */
	public String name() {
		return name;
	}

	/** Why it was taken. */
	public Reason reason() {
		return reason;
	}

	/** Whether it was chosen among several without being asked for. */
	public boolean isChosen() {
		return reason.compareTo(Reason.NAME) >= 0;
	}

	/** Whether nothing is missing, as may be when this comes from a file. */
	public boolean isWhole() {
		return number >= 0 && name != null && reason != null;
	}

	/** Number, name and reason, such as {@code 3 (DAPI), chosen by its name}; for tables and records. */
	@Override
	public String toString() {
		return label() + ", " + reason.words;
	}

	private String label() {
		return number == 0 ? "all" : name.isEmpty() ? Integer.toString(number) : number + " (" + name + ")";
	}

	/** A sentence for the user if the channel was chosen for him; empty otherwise. */
	public String sentence() {
		if (!isChosen()) return "";
		return "Channel " + label() + " of " + count + " was segmented, " + reason.words + (rival == null ? "" : "; channel " + rival +
			" is nearly as much like them") + ". The setting 'channel' takes another.";
	}
}
