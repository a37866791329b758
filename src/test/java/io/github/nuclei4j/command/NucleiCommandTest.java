package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.log.LogLevel;
import org.scijava.log.LogMessage;
import org.scijava.log.LogService;
import org.scijava.plugin.Plugin;

import ij.IJ;
import io.github.nuclei4j.util.Progress;

class NucleiCommandTest {

	private interface Task {

		String run(NucleiCommand command, Progress progress) throws IOException;
	}

	/** Not for the menu. */
	@Plugin(type = NucleiCommandTest.Worker.class, menuPath = "Work...")
	private static final class Worker extends NucleiCommand {

		private final Task work;

		Worker(final Task work) {
			this.work = work;
		}

		@Override
		String execute(final Progress progress) throws IOException {
			return work.run(this, progress);
		}
	}

	private static Worker run(final Task work) {
		final Worker command = new Worker(work);
		try (Context context = PlainServices.context()) {
			context.inject(command);
			IJ.redirectErrorMessages(); // no dialog
			command.run();
		}
		finally {
			IJ.redirectErrorMessages(false);
		}
		return command;
	}

	@Test
	void successIsNotCanceled() {
		assertFalse(run((command, progress) -> "done").isCanceled());
	}

	/** Fiji's Console opens at a warning in SciJava's log. */
	@Test
	void warningsGoToImageJsLogOnly() {
		final List<LogMessage> logged = new ArrayList<>();
		final PrintStream out = System.out;
		final ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true)); // ImageJ's log without a display
		try {
			run((command, progress) -> {
				command.context().getService(LogService.class).addLogListener(logged::add);
				command.warn("it is dark");
				return "done";
			});
		}
		finally {
			System.setOut(out);
		}
		assertTrue(printed.toString().contains("Work: it is dark"), printed::toString);
		assertTrue(logged.stream().allMatch(message -> message.level() > LogLevel.WARN), logged::toString);
		assertTrue(logged.stream().anyMatch(message -> message.text().equals("done")), logged::toString);
	}

	@Test
	void cancelStopsTheWorkWithoutAnError() {
		final boolean[] after = new boolean[1];
		final Worker command = run((self, progress) -> {
			self.cancel("stop it");
			progress.checkCanceled();
			after[0] = true;
			return "done";
		});
		assertTrue(command.isCanceled());
		assertFalse(after[0]);
		assertEquals("", command.getCancelReason(), "what the user asked for is no error to report");
	}

	@Test
	void failuresCancelWithTheirMessage() {
		assertEquals("broken file", run((command, progress) -> {
			throw new IOException("broken file");
		}).getCancelReason());
		assertTrue(run((command, progress) -> {
			throw new OutOfMemoryError("Java heap space");
		}).getCancelReason().contains("memory"));
		assertTrue(run((command, progress) -> {
			throw new NullPointerException("x is null");
		}).getCancelReason().startsWith("Unexpected failure"));
	}
}
