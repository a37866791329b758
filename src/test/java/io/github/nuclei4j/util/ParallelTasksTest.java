package io.github.nuclei4j.util;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class ParallelTasksTest {

	@Test
	void everythingIsDone() throws IOException {
		for (int count = 0; count < 9; count++) {
			final AtomicInteger done = new AtomicInteger();
			ParallelTasks.run(Collections.nCopies(count, done::incrementAndGet));
			assertEquals(count, done.get());
		}
	}

	@Test
	void twoMeet() throws IOException {
		final CountDownLatch both = new CountDownLatch(2);
		final ParallelTasks.Action meet = () -> {
			both.countDown();
			try {
				if (!both.await(20, TimeUnit.SECONDS)) throw new IOException("The other did not begin meanwhile.");
			}
			catch (final InterruptedException e) {
				throw new IOException(e);
			}
		};
		ParallelTasks.run(Arrays.asList(meet, meet));
	}

	@Test
	void theFirstFailureInTheListIsThrownAndTheRestDone() {
		final IOException first = new IOException("no room");
		final IllegalStateException second = new IllegalStateException("broken");
		final AtomicInteger done = new AtomicInteger();
		final List<ParallelTasks.Action> actions = new ArrayList<>();
		actions.add(done::incrementAndGet);
		actions.add(() -> {
			throw first;
		});
		actions.add(done::incrementAndGet);
		actions.add(() -> {
			throw second;
		});
		assertSame(first, assertThrows(IOException.class, () -> ParallelTasks.run(actions)));
		assertSame(second, first.getSuppressed()[0]);
		assertEquals(2, done.get());
	}

	@Test
	void errorsAreThrownAsTheyAre() {
		final OutOfMemoryError error = new OutOfMemoryError();
		assertSame(error, assertThrows(OutOfMemoryError.class, () -> ParallelTasks.run(Arrays.asList(() -> {}, () -> {
			throw error;
		}))));
	}
}
