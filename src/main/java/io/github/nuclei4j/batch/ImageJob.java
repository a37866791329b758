package io.github.nuclei4j.batch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.nuclei4j.segment.ChannelChoice;
import io.github.nuclei4j.util.Progress;

/** The work on one image of a batch. */
@FunctionalInterface
interface ImageJob {

	/**
	 * Segments an image and writes its files.
	 *
	 * @param folder an empty folder; what is written into it is moved to the other results when the job is done
	 * @throws java.util.concurrent.CancellationException if the user asked to stop
	 * @throws Exception if anything fails; the batch goes on with the next image
	 */
	Nuclei run(InputImage image, Path folder, Progress progress) throws Exception;

	/** The nuclei found in one image, as a table. */
	final class Nuclei {

		private final int count;
		private final List<String> header;
		private final List<List<Object>> rows;
		private final List<String> notes;
		private final Set<OutputKind> leftOut;
		private final ChannelChoice channel;
		private List<Double> diameters = Collections.emptyList();

		/** As below, without notes, of no channel. */
		Nuclei(final int count, final List<String> header, final List<List<Object>> rows) {
			this(count, header, rows, null, Collections.emptyList());
		}

		/**
		 * @param count number of nuclei
		 * @param header names of the columns
		 * @param rows values in the header's order
		 * @param channel of the image that was segmented, or null
		 * @param notes what a person should know of the results, a sentence each
		 */
		Nuclei(final int count, final List<String> header, final List<List<Object>> rows, final ChannelChoice channel,
			final List<String> notes)
		{
			this.channel = channel;
			this.count = count;
			this.header = Collections.unmodifiableList(header);
			this.rows = Collections.unmodifiableList(rows);
			this.notes = Collections.unmodifiableList(notes);
			leftOut = EnumSet.noneOf(OutputKind.class);
		}

		/**
		 * Nuclei whose rows are already in the folder, as {@link OutputFolder#stagedRows}.
		 *
		 * @param channel of the image that was segmented
		 * @param notes what a person should know of the results, a sentence each
		 * @param leftOut kinds of files that were wanted but could not be made
		 */
		Nuclei(final int count, final ChannelChoice channel, final List<String> notes, final Set<OutputKind> leftOut) {
			this.channel = channel;
			this.leftOut = leftOut;
			this.count = count;
			header = null;
			rows = null;
			this.notes = Collections.unmodifiableList(notes);
		}

		/** The same with more notes. */
		Nuclei with(final List<String> more) {
			if (more.isEmpty()) return this;
			final List<String> all = new ArrayList<>(notes);
			all.addAll(more);
			return new Nuclei(count, header, rows, channel, all, leftOut).diameters(diameters);
		}

		private Nuclei(final int count, final List<String> header, final List<List<Object>> rows, final ChannelChoice channel,
			final List<String> notes, final Set<OutputKind> leftOut)
		{
			this.channel = channel;
			this.count = count;
			this.header = header;
			this.rows = rows;
			this.notes = Collections.unmodifiableList(notes);
			this.leftOut = leftOut;
		}

		/** This with the diameters of typical nuclei, pixels, by plane; see {@link ImageDiameters}. */
		Nuclei diameters(final List<Double> ofPlanes) {
			diameters = Collections.unmodifiableList(ofPlanes);
			return this;
		}

		/** Diameters of typical nuclei, pixels, by plane. */
		List<Double> diameters() {
			return diameters;
		}

		/** Whether the rows are already written. */
		boolean isWritten() {
			return rows == null;
		}

		/** Which channel of the image was segmented, and why; null if it isn't known. */
		ChannelChoice channel() {
			return channel;
		}

		/** What a person should know of the results; mostly empty. */
		List<String> notes() {
			return notes;
		}

		/** Kinds of files that were wanted but could not be made; the notes say why. */
		Set<OutputKind> leftOut() {
			return leftOut;
		}

		int count() {
			return count;
		}

		List<String> header() {
			return header;
		}

		List<List<Object>> rows() {
			return rows;
		}
	}
}
