package io.github.nuclei4j.cells;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import io.github.nuclei4j.image.ImageChannels;
import io.github.nuclei4j.util.ParallelRows;

/** The channels of an image that are measured: their names, all different, and their calibrated values, plane by plane. */
final class CellChannels {

	/** Pixels up to which one thread is faster than several. */
	private static final int ALONE = 1 << 16;

	private final ImagePlus image;
	private final boolean rgb;
	private final ImageChannels channels;
	private final List<String> names = new ArrayList<>();
	private final float[] calibrated;

	CellChannels(final ImagePlus image) {
		this.image = image;
		rgb = image.getType() == ImagePlus.COLOR_RGB;
		channels = ImageChannels.of(image);
		for (int c = 1; c <= channels.count(); c++) {
			final String name = channels.name(c).isEmpty() ? "Channel " + c : channels.name(c);
			names.add(names.contains(name) ? name + " (" + c + ")" : name);
		}
		final Calibration own = image.getCalibration().copy();
		own.setImage(image);
		calibrated = !rgb && own.calibrated() ? own.getCTable() : null;
	}

	/** Names of the channels: {@code Channel 1} for the first if it has none. */
	List<String> names() {
		return Collections.unmodifiableList(names);
	}

	/** The number, from 1, of the channel that a word means. */
	int number(final String word) {
		final int named = names.indexOf(word.trim());
		return named >= 0 ? named + 1 : channels.number(word, image.getTitle());
	}

	/** The plane of a channel, from 1, as it is stored; of RGB images a copy of 8 bits. */
	ImageProcessor plane(final int channel, final int slice, final int frame) {
		final ImageProcessor plane = image.getStack().getProcessor(image.getStackIndex(rgb ? 1 : channel, slice, frame));
		return rgb ? ((ColorProcessor) plane).getChannel(channel, null) : plane;
	}

	/** Difference between neighbouring calibrated values; 0 if they are floats. */
	double step() {
		if (image.getBitDepth() == 32) return 0;
		return calibrated == null ? 1 : Math.abs(calibrated[1] - calibrated[0]);
	}

	/** The calibrated values of a stored plane, row by row; may be its own pixels. */
	float[] values(final ImageProcessor plane) {
		if (plane instanceof FloatProcessor) return (float[]) plane.getPixels();
		final float[] values = new float[plane.getPixelCount()];
		ParallelRows.run(values.length, ALONE, (from, to) -> {
			for (int i = from; i < to; i++) values[i] = calibrated == null ? plane.get(i) : calibrated[plane.get(i)];
		});
		return values;
	}
}
