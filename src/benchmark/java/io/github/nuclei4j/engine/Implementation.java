package io.github.nuclei4j.engine;

import java.util.function.Function;

/** What takes part in the benchmark, in the order of the table. A further implementation is one more line here. */
enum Implementation {
		/** DL4J's own layers: DL4J as it runs out of the box. */
		STOCK("stock DL4J", 1e-4, Dl4jContender::stock),
		/** Our layers run by DL4J. */
		DL4J("DL4J with our layers", 1e-4, Dl4jContender::ofOurLayers),
		/** The engine in 32-bit float. */
		ENGINE("engine, float", 1e-4, EngineContender::inFloat),
		/** The engine in 8-bit integers; what that does to the results is measured by {@code quantize}, not here. */
		INT8("engine, int8", 1, EngineContender::inIntegers),
		/** ONNX Runtime whose threads spin for a while before they sleep, its default. */
		ONNX_SPIN("ONNX Runtime, float, spinning", 1e-4, workload -> OnnxContender.open(workload, true)),
		/** ONNX Runtime whose threads sleep at once. */
		ONNX("ONNX Runtime, float", 1e-4, workload -> OnnxContender.open(workload, false));

	private final String title;
	private final double tolerance;
	private final Function<Workload, Contender> opener;

	Implementation(final String title, final double tolerance, final Function<Workload, Contender> opener) {
		this.title = title;
		this.tolerance = tolerance;
		this.opener = opener;
	}

	/** Its name in the table. */
	String title() {
		return title;
	}

	/** How far its probabilities may be from those of DL4J with our layers, anywhere in the image. */
	double tolerance() {
		return tolerance;
	}

	/** Whether it is ONNX Runtime, in whatever setting. */
	boolean isPeer() {
		return this == ONNX || this == ONNX_SPIN;
	}

	/** Whether DL4J runs it. */
	boolean isDl4j() {
		return this == STOCK || this == DL4J;
	}

	/** Makes it ready for a workload. */
	Contender open(final Workload workload) {
		return opener.apply(workload);
	}
}
