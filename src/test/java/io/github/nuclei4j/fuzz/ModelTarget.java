package io.github.nuclei4j.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import io.github.nuclei4j.batch.SegmentationRecord;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.model.TrainingState;
import io.github.nuclei4j.model.WeightEncoding;
import io.github.nuclei4j.network.TinyModels;
import io.github.nuclei4j.segment.Diameter;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.util.Progress;

/** Model files: what is read must also be described and must predict on a small image. */
final class ModelTarget implements FuzzTarget {

	private static final int SIZE = 32;

	private final List<byte[]> seeds = new ArrayList<>();
	private final ImagePlus image = new ImagePlus("image", new ByteProcessor(SIZE, SIZE));
	private final SegmentationOptions options = SegmentationOptions.defaults().diameter(Diameter.NONE).augment(1);

	ModelTarget(final Path folder) throws IOException {
		for (int i = 0; i < SIZE * SIZE; i++) image.getProcessor().set(i, Math.max(0, 250 - 3 * (int) (Math.pow(i % SIZE - 16, 2) +
			Math.pow(i / SIZE - 16, 2))));
		final Path file = folder.resolve("seed.zip");
		for (final Architecture architecture : Arrays.asList(Architecture.UNET, Architecture.RESUNET)) {
			for (final WeightEncoding type : WeightEncoding.values()) {
				final TargetEncoder target = architecture == Architecture.UNET ? TargetEncoder.NUCLEUS : TargetEncoder.DISTANCE_FLOW;
				ModelFile.write(TinyModels.create(architecture, target, type == WeightEncoding.INT8), file, type);
				seeds.add(Files.readAllBytes(file));
			}
		}
		final NucleusModel model = TinyModels.create(Architecture.UNET, TargetEncoder.DISTANCE, false);
		final int numbers = (int) model.layers().numbers();
		ModelFile.writeCheckpoint(model, new TrainingState(null, null, new float[2 * numbers]), file);
		seeds.add(Files.readAllBytes(file));
		ModelFile.writeCheckpoint(model, new TrainingState(new float[2 * numbers], new float[numbers], null), file);
		seeds.add(Files.readAllBytes(file));
		Files.delete(file);
	}

	@Override
	public String name() {
		return "model";
	}

	@Override
	public String extension() {
		return ".zip";
	}

	@Override
	public boolean mayFailLater() {
		return true;
	}

	/** The valid files. */
	List<byte[]> seeds() {
		return seeds;
	}

	@Override
	public byte[] mutate(final Random random) throws IOException {
		return ZipMutations.mutate(Mutations.one(seeds, random), seeds, (name, content) -> name.endsWith(".json") ? Mutations.json(
			content, random) : weights(content, random), random);
	}

	/** Values that are no numbers, huge or tiny ones, and any bytes. */
	private static byte[] weights(final byte[] original, final Random random) {
		if (random.nextInt(4) == 0) return Mutations.bytes(original, Arrays.asList(original), random);
		final byte[] weights = original.clone();
		final float[] values = { Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 1e20f, -1e20f, 1e6f,
			-1f, 0f };
		for (int i = 1 + random.nextInt(3); i > 0; i--) {
			Mutations.put(weights, 4 * random.nextInt(weights.length / 4), 4, Float.floatToIntBits(values[random.nextInt(values.length)]),
				false);
		}
		return weights;
	}

	@Override
	public void read(final Path file, final byte[] bytes) throws IOException {
		final NucleusModel model = TinyModels.read(file);
		ModelFile.readNumberType(file);
		ModelFile.readState(file);
		SegmentationRecord.of(file, options).json();
		try (NucleusSegmenter segmenter = new NucleusSegmenter(model)) {
			segmenter.segment(image, options, Progress.NONE);
		}
		catch (final IllegalStateException e) {
			throw new IllegalStateException(file + ": " + e.getMessage(), e);
		}
	}
}
