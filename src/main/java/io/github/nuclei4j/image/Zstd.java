package io.github.nuclei4j.image;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

import ij.IJ;
import io.github.nuclei4j.util.Messages;

/** Unpacks ZSTD with the library aircompressor, called by name: Fiji has it from Bio-Formats, of one version or another. */
final class Zstd {

	private static final String NAME = "io.airlift.compress.zstd.ZstdDecompressor";

	private Zstd() {}

	/**
	 * Unpacks bytes.
	 *
	 * @param bytes receives them; there may be fewer
	 * @return how many came out
	 * @throws IOException if they are damaged, or more than there is room for
	 * @throws UnreadImageException if the library is missing
	 */
	static int unpack(final byte[] packed, final byte[] bytes) throws IOException {
		try {
			final Class<?> type = type();
			return (Integer) type.getMethod("decompress", byte[].class, int.class, int.class, byte[].class, int.class, int.class)
				.invoke(type.getConstructor().newInstance(), packed, 0, packed.length, bytes, 0, bytes.length);
		}
		catch (final InvocationTargetException e) {
			throw new IOException("the file is damaged: a tile or strip can't be unpacked (" + Messages.of(e.getCause()) + ")", e);
		}
		catch (final ReflectiveOperationException | LinkageError e) {
			throw new UnreadImageException("its pixels are compressed as ZSTD, and the library aircompressor that reads it is missing: " +
				"update Fiji, whose Bio-Formats brings it", e);
		}
	}

	private static Class<?> type() throws ClassNotFoundException {
		try {
			return Class.forName(NAME);
		}
		catch (final ClassNotFoundException e) {
			final ClassLoader plugins = IJ.getClassLoader();
			if (plugins == null) throw e;
			return Class.forName(NAME, true, plugins);
		}
	}
}
