package io.github.nuclei4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import io.github.nuclei4j.fuzz.Mutations;
import io.github.nuclei4j.fuzz.Telltale;
import io.github.nuclei4j.fuzz.ZipMutations;
import io.github.nuclei4j.network.TinyModels;
import io.github.nuclei4j.segment.Diameter;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.util.Progress;

/** Model files that somebody damaged on purpose: each is refused at once, with a message that says what is wrong. */
class UntrustedModelTest {

	@TempDir
	static Path folder;
	private static byte[] plain;
	private static byte[] integers;
	private static byte[] checkpoint;

	@BeforeAll
	static void writeModels() throws IOException {
		final Path file = folder.resolve("model.zip");
		final NucleusModel model = TinyModels.create(Architecture.RESUNET, TargetEncoder.DISTANCE_FLOW, false);
		ModelFile.write(model, file);
		plain = Files.readAllBytes(file);
		ModelFile.write(TinyModels.create(Architecture.RESUNET, TargetEncoder.DISTANCE_FLOW, true), file, WeightEncoding.INT8);
		integers = Files.readAllBytes(file);
		final int numbers = (int) model.layers().numbers();
		ModelFile.writeCheckpoint(model, new TrainingState(new float[2 * numbers], new float[numbers], null), file);
		checkpoint = Files.readAllBytes(file);
		TinyModels.read(file);
		assertEquals(numbers, ModelFile.readState(file).average().get().length);
	}

	private static byte[] with(final byte[] zip, final String entry, final UnaryOperator<byte[]> change) throws IOException {
		final Map<String, byte[]> entries = ZipMutations.entries(zip);
		entries.put(entry, change.apply(entries.get(entry)));
		return ZipMutations.zip(entries, Deflater.BEST_SPEED);
	}

	private static byte[] withJson(final UnaryOperator<String> change) throws IOException {
		return with(plain, "model.json", json -> {
			final String text = new String(json, StandardCharsets.UTF_8);
			final String changed = change.apply(text);
			assertFalse(changed.equals(text), "nothing was changed");
			return changed.getBytes(StandardCharsets.UTF_8);
		});
	}

	private static byte[] withNumber(final byte[] zip, final String entry, final int index, final float value) throws IOException {
		return with(zip, entry, bytes -> {
			Mutations.put(bytes, 4 * index, 4, Float.floatToIntBits(value), false);
			return bytes;
		});
	}

