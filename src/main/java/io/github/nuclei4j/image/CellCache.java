package io.github.nuclei4j.image;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import net.imglib2.img.cell.Cell;

/** The cells of images that were used last, up to so many bytes. Safe to use from several threads. */
final class CellCache {

	private final long mostBytes;
	private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
	private long bytes;

	CellCache(final long mostBytes) {
		this.mostBytes = mostBytes;
	}

	/**
	 * A cell, which is read if it is not here.
	 *
	 * @param plane that it is of
	 */
	Cell<?> get(final TiffCells plane, final long index, final Supplier<Cell<?>> reader) {
		final Key key = new Key(plane, index);
		final Entry entry;
		synchronized (entries) {
			entry = entries.computeIfAbsent(key, absent -> new Entry());
		}
		synchronized (entry) {
			if (entry.cell != null) return entry.cell;
			final Cell<?> cell = reader.get();
			entry.cell = cell;
			synchronized (entries) {
				// else it was thrown out while it was read
				if (entries.get(key) == entry) {
					entry.bytes = (long) cell.dimension(0) * cell.dimension(1) * plane.pixelBytes();
					bytes += entry.bytes;
					shrink(key);
				}
			}
			return cell;
		}
	}

	private void shrink(final Key latest) {
		final java.util.Iterator<Map.Entry<Key, Entry>> oldest = entries.entrySet().iterator();
		while (bytes > mostBytes && oldest.hasNext()) {
			final Map.Entry<Key, Entry> next = oldest.next();
			if (next.getKey().equals(latest)) continue;
			bytes -= next.getValue().bytes;
			oldest.remove();
		}
	}

	/** A cell that is or will be there. */
	private static final class Entry {

		private Cell<?> cell;
		private long bytes;
	}

	/** Which cell. */
	private static final class Key {

		private final TiffCells plane;
		private final long index;

		Key(final TiffCells plane, final long index) {
			this.plane = plane;
			this.index = index;
		}

		@Override
		public boolean equals(final Object other) {
			return other instanceof Key && ((Key) other).plane == plane && ((Key) other).index == index;
		}

		@Override
		public int hashCode() {
			return Objects.hash(System.identityHashCode(plane), index);
		}
	}
}
