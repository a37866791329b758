package io.github.nuclei4j.util;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {

	private final SerialExecutor thread = new SerialExecutor("test");

	@AfterEach
	void end() {
		thread.end();
		assertTrue(thread.isEnded());
	}

	@Test
	void allWorkIsDoneOnOneThreadAndMayNest() {
		final Thread first = thread.call(Thread::currentThread);
		assertNotSame(Thread.currentThread(), first);
		assertSame(first, thread.call(Thread::currentThread));
		assertSame(first, thread.call(() -> thread.call(Thread::currentThread)));
		assertEquals("test", first.getName());
	}

	@Test
	void givesOnWhatTheWorkThrew() {
		assertThrows(UnsupportedOperationException.class, () -> thread.call(() -> {
			throw new UnsupportedOperationException();
		}));
		assertThrows(OutOfMemoryError.class, () -> thread.call(() -> {
			throw new OutOfMemoryError();
		}));
		assertTrue(assertThrows(IllegalStateException.class, () -> thread.call(() -> {
			throw new IOException("disk");
		})).getMessage().contains("disk"));
	}

	@Test
	void interruptedCallersGetTheResultAndStayInterrupted() {
		Thread.currentThread().interrupt();
		assertEquals(3, thread.call(() -> {
			Thread.sleep(50);
			return 3;
		}));
		assertTrue(Thread.interrupted());
	}
}
