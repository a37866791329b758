package io.github.nuclei4j.fuzz;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.nuclei4j.command.MacroTarget;
import io.github.nuclei4j.dataset.DataZipTarget;
import io.github.nuclei4j.image.PictureTarget;
import io.github.nuclei4j.image.TiffTarget;

/**
 * Tries changed inputs in a Java of its own, so that a crash of it is noticed, and adds the figures to {@code runs/fuzz.csv}.
 * <p>
 * Arguments: kind (or {@code all}, or {@code table} to print the sums), seconds for each kind, and, to repeat something, the first
 * seed and how many. Without these a run goes on after the last seed of the kind that the file has.
 * </p>
 */
public final class Fuzz {

	private static final List<String> KINDS = Collections.unmodifiableList(Arrays.asList("model", "tiff", "picture", "dataset", "roi", "macro"));
	private static final Path FOLDER = Paths.get("runs", "fuzz");
	private static final Path FIGURES = Paths.get("runs", "fuzz.csv");
	private static final int STUCK = 3;

	private Fuzz() {}

	/** See above. */
	public static void main(final String... arguments) throws IOException, InterruptedException {
		if (arguments[0].equals("child")) {
			child(arguments[1], Double.parseDouble(arguments[2]), Long.parseLong(arguments[3]), Long.parseLong(arguments[4]));
			return;
		}
		Files.createDirectories(FOLDER);
		if (!arguments[0].equals("table")) {
			for (final String kind : arguments[0].equals("all") ? KINDS : Collections.singletonList(arguments[0])) {
				parent(kind, Double.parseDouble(arguments[1]), arguments.length > 2 ? Long.parseLong(arguments[2]) : next(kind), arguments.length > 3
					? Long.parseLong(arguments[3]) : Long.MAX_VALUE);
			}
		}
		print();
	}

	/** All kinds of input. */
	static FuzzTarget target(final String kind, final Path folder) throws IOException {
		switch (kind) {
			case "model":
				return new ModelTarget(folder);
			case "tiff":
				return new TiffTarget();
			case "picture":
				return new PictureTarget(folder);
			case "dataset":
				return new DataZipTarget();
			case "roi":
				return new RoiTarget();
			case "macro":
				return new MacroTarget();
			default:
				throw new IllegalArgumentException("There is no kind '" + kind + "'; there are: " + KINDS);
		}
	}

	private static long next(final String kind) throws IOException {
		return counts().stream().filter(count -> count.kind.equals(kind)).mapToLong(count -> count.from + count.files).max().orElse(0);
	}

	private static List<FuzzCount> counts() throws IOException {
		if (!Files.exists(FIGURES)) return Collections.emptyList();
		return Files.readAllLines(FIGURES).stream().skip(1).map(FuzzCount::parse).collect(Collectors.toList());
	}

	private static void add(final FuzzCount count) throws IOException {
		if (!Files.exists(FIGURES)) Files.writeString(FIGURES, FuzzCount.HEADER + "\n");
		Files.writeString(FIGURES, count.csv() + "\n", StandardOpenOption.APPEND);
	}

