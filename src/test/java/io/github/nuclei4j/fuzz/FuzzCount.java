package io.github.nuclei4j.fuzz;

import java.util.Locale;

/** What came of a run of seeds. */
public final class FuzzCount {

	/** The columns of {@link #csv}. */
	public static final String HEADER = "kind,from,files,read,refused,failures,seconds,slowest_ms,most_mb,heap_mb,memory_before_mb,memory_after_mb";

	final String kind;
	final long from;
	long files;
	long read;
	long refused;
	long failures;
	double seconds;
	double slowest;
	double mostMegabytes;
	double heap;
	double memoryBefore;
	double memoryAfter;

	FuzzCount(final String kind, final long from) {
		this.kind = kind;
		this.from = from;
	}

	/** Inputs that were tried. */
	public long files() {
		return files;
	}

	/** Inputs that were read. */
	public long read() {
		return read;
	}

	/** Inputs that were refused with a documented exception and a message. */
	public long refused() {
		return refused;
	}

	/** All others. */
	public long failures() {
		return failures;
	}

	/** As a line of a table. */
	String csv() {
		return String.format(Locale.ROOT, "%s,%d,%d,%d,%d,%d,%.2f,%.0f,%.1f,%.1f,%.1f,%.1f", kind, from, files, read, refused, failures,
			seconds, slowest, mostMegabytes, heap, memoryBefore, memoryAfter);
	}

	static FuzzCount parse(final String line) {
		final String[] cells = line.split(",");
		final FuzzCount count = new FuzzCount(cells[0], Long.parseLong(cells[1]));
		count.files = Long.parseLong(cells[2]);
		count.read = Long.parseLong(cells[3]);
		count.refused = Long.parseLong(cells[4]);
		count.failures = Long.parseLong(cells[5]);
		count.seconds = Double.parseDouble(cells[6]);
		count.slowest = Double.parseDouble(cells[7]);
		count.mostMegabytes = Double.parseDouble(cells[8]);
		count.heap = Double.parseDouble(cells[9]);
		count.memoryBefore = Double.parseDouble(cells[10]);
		count.memoryAfter = Double.parseDouble(cells[11]);
		return count;
	}

	/** Adds another run of the kind. */
	void add(final FuzzCount other) {
		files += other.files;
		read += other.read;
		refused += other.refused;
		failures += other.failures;
		seconds += other.seconds;
		slowest = Math.max(slowest, other.slowest);
		mostMegabytes = Math.max(mostMegabytes, other.mostMegabytes);
		heap = Math.max(heap, other.heap);
		if (other.memoryAfter - other.memoryBefore > memoryAfter - memoryBefore || memoryBefore == 0) {
			memoryBefore = other.memoryBefore;
			memoryAfter = other.memoryAfter;
		}
	}
}
