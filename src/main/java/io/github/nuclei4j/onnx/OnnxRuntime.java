package io.github.nuclei4j.onnx;

import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;

/** The ONNX Runtime library: whether it can be used on this computer, and if not, why. */
public final class OnnxRuntime {

	private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntime.class);
	/**
	 * Versions of this beginning end Java on Linux where its command line has some 3,900 characters or more, unless
	 * ORT_DISABLE_TELEMETRY=1 is set.
	 */
	private static final String UNSAFE = "1.29.";

	private static OrtEnvironment environment;
	private static String obstacle;

	private OnnxRuntime() {}

	/**
	 * The environment in which everything of ONNX Runtime lives.
	 *
	 * @throws UnsupportedOperationException that says why ONNX Runtime can't be used
	 */
	static synchronized OrtEnvironment get() {
		if (environment == null && obstacle == null) load();
		if (environment == null) throw new UnsupportedOperationException(obstacle);
		return environment;
	}

	private static void load() {
		try {
			final OrtEnvironment loaded = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "nuclei4j");
			loaded.setTelemetry(false);
			if (loaded.getVersion().startsWith(UNSAFE) && !"1".equals(System.getenv("ORT_DISABLE_TELEMETRY"))) {
				obstacle = "ONNX Runtime " + loaded.getVersion() + " is not used: on Linux it can end Java with a segmentation fault, " +
					"unless its telemetry is off. Replace its jar by onnxruntime-1.28.0.jar, or set ORT_DISABLE_TELEMETRY=1 in the environment " +
					"before Java starts.";
				return;
			}
			environment = loaded;
		}
		catch (final NoClassDefFoundError e) {
			obstacle = String.valueOf(e.getMessage()).startsWith("Could not initialize") ? unusable(e)
				: "ONNX Runtime is not installed: its jar, onnxruntime-....jar, is missing. Get " +
					"com.microsoft.onnxruntime:onnxruntime from Maven Central, put it into ImageJ's jars folder, and restart.";
			LOG.debug(obstacle, e);
		}
		catch (final OrtException | LinkageError | RuntimeException e) {
			obstacle = unusable(e);
			LOG.debug(obstacle, e);
		}
	}

	private static String unusable(final Throwable cause) {
		return "ONNX Runtime's library for this computer (" + System.getProperty("os.name") + ", " + System.getProperty(
			"os.arch") + ") can't be loaded: " + cause + ". It has libraries for 64-bit Linux and Windows on x86-64, Linux on ARM, " +
			"and macOS 14 or newer on Apple silicon.";
	}

	/** Why ONNX Runtime can't be used on this computer; empty if it can. */
	public static Optional<String> obstacle() {
		try {
			get();
			return Optional.empty();
		}
		catch (final UnsupportedOperationException e) {
			return Optional.of(e.getMessage());
		}
	}

	/** Name and version, such as {@code ONNX Runtime 1.28.0}, or why it can't be used. */
	public static String description() {
		return obstacle().orElseGet(() -> "ONNX Runtime " + get().getVersion());
	}
}
