package io.github.nuclei4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

import ij.ImagePlus;
import ij.io.Opener;

/** Small images that once came out wrong, kept compressed. */
public final class CaseFiles {

	private CaseFiles() {}

	/** Opens one, such as {@code plane_nuclei.tif}. */
	public static ImagePlus open(final String name) {
		try (InputStream in = stream(name)) {
			return new Opener().openTiff(in, name);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Unpacks one into a folder. */
	public static Path unpack(final String name, final Path folder) {
		final Path file = folder.resolve(name);
		try (InputStream in = stream(name)) {
			Files.copy(in, file);
			return file;
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static InputStream stream(final String name) throws IOException {
		return new GZIPInputStream(CaseFiles.class.getResourceAsStream("/cases/" + name + ".gz"));
	}
}
