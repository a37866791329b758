package org.nd4j.nativeblas;

/**
 * The class that Deeplearning4j 1.0.0-M2.1 asks, by this very name, whether oneDNN may be used. The release itself no
 * longer has it there (it lives in {@code org.nd4j.linalg.cpu.nativecpu.bindings}), and without it every layer silently
 * falls back to the slow built-in path.
 */
public final class Nd4jCpu {

	private Nd4jCpu() {}

	/** The two methods that Deeplearning4j calls by reflection, answered by the native library that is really loaded. */
	public static final class Environment {

		private static final Environment INSTANCE = new Environment();

		private Environment() {}

		/** The only instance. */
		public static Environment getInstance() {
			return INSTANCE;
		}

		/** Whether the loaded native library was built with oneDNN and is allowed to use it. */
		public boolean isUseMKLDNN() {
			return io.github.nuclei4j.network.NativeBackend.isOneDnnBuild() &&
				org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
		}
	}
}
