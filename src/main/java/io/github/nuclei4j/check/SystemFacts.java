package io.github.nuclei4j.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import ij.IJ;
import io.github.nuclei4j.data.Version;
import io.github.nuclei4j.inference.engine.OneDnnNetwork;
import io.github.nuclei4j.network.ModelStore;
import io.github.nuclei4j.network.NativeBackend;

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
		final NativeBackend.Report report = NativeBackend.report();
		final Map<String, String> facts = new LinkedHashMap<>();
		facts.put("ND4J", report.nd4jVersion());
		facts.put("Native library", report.nativeLibrary());
		facts.put("oneDNN in ND4J", report.oneDnn() ? "yes" : "no (convolutions are many times slower)");
		facts.put("Models run on", OneDnnNetwork.obstacle().map(why -> "Deeplearning4j, in floats. " + why).orElseGet(
			() -> OneDnnNetwork.description() + ", in floats or 8-bit integers"));
		facts.put("Threads", Integer.toString(report.threads()));
		facts.put("Memory", String.format(Locale.ROOT, "up to %d MiB for Java, %d MiB with native memory", report
			.maximumHeap() >> 20, report.maximumNativeMemory() >> 20));
		return facts;
	}
}
