package io.github.nuclei4j;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another Java with the class path of the tests, to be killed, starved or run beside this one. What it prints is kept. */
public final class ChildJvm implements AutoCloseable {

	/** Computers that test may be slow. */
	private static final int PATIENCE_MINUTES = 5;

	private final Process process;
	private final List<String> lines = new ArrayList<>();
	private final Thread reader;

	private ChildJvm(final Process process) {
		this.process = process;
		reader = new Thread(this::read, "child's output");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Starts one without a display.
	 *
	 * @param options of the virtual machine
	 * @param main has a {@code main} method
	 */
	public static ChildJvm start(final List<String> options, final Class<?> main, final Object... arguments)
		throws IOException
	{
		return start(command(options, main, arguments));
	}

	/** Starts a command. */
	public static ChildJvm start(final List<String> command) throws IOException {
		return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
	}

	/** The command that {@link #start(List, Class, Object...)} starts. */
	public static List<String> command(final List<String> options, final Class<?> main, final Object... arguments) {
		final List<String> command = new ArrayList<>();
		command.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(Arrays.asList("-Djava.awt.headless=true", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", classPath()));
		command.addAll(options);
		command.add(main.getName());
		for (final Object argument : arguments) command.add(argument.toString());
		return command;
	}

	private static String classPath() {
		// surefire may have put the real one away
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	private void read() {
		try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(),
			StandardCharsets.UTF_8)))
		{
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				synchronized (lines) {
					lines.add(line);
					lines.notifyAll();
				}
			}
		}
		catch (final IOException e) {
			// killed
		}
		synchronized (lines) {
			lines.notifyAll();
		}
	}

	/**
	 * Waits until a line that contains a text is printed.
	 *
	 * @throws IllegalStateException if the process ends before, or there is none in five minutes; shows what was printed
	 */
	public void await(final String text) throws InterruptedException {
		final long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
		synchronized (lines) {
			while (lines.stream().noneMatch(line -> line.contains(text))) {
				if (System.nanoTime() > end || !reader.isAlive()) throw new IllegalStateException("No '" + text + "' in " + lines);
				lines.wait(100);
			}
		}
	}

	/** Kills it without warning unless it ends by itself in so many milliseconds; false if it did, with success. */
	public boolean killAfter(final int milliseconds) throws InterruptedException {
		if (!process.waitFor(milliseconds, TimeUnit.MILLISECONDS)) {
			process.destroyForcibly();
			process.waitFor(20, TimeUnit.SECONDS);
			return true;
		}
		if (exitCode() != 0) throw new IllegalStateException("Ended with " + exitCode() + ": " + lines);
		return false;
	}

	/** Sends a signal by its name, such as {@code INT}. */
	public void signal(final String name) throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
	}

	/** Waits until it ends well, and gives the time that took from now. */
	public int millisecondsToEnd() throws InterruptedException {
		final long start = System.nanoTime();
		if (exitCode() != 0) throw new IllegalStateException("Ended with " + exitCode() + ": " + output());
		return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
	}

	/** Waits until it ends, for at most five minutes. */
	public int exitCode() throws InterruptedException {
		if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) throw new IllegalStateException("It does not end. It printed " + output());
		reader.join(TimeUnit.SECONDS.toMillis(10));
		return process.exitValue();
	}

	/** All that it printed so far. */
	public String output() {
		synchronized (lines) {
			return String.join("\n", lines);
		}
	}

	/** Its number. */
	public long pid() {
		return process.pid();
	}

	/** Kills it. */
	@Override
	public void close() {
		process.destroyForcibly();
		try {
			process.waitFor(20, TimeUnit.SECONDS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
