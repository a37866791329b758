package io.github.nuclei4j.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Plans one block of memory for all slots: slots that are not needed at the same time share a place. Larger slots are placed
 * first, each at the lowest place that is free while it is needed.
 */
final class WorkMemory {

	private static final long ALIGNMENT = 64;

	private WorkMemory() {}

	/**
	 * Places slots, none of which is a part of another.
	 *
	 * @return bytes needed
	 */
	static long place(final Iterable<Slot> slots) {
		final List<Slot> open = new ArrayList<>();
		slots.forEach(open::add);
		open.sort((a, b) -> Long.compare(b.bytes(), a.bytes()));
		final List<Slot> placed = new ArrayList<>();
		long needed = 0;
		for (final Slot slot : open) {
			slot.place(lowest(slot, placed));
			placed.add(slot);
			placed.sort(Comparator.comparingLong(Slot::offset));
			needed = Math.max(needed, slot.end());
		}
		return needed;
	}

	private static long lowest(final Slot slot, final List<Slot> placed) {
		long at = 0;
		for (final Slot other : placed) {
			if (!other.overlaps(slot)) continue;
			if (at + slot.bytes() <= other.offset()) break;
			at = Math.max(at, aligned(other.end()));
		}
		return at;
	}

	private static long aligned(final long offset) {
		return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	}
}
