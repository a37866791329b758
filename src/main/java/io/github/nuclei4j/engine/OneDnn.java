package io.github.nuclei4j.engine;

import java.util.concurrent.Callable;

import io.github.nuclei4j.util.LibraryLogs;
import io.github.nuclei4j.util.SerialExecutor;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * oneDNN's library on this computer, loaded when first needed: whether there is one, which version and instruction set, and
 * the one engine and stream that everything runs on.
 */
public final class OneDnn {

	private static final Logger LOG = LoggerFactory.getLogger(OneDnn.class);

	private static final SerialExecutor THREAD = new SerialExecutor("nuclei4j-onednn");

	private static OneDnn instance;
	private static String obstacle;

	private final engine engine;
	private final stream stream;

	private OneDnn() {
		engine = new engine(org.bytedeco.dnnl.engine.kind.cpu.value, 0);
		stream = new stream(engine);
	}

	/**
	 * The library.
	 *
	 * @throws UnsupportedOperationException that says why there is none
	 */
	public static synchronized OneDnn get() {
		if (instance == null && obstacle == null) load();
		if (instance == null) throw new UnsupportedOperationException(obstacle);
		return instance;
	}

	private static void load() {
		// Before anything of JavaCPP is touched.
		LibraryLogs.quiet();
		final String platform = Loader.getPlatform();
		if (!platform.endsWith("x86_64")) {
			obstacle = "There is no fast oneDNN library for this computer (" + platform + ").";
			return;
		}
		try {
			Loader.load(dnnl.class);
			instance = new OneDnn();
		}
		catch (final LinkageError | RuntimeException e) {
			obstacle = "The oneDNN library for this computer (" + platform + ") can't be loaded: " + e +
				". Install the dnnl and opencl jars whose names end in '" + platform + "'.";
			LOG.debug(obstacle, e);
		}
	}

	/** Everything runs on this engine. */
	public engine engine() {
		return engine;
	}

	/** All inference runs on this stream, by one thread at a time; training has streams of its own. */
	public stream stream() {
		return stream;
	}

	/**
	 * Does native work on the one thread that all inference shares, and waits for it; see {@link SerialExecutor#call}. OpenMP
	 * keeps a pool of threads for every thread that calls it, and once there are more of them than processors they go to sleep
	 * at each barrier, which slows networks of many small steps.
	 */
	public static <T> T call(final Callable<T> work) {
		return THREAD.call(work);
	}

	/** Channels that lie together in memory in the layout that is fastest here: 16 with AVX-512, otherwise 8. */
	public int block() {
		return has(dnnl.dnnl_cpu_isa_avx512_core) ? 16 : 8;
	}

	/** The layout of activations: [1, channel / block, height, width, channel in the block]. */
	public memory.format_tag blocked() {
		return block() == 16 ? memory.format_tag.nChw16c : memory.format_tag.nChw8c;
	}

	/**
	 * Whether two products of bytes are added in 16 bits, which must not overflow: so without instructions for products of
	 * bytes (VNNI). The two are of neighbouring input channels, the first of which is even.
	 */
	public boolean addsPairsInSixteenBits() {
		return !has(dnnl.dnnl_cpu_isa_avx512_core_vnni) && !has(dnnl.dnnl_cpu_isa_avx2_vnni);
	}

	private static boolean has(final int instructions) {
		return (dnnl.dnnl_get_effective_cpu_isa() & instructions) == instructions;
	}

	/** Version, such as {@code 2.5.2}. */
	public static String version() {
		return dnnl.version().major() + "." + dnnl.version().minor() + "." + dnnl.version().patch();
	}

	/** The instruction set in use, in oneDNN's words. */
	public static String instructionSet() {
		return dnnl.get_effective_cpu_isa().toString();
	}
}
