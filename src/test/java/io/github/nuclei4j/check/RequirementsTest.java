package io.github.nuclei4j.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsTest {

	private static final ClassLoader HERE = RequirementsTest.class.getClassLoader();

	@TempDir
	Path folder;

	/** A class loader with classes made for the test. */
	private URLClassLoader loader(final String... types) throws IOException {
		for (final String type : types) {
			final String name = type.substring(type.lastIndexOf('.') + 1);
			final Path source = folder.resolve(name + ".java");
			Files.writeString(source, "package " + type.substring(0, type.lastIndexOf('.')) + "; public interface " + name + " {}");
			assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d", folder.toString(), source
				.toString()));
		}
		return new URLClassLoader(new URL[] { folder.toUri().toURL() }, ClassLoader.getPlatformClassLoader());
	}

	@Test
	void whatIsHereIsNewEnough() {
		assertEquals(Optional.empty(), Requirements.unmet());
		assertEquals(Optional.empty(), Requirements.unmet("11", HERE));
		assertEquals(Optional.empty(), Requirements.unmet("25.0.1", HERE));
	}

	@Test
	void anOldJavaIsNamed() {
		assertEquals("Nuclei4J needs Java 11 or later, but here is Java 8: download the newest ImageJ, which brings a newer Java, from " +
			"https://imagej.net/ij/download.html, and unpack the whole installation zip into its folder.", Requirements.unmet("1.8", HERE)
				.get());
		assertTrue(Requirements.unmet("10", HERE).get().contains("Java 10"));
	}

	@Test
	void anOldFijiIsSentToItsUpdater() throws IOException {
		try (URLClassLoader loader = loader("net.imglib2.RandomAccessibleInterval", "net.imagej.legacy.LegacyService")) {
			assertEquals("Nuclei4J needs Fiji of December 2024 or later and Java 11 or later, but here is Java 8 and a version of ImgLib2 " +
				"from before May 2024: use Help > Update..., or download the newest Fiji from https://fiji.sc.", Requirements.unmet("1.8",
					loader).get());
			assertTrue(Requirements.unmet("21", loader).get().contains("here is a version of ImgLib2 from before"));
		}
	}

	@Test
	void aMissingLibraryIsNotCalledOld() throws IOException {
		try (URLClassLoader loader = loader()) {
			assertEquals(Optional.empty(), Requirements.unmet("17", loader));
		}
	}
}
