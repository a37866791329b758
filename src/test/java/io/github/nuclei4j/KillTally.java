package io.github.nuclei4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Counts kills over runs that are made in pieces, in {@code runs/kills.csv}: one line per piece, if the number of kills was
 * asked for with {@code -Dnuclei4j.kills}.
 */
public final class KillTally {

	private static final Path FILE = Paths.get("runs", "kills.csv");

	private final String kind;
	private int killed;
	private int between;
	private int resumed;
	private int completed;

	/** @param kind of work that is killed */
	public KillTally(final String kind) {
		this.kind = kind;
	}

	/** How many kills were asked for. */
	public static int wanted(final int otherwise) {
		return Integer.getInteger("nuclei4j.kills", otherwise);
	}

	/** Start of the random moments. */
	public static long seed() {
		return Long.getLong("nuclei4j.seed", 1);
	}

	/**
	 * Counts a kill.
	 *
	 * @param partly whether some of the work was done then, and some not
	 */
	public void killed(final boolean partly) {
		killed++;
		if (partly) between++;
	}

	/** Counts a run that went on where a killed one ended. */
	public void resumed() {
		resumed++;
	}

	/** Counts a piece of work that came to its end after all. */
	public void completed() {
		completed++;
	}

	/** Number of kills. */
	public int kills() {
		return killed;
	}

	/** Whether the moments were such that something was tested. */
	public boolean isTelling() {
		return between > 0 && resumed > 0;
	}

	/** Adds this piece to the file, and gives it and the sum of all as text. */
	public String save() throws IOException {
		final String line = String.format(Locale.ROOT, "%s,%d,%d,%d,%d,%d", kind, seed(), killed, between, resumed, completed);
		if (System.getProperty("nuclei4j.kills") == null) return line;
		Files.createDirectories(FILE.getParent());
		if (!Files.exists(FILE)) Files.write(FILE, Collections.singletonList(
			"what,seed,kills,in_the_middle,resumed,completed"));
		Files.write(FILE, Collections.singletonList(line), StandardOpenOption.APPEND);
		final int[] sums = new int[4];
		final List<String> lines = Files.readAllLines(FILE);
		for (final String one : lines.subList(1, lines.size())) {
			final String[] values = one.split(",");
			if (!values[0].equals(kind)) continue;
			for (int i = 0; i < sums.length; i++) sums[i] += Integer.parseInt(values[i + 2]);
		}
		return line + "\n" + kind + ", all pieces: killed " + sums[0] + " times, " + sums[1] + " of them in the middle of the work; " +
			sums[2] + " runs went on where another was killed; " + sums[3] + " came to their end, equal to an unbroken one.";
	}
}
