package io.github.nuclei4j.inference;

import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.onnx.OnnxRuntime;

/** Chooses what runs a model: the oneDNN engine where there is one, else ONNX Runtime if installed, else Deeplearning4j. */
public final class Predictors {

	/** System property with the word of the {@link Backend} that runs models where none is chosen, instead of the fastest. */
	public static final String PROPERTY = "nuclei4j.backend";

	private static final Logger LOG = LoggerFactory.getLogger(Predictors.class);

	private Predictors() {}

	/**
	 * The fastest predictor that can run the model on this computer.
	 *
	 * @throws IllegalStateException if no native library for this computer is installed
	 */
	public static Predictor of(final NucleusModel model) {
		return of(model, Backend.AUTO);
	}

	/**
	 * A predictor that runs the model.
	 *
	 * @throws IllegalStateException if the back end is not installed or can't run the model here; the message says why and
	 *           what can be done
	 */
	public static Predictor of(final NucleusModel model, final Backend backend) {
		switch (backend == Backend.AUTO ? Backend.of(System.getProperty(PROPERTY, Backend.AUTO.toString())) : backend) {
			case ONEDNN:
				return chosen(() -> new EnginePredictor(model), Backend.ONEDNN);
			case ONNX:
				return chosen(() -> new OnnxPredictor(model), Backend.ONNX);
			case DL4J:
				return new NetworkPredictor(model);
			default:
				return fastest(model);
		}
	}

	private static Predictor chosen(final Supplier<Predictor> maker, final Backend backend) {
		try {
			return maker.get();
		}
		catch (final UnsupportedOperationException e) {
			throw new IllegalStateException("backend=" + backend + " can't be used: " + e.getMessage() +
				" Or choose backend=auto, which takes what runs here.", e);
		}
	}

	private static Predictor fastest(final NucleusModel model) {
		final String engine;
		try {
			return new EnginePredictor(model);
		}
		catch (final UnsupportedOperationException e) {
			engine = e.getMessage();
		}
		final String runtime;
		try {
			final Predictor predictor = new OnnxPredictor(model);
			LOG.info("{} runs the model: {}", OnnxRuntime.description(), engine);
			return predictor;
		}
		catch (final UnsupportedOperationException e) {
			runtime = e.getMessage();
		}
		if (!NativeBackend.isInstalled()) throw new IllegalStateException(engine + " " + runtime +
			" Deeplearning4j, which would run the model then, is not installed.");
		LOG.info("Deeplearning4j runs the model, slowly: {} {}", engine, runtime);
		return new NetworkPredictor(model);
	}

	/** What runs models here where nothing else is chosen, and why, in a sentence or two. */
	public static String description() {
		final Backend chosen = Backend.of(System.getProperty(PROPERTY, Backend.AUTO.toString()));
		final String engine = OneDnnNetwork.obstacle().orElse(null);
		if (chosen == Backend.ONEDNN || chosen == Backend.AUTO && engine == null) return OneDnnNetwork.description() + (engine == null
			? ", in floats or 8-bit integers" : "");
		final String runtime = OnnxRuntime.obstacle().orElse(null);
		if (chosen == Backend.ONNX || chosen == Backend.AUTO && runtime == null) return OnnxRuntime.description() + (runtime == null
			? ", in floats or 8-bit integers" : "") + (engine == null ? "" : ". " + engine);
		final boolean installed = NativeBackend.isInstalled();
		return (installed ? "Deeplearning4j, in floats. " : "nothing. ") + (chosen == Backend.DL4J ? "" : engine + " " + runtime);
	}

	/**
	 * Begins to load the library that runs models, in a thread of its own, and returns at once: a short run that has other work
	 * to do first is done sooner. What fails is said by the first predictor.
	 */
	public static void prepare() {
		final Thread loading = new Thread(OneDnnNetwork::obstacle, "nuclei4j-loading");
		loading.setDaemon(true);
		loading.start();
	}

	/** Whether anything runs models here. */
	public static boolean isAvailable() {
		return !OneDnnNetwork.obstacle().isPresent() || !OnnxRuntime.obstacle().isPresent() || NativeBackend.isInstalled();
	}
}