	private static void refused(final byte[] zip, final String... parts) throws IOException {
		final Path file = Files.write(folder.resolve("broken.zip"), zip);
		final IOException refusal = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThrows(IOException.class, () -> {
			TinyModels.read(file);
			ModelFile.readState(file);
		}));
		for (final String part : parts) assertTrue(refusal.getMessage().contains(part), "'" + part + "' in: " + refusal.getMessage());
		assertTrue(refusal.getMessage().contains("broken.zip") && refusal.getMessage().contains("et the file again") || refusal
			.getMessage().contains("get it again"), refusal.getMessage());
	}

	@Test
	void namesThatAreUnknownOrTwiceOrNull() throws IOException {
		refused(withJson(json -> json.replaceFirst("\"threshold\"", "\"treshold\": 0.5, \"threshold\"")), "'treshold'", "does not know");
		refused(withJson(json -> json.replaceFirst("\"threshold\"", "\"@class\": \"java.lang.ProcessBuilder\", \"threshold\"")), "'@class'");
		refused(withJson(json -> json.replaceFirst("\"threshold\"", "\"threshold\": 0.5, \"threshold\"")), "'threshold' twice");
		refused(withJson(json -> json.replaceFirst("\"name\": \"stem-conv_W\"", "\"name\": null")), "has no name");
		refused(withJson(json -> json.replaceFirst("\"tensors\": \\[", "\"tensors\": [ null,")), "has no name");
		refused(withJson(json -> json.replaceFirst("\"stem_beta\"", "\"stem_gamma\"")), "'stem_gamma'", "twice");
	}

	@Test
	void valuesThatAreMissing() throws IOException {
		refused(withJson(json -> json.replaceFirst("\"trainingIds\"", "\"trainingIds\": null, \"validationIds\"").replaceFirst(
			"(?s)\"validationIds\": \\[.*?\\],\\s*\"validationIds\"", "\"validationIds\"")), "trainingIds");
		refused(withJson(json -> json.replaceFirst("(?s)\"epochs\": \\[.*?\\]", "\"epochs\": [ null ]")), "epoch");
		refused(withJson(json -> json.replaceFirst("\"created\": \"[^\"]*\",", "")), "created");
		refused(withJson(json -> json.replaceFirst("\"pixelSize\": 0.5", "\"pixelSize\": 1e999")), "pixel");
	}

	@Test
	void nullsWhereNumbersAndTypesBelong() throws IOException {
		refused(withJson(json -> json.replaceFirst("(?s)\"shape\": \\[\\s*1", "\"shape\": [ null")), "where a number belongs");
		refused(withJson(json -> json.replaceFirst("\"type\": \"float32\"", "\"type\": null")), "number type", "missing");
	}

	@Test
	void impossibleShapes() throws IOException {
		for (final String shape : Arrays.asList("[ -1, 3, 3, 3 ]", "[ 0, 3, 3, 3 ]", "[ 2147483647, 2147483647, 2147483647, 2147483647 ]", "[]",
			"null", "[ 1, 1, 1, 1, 1 ]", "[ 9223372036854775807, 2 ]")) {
			refused(withJson(json -> json.replaceFirst("(?s)\"shape\": \\[[^\\]]*\\]", "\"shape\": " + shape)), "impossible shape");
		}
		refused(withJson(json -> json.replaceFirst("(?s)\"shape\": \\[[^\\]]*\\]", "\"shape\": [ 1000, 1000, 1000, 2 ]")), "weights");
		refused(withJson(json -> json.replaceFirst("(?s)\"shape\": \\[[^\\]]*\\]", "\"shape\": [ 2, 2 ]")), "bytes", "shapes need");
	}

	@Test
	void nestingIsNotFollowed() throws IOException {
		final String deep = "[".repeat(1_000_000);
		refused(withJson(json -> json.replaceFirst("\"threshold\"", "\"deep\": [ [ [ 1 ] ] ], \"threshold\"")), "'deep'");
		refused(withJson(json -> json.replaceFirst("\"threshold\"", "\"deep\": " + deep + ", \"threshold\"")), "model.json");
		refused(withJson(json -> json.replaceFirst("\"name\": \"tiny\"", "\"name\": " + deep)), "model.json");
		refused(with(plain, "model.json", json -> deep.getBytes(StandardCharsets.UTF_8)), "model.json");
		refused(with(plain, "model.json", json -> new byte[(16 << 20) + 1]), "model.json", "at most");
	}

	@Test
	void weightsThatAreNoNumbers() throws IOException {
		refused(withNumber(plain, "weights.bin", 3, Float.NaN), "not a number");
		refused(withNumber(plain, "weights.bin", 3, Float.NEGATIVE_INFINITY), "not a number");
		refused(withNumber(integers, "weights.bin", 0, Float.MAX_VALUE), "too large");
		refused(with(plain, "weights.bin", bytes -> {
			for (int i = 0; i < bytes.length; i += 4) Mutations.put(bytes, i, 4, Float.floatToIntBits(-1f), false);
			return bytes;
		}), "variances", "-1");
		refused(withNumber(checkpoint, "adamw.bin", 5, Float.NaN), "adamw.bin", "not a number");
		refused(with(checkpoint, "average.bin", bytes -> Arrays.copyOf(bytes, bytes.length - 4)), "average.bin");
		refused(with(checkpoint, "adamw.bin", bytes -> new byte[50_000_000]), "adamw.bin", "50000000");
	}

	@Test
	void weightsThatGiveNoNumbers() throws IOException {
		final Path file = Files.write(folder.resolve("huge.zip"), with(plain, "weights.bin", bytes -> {
			for (int i = 0; i < bytes.length; i += 4) Mutations.put(bytes, i, 4, Float.floatToIntBits(1e30f), false);
			return bytes;
		}));
		try (NucleusSegmenter segmenter = new NucleusSegmenter(TinyModels.read(file))) {
			assertTrue(assertThrows(IllegalStateException.class, () -> segmenter.segment(new ImagePlus("x", new ByteProcessor(32, 32)),
				SegmentationOptions.defaults().diameter(Diameter.NONE), Progress.NONE)).getMessage().contains("not numbers"));
		}
	}

	@Test
	void aChangedBitIsNoticed() throws IOException {
		// a checkpoint is not compressed: without the checksum other weights would be read without a word
		for (final int place : new int[] { checkpoint.length / 4, checkpoint.length / 2, checkpoint.length / 4 * 3 }) {
			final byte[] changed = checkpoint.clone();
			changed[place] ^= 1;
			refused(changed, "damaged");
		}
	}

	@Test
	void otherFilesInsideAreRefusedAndNeverUnpacked() throws IOException {
		final Map<String, byte[]> entries = ZipMutations.entries(plain);
		entries.put("object.ser", ZipMutations.serialized());
		refused(ZipMutations.zip(entries, Deflater.BEST_SPEED), "'object.ser'", "not part of a model");
		entries.remove("object.ser");
		entries.put("../outside.txt", new byte[3]);
		refused(ZipMutations.zip(entries, Deflater.BEST_SPEED), "'../outside.txt'");
		entries.remove("../outside.txt");
		entries.put("model.json", ZipMutations.serialized());
		refused(ZipMutations.zip(entries, Deflater.BEST_SPEED), "model.json");
		entries.put("weights.bin", ZipMutations.serialized());
		refused(ZipMutations.zip(entries, Deflater.BEST_SPEED));
		assertFalse(Telltale.wasRead());
		try (Stream<Path> beside = Files.list(folder.getParent())) {
			assertEquals(0, beside.filter(path -> path.getFileName().toString().equals("outside.txt")).count());
		}
		try (Stream<Path> inside = Files.list(folder)) {
			assertEquals("", inside.map(path -> path.getFileName().toString()).filter(name -> !name.endsWith(".zip")).collect(Collectors
				.joining(" ")));
		}
	}
}
