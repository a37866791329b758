package io.github.nuclei4j.command;

import java.awt.GraphicsEnvironment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import ij.measure.ResultsTable;

/**
 * The tables that commands opened, by title, and how many nuclei they found, by image. ImageJ knows a table by its window
 * only, so that without a display none could be found again.
 */
public final class ShownTables {

	/** The oldest are forgotten, so that long runs don't fill the memory. */
	private static final int MOST = 100;

	private static final Map<String, ResultsTable> TABLES = new LinkedHashMap<>();
	private static final Map<String, Integer> COUNTS = new LinkedHashMap<>();

	private ShownTables() {}

	/** Opens a table in a window of that title, or replaces what is in it. */
	static void show(final ResultsTable table, final String title) {
		table.show(title);
		remember(TABLES, title, table);
	}

	/** Notes how many nuclei were found in an image. */
	static void counted(final String image, final int nuclei) {
		remember(COUNTS, image, nuclei);
	}

	private static <V> void remember(final Map<String, V> all, final String title, final V value) {
		synchronized (TABLES) {
			all.remove(title);
			all.put(title, value);
			if (all.size() > MOST) all.remove(all.keySet().iterator().next());
		}
	}

	/** The open table of a title; without a display the one that a command made. Null if there is none. */
	static ResultsTable open(final String title) {
		return GraphicsEnvironment.isHeadless() ? made(title) : ResultsTable.getResultsTable(title);
	}

	private static ResultsTable made(final String title) {
		synchronized (TABLES) {
			return TABLES.get(title);
		}
	}

	/** The titles of the tables that commands made, the latest last. */
	public static List<String> titles() {
		synchronized (TABLES) {
			return new ArrayList<>(TABLES.keySet());
		}
	}

	/**
	 * The table of a title as it is in its window, else as the command made it.
	 *
	 * @throws IllegalArgumentException if no command made one
	 */
	public static ResultsTable find(final String title) {
		final ResultsTable open = open(title);
		final ResultsTable found = open == null ? made(title) : open;
		if (found != null) return found;
		throw new IllegalArgumentException("There is no table '" + title + "'. " + (titles().isEmpty()
			? "No command of Plugins > Nuclei has made a table yet." : "The tables are: " + String.join(", ", titles()) + "."));
	}

	/** How many nuclei Segment Nuclei... found in an image, by its title; empty if it was not run on it. */
	public static OptionalInt count(final String image) {
		synchronized (TABLES) {
			final Integer count = COUNTS.get(image);
			return count == null ? OptionalInt.empty() : OptionalInt.of(count);
		}
	}

	/** The titles of the images in which nuclei were counted, the latest last. */
	public static List<String> images() {
		synchronized (TABLES) {
			return new ArrayList<>(COUNTS.keySet());
		}
	}
}
