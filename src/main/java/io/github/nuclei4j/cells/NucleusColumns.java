package io.github.nuclei4j.cells;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;

import ij.ImagePlus;
import io.github.nuclei4j.util.Progress;

/**
 * Further columns of a table of nuclei, such as what is measured around each nucleus. Implementations are immutable; their text
 * names all settings, and is the same for the same settings only.
 */
public interface NucleusColumns extends Serializable {

	/**
	 * Measures the nuclei of an image.
	 *
	 * @param image not altered
	 * @param labels one channel, with the width, height, slices and frames of the image; 0 for background; not altered
	 * @throws IllegalArgumentException if the image lacks what is to be measured
	 */
	Added measure(ImagePlus image, ImagePlus labels, Progress progress);

	/** What was measured of one image. */
	final class Added {

		private final List<String> columns;
		private final List<double[]> rows;
		private final ImagePlus map;
		private final List<String> notes;

		/**
		 * @param columns names
		 * @param rows a row per nucleus, in the order of planes, then labels; NaN where there is no value
		 * @param map label image of what was measured, or null
		 */
		public Added(final List<String> columns, final List<double[]> rows, final ImagePlus map) {
			this(columns, rows, map, Collections.emptyList());
		}

		/** As above, with what to know of the values, a sentence each. */
		public Added(final List<String> columns, final List<double[]> rows, final ImagePlus map, final List<String> notes) {
			this.notes = Collections.unmodifiableList(notes);
			this.columns = Collections.unmodifiableList(columns);
			this.rows = Collections.unmodifiableList(rows);
			this.map = map;
		}

		/** What to know of the values, a sentence each; mostly empty. */
		public List<String> notes() {
			return notes;
		}

		/** Names of the columns. */
		public List<String> columns() {
			return columns;
		}

		/** A row per nucleus, in the order of planes, then labels; NaN where there is no value. */
		public List<double[]> rows() {
			return rows;
		}

		/** Label image of what was measured, with the numbers of the nuclei; null if there is none. */
		public ImagePlus map() {
			return map;
		}
	}
}
