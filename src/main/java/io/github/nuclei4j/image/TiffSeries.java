package io.github.nuclei4j.image;

import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.ShortProcessor;

/** One image of a TIFF file, which has planes of one size: where they are, and what they mean. */
final class TiffSeries {

	/** Where a plane is. */
	static final class Plane {

		final TiffDirectory directory;
		/** Which sample of the pixels, from 0. */
		final int sample;
		/** Bytes from the pixels that the directory tells of. */
		final long shift;

		Plane(final TiffDirectory directory, final int sample, final long shift) {
			this.directory = directory;
			this.sample = sample;
			this.shift = shift;
		}
	}

	final List<Plane> planes = new ArrayList<>();
	final Calibration calibration = new Calibration();
	/** By channel; empty if the file doesn't tell. */
	final List<String> channelNames = new ArrayList<>();
	/** RGB by channel, with null for unknown ones; empty if the file doesn't tell. */
	final List<Integer> channelColors = new ArrayList<>();
	/** In the file, or empty. */
	String name = "";
	int channels = 1;
	int slices = 1;
	int frames = 1;
	/** Why this isn't segmented unless asked for, as the end of a sentence, or null. */
	String copyOf;

	/** Pixels are numbers with sign, which ImageJ holds raised by 32768 and calibrates. */
	void setSigned() {
		calibration.setImage(new ImagePlus("", new ShortProcessor(1, 1)));
		calibration.setSigned16BitCalibration();
	}

	/** Its first directory. */
	TiffDirectory first() {
		return planes.get(0).directory;
	}

	long width() {
		return first().value(TiffDirectory.WIDTH, 0);
	}

	long height() {
		return first().value(TiffDirectory.HEIGHT, 0);
	}

	/** Sets channels, slices and frames if they make up all planes; otherwise planes are slices. */
	void dimensions(final int wantedChannels, final int wantedSlices, final int wantedFrames, final int samples) {
		if (wantedChannels >= 1 && wantedSlices >= 1 && wantedFrames >= 1 && (long) wantedChannels * wantedSlices *
			wantedFrames == planes.size())
		{
			channels = wantedChannels;
			slices = wantedSlices;
			frames = wantedFrames;
		}
		else {
			channels = samples;
			slices = planes.size() / samples;
			frames = 1;
		}
	}

	/** Size and number of planes, as messages tell it. */
	@Override
	public String toString() {
		return width() + " x " + height() + (planes.size() == 1 ? "" : " in " + planes.size() + " planes");
	}
}
