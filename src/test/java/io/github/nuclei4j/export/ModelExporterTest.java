package io.github.nuclei4j.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.nuclei4j.cli.Nuclei4jCli;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.onnx.OnnxSession;
import io.github.nuclei4j.tensor.Normalizer;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.util.Progress;

/** What is exported is read again by what is not ours: ONNX Runtime, and a reader of NumPy's arrays written here. */
class ModelExporterTest {

	@TempDir
	static Path folder;

	private static Path model;

	@BeforeAll
	static void writeModel() throws IOException {
		model = folder.resolve("small.zip");
		final ModelInfo info = ModelInfo.builder("small", Architecture.UNET).target(TargetEncoder.DISTANCE).normalizer(
			Normalizer.PERCENTILE).build();
		ModelFile.write(new TrainableModel(info, Networks.build(Architecture.UNET, 1, 1e-3, TargetEncoder.DISTANCE)).model(), model);
	}

	private static Map<String, byte[]> unzip(final Path file) throws IOException {
		final Map<String, byte[]> files = new LinkedHashMap<>();
		try (ZipFile zip = new ZipFile(file.toFile())) {
			for (final ZipEntry entry : Collections.list(zip.entries())) {
				try (InputStream in = zip.getInputStream(entry)) {
					files.put(entry.getName(), in.readAllBytes());
				}
			}
		}
		return files;
	}

	/** [batch, channels, height, width] of little-endian floats. */
	private static Tensor array(final byte[] npy) {
		final ByteBuffer bytes = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
		final int header = bytes.getShort(8);
		final String text = new String(npy, 10, header, StandardCharsets.US_ASCII);
		assertTrue(text.contains("'descr': '<f4'") && text.contains("'fortran_order': False") && text.endsWith("\n"), text);
		assertEquals(0, (10 + header) % 64);
		final String[] shape = text.replaceAll("(?s).*\\((.*)\\).*", "$1").split(", ");
		final float[] values = new float[(npy.length - 10 - header) / 4];
		bytes.position(10 + header);
		bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
		return new Tensor(values, Integer.parseInt(shape[0]), Integer.parseInt(shape[1]), Integer.parseInt(shape[2]), Integer.parseInt(
			shape[3]));
	}

	@Test
	void aPackageIsReadBackAndItsTestComesOut() throws IOException {
		final Path target = folder.resolve("package.zip");
		new ModelExporter("Jane Doe", "CC-BY-4.0").write(model, target, Progress.NONE);
		final Map<String, byte[]> files = unzip(target);
		final JsonObject rdf = JsonParser.parseString(new String(files.get("rdf.yaml"), StandardCharsets.UTF_8)).getAsJsonObject();
		assertEquals("model", rdf.get("type").getAsString());
		assertTrue(rdf.get("format_version").getAsString().startsWith("0.5."));
		assertEquals("Jane Doe", rdf.getAsJsonArray("authors").get(0).getAsJsonObject().get("name").getAsString());
		assertTrue(rdf.getAsJsonArray("cite").get(0).getAsJsonObject().has("url"));
		final JsonObject input = rdf.getAsJsonArray("inputs").get(0).getAsJsonObject();
		final JsonObject output = rdf.getAsJsonArray("outputs").get(0).getAsJsonObject();
		final JsonObject weights = rdf.getAsJsonObject("weights").getAsJsonObject("onnx");
		assertEquals(3, output.getAsJsonArray("axes").get(1).getAsJsonObject().getAsJsonArray("channel_names").size());
		final Set<String> named = new HashSet<>(Collections.singleton("rdf.yaml"));
		collect(rdf, files.keySet(), named);
		assertEquals(files.keySet(), named);
		for (final JsonObject described : new JsonObject[] { input.getAsJsonObject("test_tensor"), output.getAsJsonObject(
			"test_tensor"), weights })
		{
			assertEquals(sha256(files.get(described.get("source").getAsString())), described.get("sha256").getAsString());
		}
		final Tensor raw = array(files.get(input.getAsJsonObject("test_tensor").get("source").getAsString()));
		final Tensor expected = array(files.get(output.getAsJsonObject("test_tensor").get("source").getAsString()));
		final JsonObject step = input.getAsJsonArray("axes").get(2).getAsJsonObject().getAsJsonObject("size");
		assertEquals(0, (raw.height() - step.get("min").getAsInt()) % step.get("step").getAsInt());
		final JsonObject scaling = input.getAsJsonArray("preprocessing").get(0).getAsJsonObject();
		assertEquals("scale_range", scaling.get("id").getAsString());
		assertEquals(1, scaling.getAsJsonObject("kwargs").get("min_percentile").getAsDouble());
		try (OnnxSession session = new OnnxSession(files.get(weights.get("source").getAsString()))) {
			final OnnxSession.Output found = session.run(session.inputs().get(0), TestPair.prepared(raw, Normalizer.PERCENTILE).values(),
				raw.shape(), session.outputs()).get(0);
			assertArrayEquals(expected.shape(), found.shape());
			assertArrayEquals(expected.values(), found.values(), 1e-5f);
			assertEquals("small", session.metadata().get("nuclei4j-model"));
		}
		assertEquals(2 * raw.width(), ImageIO.read(new ByteArrayInputStream(files.get("cover.png"))).getWidth());
		assertTrue(new String(files.get("README.md"), StandardCharsets.UTF_8).contains("\n## Validation\n"));
	}

