package io.github.nuclei4j.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Prints the time of a training step and of inference per image of a network, ours beside DL4J's own layers out of the box,
 * in turns in one run. Arguments: architecture (unet), batch size (4), image size (256), rounds (9).
 */
public final class NetworkBenchmark {

	private NetworkBenchmark() {}

	/** Runs the benchmark. */
	public static void main(final String... args) {
		final Architecture architecture = Architecture.of(args.length > 0 ? args[0] : "unet");
		final int batch = args.length > 1 ? Integer.parseInt(args[1]) : 4;
		final int size = args.length > 2 ? Integer.parseInt(args[2]) : 256;
		final int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 9;
		System.out.println(NativeBackend.report());
		System.out.println("Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " " + System
			.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " cores");
		final ComputationGraph ours = architecture.build(1, 1e-3);
		final ComputationGraph stock = StockBlocks.build(architecture, size);
		final INDArray input = Nd4j.rand(DataType.FLOAT, batch, 3, size, size);
		final INDArray labels = Nd4j.rand(DataType.FLOAT, batch, 1, size, size).gt(0.5).castTo(DataType.FLOAT);
		final List<List<Double>> times = new ArrayList<>();
		for (int i = 0; i < 4; i++) times.add(new ArrayList<>());
		final int warmUp = 2;
		for (int round = -warmUp; round < rounds; round++) {
			final double[] seconds = { time(() -> ours.outputSingle(input)), time(() -> stock.outputSingle(input)), time(
				() -> ours.fit(new INDArray[] { input }, new INDArray[] { labels })), time(() -> stock.fit(new INDArray[] {
					input }, new INDArray[] { labels })) };
			for (int i = 0; round >= 0 && i < 4; i++) times.get(i).add(1000 * seconds[i] / batch);
		}
		System.out.printf(Locale.ROOT, "%s %d x %d, batch %d, median of %d, milliseconds per image:%n", architecture.id(), size, size, batch,
			rounds);
		print("inference", times.get(0), times.get(1));
		print("training step", times.get(2), times.get(3));
	}

	private static void print(final String what, final List<Double> ours, final List<Double> stock) {
		System.out.printf(Locale.ROOT, "%-14s Nuclei4J %7.1f (%.1f to %.1f)   stock DL4J %7.1f (%.1f to %.1f)   ratio 1 : %.1f%n",
			what, median(ours), Collections.min(ours), Collections.max(ours), median(stock), Collections.min(stock), Collections
				.max(stock), median(stock) / median(ours));
	}

	private static double median(final List<Double> values) {
		final List<Double> sorted = new ArrayList<>(values);
		Collections.sort(sorted);
		return sorted.get(sorted.size() / 2);
	}

	private static double time(final Runnable action) {
		final long start = System.nanoTime();
		action.run();
		return (System.nanoTime() - start) / 1e9;
	}
}
