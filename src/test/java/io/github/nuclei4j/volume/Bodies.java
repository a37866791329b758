package io.github.nuclei4j.volume;

import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ShortProcessor;

/** Ellipsoids in a volume, as labels and as an image in which they are bright. */
public final class Bodies {

	private final int[] size;
	private final double[] voxel;
	private final int[] labels;
	private final List<double[]> bodies = new ArrayList<>();

	/** @param voxel lengths of a voxel along x, y and z */
	public Bodies(final int width, final int height, final int depth, final double... voxel) {
		size = new int[] { width, height, depth };
		this.voxel = voxel;
		labels = new int[width * height * depth];
	}

	/** Adds a body by its middle and its half axes along x, y and z, in units. */
	public Bodies add(final double x, final double y, final double z, final double a, final double b, final double c) {
		bodies.add(new double[] { x, y, z, a, b, c });
		for (int i = 0; i < labels.length; i++) {
			final double dx = ((i % size[0] + 0.5) * voxel[0] - x) / a;
			final double dy = ((i / size[0] % size[1] + 0.5) * voxel[1] - y) / b;
			final double dz = ((i / size[0] / size[1] + 0.5) * voxel[2] - z) / c;
			if (dx * dx + dy * dy + dz * dz <= 1) labels[i] = bodies.size();
		}
		return this;
	}

	/** Labels, x fastest, then y, then z. */
	public int[] labels() {
		return labels;
	}

	/** 16-bit image of the labels. */
	public ImagePlus labelImage() {
		return image("labels", 1, 0);
	}

	/** 16-bit image in which bodies have the value 60,000 and the rest 0. */
	public ImagePlus image() {
		return image("bodies", 0, 60_000);
	}

	private ImagePlus image(final String title, final int times, final int inside) {
		final ImageStack stack = new ImageStack(size[0], size[1]);
		final int plane = size[0] * size[1];
		for (int z = 0; z < size[2]; z++) {
			final short[] pixels = new short[plane];
			for (int i = 0; i < plane; i++) {
				final int label = labels[z * plane + i];
				pixels[i] = (short) (label == 0 ? 0 : times * label + inside);
			}
			stack.addSlice(new ShortProcessor(size[0], size[1], pixels, null));
		}
		final ImagePlus image = new ImagePlus(title, stack);
		image.setDimensions(1, size[2], 1);
		image.getCalibration().pixelWidth = voxel[0];
		image.getCalibration().pixelHeight = voxel[1];
		image.getCalibration().pixelDepth = voxel[2];
		image.getCalibration().setUnit("\u00b5m");
		return image;
	}
}