	/** Every source is a file of the package; {@code found} gets all files that are named. */
	private static void collect(final JsonElement element, final Set<String> names, final Set<String> found) {
		if (element.isJsonObject()) element.getAsJsonObject().entrySet().forEach(entry -> {
			if (entry.getKey().equals("source")) assertTrue(names.contains(entry.getValue().getAsString()));
			collect(entry.getValue(), names, found);
		});
		else if (element.isJsonArray()) element.getAsJsonArray().forEach(part -> collect(part, names, found));
		else if (element.isJsonPrimitive() && names.contains(element.getAsString())) found.add(element.getAsString());
	}

	private static String sha256(final byte[] bytes) {
		try {
			return String.format("%064x", new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(bytes)));
		}
		catch (final NoSuchAlgorithmException e) {
			throw new AssertionError(e);
		}
	}

	@Test
	void percentilesAreNumPys() {
		final float[] values = new float[3 * 100];
		for (int i = 0; i < values.length; i++) values[i] = i;
		final Tensor prepared = TestPair.prepared(new Tensor(values, 1, 3, 10, 10), Normalizer.PERCENTILE);
		// numpy.percentile(numpy.arange(300), [1, 99.8]) is [2.99, 298.402]
		assertEquals((100 - 2.99) / (298.402 - 2.99), prepared.values()[100], 1e-6);
	}

	@Test
	void theNetworkOfAPackageIsThatOfTheOnnxFile() throws IOException {
		final Path first = folder.resolve("a.onnx");
		assertEquals(0, Nuclei4jCli.run("export", "--model", model.toString(), "--output", first.toString()));
		final byte[] network = Files.readAllBytes(first);
		try (OnnxSession session = new OnnxSession(network)) {
			assertEquals(List.of("image"), session.inputs());
		}
		final Path second = folder.resolve("b.zip");
		assertEquals(0, Nuclei4jCli.run("export", "-m", model.toString(), "-o", second.toString(), "--author", "A", "--license", "MIT"));
		assertArrayEquals(network, unzip(second).get("model.onnx"));
	}

	@Test
	void wrongValuesAreNamedAndNothingIsWritten() {
		assertWrong("x.txt", "A", "MIT", "must end in .onnx");
		assertWrong("x.zip", " ", "MIT", "'author' is empty");
		assertWrong("x.zip", "A", "my own", "license=my own");
		assertWrong("none/x.onnx", "", "", "does not exist");
		assertWrong("small.zip", "A", "MIT", "is the model itself");
		assertEquals(2, Nuclei4jCli.run("export", "--model", "no-such-model", "--output", folder.resolve("x.onnx").toString()));
		assertFalse(Files.exists(folder.resolve("x.zip")));
		assertFalse(Files.exists(folder.resolve("x.onnx")));
	}

	private static void assertWrong(final String file, final String author, final String license, final String expected) {
		final String message = assertThrows(IllegalArgumentException.class, () -> new ModelExporter(author, license).write(model, folder
			.resolve(file), Progress.NONE)).getMessage();
		assertTrue(message.contains(expected), message);
	}
}
