package io.github.nuclei4j.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.bytedeco.javacpp.Pointer;

/** What work must not leave behind: threads and native memory, compared with the moment when this was made. */
public final class Leftovers {

	private static final int MILLISECONDS = 20_000;

	/** What libraries keep for ever once they have been used, and what Java adds to its shared pool when it likes. */
	private static final String KEPT = "ForkJoinPool\\.commonPool-.*|JavaCPP Deallocator|nuclei4j-onednn|process reaper.*|" +
		"DeallocatorServiceThread.*|Workspace deallocator.*|AWT-.*|Java2D.*|Common-Cleaner|surefire-.*|Timer-.*|Attach Listener";

	/** Native memory that may come and go without being a leak, bytes. */
	private static final long SLACK = 1 << 20;

	private final Set<Long> threads = threads().stream().map(Thread::getId).collect(Collectors.toSet());
	private final long bytes;

	/** To be made when everything that is used has been used once. */
	public Leftovers() throws InterruptedException {
		bytes = settled(0);
	}

	/** Waits some seconds for threads to end and for memory to be freed, and fails if they don't. */
	public void check() throws InterruptedException {
		final long end = System.currentTimeMillis() + MILLISECONDS;
		while (!extra().isEmpty() && System.currentTimeMillis() < end) Thread.sleep(20);
		assertEquals(new TreeSet<>(), extra(), "threads that did not end");
		final long left = settled(bytes + SLACK);
		assertTrue(left <= bytes + SLACK, "native memory: " + bytes + " bytes before, " + left + " bytes after");
	}

	private Set<String> extra() {
		return threads().stream().filter(thread -> !threads.contains(thread.getId())).map(Thread::getName).filter(name -> !name
			.matches(KEPT)).collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces().keySet();
	}

	/** Native memory in use, when what Java has let go is freed, or when it is little enough. */
	private static long settled(final long enough) throws InterruptedException {
		long before = Long.MAX_VALUE;
		long now = Pointer.totalBytes();
		for (int i = 0; i < 40 && now > enough && (now < before || i < 4); i++) {
			before = now;
			System.gc();
			Thread.sleep(50);
			now = Pointer.totalBytes();
		}
		return now;
	}
}
