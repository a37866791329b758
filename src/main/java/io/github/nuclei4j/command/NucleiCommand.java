package io.github.nuclei4j.command;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

import org.scijava.app.StatusService;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.thread.ThreadService;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.macro.Interpreter;
import io.github.nuclei4j.check.MissingJar;
import io.github.nuclei4j.check.Requirements;
import io.github.nuclei4j.model.ModelSummary;
import io.github.nuclei4j.util.LibraryLogs;
import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.Progress;
import io.github.nuclei4j.util.RemainingTime;

/**
 * What our commands have in common: values are checked again (SciJava doesn't check a macro's), progress goes to the
 * status bar, Escape or {@link #cancel(String)} stops, and a failure ends in one message and stops a running macro.
 * <p>
 * The message is a dialog in an interactive session, ImageJ's macro error in a macro, and a log entry without a display.
 * </p>
 */
abstract class NucleiCommand extends ContextCommand {

	private static final int STEPS = 1000;

	/** The commands that run now; guarded by itself. */
	private static final Set<NucleiCommand> RUNNING = new HashSet<>();

	private final UsedImages images = new UsedImages();
	private volatile boolean escaped;
	private volatile ThreadImage threadImage;
	private MacroCall call;
	/** The macro that called this command; null if none did, or while it is not known. */
	private Interpreter macro;
	private boolean isMacroKnown;
	/** Whether the user learns, or need not learn, why this command ended. */
	private volatile boolean isReported;

	/** Null in plain ImageJ. */
	@Parameter(required = false)
	private ThreadService threads;

	@Parameter
	private StatusService status;

	@Parameter
	private LogService log;

	/**
	 * Does the work; shows results only when all of them are there.
	 *
	 * @return what was done, for the status bar
	 * @throws CancellationException if the user stopped it
	 */
	abstract String execute(Progress progress) throws IOException;

	/** The values that the dialog offers for a parameter; none for most parameters. */
	List<Suggestion> suggestions(final String key) {
		if (key.equals("model")) return InstalledModels.suggestions();
		return key.equals("channel") ? Channels.suggestions() : Collections.emptyList();
	}

	/** A line on a value of a parameter that the dialog doesn't offer; empty if there is nothing to say. */
	String about(final String key, final String value) {
		return key.equals("model") && !value.isEmpty() ? ModelSummary.of(value) : "";
	}

	/** Unit of lengths in images as they are. */
	static final String PIXELS = "pixels";

	/** The unit of areas, from that of lengths. */
	static String area(final String length) {
		return (length.equals(PIXELS) ? "px" : length) + "\u00b2";
	}

	/** The unit of a parameter's value, for the dialog; empty for most. */
	String unit(final String key) {
		return "";
	}

	/**
	 * Checks that the values go together, before the dialog closes.
	 *
	 * @throws IllegalArgumentException that says what is wrong
	 */
	void validate() {
		// each value has been checked by itself
	}

	@Override
	public final void run() {
		if (isCanceled()) return;
		if (threadImage == null) borrow(ThreadImage.lend(threads, false));
		begin();
		try {
			final CommandParameters parameters = CommandParameters.of(getClass());
			attempt(() -> {
				parameters.check(this);
				status.showStatus(title() + ": starting...");
				final String done = execute(new CommandProgress());
				log.info(done);
				status.showStatus(STEPS, STEPS, done);
			});
		}
		finally {
			synchronized (RUNNING) {
				RUNNING.remove(this);
			}
			giveBack();
		}
	}

	/** Takes over the current image that the thread got for this command; null if it got none. */
	final void borrow(final ThreadImage image) {
		threadImage = image;
	}

	/** Notes who called this command in Fiji. */
	final void called(final MacroCall by) {
		call = by;
		macro();
	}

	/** Who called this command in Fiji; null in plain ImageJ. */
	final MacroCall call() {
		return call;
	}

	/** Whether a macro, or a line such as macros have, called this command, so that nobody may be there to ask. */
	final boolean isOfMacro() {
		return macro() != null || Macro.getOptions() != null || call != null && call.isMacro();
	}

