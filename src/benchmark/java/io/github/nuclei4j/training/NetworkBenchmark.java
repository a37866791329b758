package io.github.nuclei4j.training;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.NdArrays;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.StockLayers;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.tensor.Batch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.nuclei4j.engine.OneDnnNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Prints the time of inference and of a training step per image: the engine, our layers run by DL4J,
 * and DL4J's own layers as they come, in turns in one run. Arguments: architecture (unet), batch size (4), image size (256),
 * rounds (9).
 */
public final class NetworkBenchmark {

	private static final int WARM_UP = 2;
	/** Idle threads of OpenMP spin for a while and would slow what runs next. */
	private static final int REST_MILLISECONDS = 100;

	private NetworkBenchmark() {}

	/** Runs the benchmark. */
	public static void main(final String... args) throws InterruptedException {
		final Architecture architecture = Architecture.of(args.length > 0 ? args[0] : "unet");
		final int batch = args.length > 1 ? Integer.parseInt(args[1]) : 4;
		final int size = args.length > 2 ? Integer.parseInt(args[2]) : 256;
		final int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 9;
		System.out.println(NativeBackend.report());
		System.out.println(OneDnnNetwork.description());
		System.out.println("Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " " + System
			.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " cores");
		final ComputationGraph ours = Networks.build(architecture, 1, 1e-3);
		final TrainableModel trained = new TrainableModel(ModelInfo.builder("trained", architecture).build(), Networks.build(
			architecture, 1, 1e-3));
		final ComputationGraph stock = StockLayers.build(architecture, size);
		final INDArray input = Nd4j.rand(DataType.FLOAT, batch, 3, size, size);
		final INDArray labels = Nd4j.rand(DataType.FLOAT, batch, 1, size, size).gt(0.5).castTo(DataType.FLOAT);
		final Map<String, Runnable> actions = new LinkedHashMap<>();
		final Batch images = new Batch(NdArrays.tensor(input), NdArrays.tensor(labels));
		try (OneDnnNetwork engine = new OneDnnNetwork(trained.model()); TrainingSteps training = new TrainingSteps(trained,
			null))
		{
			actions.put("inference, engine", () -> engine.run(images.features()));
			actions.put("inference, DL4J with our layers", () -> ours.outputSingle(input));
			actions.put("inference, stock DL4J", () -> stock.outputSingle(input));
			actions.put("training step, engine", () -> training.step(images, 1e-3));
			actions.put("training step, DL4J with our layers", () -> ours.fit(new INDArray[] { input }, new INDArray[] {
				labels }));
			actions.put("training step, stock DL4J", () -> stock.fit(new INDArray[] { input }, new INDArray[] { labels }));
			print(actions, measure(actions, rounds, batch), architecture.id() + " " + size + " x " + size + ", batch " + batch +
				", median of " + rounds + " turns, milliseconds per image:");
		}
	}

	private static Map<String, List<Double>> measure(final Map<String, Runnable> actions, final int rounds,
		final int batch) throws InterruptedException
	{
		final Map<String, List<Double>> times = new LinkedHashMap<>();
		actions.keySet().forEach(name -> times.put(name, new ArrayList<>()));
		for (int round = -WARM_UP; round < rounds; round++) {
			for (final Map.Entry<String, Runnable> action : actions.entrySet()) {
				Thread.sleep(REST_MILLISECONDS);
				final long start = System.nanoTime();
				action.getValue().run();
				if (round >= 0) times.get(action.getKey()).add((System.nanoTime() - start) / 1e6 / batch);
			}
		}
		return times;
	}

	private static void print(final Map<String, Runnable> actions, final Map<String, List<Double>> times,
		final String title)
	{
		System.out.println(title);
		for (final String name : actions.keySet()) {
			final double stock = median(times.get(name.replaceFirst(",.*", ", stock DL4J")));
			System.out.printf(Locale.ROOT, "%-36s %8.1f (%.1f to %.1f)   1 : %.1f of stock DL4J%n", name, median(times.get(
				name)), Collections.min(times.get(name)), Collections.max(times.get(name)), stock / median(times.get(name)));
		}
	}

	private static double median(final List<Double> values) {
		final List<Double> sorted = new ArrayList<>(values);
		Collections.sort(sorted);
		return sorted.get(sorted.size() / 2);
	}
}
