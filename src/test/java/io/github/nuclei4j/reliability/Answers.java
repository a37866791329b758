package io.github.nuclei4j.reliability;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.inference.ProbabilityMaps;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/** What a model answers to an image: the values of all its output channels, and the labels. A program of its own, too. */
public final class Answers {

	private final int[] labels;
	private final int count;
	private final float[][] maps;

	private Answers(final int[] labels, final int count, final float[][] maps) {
		this.labels = labels;
		this.count = count;
		this.maps = maps;
	}

	/** Segments the first plane of an image as the menu does by default. */
	public static Answers of(final NucleusSegmenter segmenter, final ImagePlus image) {
		final SegmentationOptions options = SegmentationOptions.defaults();
		final Segmentation found = segmenter.segment(image, options, Progress.NONE);
		final Img<FloatType> predicted = segmenter.predictor(options.inPixels(image)).predict(ImagePlanes.plane(image, 0, 1, 1),
			Progress.NONE);
		final float[][] maps = new float[ProbabilityMaps.channels(predicted)][];
		for (int c = 0; c < maps.length; c++) maps[c] = ProbabilityMaps.plane(predicted, c);
		final int[] labels = new int[image.getWidth() * image.getHeight()];
		for (int i = 0; i < labels.length; i++) labels[i] = (int) found.labels().getProcessor().getf(i);
		return new Answers(labels, found.count(), maps);
	}

	/** Opens a model with what runs it by default. */
	public static NucleusSegmenter open(final Path model) throws IOException {
		NativeBackend.initialize();
		return new NucleusSegmenter(ModelFile.read(model));
	}

	/** Labels row by row, 0 for background. */
	public int[] labels() {
		return labels;
	}

	/** Number of nuclei. */
	public int count() {
		return count;
	}

	/** The output channels, each row by row. */
	public float[][] maps() {
		return maps;
	}

	/** Count and a hash of every bit of labels and maps. */
	public String fingerprint() {
		try {
			final MessageDigest digest = MessageDigest.getInstance("SHA-256");
			final ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * labels.length);
			bytes.asIntBuffer().put(labels);
			digest.update(bytes.array());
			for (final float[] map : maps) {
				bytes.asFloatBuffer().put(map);
				digest.update(bytes.array());
			}
			final StringBuilder text = new StringBuilder();
			for (final byte b : digest.digest()) text.append(String.format("%02x", b));
			return count + " " + text;
		}
		catch (final NoSuchAlgorithmException e) {
			throw new AssertionError(e);
		}
	}

	private void write(final Path file) throws IOException {
		try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
			final DataOutputStream out = new DataOutputStream(stream);
			out.writeInt(count);
			out.writeInt(labels.length);
			out.writeInt(maps.length);
			final ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * labels.length);
			bytes.asIntBuffer().put(labels);
			out.write(bytes.array());
			for (final float[] map : maps) {
				bytes.asFloatBuffer().put(map);
				out.write(bytes.array());
			}
			out.flush();
		}
	}

	/** Reads what the program wrote. */
	public static Answers read(final Path file) throws IOException {
		final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
		final int count = bytes.getInt();
		final int[] labels = new int[bytes.getInt()];
		final float[][] maps = new float[bytes.getInt()][labels.length];
		bytes.asIntBuffer().get(labels);
		bytes.position(bytes.position() + Integer.BYTES * labels.length);
		for (final float[] map : maps) {
			bytes.asFloatBuffer().get(map);
			bytes.position(bytes.position() + Float.BYTES * map.length);
		}
		return new Answers(labels, count, maps);
	}

	/** The file that the program writes for a model and an image. */
	public static Path file(final Path folder, final Path model, final Path image) {
		return folder.resolve(model.getFileName() + "-" + image.getFileName() + ".bin");
	}

	/**
	 * Prints a fingerprint per image, and writes the answers if it is given a folder.
	 *
	 * @param args folder or {@code -}, model file, image files
	 */
	public static void main(final String... args) throws IOException {
		final List<String> lines = new ArrayList<>();
		final Path model = Paths.get(args[1]);
		try (NucleusSegmenter segmenter = open(model)) {
			for (int i = 2; i < args.length; i++) {
				final Path image = Paths.get(args[i]);
				final Answers answers = of(segmenter, ImagePlanes.open(image));
				lines.add(answers.fingerprint());
				if (!args[0].equals("-")) answers.write(file(Paths.get(args[0]), model, image));
			}
		}
		lines.forEach(System.out::println);
	}
}
