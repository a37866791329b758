package io.github.nuclei4j.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.util.Version;

/** What a benchmark ran on. */
public final class Machine {

	private static final Path CPU_INFO = Paths.get("/proc/cpuinfo");
	private static final String LIMIT = "DNNL_MAX_CPU_ISA";
	private static final List<String> EXTENSIONS = Arrays.asList("avx2", "avx512f", "avx512_vnni", "avx_vnni",
		"avx512_bf16", "amx_tile", "amx_int8");

	private static final int MATRIX = 1024;
	private static final int PRODUCTS = 100;

	private Machine() {}

	/** Threads that every implementation gets: {@code OMP_NUM_THREADS}, or as many as there are processors. */
	static int threads() {
		final String wanted = System.getenv("OMP_NUM_THREADS");
		return wanted == null ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(wanted.trim());
	}

	/** Several lines: processor, threads, versions, instruction sets. */
	public static String describe() throws IOException {
		final OneDnn oneDnn = OneDnn.get();
		final NativeBackend.Report backend = NativeBackend.report();
		final StringBuilder text = new StringBuilder();
		line(text, "processor", processor());
		line(text, "threads", "%d of %d processors; DL4J uses %d%s", threads(), Runtime.getRuntime().availableProcessors(),
			backend.threads(), backend.threads() == threads() ? "" : " (set OMP_NUM_THREADS to make them equal)");
		line(text, "system", "%s %s, Java %s (%s)", System.getProperty("os.name"), System.getProperty("os.arch"), System
			.getProperty("java.version"), System.getProperty("java.vm.name"));
		line(text, "Nuclei4J", "%s, DL4J %s", Version.current(), backend.nd4jVersion());
		final String limit = System.getenv(LIMIT);
		line(text, "engine", "oneDNN %s, %s, %d channels per block%s", OneDnn.version(), OneDnn.instructionSet(), oneDnn
			.block(), limit == null ? "" : ", limited by " + LIMIT + "=" + limit);
		line(text, "ONNX Runtime", "%s, %d threads, sequential, all optimisations, fixed image size%s", OnnxContender
			.version(), threads(), limit == null ? "" : ", " + OnnxLibrary.state());
		return text.toString();
	}

	/** Whether the environment limits oneDNN to AVX2. */
	static boolean isLimitedToAvx2() {
		return "AVX2".equals(System.getenv(LIMIT));
	}

	private static void line(final StringBuilder text, final String what, final String format, final Object... values) {
		text.append(String.format(Locale.ROOT, "%-14s", what)).append(String.format(Locale.ROOT, format, values)).append(
			System.lineSeparator());
	}

	private static String processor() throws IOException {
		if (!Files.isReadable(CPU_INFO)) return "unknown model";
		String name = "unknown model";
		final Set<String> found = new TreeSet<>();
		for (final String line : Files.readAllLines(CPU_INFO)) {
			final String value = line.substring(line.indexOf(':') + 1).trim();
			if (line.startsWith("model name")) name = value;
			if (line.startsWith("flags")) found.addAll(Arrays.asList(value.split(" ")));
		}
		found.retainAll(EXTENSIONS);
		return name + " (" + String.join(" ", found) + ")";
	}

	/**
	 * What oneDNN's product of two square float matrices of 1024 rows reaches with all threads and the instruction set in
	 * use, the best of 100, in GFLOP per second: a practical upper limit for convolutions in float.
	 */
	static double peak() {
		OneDnn.get();
		final int count = MATRIX * MATRIX;
		final float[] values = new float[count];
		Arrays.fill(values, 0.5f);
		long best = Long.MAX_VALUE;
		try (FloatPointer a = new FloatPointer(values); FloatPointer b = new FloatPointer(values);
				FloatPointer c = new FloatPointer(count))
		{
			for (int i = 0; i < PRODUCTS; i++) {
				final long begin = System.nanoTime();
				final int status = dnnl.dnnl_sgemm((byte) 'N', (byte) 'N', MATRIX, MATRIX, MATRIX, 1, a, MATRIX, b, MATRIX, 0, c,
					MATRIX);
				best = Math.min(best, System.nanoTime() - begin);
				if (status != dnnl.dnnl_success) throw new IllegalStateException("oneDNN's matrix product failed: status " +
					status + ".");
			}
		}
		return 2.0 * MATRIX * count / best;
	}
}
