package io.github.nuclei4j.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

class MissingJarTest {

	/** Loads our own classes anew, and finds nothing of one library. */
	private static final class Without extends ClassLoader {

		private final String hidden;

		/** @param hidden beginning of the names of its classes */
		Without(final String hidden) {
			super(MissingJarTest.class.getClassLoader());
			this.hidden = hidden;
		}

		@Override
		protected Class<?> loadClass(final String name, final boolean resolve) throws ClassNotFoundException {
			if (name.startsWith(hidden)) throw new ClassNotFoundException(name);
			if (!name.startsWith("io.github.nuclei4j.") || findLoadedClass(name) != null) return super.loadClass(name, resolve);
			try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
				final byte[] bytes = file.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (final IOException e) {
				throw new ClassNotFoundException(name, e);
			}
		}

		@Override
		public URL getResource(final String name) {
			return name.replace('/', '.').startsWith(hidden) ? null : super.getResource(name);
		}
	}

	@Test
	void aMissingJarIsNamed() {
		final ClassLoader loader = new Without("com.google.gson.");
		final LinkageError error = assertThrows(LinkageError.class, () -> Class.forName(
			"io.github.nuclei4j.batch.SegmentationRecord", true, loader).getDeclaredMethods());
		final String sentence = MissingJar.explain(error);
		assertTrue(sentence.startsWith("The jar gson-....jar is missing (class com.google.gson."), sentence);
		final List<String> missing = MissingJar.of(loader);
		assertEquals(1, missing.size(), missing::toString);
		assertTrue(missing.get(0).startsWith("The jar gson-....jar is missing"), missing::toString);
	}

	@Test
	void nothingIsMissingHere() {
		assertEquals(Collections.emptyList(), MissingJar.of(MissingJarTest.class.getClassLoader()));
	}

	@Test
	void aMethodThatIsNotThereMeansAnotherVersion() {
		final String sentence = MissingJar.explain(new NoSuchMethodError(
			"'java.lang.Object net.imglib2.RandomAccessibleInterval.getType()'"));
		assertTrue(sentence.startsWith("The jar imglib2-....jar is of another version than Nuclei4J was made for"), sentence);
	}

	@Test
	void aCauseInsideIsFound() {
		final String sentence = MissingJar.explain(new ExceptionInInitializerError(new NoClassDefFoundError(
			"org/bytedeco/dnnl/global/dnnl")));
		assertTrue(sentence.contains("dnnl-....jar"), sentence);
	}

	/** A new dependency needs a line in the table. */
	@Test
	void everyLibraryThatIsUsedHasItsJar() throws URISyntaxException {
		final Path classes = Paths.get(MissingJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		final StringWriter printed = new StringWriter();
		ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(printed), new PrintWriter(printed), "-verbose:class", classes
			.toString());
		final Set<String> used = Pattern.compile("-> (\\S+)\\s+not found").matcher(printed.toString()).results().map(found -> found.group(1))
			.collect(Collectors.toSet());
		assertTrue(used.contains("com.google.gson.Gson"), printed::toString);
		assertEquals(Collections.emptyList(), used.stream().filter(name -> MissingJar.jar(name).startsWith("with")).collect(Collectors
			.toList()));
	}
}
