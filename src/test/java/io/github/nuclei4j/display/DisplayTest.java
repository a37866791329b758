package io.github.nuclei4j.display;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All tests that need a display, which skip themselves among the others, run on a virtual one. */
class DisplayTest {

	private static final int MINUTES = 10;

	@Test
	void testsThatNeedADisplayPassOnAVirtualOne(@TempDir final Path folder) throws IOException, InterruptedException {
		final Optional<Path> xvfb = VirtualDisplay.program();
		assumeTrue(xvfb.isPresent(), "needs Xvfb on the path (Debian's package xvfb)");
		final Path output = folder.resolve("output.txt");
		try (VirtualDisplay display = new VirtualDisplay(xvfb.get())) {
			final ProcessBuilder builder = new ProcessBuilder(Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
				"-ea", "-Xmx2g", "-Djava.awt.headless=false", "-cp", System.getProperty("java.class.path"), DisplayRun.class
					.getName());
			builder.environment().put("DISPLAY", display.name());
			final Process tests = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
			final boolean ended = tests.waitFor(MINUTES, TimeUnit.MINUTES);
			if (!ended) tests.destroyForcibly().waitFor();
			final String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
			assertTrue(ended, "Still running after " + MINUTES + " minutes:\n" + text);
			final Matcher counts = Pattern.compile("(\\d+) passed, (\\d+) skipped, (\\d+) failed\\s*$").matcher(text);
			assertTrue(counts.find() && Integer.parseInt(counts.group(1)) > 0 && counts.group(3).equals("0") && tests
				.exitValue() == 0, text);
			System.out.println("On a virtual display: " + counts.group().trim());
		}
	}
}