	/** The macro that called this command, on this thread or on one that waits for it; null if none did. */
	private synchronized Interpreter macro() {
		if (!isMacroKnown) macro = MacroCall.macro(threads);
		isMacroKnown = true;
		return macro;
	}

	private void giveBack() {
		if (threadImage != null) threadImage.giveBack();
	}

	/** Called by Fiji, too, where the command is canceled before it runs. */
	@Override
	public void cancel(final String reason) {
		super.cancel(reason);
		giveBack();
		if (isReported) return;
		isReported = true;
		if (status != null) status.clearStatus();
		// a dialog that is canceled gives no reason: as with ImageJ's own, the macro ends without a message
		if (reason == null || reason.isEmpty()) UserMessage.endMacro(macro());
		else UserMessage.stopMacro(reason, macro());
	}

	/** Escape that was pressed before is for the commands that run already, not for this one. */
	private void begin() {
		synchronized (RUNNING) {
			if (macro() == null) {
				if (IJ.escapePressed()) RUNNING.forEach(command -> command.escaped = true);
				IJ.resetEscape();
			}
			RUNNING.add(this);
		}
	}

	/**
	 * Notes an image that the work needs to the end: if it is closed meanwhile, the work stops, nothing is shown, and the user
	 * is told.
	 *
	 * @return the image
	 */
	final ImagePlus use(final ImagePlus image) {
		return images.add(image);
	}

	/** Runs a part of the work; a failure in it cancels this command, with a message to the user. */
	final void attempt(final Work work) {
		LibraryLogs.quiet();
		try {
			work.run();
		}
		catch (final CancellationException e) {
			if (!failAsClosed(e)) stop();
		}
		catch (final IOException | IllegalArgumentException | IllegalStateException e) {
			log.debug(e);
			if (!failAsClosed(e)) fail(e instanceof IOException ? Messages.of(e) : e.getMessage(), e);
		}
		catch (final OutOfMemoryError e) {
			fail(Messages.isNative(e) ? Messages.of(e) : "There is not enough memory. Close other images, or give ImageJ " +
				"more memory in Edit > Options > Memory & Threads... and restart it.", e);
		}
		catch (final LinkageError e) {
			log.debug(e);
			fail(Requirements.unmet().orElseGet(() -> MissingJar.explain(e)), e);
		}
		catch (final RuntimeException e) {
			if (failAsClosed(e)) return;
			log.error(e);
			fail("Unexpected failure: " + e + ". The console shows more.", e);
		}
	}

	/** Whatever happened after an image was closed happened because of that. */
	private boolean failAsClosed(final Throwable cause) {
		final Optional<String> closed = images.closed();
		closed.ifPresent(title -> fail("The image '" + title + "' was closed before " + title() +
			" was done. Nothing is shown. Open the image and run it again.", cause));
		return closed.isPresent();
	}

	/** Part of a command's work. */
	interface Work {

		void run() throws IOException;
	}

	/** Tells in the status bar what is going on before the command runs. */
	final void tell(final String message) {
		status.showStatus(message);
	}

	/** Writes into ImageJ's Log window what the user should know but that stops nothing; a warning would open Fiji's Console. */
	final void warn(final String message) {
		IJ.log(title() + ": " + message);
	}

	private void stop() {
		isReported = true;
		cancel("");
		UserMessage.stopMacro(title() + " was canceled", macro());
		status.showProgress(STEPS, STEPS);
		status.clearStatus();
	}

	private void fail(final String message, final Throwable cause) {
		final String reason = message == null ? cause.toString() : message;
		isReported = true;
		cancel(reason);
		status.showStatus(STEPS, STEPS, title() + " failed");
		UserMessage.error(title(), reason, log, macro());
	}

	private String title() {
		return PlainRunner.title(getClass());
	}

	private final class CommandProgress implements Progress {

		private final RemainingTime time = new RemainingTime();

		@Override
		public void update(final double fraction, final String message) {
			final String left = time.left(fraction);
			status.showStatus((int) (STEPS * Math.min(fraction, 0.999)), STEPS, left.isEmpty() ? message : message + ", " +
				left);
		}

		@Override
		public boolean isCanceled() {
			return NucleiCommand.this.isCanceled() || escaped || IJ.escapePressed() || images.closed().isPresent();
		}
	}
}
