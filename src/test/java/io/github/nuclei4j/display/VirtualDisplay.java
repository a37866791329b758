package io.github.nuclei4j.display;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An X server that draws nowhere, Xvfb, of the size of a small laptop's screen; ends when it is closed, or this JVM does. */
final class VirtualDisplay implements AutoCloseable {

	private final Process server;
	private final Thread end;
	private final String name;

	/** @throws IOException if the server does not start, with what it says */
	VirtualDisplay(final Path xvfb) throws IOException {
		server = new ProcessBuilder(xvfb.toString(), "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp")
			.redirectError(ProcessBuilder.Redirect.DISCARD).start();
		end = new Thread(server::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(end);
		final String number = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
			.readLine();
		if (number == null) throw new IOException(xvfb + " ended before it had a display.");
		name = ":" + number.trim();
	}

	/** The program, if it is on the path. */
	static Optional<Path> program() {
		final String path = System.getenv("PATH");
		return path == null ? Optional.empty() : Arrays.stream(path.split(File.pathSeparator)).map(folder -> Paths.get(folder,
			"Xvfb")).filter(Files::isExecutable).findFirst();
	}

	/** What goes into the variable DISPLAY. */
	String name() {
		return name;
	}

	@Override
	public void close() {
		server.destroy();
		try {
			if (!server.waitFor(5, TimeUnit.SECONDS)) server.destroyForcibly();
		}
		catch (final InterruptedException e) {
			server.destroyForcibly();
			Thread.currentThread().interrupt();
		}
		Runtime.getRuntime().removeShutdownHook(end);
	}
}
