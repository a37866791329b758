package io.github.nuclei4j.network;

import io.github.nuclei4j.util.LibraryLogs;
import io.github.nuclei4j.util.Version;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.config.DL4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Starts ND4J's native library, whichever class loader the host application uses, and says what runs. Only training needs it,
 * and running models where the engine can't. To be called before anything else of ND4J or Deeplearning4j is touched.
 */
public final class NativeBackend {

	private static Report report;

	private NativeBackend() {}

	/**
	 * Prepares the calling thread and, the first time, loads the native library. Cheap when called again; every thread
	 * that enters ND4J should call it, because ND4J finds its back end through the thread's context class loader.
	 *
	 * @return what runs
	 * @throws IllegalStateException if no native library for this computer is installed
	 */
	public static Report initialize() {
		final ClassLoader loader = NativeBackend.class.getClassLoader();
		if (Thread.currentThread().getContextClassLoader() != loader) {
			Thread.currentThread().setContextClassLoader(loader);
		}
		return load(loader);
	}

	/** Whether Deeplearning4j is there: an installation for segmenting alone comes without it. */
	public static boolean isInstalled() {
		return NativeBackend.class.getClassLoader().getResource("org/deeplearning4j/nn/graph/ComputationGraph.class") != null;
	}

	/**
	 * To be called before any class is touched that can't do without Deeplearning4j.
	 *
	 * @throws IllegalStateException that says what to install if it is missing
	 */
	public static void requireInstalled() {
		if (!isInstalled()) throw new IllegalStateException("Deeplearning4j, which trains models and runs them where Nuclei4J's " +
			"engine can't, is not installed. Unpack nuclei4j-" + Version.current() + "-" + Loader.getPlatform() + "-fiji.zip (for " +
			"ImageJ: -imagej.zip), the zip without '-segment' in its name, into the folder of Fiji or ImageJ.");
	}

	private static synchronized Report load(final ClassLoader loader) {
		if (report != null) return report;
		requireInstalled();
		LibraryLogs.quiet();
		DL4JClassLoading.setDl4jClassloader(loader);
		try {
			Nd4j.getBackend();
			report = new Report();
		}
		catch (final LinkageError | RuntimeException e) {
			if (isShortOfMemory(e)) throw new IllegalStateException("The networks' native libraries find no room in memory: " +
				cause(e) + ". Close other programs, or raise the limit of this one (ulimit -v, a container's or a job's limit): " +
				"beside Java's heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MB it needs some 3 GB of addresses.", e);
			throw new IllegalStateException("ND4J's native library for this computer (" + Loader.getPlatform() +
				") can't be loaded: " + e + ". Install the nd4j-native, openblas and javacpp jars whose names end in '" +
				Loader.getPlatform() + "' (the installation zip for your platform has them), all of the versions that come " +
				"with Nuclei4J, and remove other versions of JavaCPP.", e);
		}
		return report;
	}

	private static boolean isShortOfMemory(final Throwable failure) {
		final String cause = cause(failure).toString();
		return cause.contains("Cannot allocate memory") || cause.contains("failed to map") || cause.contains("OutOfMemoryError");
	}

	private static Throwable cause(final Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) cause = cause.getCause();
		return cause;
	}

	/** What runs: {@link #initialize()} under the name that fits a report. */
	public static Report report() {
		return initialize();
	}

	/** What the numerical back end of this process is. */
	public static final class Report {

		private final String nd4jVersion;
		private final String nativeLibrary;

		Report() {
			nd4jVersion = Version.of("org.nd4j", "nd4j-api");
			nativeLibrary = Loader.getLoadedLibraries().getOrDefault("nd4jcpu", "unknown");
		}

		/** Version of ND4J, such as {@code 1.0.0-M2.1}. */
		public String nd4jVersion() {
			return nd4jVersion;
		}

		/** Path of the native library that was loaded; its folder names platform and instruction set. */
		public String nativeLibrary() {
			return nativeLibrary;
		}

		/** Number of threads that native operations use. */
		public int threads() {
			return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
		}

		/** Upper limit of native memory, bytes. */
		public long maximumNativeMemory() {
			return Pointer.maxPhysicalBytes();
		}

		/** Upper limit of the Java heap, bytes. */
		public long maximumHeap() {
			return Runtime.getRuntime().maxMemory();
		}

		/** One line for a log. */
		@Override
		public String toString() {
			return "ND4J " + nd4jVersion + ", " + nativeLibrary + ", " + threads() + " threads, heap up to " +
				(maximumHeap() >> 20) + " MiB, native memory up to " + (maximumNativeMemory() >> 20) + " MiB";
		}
	}
}
