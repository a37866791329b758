package io.github.nuclei4j.evaluation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

import ij.process.ImageProcessor;

/** A label image in little memory (some kilobytes), because those of all images and models are kept until panels are drawn. */
final class PackedLabels {

	private final byte[] packed;

	private PackedLabels(final byte[] packed) {
		this.packed = packed;
	}

	/** Packs a plane of labels. */
	static PackedLabels of(final ImageProcessor labels) {
		final ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Integer.BYTES, labels.getPixelCount()));
		for (int i = 0; i < labels.getPixelCount(); i++) bytes.putInt((int) labels.getf(i));
		final ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
			out.write(bytes.array());
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return new PackedLabels(packed.toByteArray());
	}

	/** The labels row by row, 0 for background; a new array. */
	int[] unpack() {
		try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
			final ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
			final int[] labels = new int[bytes.remaining() / Integer.BYTES];
			bytes.asIntBuffer().get(labels);
			return labels;
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
