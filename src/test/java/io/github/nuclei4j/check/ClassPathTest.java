package io.github.nuclei4j.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars made for the test, in a class loader of their own in front of the test's. */
class ClassPathTest {

	@TempDir
	Path folder;

	private Path jar(final String name, final String classPath, final String... entries) throws IOException {
		final Path file = Files.createDirectories(folder.resolve(name).getParent()).resolve(folder.resolve(name).getFileName());
		final Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		if (classPath != null) manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
		try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out, manifest)) {
			for (final String entry : entries) jar.putNextEntry(new ZipEntry(entry));
		}
		return file;
	}

	private static List<String> conflicts(final Path... jars) throws IOException {
		final URL[] urls = new URL[jars.length];
		for (int i = 0; i < urls.length; i++) urls[i] = jars[i].toUri().toURL();
		try (URLClassLoader loader = new URLClassLoader(urls, ClassPathTest.class.getClassLoader())) {
			return ClassPath.of(loader).conflicts();
		}
	}

	@Test
	void theBuildsOwnClassPathHasNoConflicts() throws IOException {
		assertEquals(List.of(), conflicts());
	}

	@Test
	void twoVersionsOfALibraryAreNamedWithTheirFolders() throws IOException {
		final List<String> conflicts = conflicts(jar("a b/some-library-1.2.jar", null), jar("c/some-library-1.10.1-SNAPSHOT.jar", null));
		assertEquals(1, conflicts.size(), conflicts.toString());
		assertTrue(conflicts.get(0).startsWith("There are 2 versions of some-library: "), conflicts.get(0));
		assertTrue(conflicts.get(0).contains("a b") && conflicts.get(0).contains("1.10.1-SNAPSHOT"), conflicts.get(0));
	}

	@Test
	void nativeLibrariesOfSeveralPlatformsAreNoConflict() throws IOException {
		assertEquals(List.of(), conflicts(jar("some-native-1.5-linux-x86_64.jar", null), jar("some-native-1.5-macosx-arm64.jar", null),
			jar("some-native-1.5.jar", null)));
	}

	@Test
	void anOlderJavacppIsAConflict() throws IOException {
		final List<String> conflicts = conflicts(jar("javacpp-1.4.1.jar", null, "org/bytedeco/javacpp/Loader.class"));
		assertEquals(1, conflicts.size(), conflicts.toString());
		assertTrue(conflicts.get(0).contains("javacpp-1.4.1.jar"), conflicts.get(0));
	}

	@Test
	void aLibraryInsideAnotherPluginsJarIsFound() throws IOException {
		final List<String> conflicts = conflicts(jar("Other_Plugin.jar", null, "com/google/gson/Gson.class"));
		assertEquals(1, conflicts.size(), conflicts.toString());
		assertTrue(conflicts.get(0).startsWith("Gson is in 2 jars: Other_Plugin.jar, gson-"), conflicts.get(0));
	}

	@Test
	void jarsNamedByAManifestBelongToTheClassPath() throws IOException {
		jar("lib/hidden-2.0.jar", null);
		final List<String> conflicts = conflicts(jar("top.jar", "lib/hidden-2.0.jar lib/missing.jar"), jar("hidden-1.0.jar", null));
		assertEquals(1, conflicts.size(), conflicts.toString());
		assertTrue(conflicts.get(0).contains("hidden-2.0.jar") && conflicts.get(0).contains("hidden-1.0.jar"), conflicts.get(0));
	}

	@Test
	void anInstallationOverAnOlderOneIsSeen() throws IOException {
		final String own = "io/github/nuclei4j/command/PlainImageJ.class";
		final List<String> conflicts = conflicts(jar("plugins/nuclei4j_-0.1.0.jar", null, own), jar("plugins/nuclei4j_-0.2.0.jar", null, own));
		assertEquals(1, conflicts.stream().filter(conflict -> conflict.startsWith("There are 2 versions of nuclei4j: ")).count(), conflicts
			.toString());
	}

	@Test
	void twoCopiesOfOneNameAreSeen() throws IOException {
		final List<String> conflicts = conflicts(jar("plugins/nuclei4j_-0.1.0.jar", null), jar("plugins/Analyze/nuclei4j_-0.1.0.jar",
			null));
		assertEquals(1, conflicts.size(), conflicts.toString());
		assertTrue(conflicts.get(0).startsWith("There are 2 copies of nuclei4j: ") && conflicts.get(0).contains("Analyze"), conflicts.get(
			0));
	}

	@Test
	void aRenamedOldJarIsSeen() throws IOException {
		final List<String> conflicts = conflicts(jar("old/nuclei.jar", null, "io/github/nuclei4j/command/PlainImageJ.class"));
		assertEquals(1, conflicts.size(), conflicts.toString());
		assertTrue(conflicts.get(0).startsWith("Nuclei4J is in 2 jars: ") && conflicts.get(0).contains("nuclei.jar"), conflicts.get(0));
	}

	@Test
	void nativesOfAnEarlierVersionAreSeen() throws IOException {
		final List<String> conflicts = conflicts(jar("jars/some-native-3.13-1.5.14.jar", null), jar(
			"jars/linux64/some-native-2.5.2-1.5.7-linux-x86_64.jar", null), jar("jars/some-native-3.13-1.5.14-macosx-arm64.jar", null));
		assertEquals(1, conflicts.size(), conflicts.toString());
		assertTrue(conflicts.get(0).contains("some-native-2.5.2-1.5.7-linux-x86_64.jar does not fit some-native-3.13-1.5.14.jar"), conflicts
			.get(0));
	}
}
