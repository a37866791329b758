package io.github.nuclei4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.network.UpConvolution;
import io.github.nuclei4j.tensor.Normalizer;
import io.github.nuclei4j.tensor.TensorLayout;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ModelFileTest {

	@TempDir
	static Path folder;
	private static TrainableModel trained;
	private static NucleusModel model;
	private static Path file;

	@BeforeAll
	static void writeModel() throws IOException {
		NativeBackend.initialize();
		final ComputationGraph network = Networks.build(Architecture.UNET, 5, 1e-3);
		network.fit(new INDArray[] { Nd4j.rand(DataType.FLOAT, 1, 3, 32, 32) }, new INDArray[] { Nd4j.zeros(DataType.FLOAT, 1,
			1, 32, 32) });
		final TrainingRecord record = new TrainingRecord("data", Arrays.asList("a", "b"), Arrays.asList("c"), 42, 8, 1e-3,
			"cosine", "none", 30, 0, null);
		final ValidationScores scores = new ValidationScores(0.1, 0.9, 0.91);
		final TrainingHistory history = new TrainingHistory(Collections.singletonList(new TrainingHistory.Epoch(1, 1e-3, 0.2,
			scores, 12.5, true)));
		trained = new TrainableModel(ModelInfo.builder("test", Architecture.UNET).normalizer(Normalizer.UNIT_RANGE).layout(
			new TensorLayout(3, 16, 128)).threshold(0.35).pixelSize(0.5).codeVersion("1.2.3").trained(record, scores, history)
			.build(), network);
		model = trained.model();
		file = folder.resolve("model.zip");
		ModelFile.write(model, file);
	}

	@Test
	void givesBackWeightsAndDescription() throws IOException {
		final TrainableModel read = TrainableModel.of(ModelFile.read(file));
		assertEquals(trained.network().params(), read.network().params());
		final INDArray input = Nd4j.rand(DataType.FLOAT, 1, 3, 32, 32);
		assertEquals(trained.network().outputSingle(input), read.network().outputSingle(input));
		final ModelInfo info = ModelFile.readInfo(file);
		assertEquals("test", info.name());
		assertEquals("unet", info.architecture());
		assertEquals(Normalizer.UNIT_RANGE, info.normalizer());
		assertEquals(128, info.layout().trainingSize());
		assertEquals(0.35, info.threshold());
		assertEquals(0.5, info.pixelSize().get());
		assertEquals("1.2.3", info.codeVersion());
		assertEquals(Arrays.asList("a", "b"), info.training().get().trainingIds());
		assertEquals(0.91, info.scores().get().pooledMeanIou());
		assertEquals(12.5, info.history().best().get().seconds());
	}

	@Test
	void halfFloatsHalveTheFileAndHardlyChangeTheAnswer() throws IOException {
		final Path half = folder.resolve("half.zip");
		ModelFile.write(model, half, WeightEncoding.FLOAT16);
		assertEquals(0.5, (double) Files.size(half) / Files.size(file), 0.1);
		final INDArray input = Nd4j.rand(DataType.FLOAT, 1, 3, 32, 32);
		final INDArray difference = trained.network().outputSingle(input).sub(TrainableModel.of(ModelFile.read(half)).network().outputSingle(
			input));
		assertEquals(0, difference.amaxNumber().doubleValue(), 2e-3);
	}

	@Test
	void integersQuarterTheFileAndKeepEachOutputChannelToHalfAStep() throws IOException {
		final TrainableModel uneven = TrainableModel.of(ModelFile.read(file));
		uneven.network().paramTable().forEach((name, array) -> {
			// one channel a thousand times larger must not take the steps of the others
			if (array.rank() == 4) array.tensorAlongDimension(0, otherAxes(outputAxis(uneven, name))).muli(1000);
		});
		final Path integers = folder.resolve("int8.zip");
		ModelFile.write(uneven.model(), integers, WeightEncoding.INT8);
		assertEquals(0.26, (double) Files.size(integers) / Files.size(file), 0.03);
		assertEquals(WeightEncoding.INT8, ModelFile.readNumberType(integers));
		assertEquals(WeightEncoding.FLOAT32, ModelFile.readNumberType(file));
		final Map<String, INDArray> read = TrainableModel.of(ModelFile.read(integers)).network().paramTable();
		int upConvolutions = 0;
		for (final Map.Entry<String, INDArray> parameter : uneven.network().paramTable().entrySet()) {
			final INDArray array = parameter.getValue();
			if (array.rank() != 4) {
				assertEquals(array, read.get(parameter.getKey()), parameter.getKey());
				continue;
			}
			final int axis = outputAxis(uneven, parameter.getKey());
			upConvolutions += axis;
			for (int c = 0; c < array.size(axis); c++) {
				final INDArray channel = array.tensorAlongDimension(c, otherAxes(axis));
				final double step = channel.amaxNumber().doubleValue() / 127;
				final INDArray error = channel.sub(read.get(parameter.getKey()).tensorAlongDimension(c, otherAxes(axis)));
				assertTrue(error.amaxNumber().doubleValue() <= 0.5001 * step, parameter.getKey() + " channel " + c);
			}
		}
		assertEquals(4, upConvolutions);
	}

	private static int outputAxis(final TrainableModel of, final String parameter) {
		return of.network().getLayer(parameter.substring(0, parameter.lastIndexOf('_'))).conf()
			.getLayer() instanceof UpConvolution ? 1 : 0;
	}

	private static int[] otherAxes(final int axis) {
		return axis == 0 ? new int[] { 1, 2, 3 } : new int[] { 0, 2, 3 };
	}

	@Test
	void damagedIntegersAreRefused() throws IOException {
		final Path integers = folder.resolve("integers.zip");
		ModelFile.write(model, integers, WeightEncoding.INT8);
		final String json = entry(integers, "model.json");
		final byte[] weights = bytes(integers, "weights.bin");
		refused(zip("int8short", json, Arrays.copyOf(weights, weights.length - 100)), "ends within");
		refused(zip("int8long", json, Arrays.copyOf(weights, weights.length + 1)), "more values");
		Arrays.fill(weights, 0, 4, (byte) 0xff);
		refused(zip("int8scale", json, weights), "not a number");
		refused(zip("int8as16", json.replaceFirst("int8", "float16"), weights));
		refused(changed("quantization", text -> text.replaceFirst("\"threshold\"",
			"\"quantization\": { \"ranges\": { \"a\": -1 }, \"floats\": [], \"calibration\": \"\" }, \"threshold\"")), "range of 'a'");
	}

	@Test
	void quantizationIsGivenBack() throws IOException {
		final Map<String, Float> ranges = new LinkedHashMap<>();
		ranges.put("first", 1.5f);
		ranges.put("second", 0.1f);
		final Path quantized = folder.resolve("quantized.zip");
		ModelFile.write(model.with(model.info().toBuilder().quantization(new Quantization(ranges, Arrays.asList("first"),
			"by hand")).build()), quantized, WeightEncoding.INT8);
		final Quantization read = ModelFile.readInfo(quantized).quantization().get();
		assertEquals(ranges, read.ranges());
		assertEquals(Arrays.asList("first"), read.floats());
		assertEquals("by hand", read.calibration());
		assertFalse(ModelFile.readInfo(file).quantization().isPresent());
	}

	@Test
	void checkpointGivesBackTheOptimizer() throws IOException {
		final Path checkpoint = folder.resolve("checkpoint.zip");
		final float[] moments = trained.network().getUpdater().getStateViewArray().dup('c').data().asFloat();
		ModelFile.writeCheckpoint(model, new TrainingState(null, null, moments), checkpoint);
		assertArrayEquals(moments, ModelFile.readState(checkpoint).updater().get());
		assertFalse(ModelFile.readState(checkpoint).optimizer().isPresent());
		assertEquals(1, TrainableModel.of(ModelFile.read(checkpoint)).network().getIterationCount());
		assertEquals(0, ModelFile.read(file).iterations(), "another training begins anew");
		assertTrue(Files.size(checkpoint) > 2 * Files.size(file));
	}

	@Test
	void namesNoClass() throws IOException {
		final String json = entry(file, "model.json");
		assertFalse(json.contains("org.") || json.contains("java") || json.contains("@class"), json);
	}

	@Test
	void truncatedFileIsRefused() throws IOException {
		final byte[] bytes = Files.readAllBytes(file);
		refused(Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length / 2)), "cut.zip", "get it again");
		refused(Files.write(folder.resolve("empty.zip"), new byte[0]), "empty.zip");
		refused(Files.write(folder.resolve("text.zip"), "hello".getBytes(StandardCharsets.UTF_8)), "text.zip");
	}

	@Test
	void foreignZipIsRefused() throws IOException {
		final Path foreign = folder.resolve("foreign.zip");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(foreign))) {
			zip.putNextEntry(new ZipEntry("configuration.json"));
			zip.write('{');
		}
		refused(foreign, "model.json");
	}

	@Test
	void otherVersionsAndContentsAreRefused() throws IOException {
		refused(changed("version", json -> json.replace("\"formatVersion\": 1", "\"formatVersion\": 2")), "version 2",
			"Update");
		refused(changed("format", json -> json.replace("nuclei4j-model", "else")), "does not say");
		refused(changed("architecture", json -> json.replace("\"architecture\": \"unet\"", "\"architecture\": \"java.io.File\"")),
			"java.io.File", "unet");
		refused(changed("normalizer", json -> json.replace("unit-range", "zscore")), "zscore", "percentile");
		refused(changed("threshold", json -> json.replace("0.35", "7")), "threshold");
		refused(changed("shape", json -> json.replaceFirst("\"shape\": \\[\\s*1,", "\"shape\": [ -1,")), "impossible shape");
		refused(changed("type", json -> json.replaceFirst("float32", "int4")), "int4", "float16");
		refused(changed("syntax", json -> json.substring(0, json.length() / 2)), "model.json");
		refused(changed("nothing", json -> "null"), "does not say");
	}

	@Test
	void weightsOfAnotherSizeOrNoNumbersAreRefused() throws IOException {
		refused(withWeights("short", new byte[4 * 1000]), "4000 bytes", "need 7764420");
		refused(withWeights("long", new byte[4 * 1_941_106]), "7764424 bytes", "need 7764420");
		final byte[] notANumber = new byte[4 * 1_941_105];
		Arrays.fill(notANumber, (byte) 0xff);
		refused(withWeights("nan", notANumber), "not a number");
	}

	@Test
	void missingFileIsNamed() {
		refused(folder.resolve("none.zip"), "none.zip");
	}

	private static void refused(final Path broken, final String... parts) {
		final String message = assertThrows(IOException.class, () -> ModelFile.read(broken)).getMessage();
		for (final String part : parts) assertTrue(message.contains(part), "'" + part + "' in: " + message);
	}

	private static Path changed(final String name, final UnaryOperator<String> change) throws IOException {
		final String json = change.apply(entry(file, "model.json"));
		return zip(name, json, Files.size(file) > 0 ? bytes(file, "weights.bin") : null);
	}

	private static Path withWeights(final String name, final byte[] weights) throws IOException {
		return zip(name, entry(file, "model.json"), weights);
	}

	private static Path zip(final String name, final String json, final byte[] weights) throws IOException {
		final Path path = folder.resolve(name + ".zip");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
			zip.putNextEntry(new ZipEntry("model.json"));
			zip.write(json.getBytes(StandardCharsets.UTF_8));
			zip.putNextEntry(new ZipEntry("weights.bin"));
			zip.write(weights);
		}
		return path;
	}

	private static String entry(final Path zip, final String name) throws IOException {
		return new String(bytes(zip, name), StandardCharsets.UTF_8);
	}

	private static byte[] bytes(final Path zip, final String name) throws IOException {
		try (ZipFile open = new ZipFile(zip.toFile())) {
			return open.getInputStream(open.getEntry(name)).readAllBytes();
		}
	}
}
