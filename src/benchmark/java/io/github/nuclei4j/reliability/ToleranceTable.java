package io.github.nuclei4j.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.nuclei4j.engine.Machine;

/**
 * How much a model's answers to the sample images change with the number of threads, with the instruction set and between the
 * engine and Deeplearning4j. Every setting runs in a JVM of its own; what one has answered is kept in a folder, so that the
 * table can be made in several runs.
 */
public final class ToleranceTable {

	private static final String REFERENCE = "threads-2";
	private static final List<String> SETTINGS = Arrays.asList(REFERENCE, "threads-1", "threads-4", "SSE41", "AVX", "AVX2",
		"AVX512_CORE", "AVX512_CORE_VNNI", "deeplearning4j");

	/** Two nuclei of which this share of their pixels is common are the same one. */
	private static final double SAME = 0.5;

	private final Path folder;
	private final List<Path> images;

	private ToleranceTable(final Path folder, final List<Path> images) {
		this.folder = folder;
		this.images = images;
	}

	/**
	 * @param args folder for the answers; model names, comma-separated, or {@code all}; settings, likewise. Without settings the
	 *          table is printed from what is there.
	 */
	public static void main(final String... args) throws IOException, InterruptedException {
		if (args.length < 2) throw new IllegalArgumentException("Expected: FOLDER MODELS|all [SETTINGS|all]; settings are " +
			SETTINGS + ".");
		final ToleranceTable table = new ToleranceTable(Paths.get(args[0]), list(Paths.get("samples"), ".png"));
		final List<Path> models = list(Paths.get("models"), ".zip").stream().filter(model -> args[1].equals("all") || Arrays
			.asList(args[1].split(",")).contains(name(model))).collect(Collectors.toList());
		final List<String> wanted = args.length < 3 ? new ArrayList<>() : args[2].equals("all") ? SETTINGS : Arrays.asList(
			args[2].split(","));
		for (final Path model : models) {
			for (final String setting : wanted) table.run(setting, model);
		}
		System.out.print(Machine.describe());
		System.out.println("| model | setting | largest difference | pixels changed | nuclei | lost | new |");
		System.out.println("|---|---|---|---|---|---|---|");
		for (final Path model : models) {
			for (final String setting : SETTINGS) table.print(setting, model);
		}
	}

	private static List<Path> list(final Path folder, final String ending) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(file -> file.toString().endsWith(ending)).sorted().collect(Collectors.toList());
		}
	}

	private static String name(final Path model) {
		return model.getFileName().toString().replace(".zip", "");
	}

	private static ChildJvm jvm(final String setting) {
		final ChildJvm jvm = new ChildJvm();
		final String threads = setting.startsWith("threads-") ? setting.substring("threads-".length()) : "2";
		jvm.environment("OMP_NUM_THREADS", threads).option("-XX:ActiveProcessorCount=" + threads);
		if (setting.startsWith("SSE") || setting.startsWith("AVX")) jvm.environment("DNNL_MAX_CPU_ISA", setting);
		return setting.equals("deeplearning4j") ? jvm.option("-Dnuclei4j.engine=" + setting) : jvm;
	}

	private void run(final String setting, final Path model) throws IOException, InterruptedException {
		final Path answers = Files.createDirectories(folder.resolve(setting));
		final List<String> arguments = new ArrayList<>(Arrays.asList(answers.toString(), model.toString()));
		for (final Path image : images) {
			if (!Files.exists(Answers.file(answers, model, image))) arguments.add(image.toString());
		}
		if (arguments.size() == 2) return;
		final long start = System.nanoTime();
		jvm(setting).run(Answers.class, arguments.toArray(new String[0]));
		System.err.printf(Locale.ROOT, "%s, %s: %.1f s%n", name(model), setting, (System.nanoTime() - start) / 1e9);
	}

	private void print(final String setting, final Path model) throws IOException {
		float largest = 0;
		long changed = 0;
		long pixels = 0;
		int before = 0;
		int after = 0;
		int lost = 0;
		int added = 0;
		for (final Path image : images) {
			final Path file = Answers.file(folder.resolve(setting), model, image);
			if (!Files.exists(file)) {
				System.err.println(name(model) + ", " + setting + ": not run yet");
				return;
			}
			final Answers expected = Answers.read(Answers.file(folder.resolve(REFERENCE), model, image));
			final Answers found = Answers.read(file);
			for (int c = 0; c < expected.maps().length; c++) {
				for (int i = 0; i < expected.labels().length; i++) {
					largest = Math.max(largest, Math.abs(expected.maps()[c][i] - found.maps()[c][i]));
				}
			}
			for (int i = 0; i < expected.labels().length; i++) {
				if (expected.labels()[i] > 0 != found.labels()[i] > 0) changed++;
			}
			pixels += expected.labels().length;
			before += expected.count();
			after += found.count();
			final int same = same(expected, found);
			lost += expected.count() - same;
			added += found.count() - same;
		}
		System.out.printf(Locale.ROOT, "| %s | %s | %s | %s | %d -> %d | %d | %d |%n", name(model), setting, largest == 0
			? "0" : String.format(Locale.ROOT, "%.1e", largest), changed == 0 ? "0" : String.format(Locale.ROOT,
				"%d of %d (%.4f %%)", changed, pixels, 100.0 * changed / pixels), before, after, lost, added);
	}

	/** How many nuclei of one answer are in the other, by more than half of the pixels that either has. */
	private static int same(final Answers a, final Answers b) {
		final int[] areas = areas(a);
		final int[] others = areas(b);
		final Map<Long, Integer> common = new HashMap<>();
		for (int i = 0; i < a.labels().length; i++) {
			if (a.labels()[i] > 0 && b.labels()[i] > 0) common.merge((long) a.labels()[i] << 32 | b.labels()[i], 1, Integer::sum);
		}
		int same = 0;
		for (final Map.Entry<Long, Integer> pair : common.entrySet()) {
			final int both = pair.getValue();
			final int either = areas[(int) (pair.getKey() >> 32)] + others[pair.getKey().intValue()] - both;
			if (both > SAME * either) same++;
		}
		return same;
	}

	private static int[] areas(final Answers answers) {
		final int[] areas = new int[answers.count() + 1];
		for (final int label : answers.labels()) areas[label]++;
		return areas;
	}
}
