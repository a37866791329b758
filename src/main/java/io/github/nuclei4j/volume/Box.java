package io.github.nuclei4j.volume;

/** A box of voxels. Immutable. */
final class Box {

	private final int[] from;
	private final int[] size;

	/**
	 * @param from first voxel along x, y and z
	 * @param to voxel after the last one
	 */
	Box(final int[] from, final int[] to) {
		this.from = from.clone();
		size = new int[] { to[0] - from[0], to[1] - from[1], to[2] - from[2] };
	}

	/** The box of all voxels of maps. */
	static Box of(final VolumeMaps maps) {
		return new Box(new int[3], new int[] { maps.width(), maps.height(), maps.depth() });
	}

	/** First voxel along an axis. */
	int from(final int axis) {
		return from[axis];
	}

	/** Number of voxels along an axis. */
	int size(final int axis) {
		return size[axis];
	}

	/** Number of voxels. */
	int count() {
		return Math.multiplyExact(Math.multiplyExact(size[0], size[1]), size[2]);
	}

	/** How far apart neighbours along an axis are in arrays of the box, x fastest, then y, then z. */
	int step(final int axis) {
		return axis == 0 ? 1 : axis == 1 ? size[0] : size[0] * size[1];
	}
}
