package io.github.nuclei4j.batch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import ij.IJ;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

	@Test
	void whatDoesNotFitWaitsUntilThereIsRoom() throws Exception {
		final MemoryBudget budget = new MemoryBudget(100);
		budget.take(60);
		final CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
			try {
				budget.take(60);
			}
			catch (final InterruptedException e) {
				throw new IllegalStateException(e);
			}
		});
		assertThrows(TimeoutException.class, () -> other.get(100, TimeUnit.MILLISECONDS));
		budget.giveBack(60);
		other.get(10, TimeUnit.SECONDS);
		assertTrue(other.isDone());
	}

	@Test
	void oneAloneAlwaysMay() {
		final MemoryBudget budget = new MemoryBudget(100);
		assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
			budget.take(1000);
			budget.giveBack(1000);
			budget.take(1000);
		});
	}

	@Test
	void largerImagesAndStacksNeedMore() {
		final long small = MemoryBudget.need(IJ.createImage("small", "8-bit black", 10, 10, 1));
		assertTrue(MemoryBudget.need(IJ.createImage("wide", "8-bit black", 20, 10, 1)) == 2 * small);
		assertTrue(MemoryBudget.need(IJ.createImage("stack", "8-bit black", 10, 10, 2)) > small);
		assertFalse(small <= 0);
	}
}
