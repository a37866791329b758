package io.github.nuclei4j.reliability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/dev/reliability.md says of other numbers of threads and instruction sets, for one model and one image. */
class ThreadCountTest {

	/** Several times what was ever measured. */
	private static final double TOLERANCE = 1e-5;

	private static final Path IMAGE = Paths.get("samples", "tissue-round.png");

	@TempDir
	Path folder;

	@Test
	void threadsAndInstructionSetChangeFloatsByRoundingOnly() throws Exception {
		final Answers one = answers("unet", 1, "");
		assertTrue(one.count() > 10, one.count() + " nuclei");
		assertClose(one, answers("unet", 4, ""));
		assertClose(one, answers("unet", 2, "AVX2"));
	}

	@Tag("slow")
	@Test
	void threadsDoNotChangeIntegersAtAll() throws Exception {
		final Answers one = answers("unet-int8", 1, "");
		assertEquals(one.fingerprint(), answers("unet-int8", 2, "").fingerprint());
		assertEquals(one.fingerprint(), answers("unet-int8", 4, "").fingerprint());
	}

	private static void assertClose(final Answers expected, final Answers found) {
		for (int c = 0; c < expected.maps().length; c++) {
			for (int i = 0; i < expected.labels().length; i++) {
				assertEquals(expected.maps()[c][i], found.maps()[c][i], TOLERANCE);
			}
		}
		assertArrayEquals(expected.labels(), found.labels());
	}

	private Answers answers(final String name, final int threads, final String instructions) throws IOException,
		InterruptedException
	{
		final Path model = Paths.get("models", name + ".zip");
		final Path answers = Files.createDirectories(folder.resolve(name + threads + instructions));
		final ChildJvm jvm = new ChildJvm().environment("OMP_NUM_THREADS", "" + threads).option("-XX:ActiveProcessorCount=" +
			threads);
		if (!instructions.isEmpty()) jvm.environment("DNNL_MAX_CPU_ISA", instructions);
		jvm.run(Answers.class, answers.toString(), model.toString(), IMAGE.toString());
		return Answers.read(Answers.file(answers, model, IMAGE));
	}
}
