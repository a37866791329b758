package io.github.nuclei4j.volume;

import java.util.ArrayList;
import java.util.List;

import io.github.nuclei4j.util.Progress;

/**
 * Separates the nuclei of a volume in blocks, so that memory beyond maps and labels is that of a block. Blocks overlap; a
 * nucleus belongs to the block in whose core its middle lies, so that it is taken whole, and once.
 */
final class VolumeBlocks {

	/** Edge of a block's core, voxels. */
	private static final int CORE = 160;

	private final VolumeMaps maps;
	private final VolumeSeparator separator;
	private final int[] margin;
	private final int core;

	/** @param margin of blocks along x, y and z, voxels: more than nuclei are long */
	VolumeBlocks(final VolumeMaps maps, final VolumeSeparator separator, final int[] margin) {
		this(maps, separator, margin, CORE);
	}

	VolumeBlocks(final VolumeMaps maps, final VolumeSeparator separator, final int[] margin, final int core) {
		this.maps = maps;
		this.separator = separator;
		this.margin = margin.clone();
		this.core = core;
	}

	/** The labels slice by slice: 0 for background, others 1 to n without gaps in the order of their first voxels. */
	VolumeLabels separate(final Progress progress) {
		final VolumeLabels labels = new VolumeLabels(maps.width(), maps.height(), maps.depth());
		final List<int[]> blocks = blocks();
		for (int i = 0; i < blocks.size(); i++) {
			progress.checkCanceled();
			progress.update((double) i / blocks.size(), "Separating nuclei");
			add(blocks.get(i), labels);
		}
		labels.number(label -> true);
		return labels;
	}

	/** First and last voxel of the cores, along x, y and z. */
	private List<int[]> blocks() {
		final int[] sizes = { maps.width(), maps.height(), maps.depth() };
		final List<int[]> blocks = new ArrayList<>();
		for (int z = 0; z < sizes[2]; z += core) {
			for (int y = 0; y < sizes[1]; y += core) {
				for (int x = 0; x < sizes[0]; x += core) {
					blocks.add(new int[] { x, y, z, Math.min(sizes[0], x + core), Math.min(sizes[1], y + core), Math.min(sizes[2], z +
						core) });
				}
			}
		}
		return blocks;
	}

	private void add(final int[] block, final VolumeLabels labels) {
		final int[] sizes = { maps.width(), maps.height(), maps.depth() };
		final int[] from = new int[3];
		final int[] to = new int[3];
		for (int axis = 0; axis < 3; axis++) {
			from[axis] = Math.max(0, block[axis] - margin[axis]);
			to[axis] = Math.min(sizes[axis], block[3 + axis] + margin[axis]);
		}
		final Box box = new Box(from, to);
		final int[] found = separator.separate(maps, box);
		final int largest = VolumeSeparator.largest(found);
		final long[][] sums = new long[4][largest + 1];
		for (int i = 0; i < found.length; i++) {
			if (found[i] == 0) continue;
			sums[3][found[i]]++;
			for (int axis = 0; axis < 3; axis++) sums[axis][found[i]] += from[axis] + i / box.step(axis) % box.size(axis);
		}
		final int[] numbers = new int[largest + 1];
		for (int label = 1; label <= largest; label++) {
			boolean own = sums[3][label] > 0;
			for (int axis = 0; axis < 3 && own; axis++) {
				final double middle = (double) sums[axis][label] / sums[3][label];
				// the border between two cores belongs to the second
				own = middle > block[axis] - 0.5 && middle <= block[3 + axis] - 0.5;
			}
			if (own) numbers[label] = labels.begin();
		}
		for (int i = 0; i < found.length; i++) {
			if (numbers[found[i]] == 0) continue;
			final int x = from[0] + i % box.size(0);
			final int y = from[1] + i / box.size(0) % box.size(1);
			final int z = from[2] + i / box.step(2);
			if (labels.slice(z)[y * maps.width() + x] == 0) labels.slice(z)[y * maps.width() + x] = numbers[found[i]];
		}
	}
}
