package io.github.nuclei4j.cells;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import ij.ImagePlus;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.measure.LabelPlane;
import io.github.nuclei4j.measure.NucleusMeasurer;
import io.github.nuclei4j.util.ParallelRows;
import io.github.nuclei4j.util.Progress;

/** Counts and measures foci in the nuclei of a label image, in one channel or two. Nothing given is altered. */
public final class FociCounter {

	/** Nuclei that are looked at one after the other. */
	private static final int AT_ONCE = 16;

	/** Where too few foci are seen to estimate one, pixels. */
	private static final double USUAL_DIAMETER = 4;

	private final ImagePlus image;
	private final ImagePlus labels;
	private final FociOptions options;
	private final CellChannels channels;
	private final int[] numbers;
	private final double[] diameters;
	private final List<String> notes = new ArrayList<>();

	private FociCounter(final ImagePlus image, final ImagePlus labels, final FociOptions options) {
		NucleusMeasurer.requireSameSize(image, labels);
		this.image = image;
		this.labels = labels;
		this.options = options;
		channels = new CellChannels(image);
		numbers = numbers(channels, options);
		diameters = new double[numbers.length];
	}

	private static int[] numbers(final CellChannels channels, final FociOptions options) {
		final int first = channels.number(options.channel());
		if (options.second().isEmpty()) return new int[] { first };
		final int second = channels.number(options.second());
		if (second != first) return new int[] { first, second };
		throw new IllegalArgumentException("The foci of channel " + options.channel() + " can't be compared with those of the same " +
			"channel. Give another second channel, or none.");
	}

	/**
	 * Checks that an image has the channels and the scale that options need.
	 *
	 * @throws IllegalArgumentException that says what is missing
	 */
	public static void check(final ImagePlus image, final FociOptions options) {
		numbers(new CellChannels(image), options);
		options.diameterIn(image);
		options.distanceIn(image);
	}

	/**
	 * Finds the foci of all nuclei, in the order of planes, then labels (that of {@link NucleusMeasurer}). Each plane is looked at
	 * by itself.
	 *
	 * @param image whose intensities and calibration are used
	 * @param labels one channel, with the width, height, slices and frames of the image; 0 for background
	 * @param progress asked between channels whether to stop
	 * @throws IllegalArgumentException if the dimensions differ, {@code labels} is no label image, or the image lacks a channel or
	 *           the scale that the options need
	 */
	public static CountedFoci count(final ImagePlus image, final ImagePlus labels, final FociOptions options,
		final Progress progress)
	{
		return new FociCounter(image, labels, options).count(progress);
	}

	private CountedFoci count(final Progress progress) {
		for (int c = 0; c < numbers.length; c++) diameters[c] = diameter(c, progress);
		final double chosen = options.distanceIn(image);
		final double distance = chosen > 0 ? chosen : Math.max(diameters[0], diameters[numbers.length - 1]);
		final List<NucleusFoci> nuclei = new ArrayList<>();
		final int planes = labels.getNFrames() * labels.getNSlices();
		for (int frame = 1; frame <= labels.getNFrames(); frame++) {
			for (int slice = 1; slice <= labels.getNSlices(); slice++) {
				progress.checkCanceled();
				progress.update(((frame - 1.0) * labels.getNSlices() + slice - 1) / planes, "Counting foci");
				count(new LabelPlane(labels, slice, frame), new int[] { slice, frame }, distance, nuclei, progress);
			}
		}
		final List<String> names = new ArrayList<>();
		for (final int number : numbers) names.add(channels.names().get(number - 1));
		return new CountedFoci(names, diameters, distance, nuclei, Scales.measured(image.getCalibration()), notes);
	}

	private double diameter(final int c, final Progress progress) {
		final double given = options.diameterIn(image);
		final double diameter = given > 0 ? given : estimate(c, progress);
		if (diameter >= FociOptions.SMALLEST && diameter <= FociOptions.LARGEST) return diameter;
		throw new IllegalArgumentException(String.format(Locale.ROOT, "Foci of %.3g pixels in '%s' can't be found: expected a diameter of %s to %s pixels. " +
			"Check the unit.", diameter, image.getTitle(), FociOptions.SMALLEST, FociOptions.LARGEST));
	}

	private double estimate(final int c, final Progress progress) {
		final FociSize size = new FociSize(channels.step());
		for (int frame = 1; frame <= labels.getNFrames(); frame++) {
			for (int slice = 1; slice <= labels.getNSlices(); slice++) {
				progress.checkCanceled();
				size.add(new LabelPlane(labels, slice, frame), values(c, slice, frame));
			}
		}
		final String name = channels.names().get(numbers[c] - 1);
		if (Double.isNaN(size.diameter())) {
			notes.add("Only " + size.count() + " clear foci in " + name + " to estimate their diameter from: " + (int) USUAL_DIAMETER +
				" pixels were used. Give the diameter.");
			return USUAL_DIAMETER;
		}
		notes.add(String.format(Locale.ROOT, "Diameter of the foci in %s, estimated: %.1f pixels.", name, size.diameter()));
		return Math.max(FociOptions.SMALLEST, size.diameter());
	}

	private float[] values(final int c, final int slice, final int frame) {
		return channels.values(channels.plane(numbers[c], slice, frame));
	}

	private void count(final LabelPlane plane, final int[] position, final double distance, final List<NucleusFoci> nuclei,
		final Progress progress)
	{
		final List<List<List<Focus>>> found = new ArrayList<>();
		for (int c = 0; c < numbers.length; c++) {
			final int channel = c;
			final FociFinder finder = new FociFinder(diameters[c], options.strength(), channels.step());
			final float[] values = values(c, position[0], position[1]);
			final List<List<Focus>> foci = new ArrayList<>(Collections.nCopies(plane.size(), null));
			ParallelRows.run(plane.size(), AT_ONCE, (from, to) -> {
				progress.checkCanceled();
				for (int k = from; k < to; k++) {
					if (plane.area(k) > 0) foci.set(k, finder.find(plane, k, values, numbers[channel]));
				}
			});
			found.add(foci);
		}
		for (int k = 0; k < plane.size(); k++) {
			if (plane.area(k) == 0) continue;
			final List<List<Focus>> foci = new ArrayList<>();
			for (final List<List<Focus>> ofChannel : found) foci.add(ofChannel.get(k));
			final int meeting = foci.size() == 1 ? 0 : meeting(foci.get(0), foci.get(1), distance);
			nuclei.add(new NucleusFoci(plane.label(k), position, new double[] { (double) plane.sumX(k) / plane.area(k) + 0.5,
				(double) plane.sumY(k) / plane.area(k) + 0.5 }, foci, meeting));
		}
	}

	/** Pairs of one focus of each list within a distance, the nearest first; each focus is in one pair at most. */
	static int meeting(final List<Focus> first, final List<Focus> second, final double distance) {
		final List<Focus[]> pairs = new ArrayList<>();
		for (final Focus one : first) {
			for (final Focus other : second) if (one.distance(other) <= distance) pairs.add(new Focus[] { one, other });
		}
		pairs.sort(Comparator.comparingDouble(pair -> pair[0].distance(pair[1])));
		final Set<Focus> taken = new LinkedHashSet<>();
		for (final Focus[] pair : pairs) {
			if (taken.contains(pair[0]) || taken.contains(pair[1])) continue;
			Collections.addAll(taken, pair);
		}
		return taken.size() / 2;
	}
}
