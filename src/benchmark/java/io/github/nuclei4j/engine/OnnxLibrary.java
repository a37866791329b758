package io.github.nuclei4j.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import ai.onnxruntime.OrtEnvironment;

/**
 * ONNX Runtime's native library limited to AVX2, as oneDNN is by {@code DNNL_MAX_CPU_ISA=AVX2}. ONNX Runtime has no such
 * switch: at its start it asks whether the system saves the registers of AVX-512 (three bits of XCR0), and uses AVX-512 if
 * so. A copy of the library, in a temporary folder, gets one byte changed so that this comparison never holds.
 */
final class OnnxLibrary {

	/** On Linux, x86-64: {@code and eax, 0xe0; cmp rax, 0xe0}, found once in version 1.20.0. */
	private static final byte[] COMPARISON = { 0x25, (byte) 0xe0, 0, 0, 0, 0x48, 0x3d, (byte) 0xe0, 0, 0, 0 };
	private static final int CHANGED = 7;
	private static final String FOLDER = "/ai/onnxruntime/native/linux-x64/";
	private static final String[] FILES = { "libonnxruntime.so", "libonnxruntime4j_jni.so" };

	private static String state = "not limited";

	private OnnxLibrary() {}

	/** What was done, for the head of the benchmark. */
	static String state() {
		return state;
	}

	/** Makes ONNX Runtime load the limited copy; must be called before anything of it is used. */
	static void limitToAvx2() throws IOException {
		final Path folder = Files.createTempDirectory("nuclei4j-onnxruntime");
		folder.toFile().deleteOnExit();
		for (final String name : FILES) {
			final byte[] library;
			try (InputStream in = OrtEnvironment.class.getResourceAsStream(FOLDER + name)) {
				if (in == null) {
					state = "NOT limited to AVX2: there is no library for Linux on x86-64 in it";
					return;
				}
				library = in.readAllBytes();
			}
			if (name.equals(FILES[0])) {
				final int at = find(library, 0);
				if (at < 0 || find(library, at + 1) >= 0) {
					state = "NOT limited to AVX2: this version decides in another way";
					return;
				}
				library[at + CHANGED]++;
			}
			final Path copy = Files.write(folder.resolve(name), library);
			copy.toFile().deleteOnExit();
		}
		System.setProperty("onnxruntime.native.path", folder.toString());
		state = "limited to AVX2 by a changed copy of its library";
	}

	private static int find(final byte[] library, final int from) {
		for (int i = from; i + COMPARISON.length <= library.length; i++) {
			if (library[i] == COMPARISON[0] && Arrays.equals(library, i, i + COMPARISON.length, COMPARISON, 0,
				COMPARISON.length)) return i;
		}
		return -1;
	}
}
