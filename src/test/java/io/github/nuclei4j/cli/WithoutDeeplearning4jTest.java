package io.github.nuclei4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.nuclei4j.ChildJvm;
import io.github.nuclei4j.engine.OneDnnNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything but training in a virtual machine that has none of Deeplearning4j's and ND4J's jars. */
class WithoutDeeplearning4jTest {

	/** What {@code src/assembly/fiji-segment.xml} leaves out. */
	private static final Pattern JARS = Pattern.compile(
		".*[/\\\\](org[/\\\\](nd4j|deeplearning4j)|net[/\\\\]ericaro|com[/\\\\]jakewharton|com[/\\\\]google[/\\\\]flatbuffers)[/\\\\].*|.*openblas.*");

	@TempDir
	Path folder;

	/** The command line, and then whether it needed any of these classes. */
	public static final class Main {

		private Main() {}

		public static void main(final String... arguments) {
			final ClassLoader loader = Main.class.getClassLoader();
			for (final String name : new String[] { "org/nd4j/linalg/factory/Nd4j", "org/deeplearning4j/nn/graph/ComputationGraph" }) {
				if (loader.getResource(name + ".class") != null) throw new IllegalStateException(name + " is there");
			}
			System.setProperty("java.awt.headless", "true");
			System.exit(Nuclei4jCli.run(arguments));
		}
	}

	private static String run(final int exitCode, final String... arguments) throws Exception {
		final String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		final String few = Arrays.stream(all.split(File.pathSeparator)).filter(entry -> !JARS.matcher(entry).matches()).collect(
			Collectors.joining(File.pathSeparator));
		try (ChildJvm child = ChildJvm.start(List.of("-cp", few, "-Dnuclei4j.models=models"), Main.class, (Object[]) arguments)) {
			assertEquals(exitCode, child.exitCode(), child.output());
			return child.output();
		}
	}

	@Test
	void segmentingGivesTheSameFiles() throws Exception {
		assumeTrue(!OneDnnNetwork.obstacle().isPresent(), "Deeplearning4j runs models here");
		for (final String model : new String[] { "nuclei", "unet-int8" }) {
			final Path expected = folder.resolve(model + "-with");
			final Path found = folder.resolve(model + "-without");
			assertEquals(0, Nuclei4jCli.run(command(model, expected)));
			run(0, command(model, found));
			final List<String> names = names(expected);
			assertTrue(names.contains("fluorescence-clusters_labels.tif"), names.toString());
			assertEquals(names, names(found));
			for (final String name : names) {
				if (!name.matches(".*(tif|nuclei\\.csv|png)")) continue;
				assertArrayEquals(Files.readAllBytes(expected.resolve(name)), Files.readAllBytes(found.resolve(name)), name);
			}
		}
	}

	private static String[] command(final String model, final Path output) {
		return new String[] { "segment", "samples/fluorescence-clusters.png", "--model", model, "--output", output.toString() };
	}

	private static List<String> names(final Path folder) throws Exception {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
		}
	}

	@Test
	void trainingSaysWhatToInstall() throws Exception {
		final String said = run(1, "train", "--data", "samples", "--epochs", "1", "--output", folder.resolve("own.zip")
			.toString());
		assertTrue(said.contains("Deeplearning4j") && said.contains("not installed") && said.contains("-segment"), said);
		assertFalse(said.contains("NoClassDefFoundError"), said);
	}

	@Test
	void infoSaysThatModelsCannotBeTrained() throws Exception {
		assumeTrue(!OneDnnNetwork.obstacle().isPresent(), "Deeplearning4j runs models here");
		final String said = run(0, "info");
		assertTrue(said.contains("no model can be trained"), said);
		assertTrue(run(0, "info", "nuclei").contains("resunet"));
	}
}
