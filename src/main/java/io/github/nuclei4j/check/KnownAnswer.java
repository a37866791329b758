package io.github.nuclei4j.check;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.apache.commons.codec.digest.DigestUtils;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;

/**
 * What a released model answers to a small image with the default settings: how many nuclei, and the mean probability in
 * each of 4 x 4 blocks of the image. The released models' answers are shipped, and compared with what this computer gives.
 */
public final class KnownAnswer {

	/** Largest difference of a block's mean probability, for models in floats: the two ways to run them differ by less than 0.00001. */
	private static final double TOLERANCE = 0.001;

	/** The same for models of 8-bit integers, which run in floats where there is no engine: that differs by up to 0.0045. */
	private static final double INT8_TOLERANCE = 0.01;

	private static final String RESOURCE = "known-answers.json";
	private static final int BLOCKS = 4;

	private final String model;
	private final String sha256;
	private final int nuclei;
	private final double tolerance;
	private final double[] probabilities;

	KnownAnswer(final String model, final String sha256, final int nuclei, final double tolerance,
		final double[] probabilities)
	{
		this.model = model;
		this.sha256 = sha256;
		this.nuclei = nuclei;
		this.tolerance = tolerance;
		this.probabilities = probabilities.clone();
	}

	/** The answers of the models that were released with this version. */
	public static List<KnownAnswer> released() {
		try (InputStream in = KnownAnswer.class.getResourceAsStream(RESOURCE);
			Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8))
		{
			final KnownAnswer[] answers = new Gson().fromJson(reader, KnownAnswer[].class);
			for (final KnownAnswer answer : answers) answer.validate();
			return Collections.unmodifiableList(Arrays.asList(answers));
		}
		catch (final IOException | JsonParseException e) {
			throw new IllegalStateException(RESOURCE + " can't be read from the jar of Nuclei4J: " + e.getMessage() +
				". Install it again.", e);
		}
	}

	private void validate() {
		if (model == null || sha256 == null || probabilities == null || probabilities.length != BLOCKS * BLOCKS) {
			throw new JsonParseException("an answer lacks its model, sha256 or " + BLOCKS * BLOCKS + " probabilities");
		}
	}

	/**
	 * Asks a model: takes a few seconds.
	 *
	 * @param name of the model
	 * @param file read completely
	 * @throws IOException if the file can't be read or is damaged
	 * @throws IllegalStateException if no native library for this computer is installed
	 */
	public static KnownAnswer measure(final String name, final Path file) throws IOException {
		final NucleusModel model = ModelFile.read(file);
		try (NucleusSegmenter segmenter = new NucleusSegmenter(model)) {
			final Segmentation answer = segmenter.segment(CheckImage.create(), SegmentationOptions.defaults(), Progress.NONE);
			return new KnownAnswer(name, hash(file), answer.count(), model.info().quantization().isPresent()
				? INT8_TOLERANCE : TOLERANCE, blocks(answer.probabilities()));
		}
	}

	/** The mean probability in each block, row by row, rounded to 5 decimals. */
	private static double[] blocks(final ImagePlus probabilities) {
		final ImageProcessor values = probabilities.getProcessor();
		final int width = values.getWidth() / BLOCKS;
		final int height = values.getHeight() / BLOCKS;
		final double[] means = new double[BLOCKS * BLOCKS];
		for (int i = 0; i < means.length; i++) {
			values.setRoi(i % BLOCKS * width, i / BLOCKS * height, width, height);
			means[i] = Math.round(values.getStatistics().mean * 1e5) / 1e5;
		}
		return means;
	}

	/** SHA-256 of a file, 64 hexadecimal digits. */
	static String hash(final Path file) throws IOException {
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
			return DigestUtils.sha256Hex(in);
		}
	}

	/** Name of the model. */
	public String model() {
		return model;
	}

	/** SHA-256 of the model's file. */
	String sha256() {
		return sha256;
	}

	/** Number of nuclei found. */
	public int nuclei() {
		return nuclei;
	}

	/** The largest difference of a block's mean probability from that of another answer, 0 to 1. */
	public double distance(final KnownAnswer other) {
		double largest = 0;
		for (int i = 0; i < probabilities.length; i++) {
			largest = Math.max(largest, Math.abs(probabilities[i] - other.probabilities[i]));
		}
		return largest;
	}

	/** What is wrong with an answer of this computer, if anything. */
	public Optional<String> difference(final KnownAnswer measured) {
		final double distance = distance(measured);
		if (measured.nuclei == nuclei && distance <= tolerance) return Optional.empty();
		return Optional.of(String.format(Locale.ROOT, "found %d nuclei where %d are right; probabilities differ by up to " +
			"%.5f, at most %.5f is usual", measured.nuclei, nuclei, distance, tolerance));
	}

	/** As an entry of the shipped list. */
	@Override
	public String toString() {
		return new Gson().toJson(this);
	}
}
