package io.github.nuclei4j.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.OptionalDouble;

import com.sun.management.OperatingSystemMXBean;

/** How busy other processes keep the machine, from Linux's {@code /proc/stat}: times are only good if nothing else ran. */
final class OtherWork {

	private static final Path STATISTICS = Paths.get("/proc/stat");
	/** Linux shows processor times to programs in this unit, whatever it counts in itself. */
	private static final int TICKS_PER_SECOND = 100;
	private static final int IDLE = 3;
	private static final int WAITING_FOR_DISK = 4;
	/** Columns after this one repeat what others count. */
	private static final int STOLEN = 7;

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
	private final long[] before;
	private final long ownBefore;
	private final long started = System.nanoTime();

	/** Starts to watch. */
	OtherWork() throws IOException {
		before = ticks();
		ownBefore = system.getProcessCpuTime();
	}

	/** Cores that were busy since the start with something else than this process; empty on other systems than Linux. */
	OptionalDouble cores() throws IOException {
		if (before.length == 0) return OptionalDouble.empty();
		final long[] after = ticks();
		double busy = 0;
		for (int i = 0; i < before.length; i++) {
			if (i != IDLE && i != WAITING_FOR_DISK) busy += after[i] - before[i];
		}
		final double own = (system.getProcessCpuTime() - ownBefore) / 1e9 * TICKS_PER_SECOND;
		final double seconds = (System.nanoTime() - started) / 1e9;
		return OptionalDouble.of(Math.max(0, busy - own) / TICKS_PER_SECOND / seconds);
	}

	private static long[] ticks() throws IOException {
		if (!Files.isReadable(STATISTICS)) return new long[0];
		final String[] words = Files.readAllLines(STATISTICS).get(0).trim().split("\\s+");
		return Arrays.stream(words, 1, Math.min(words.length, STOLEN + 2)).mapToLong(Long::parseLong).toArray();
	}
}
