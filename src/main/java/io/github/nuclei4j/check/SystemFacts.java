package io.github.nuclei4j.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;

import ij.IJ;
import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.inference.Predictors;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.onnx.OnnxRuntime;
import io.github.nuclei4j.util.Version;

/** What Nuclei4J runs on here: versions, processors, memory, native libraries, models. */
public final class SystemFacts {

	private SystemFacts() {}

	/** Java, ImageJ, the computer and the models; needs no native library. */
	public static Map<String, String> java() {
		final Map<String, String> facts = new LinkedHashMap<>();
		facts.put("Nuclei4J", Version.current());
		facts.put("Java", System.getProperty("java.version") + ", " + System.getProperty("java.vm.name") + ", " + System
			.getProperty("java.home"));
		facts.put("ImageJ", IJ.getVersion());
		facts.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version") + ", " + System.getProperty(
			"os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors");
		final List<String> names = ModelStore.names();
		facts.put("Models", names.isEmpty() ? "none installed" : String.join(", ", names));
		return facts;
	}

	/**
	 * The libraries that calculate.
	 *
	 * @throws IllegalStateException if no native library for this computer is installed
	 */
	public static Map<String, String> backend() {
		final Map<String, String> facts = new LinkedHashMap<>();
		final boolean trains = NativeBackend.isInstalled();
		facts.put("Models run on", Predictors.description());
		facts.put("Engine", OneDnnNetwork.description());
		facts.put("ONNX Runtime", OnnxRuntime.description());
		if (trains) {
			final NativeBackend.Report report = NativeBackend.report();
			facts.put("Deeplearning4j", report.nd4jVersion());
			facts.put("Native library", report.nativeLibrary());
		}
		else facts.put("Deeplearning4j", "not installed: no model can be trained here");
		facts.put("Memory", String.format(Locale.ROOT, "up to %d MiB for Java, %d MiB with native memory", Runtime.getRuntime()
			.maxMemory() >> 20, Pointer.maxPhysicalBytes() >> 20));
		if (!Predictors.isAvailable()) throw new IllegalStateException(OneDnnNetwork.description() + " " + OnnxRuntime.description() +
			" Deeplearning4j, which would run models then, is not installed.");
		return facts;
	}
}
