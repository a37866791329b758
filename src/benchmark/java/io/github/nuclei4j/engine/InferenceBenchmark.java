package io.github.nuclei4j.engine;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.network.NativeBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/**
 * Prints how long one image takes in the networks, run by each {@link Implementation} with the same weights and threads,
 * in turns in one run. First it makes sure that all give the same output; if one doesn't, it stops without times.
 */
@Command(name = "InferenceBenchmark", mixinStandardHelpOptions = true, showDefaultValues = true, description =
	"Times one image in each network, run by each implementation with the same weights and threads.")
public final class InferenceBenchmark implements Callable<Integer> {

	/** Size of the image that random weights are compared on, pixels. */
	private static final int SMALL = 96;
	/** Busy cores from which times can't be trusted. */
	private static final double DISTURBED = 0.1;

	@Option(names = "--architectures", split = ",", defaultValue = "unet,hrnet", description = "Networks.")
	private List<String> architectures;

	@Option(names = "--sizes", split = ",", defaultValue = "256", description = "Image widths and heights in pixels.")
	private List<Integer> sizes;

	@Option(names = "--only", split = ",", description = "Implementations that take part: ${COMPLETION-CANDIDATES}. All, if not given.")
	private List<Implementation> only = Arrays.asList(Implementation.values());

	@Option(names = "--rounds", defaultValue = "51", description = "Turns of an implementation, at most.")
	private int rounds;

	@Option(names = "--seconds", defaultValue = "20", description =
		"Seconds of turns per implementation and size, at most; a slow one has fewer turns, at least one.")
	private double seconds;

	@Option(names = "--pause", defaultValue = "60", description = "Milliseconds before each turn.")
	private int pause;

	/** Runs the benchmark; {@code --help} lists the options. */
	public static void main(final String... args) {
		final int code = new CommandLine(new InferenceBenchmark()).setCaseInsensitiveEnumValuesAllowed(true).execute(args);
		if (code != CommandLine.ExitCode.OK) throw new IllegalStateException("The benchmark failed, see above.");
	}

	@Override
	public Integer call() throws IOException, InterruptedException {
		NativeBackend.initialize();
		if (Machine.isLimitedToAvx2()) OnnxLibrary.limitToAvx2();
		System.out.print(Machine.describe());
		final double peak = OneDnn.call(Machine::peak);
		System.out.printf(Locale.ROOT, "%-14s%.0f GFLOP/s, what oneDNN's product of float matrices reaches%n", "peak", peak);
		for (final String id : architectures) {
			final Architecture architecture = Architecture.of(id);
			final NucleusModel random = passing(() -> Workload.random(architecture));
			passing(() -> {
				compare(new Workload(random, SMALL, SMALL));
				return null;
			});
			final Optional<NucleusModel> released = passing(() -> Workload.released(architecture));
			for (final int size : sizes) measure(passing(() -> new Workload(released.orElse(random), size, size)), peak);
		}
		return CommandLine.ExitCode.OK;
	}

	/** Does something on a thread that ends after it, and with it the OpenMP threads that DL4J and ND4J start for it. */
	static <T> T passing(final Callable<T> work) throws InterruptedException {
		final ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			return thread.submit(work).get();
		}
		catch (final ExecutionException e) {
			throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
		}
		finally {
			thread.shutdown();
			thread.awaitTermination(1, TimeUnit.MINUTES);
		}
	}

	private void compare(final Workload workload) {
		final Map<Implementation, Contender> contenders = open(workload, only);
		try {
			compare(workload, contenders);
		}
		finally {
			contenders.values().forEach(Contender::close);
		}
	}

	/** Makes implementations ready; if one fails, those before it are closed. */
	static Map<Implementation, Contender> open(final Workload workload, final Collection<Implementation> implementations) {
		final Map<Implementation, Contender> contenders = new EnumMap<>(Implementation.class);
		try {
			for (final Implementation implementation : implementations) {
				contenders.put(implementation, implementation.open(workload));
			}
			return contenders;
		}
		catch (final RuntimeException e) {
			contenders.values().forEach(Contender::close);
			throw e;
		}
	}

	private static void compare(final Workload workload, final Map<Implementation, Contender> contenders) {
		final Agreement agreement = new Agreement(workload);
		System.out.printf("%n%s: largest difference of a probability from DL4J with our layers%n", workload);
		contenders.forEach((implementation, contender) -> {
			contender.run();
			System.out.printf(Locale.ROOT, "%-30s %.1e%n", implementation.title(), agreement.check(implementation, contender
				.output()));
		});
	}

	/**
	 * DL4J's contenders first, then the others: OpenMP keeps a pool for every thread that called it, and with more threads in
	 * its pools than processors it sends them to sleep at each barrier. DL4J's end with its contenders.
	 */
	private void measure(final Workload workload, final double peak) throws IOException, InterruptedException {
		final Map<Implementation, Times> times = new EnumMap<>(Implementation.class);
		final Turns turns = new Turns(rounds, seconds, pause);
		final OtherWork others = new OtherWork();
		for (final boolean dl4j : new boolean[] { true, false }) {
			final List<Implementation> group = only.stream().filter(i -> i.isDl4j() == dl4j).collect(Collectors.toList());
			if (group.isEmpty()) continue;
			final Map<Implementation, Contender> contenders = open(workload, group);
			try {
				passing(() -> {
					compare(workload, contenders);
					return null;
				});
				times.putAll(turns.measure(contenders));
			}
			finally {
				contenders.values().forEach(Contender::close);
			}
		}
		final OptionalDouble disturbance = others.cores();
		System.out.printf(Locale.ROOT, "%n%s: time per image, %.2f GFLOP%n", workload, workload.gflop());
		System.out.printf(Locale.ROOT, "cores kept busy by this process in the pauses: %.2f; by other processes: %s%n", turns
			.coresBusyInPauses(), disturbance.isPresent() ? String.format(Locale.ROOT, "%.2f", disturbance.getAsDouble())
				: "unknown");
		if (Math.max(turns.coresBusyInPauses(), disturbance.orElse(0)) > DISTURBED) System.out.println(
			"These times are disturbed: something else ran meanwhile. Measure again on a quiet machine.");
		System.out.print(TimesTable.of(times, workload.gflop(), peak));
	}
}
