package io.github.nuclei4j.reliability;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a program in a fresh JVM that has the classes of this one. */
public final class ChildJvm {

	private static final int SECONDS = 600;

	private final Map<String, String> environment = new TreeMap<>();
	private final List<String> options = new ArrayList<>(Arrays.asList("-Xmx2g", "-Djava.awt.headless=true"));

	/** Sets a variable of its environment. */
	public ChildJvm environment(final String name, final String value) {
		environment.put(name, value);
		return this;
	}

	/** Adds an option of Java. */
	public ChildJvm option(final String option) {
		options.add(option);
		return this;
	}

	/**
	 * Runs a program to its end.
	 *
	 * @return the lines that it printed
	 * @throws IllegalStateException with what it printed if it ended with an error or took more than ten minutes
	 */
	public List<String> run(final Class<?> program, final String... arguments) throws IOException, InterruptedException {
		final Path output = Files.createTempFile("child", ".txt");
		final Path errors = Files.createTempFile("child", ".err");
		try {
			final List<String> command = new ArrayList<>();
			command.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(options);
			command.addAll(Arrays.asList("-cp", classPath(), program.getName()));
			command.addAll(Arrays.asList(arguments));
			final ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors
				.toFile());
			builder.environment().putAll(environment);
			final Process process = builder.start();
			final boolean ended;
			try {
				ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
			}
			finally {
				process.destroyForcibly();
			}
			if (!ended || process.exitValue() != 0) {
				throw new IllegalStateException(program.getSimpleName() + " " + Arrays.toString(arguments) + " with " + environment +
					(ended ? " ended with " + process.exitValue() : " did not end") + ":\n" + text(output) + text(errors));
			}
			return Files.readAllLines(output);
		}
		finally {
			Files.deleteIfExists(output);
			Files.deleteIfExists(errors);
		}
	}

	/** Maven runs a main class in its own JVM, with another class path. */
	private static String classPath() {
		final ClassLoader loader = ChildJvm.class.getClassLoader();
		if (!(loader instanceof URLClassLoader)) return System.getProperty("java.class.path");
		return Arrays.stream(((URLClassLoader) loader).getURLs()).map(url -> Paths.get(URI.create(url.toString())).toString())
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static String text(final Path file) throws IOException {
		return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
	}
}