	/** Runs children until the time is over; one that goes down is noted, and the next goes on after its seed. */
	private static void parent(final String kind, final double seconds, final long from, final long files) throws IOException,
		InterruptedException
	{
		final long start = System.nanoTime();
		final Path result = FOLDER.resolve(kind + ".result");
		long seed = from;
		while (seed - from < files) {
			final double left = seconds - (System.nanoTime() - start) / 1e9;
			if (left < 1) break;
			Files.deleteIfExists(result);
			final List<String> command = new ArrayList<>(Arrays.asList(Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch", "-Djava.awt.headless=true", "-cp", classPath(), Fuzz.class.getName(), "child", kind, Double.toString(left), Long.toString(
					seed), Long.toString(Math.min(files, Long.MAX_VALUE - from) + from - seed)));
			final ProcessBuilder child = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(FOLDER.resolve(kind + ".log")
				.toFile());
			// networks so small are slower on several threads
			child.environment().put("OMP_NUM_THREADS", "1");
			final Process process = child.start();
			if (!process.waitFor((long) left + 60, TimeUnit.SECONDS)) process.destroyForcibly();
			final FuzzCount count;
			if (Files.exists(result)) count = FuzzCount.parse(Files.readAllLines(result).get(0));
			else {
				count = new FuzzCount(kind, seed);
				final Path last = FOLDER.resolve(kind + ".seed");
				count.files = Files.exists(last) ? Long.parseLong(Files.readString(last).trim()) + 1 - seed : 1;
				count.failures = 1;
				count.read = count.files - 1;
				System.out.println(kind + ": the Java of seeds " + seed + " to " + (seed + count.files - 1) + " ended with " + process.waitFor() +
					", see " + FOLDER.resolve(kind + ".log"));
			}
			add(count);
			seed = count.from + count.files;
		}
	}

	private static String classPath() {
		final ClassLoader loader = Fuzz.class.getClassLoader();
		if (!(loader instanceof URLClassLoader)) return System.getProperty("java.class.path");
		return Arrays.stream(((URLClassLoader) loader).getURLs()).map(URL::getPath).collect(Collectors.joining(System.getProperty(
			"path.separator")));
	}

	private static void child(final String kind, final double seconds, final long from, final long files) throws IOException {
		final long start = System.nanoTime();
		final Path memory = Paths.get("/dev/shm");
		final Path folder = Files.isWritable(memory) ? Files.createTempDirectory(memory, "fuzz") : Files.createTempDirectory("fuzz");
		try (FuzzTarget target = target(kind, folder)) {
			final FuzzRun run = new FuzzRun(target, folder, (seed, how) -> save(kind, seed, how, folder.resolve("input" + target.extension())));
			watch(run, kind);
			final FuzzCount count = run.run(from, files, seconds - (System.nanoTime() - start) / 1e9);
			Files.writeString(FOLDER.resolve(kind + ".result"), count.csv() + "\n");
		}
		finally {
			for (final Path file : Files.list(folder).collect(Collectors.toList())) Files.delete(file);
			Files.delete(folder);
		}
		System.exit(0);
	}

	/** Keeps an input that failed, and how. */
	private static void save(final String kind, final long seed, final String how, final Path input) {
		try {
			Files.write(FOLDER.resolve(kind + "-" + seed + ".txt"), how.getBytes(StandardCharsets.UTF_8));
			if (Files.exists(input)) Files.copy(input, FOLDER.resolve(kind + "-" + seed + input.getFileName().toString().replace("input", "")),
				java.nio.file.StandardCopyOption.REPLACE_EXISTING);
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Ends this Java when an input takes too long, and notes now and then which is tried. */
	private static void watch(final FuzzRun run, final String kind) {
		final Thread watcher = new Thread(() -> {
			try {
				while (true) {
					Thread.sleep(20);
					final long[] now = run.now();
					Files.writeString(FOLDER.resolve(kind + ".seed"), Long.toString(now[0]));
					if (now[1] == 0 || System.nanoTime() - now[1] < FuzzRun.MOST_SECONDS * 1_000_000_000L) continue;
					final StringWriter traces = new StringWriter();
					Thread.getAllStackTraces().forEach((thread, trace) -> new PrintWriter(traces, true).println(thread + "\n  " + Arrays.stream(trace)
						.map(Object::toString).collect(Collectors.joining("\n  "))));
					save(kind, now[0], "stuck\n" + traces, run.file());
					Runtime.getRuntime().halt(STUCK);
				}
			}
			catch (final IOException | InterruptedException e) {
				throw new IllegalStateException(e);
			}
		});
		watcher.setDaemon(true);
		watcher.start();
	}

	private static void print() throws IOException {
		final Map<String, FuzzCount> sums = new LinkedHashMap<>();
		final FuzzCount all = new FuzzCount("all", 0);
		for (final FuzzCount count : counts()) {
			sums.computeIfAbsent(count.kind, kind -> new FuzzCount(kind, 0)).add(count);
			all.add(count);
		}
		sums.put("all", all);
		System.out.println("| kind | files | read | refused | failures | seconds | files per second | slowest ms | most MB for one | memory MB after a quarter | at the end |");
		System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
		for (final FuzzCount c : sums.values()) {
			System.out.println(String.format(Locale.ROOT, "| %s | %,d | %,d | %,d | %d | %.0f | %.0f | %.0f | %.0f | %.1f | %.1f |", c.kind, c.files,
				c.read, c.refused, c.failures, c.seconds, c.files / Math.max(c.seconds, 1e-9), c.slowest, c.mostMegabytes, c.memoryBefore, c.memoryAfter));
		}
	}
}
