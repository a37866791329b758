package io.github.nuclei4j.cells;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.nuclei4j.measure.LabelRois;

/** The foci of one nucleus. Immutable. */
public final class NucleusFoci {

	private final int label;
	private final int slice;
	private final int frame;
	private final double x;
	private final double y;
	private final List<List<Focus>> foci;
	private final int meeting;

	NucleusFoci(final int label, final int[] position, final double[] centroid, final List<List<Focus>> foci, final int meeting) {
		this.label = label;
		slice = position[0];
		frame = position[1];
		x = centroid[0];
		y = centroid[1];
		this.foci = new ArrayList<>(foci);
		this.meeting = meeting;
	}

	/** Label of the nucleus. */
	public int label() {
		return label;
	}

	/** Name of the nucleus' ROI. */
	public String name() {
		return LabelRois.name(label);
	}

	/** Slice, from 1. */
	public int slice() {
		return slice;
	}

	/** Frame, from 1. */
	public int frame() {
		return frame;
	}

	/** Horizontal centre of the nucleus, pixels. */
	double x() {
		return x;
	}

	/** Vertical centre of the nucleus, pixels. */
	double y() {
		return y;
	}

	/** Foci of the first channel (index 0) or the second (1), in raster order. */
	public List<Focus> foci(final int index) {
		return Collections.unmodifiableList(foci.get(index));
	}

	/** Number of channels, 1 or 2. */
	int channels() {
		return foci.size();
	}

	/** How many foci of the first channel meet one of the second, each focus once; 0 with one channel. */
	public int meeting() {
		return meeting;
	}
}
