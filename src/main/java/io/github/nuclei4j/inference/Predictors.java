package io.github.nuclei4j.inference;

import io.github.nuclei4j.network.NativeBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.nuclei4j.model.NucleusModel;

/** Chooses what runs a model: the oneDNN engine where there is one, otherwise Deeplearning4j. */
public final class Predictors {

	/** System property that makes Deeplearning4j run models even where the engine could, if set to {@code deeplearning4j}. */
	public static final String ENGINE = "nuclei4j.engine";

	private static final Logger LOG = LoggerFactory.getLogger(Predictors.class);

	private Predictors() {}

	/**
	 * The fastest predictor that can run the model on this computer.
	 *
	 * @throws IllegalStateException if no native library for this computer is installed
	 */
	public static Predictor of(final NucleusModel model) {
		if (!"deeplearning4j".equals(System.getProperty(ENGINE))) {
			try {
				return new EnginePredictor(model);
			}
			catch (final UnsupportedOperationException e) {
				if (!NativeBackend.isInstalled()) throw new IllegalStateException(e.getMessage() +
					" Deeplearning4j, which would run the model then, is not installed.", e);
				LOG.info("Deeplearning4j runs the model: {}", e.getMessage());
			}
		}
		return new NetworkPredictor(model);
	}
}
