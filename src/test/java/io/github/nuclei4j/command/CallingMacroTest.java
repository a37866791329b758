package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.scijava.Priority;
import org.scijava.command.CommandService;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.thread.ThreadService;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.macro.Interpreter;

/** Commands chosen from the menu while a macro waits, as in {@code waitForUser}: they are no part of the macro. */
public class CallingMacroTest {

	private static final String WAIT = "call('" + CallingMacroTest.class.getName() + ".whileTheMacroWaits'); ";
	private static final String THEN = WAIT + "return 'went on';";

	private static Supplier<String> menu;
	private static String seen;

	/** Called by macros: chooses from the menu on a thread of its own, as ImageJ does, and waits for it. */
	public static String whileTheMacroWaits() throws Exception {
		final CompletableFuture<String> chosen = new CompletableFuture<>();
		new Thread(() -> {
			try {
				chosen.complete(menu.get());
			}
			catch (final Throwable e) {
				chosen.completeExceptionally(e);
			}
		}, "Segment Nuclei...").start();
		seen = chosen.get(30, TimeUnit.SECONDS);
		return seen;
	}

	@AfterEach
	void forget() {
		WindowManager.setTempCurrentImage(null);
		Interpreter.batchMode = false;
	}

	private static String during(final String macro, final Supplier<String> chosen) {
		menu = chosen;
		return FijiSession.result(macro);
	}

	/** Runs a command in Fiji's way and gives the reason why it was canceled. */
	private static String fiji() {
		try {
			return ((NucleiCommand) FijiSession.context().service(CommandService.class).run(BatchSegment.class, true).get()
				.getDelegateObject()).getCancelReason();
		}
		catch (final Exception e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void aCommandThatFailsLeavesTheWaitingMacroAlone() {
		try (FijiSession session = new FijiSession()) {
			assertEquals("went on", during(THEN, CallingMacroTest::fiji));
			assertTrue(seen.contains("required"), seen);
		}
	}

	@Test
	void aDialogThatIsCanceledLeavesTheWaitingMacroAlone() {
		try (FijiSession session = new FijiSession()) {
			final PluginInfo<PreprocessorPlugin> canceled = new PluginInfo<>(FijiMacroTest.Canceled.class, PreprocessorPlugin.class);
			canceled.setPriority(Priority.EXTREMELY_HIGH);
			FijiSession.context().service(PluginService.class).addPlugin(canceled);
			assertEquals("went on", during(THEN, CallingMacroTest::fiji));
		}
	}

	@Test
	void theImageOfAWaitingMacrosBatchModeIsNotTheMenus() {
		final String result = during("setBatchMode(true); newImage('hidden', '8-bit', 9, 9, 1); " + THEN, () -> {
			final ImagePlus front = new ImagePlus("front", IJ.createImage("", 9, 9, 1, 8).getProcessor());
			WindowManager.setTempCurrentImage(front);
			final String title = CurrentImage.find().getTitle();
			WindowManager.setTempCurrentImage(null);
			return title + " " + (CallingMacro.here() == null);
		});
		assertEquals("went on", result);
		assertEquals("front true", seen);
	}

	@Test
	void theMacroOfAThreadThatWaitsIsFound() {
		try (FijiSession session = new FijiSession()) {
			final ThreadService threads = FijiSession.context().service(ThreadService.class);
			assertEquals("true", FijiSession.result("return call('" + CallingMacroTest.class.getName() + ".nested');"));
			assertEquals("went on", during(THEN, () -> {
				try {
					return String.valueOf(threads.run(() -> MacroCall.macro(threads) == null && !MacroCall.isByImageJ(threads)).get());
				}
				catch (final Exception e) {
					throw new IllegalStateException(e);
				}
			}));
			assertEquals("true", seen);
		}
	}

	/** Called by a macro: whether it is found from a pooled thread of a pooled thread. */
	public static String nested() throws Exception {
		final ThreadService threads = FijiSession.context().service(ThreadService.class);
		return String.valueOf(threads.run(() -> threads.run(() -> MacroCall.macro(threads) == Interpreter.getInstance()).get())
			.get());
	}

	@Test
	@Tag("display")
	void inPlainImageJTheMacroGoesOnToo() throws IOException {
		try (MacroSession session = new MacroSession()) {
			session.add("Probe...", ProbeCommand.class);
			menu = () -> {
				IJ.redirectErrorMessages();
				new PlainImageJ().run(SegmentNuclei.class.getName()); // no image is open
				return String.valueOf(IJ.getErrorMessage());
			};
			assertEquals(null, session.errorOf(WAIT + "run('Probe...', 'whole=2');"));
			assertTrue(seen.replace('\n', ' ').startsWith("No image is open"), seen);
			assertEquals(2, ProbeCommand.last.whole);
			assertTrue(ProbeCommand.last.byImageJ);
		}
	}

	@Test
	void optionsOfAnotherThreadAreNone() {
		assertEquals("went on", during(THEN, () -> String.valueOf(Macro.getOptions())));
		assertEquals("null", seen);
		assertFalse(CallingMacro.has(Thread.currentThread(), Interpreter.class.getName()));
	}
}
