package io.github.nuclei4j.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.network.NativeBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/**
 * Prints where the engine's time goes: the steps of a compiled network by shape and by oneDNN's implementation, with the
 * least time of each and how near to the machine's limit it comes.
 */
@Command(name = "StepProfile", mixinStandardHelpOptions = true, showDefaultValues = true, description =
	"Times the steps of a network in the engine.")
public final class StepProfile implements Callable<Integer> {

	private static final int WARM_UP = 5;

	@Option(names = "--architecture", defaultValue = "hrnet", description = "Network, one of those released.")
	private String architecture;

	@Option(names = "--size", defaultValue = "256", description = "Image width and height in pixels.")
	private int size;

	@Option(names = "--int8", description = "The released model in 8-bit integers rather than that in floats.")
	private boolean int8;

	@Option(names = "--runs", defaultValue = "41", description = "Runs of which the least times are taken.")
	private int runs;

	@Option(names = "--steps", description = "One line per step rather than per kind of step.")
	private boolean steps;

	/** Steps of one kind. */
	private static final class Row {

		private final String title;
		private int count;
		private double seconds;
		private double flop;

		Row(final String title) {
			this.title = title;
		}

		String line(final double all, final double peak) {
			return String.format(Locale.ROOT, "%-74s %4d %9.3f %8.3f %5.1f%% %9.1f %6.0f%%%n", title, count, seconds * 1e3,
				seconds * 1e3 / count, 100 * seconds / all, flop / seconds / 1e9, 100 * flop / seconds / 1e9 / peak);
		}
	}

	/** Runs the profile; {@code --help} lists the options. */
	public static void main(final String... args) {
		final int code = new CommandLine(new StepProfile()).execute(args);
		if (code != CommandLine.ExitCode.OK) throw new IllegalStateException("The profile failed, see above.");
	}

	@Override
	public Integer call() throws Exception {
		NativeBackend.initialize();
		System.out.print(Machine.describe());
		final double peak = OneDnn.call(Machine::peak);
		System.out.printf(Locale.ROOT, "%-14s%.0f GFLOP/s%n", "peak", peak);
		final Architecture network = Architecture.of(architecture);
		final Workload workload = InferenceBenchmark.passing(() -> new Workload((int8 ? Workload.releasedInt8(network)
			: Workload.released(network)).orElseThrow(IllegalStateException::new), size, size));
		final Planner planner = int8 ? new Int8Planner(OneDnn.get(), workload.model().info().quantization().get())
			: new FloatPlanner(OneDnn.get());
		System.out.print(OneDnn.call(() -> profile(workload, planner, peak)));
		return CommandLine.ExitCode.OK;
	}

	private String profile(final Workload workload, final Planner planner, final double peak) {
		try (PackedWeights weights = new PackedWeights(OneDnn.get());
				CompiledNetwork network = new CompiledNetwork(workload.operations(), planner, weights, size, size))
		{
			final Map<Step, double[]> times = new LinkedHashMap<>();
			for (int run = -WARM_UP; run < runs; run++) {
				final int at = run;
				final long[] last = { System.nanoTime() };
				network.run(workload.input(), 0, step -> {
					final long now = System.nanoTime();
					if (at >= 0) times.computeIfAbsent(step, s -> new double[runs])[at] = (now - last[0]) / 1e9;
					last[0] = System.nanoTime();
				});
			}
			return table(workload, times, peak);
		}
	}

	private String table(final Workload workload, final Map<Step, double[]> times, final double peak) {
		final Map<String, Operation> operations = new LinkedHashMap<>();
		workload.operations().forEach(operation -> operations.put(operation.name(), operation));
		final Map<String, Row> rows = new LinkedHashMap<>();
		double all = 0;
		for (final Map.Entry<Step, double[]> entry : times.entrySet()) {
			final Step step = entry.getKey();
			final Operation operation = operations.get(step.name());
			final String title = (operation == null ? "copy" : describe(operation)) + " " + step.kind() + " " + step.implementation();
			final Row row = rows.computeIfAbsent(steps ? step.name() + " " + title : title, Row::new);
			Arrays.sort(entry.getValue());
			final double least = entry.getValue()[0];
			row.count++;
			row.seconds += least;
			row.flop += operation == null ? 0 : workload.flop(operation);
			all += least;
		}
		final List<Row> sorted = new ArrayList<>(rows.values());
		if (!steps) sorted.sort(Comparator.comparingDouble(row -> -row.seconds));
		final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%n%s, %s: %.2f ms in all steps%n", workload,
			int8 ? "int8" : "float", all * 1e3));
		text.append(String.format(Locale.ROOT, "%-74s %4s %9s %8s %6s %9s %7s%n", "", "n", "ms", "each", "share", "GFLOP/s",
			"of peak"));
		for (final Row row : sorted) text.append(row.line(all, peak));
		return text.toString();
	}

	private String describe(final Operation operation) {
		final StringBuilder text = new StringBuilder(operation.kind().name().toLowerCase(Locale.ROOT));
		if (operation.weights() != null) {
			text.append(String.format(Locale.ROOT, " %dx%d%s %d>%d", operation.weights().kernel(), operation.weights()
				.kernel(), operation.step() == 1 ? "" : "/" + operation.step(), operation.weights().inputs(), operation
					.channels()));
		}
		else {
			text.append(' ').append(operation.channels());
			if (operation.step() != 1) text.append(" x").append(operation.step());
		}
		text.append(" at ").append(size / operation.shrink());
		if (!operation.addends().isEmpty()) text.append(" +").append(operation.addends().size());
		return text.toString();
	}
}
