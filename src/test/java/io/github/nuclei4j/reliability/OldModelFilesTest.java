package io.github.nuclei4j.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nuclei4j.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import javax.imageio.ImageIO;

import ij.ImagePlus;
import io.github.nuclei4j.Nuclei;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.engine.OneDnn;
import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.inference.EnginePredictor;
import io.github.nuclei4j.inference.NetworkPredictor;
import io.github.nuclei4j.inference.Predictor;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.training.DiscImages;
import io.github.nuclei4j.training.Recipe;
import io.github.nuclei4j.training.Trainer;
import io.github.nuclei4j.training.TrainingOptions;
import io.github.nuclei4j.util.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files that earlier versions wrote are read and give what those versions gave; see {@code src/test/resources/models}. A new
 * kind of model file gets a file there when it is first written.
 */
class OldModelFilesTest {

	/** Largest difference of a probability that may be rounding where the answers were stored: with AVX-512. */
	private static final double ROUNDING = 1e-5;

	/** The engine's, and that of other processors. */
	private static final double ENGINE = 1e-4;

	/** Of 8-bit integers, which other processors round otherwise. */
	private static final double INTEGERS = 0.05;

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource({ "unet-first, float32, 1, ''", "unet-float16, float16, 1, ''", "hrnet-float16, float16, 1, ''",
		"unet-int8-weights, int8, 1, ''", "unet-adam-checkpoint, float32, 1, ''", "resunet-targets, float32, 5, 24.0",
		"resunet-adamw-checkpoint, float32, 5, 24.0" })
	void anOldFileGivesWhatItGaveThen(final String name, final String type, final int channels, final String diameter)
		throws IOException
	{
		final Path file = unpack(name, name);
		final NucleusModel model = ModelFile.read(file);
		assertEquals(type, ModelFile.readNumberType(file).id());
		assertEquals(name.split("-")[0], model.info().architecture());
		assertEquals(channels, model.info().target().channels());
		assertEquals(diameter, model.info().nucleusDiameter().map(Object::toString).orElse(""));
		assertEquals("0.1.0-SNAPSHOT", model.info().codeVersion());
		try (Predictor network = new NetworkPredictor(model)) {
			assertGives(name, network, hasAvx512() ? ROUNDING : ENGINE);
		}
		if (OneDnnNetwork.obstacle().isPresent()) return;
		try (Predictor engine = new EnginePredictor(model)) {
			assertGives(name, engine, ENGINE);
		}
	}

	private static boolean hasAvx512() {
		return !OneDnnNetwork.obstacle().isPresent() && OneDnn.get().block() == 16;
	}

	@ParameterizedTest
	@CsvSource({ "unet-int8, 1", "resunet-int8, 5" })
	void anOldModelOfIntegersGivesWhatItGaveThen(final String name, final int channels) throws IOException {
		final NucleusModel model = ModelFile.read(unpack(name, name));
		assertEquals("largest values of one image", model.info().quantization().get().calibration());
		assertEquals(channels, model.info().target().channels());
		try (Predictor network = new NetworkPredictor(model)) {
			assertGives(name, network, INTEGERS);
		}
		if (OneDnnNetwork.obstacle().isPresent()) return;
		try (Predictor engine = new EnginePredictor(model)) {
			assertGives(name, engine, INTEGERS);
		}
	}

	@Test
	void whatTheFirstFilesSayIsKept() throws IOException {
		final ModelInfo info = ModelFile.readInfo(unpack("unet-first", "unet-first"));
		assertEquals(0.35, info.threshold());
		assertEquals(0.5, info.pixelSize().get());
		assertEquals(Arrays.asList("a", "b"), info.training().get().trainingIds());
		assertEquals("adam", info.training().get().optimizer(), "there was no other");
		assertEquals(0, info.training().get().averaging());
		assertEquals(0.91, info.scores().get().pooledMeanIou());
		assertEquals(12.5, info.history().best().get().seconds());
	}

	@Test
	void anOldModelSegments() throws IOException {
		final ImagePlus image = new ImagePlus("cells", picture());
		for (final String name : Arrays.asList("unet-first", "unet-int8", "resunet-targets", "resunet-int8")) {
			final ImagePlus labels = Nuclei.segment(image, unpack(name, name).toString(), Nuclei.options()).labels();
			assertEquals(32, labels.getWidth(), name);
		}
	}

	@ParameterizedTest
	@CsvSource({ "unet-adam-checkpoint, reference", "resunet-adamw-checkpoint, nuclei" })
	void aTrainingGoesOnFromAnOldCheckpointAndFineTunesIt(final String name, final String recipe) throws IOException {
		// as a training leaves them whose first epoch is the best so far
		unpack(name, "old");
		unpack(name, "old-best-checkpoint");
		final Path checkpoint = unpack(name, "old-last-checkpoint");
		final TrainingHistory before = ModelFile.readInfo(checkpoint).history();
		final int steps = ModelFile.read(checkpoint).iterations();
		assertTrue(steps > 0);
		final NucleusDataset data = NucleusDataset.open(DiscImages.write(folder.resolve("discs"), 6, 64));
		final TrainingOptions options = (recipe.equals("nuclei") ? Recipe.named(recipe).normalizer("percentile").diameter(24).crop(32)
			.samples(8) : Recipe.named(recipe).size(64)).batchSize(4).epochs(2).validation(0.3).seed(7);
		final TrainingHistory resumed = Trainer.train(data, options.resume(true).output(folder.resolve("old.zip")), h -> {},
			Progress.NONE).history();
		assertEquals(2, resumed.epochs().size());
		assertEquals(before.epochs().get(0).trainingLoss(), resumed.epochs().get(0).trainingLoss());
		assertTrue(Double.isFinite(resumed.epochs().get(1).trainingLoss()));
		final int after = ModelFile.read(checkpoint).iterations();
		assertEquals(2 * steps, after, "steps are counted on");
		final Path tuned = folder.resolve("tuned.zip");
		Trainer.train(data, options.epochs(1).fineTune(unpack(name, name)).output(tuned), h -> {}, Progress.NONE);
		assertEquals("old", ModelFile.readInfo(tuned).training().get().startedFrom().get());
	}

	@Test
	void aFileOfALaterFormatNamesBothVersionsAndTheRemedy() throws IOException {
		final Path old = unpack("unet-int8-weights", "present");
		final Path later = folder.resolve("later.zip");
		try (ZipFile zip = new ZipFile(old.toFile()); ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(later))) {
			final String json = new String(zip.getInputStream(zip.getEntry("model.json")).readAllBytes(), StandardCharsets.UTF_8);
			// also one that this version could not understand otherwise
			final String changed = json.replace("\"formatVersion\": 1", "\"formatVersion\": 2").replace("\"target\": \"nucleus\"",
				"\"target\": { \"kind\": \"nucleus\" }");
			assertTrue(!changed.equals(json));
			out.putNextEntry(new ZipEntry("model.json"));
			out.write(changed.getBytes(StandardCharsets.UTF_8));
		}
		for (final String message : Arrays.asList(assertThrows(IOException.class, () -> ModelFile.read(later)).getMessage(),
			assertThrows(IOException.class, () -> ModelFile.readInfo(later)).getMessage(), assertThrows(IOException.class,
				() -> Nuclei.segment(new ImagePlus("cells", picture()), later.toString(), Nuclei.options())).getMessage()))
		{
			assertTrue(message.contains("format version 2"), message);
			assertTrue(message.contains("reads version 1"), message);
			assertTrue(message.contains("Update Nuclei4J"), message);
		}
	}

	/** Whoever raises the version has to keep reading version 1, and to add files of the new one. */
	@Test
	void theFormatIsStillTheOneOfTheStoredFiles() {
		assertEquals(1, ModelFile.FORMAT_VERSION);
	}

	private Path unpack(final String name, final String as) throws IOException {
		final Path file = folder.resolve(as + ".zip");
		try (InputStream in = new GZIPInputStream(resource(name + ".zip.gz"))) {
			Files.deleteIfExists(file);
			Files.copy(in, file);
		}
		return file;
	}

	private static InputStream resource(final String name) {
		return Objects.requireNonNull(OldModelFilesTest.class.getResourceAsStream("/models/" + name), name);
	}

	private static BufferedImage picture() throws IOException {
		try (InputStream in = resource("cells.png")) {
			return ImageIO.read(in);
		}
	}

	private static void assertGives(final String name, final Predictor predictor, final double tolerance) throws IOException {
		final BufferedImage image = picture();
		final int pixels = image.getWidth() * image.getHeight();
		final float[] input = new float[3 * pixels];
		for (int i = 0; i < input.length; i++) {
			input[i] = image.getRaster().getSample(i % pixels % image.getWidth(), i % pixels / image.getWidth(), 0) / 255f;
		}
		final float[] found = predictor.predict(new Tensor(input, 1, 3, image.getHeight(), image.getWidth())).values();
		final ByteBuffer stored;
		try (InputStream in = resource(name + ".bin")) {
			stored = ByteBuffer.wrap(in.readAllBytes());
		}
		assertEquals(stored.remaining() / Float.BYTES, found.length);
		double largest = 0;
		double lowest = 1;
		double highest = 0;
		for (final float value : found) {
			final float expected = stored.getFloat();
			largest = Math.max(largest, Math.abs(value - expected));
			lowest = Math.min(lowest, expected);
			highest = Math.max(highest, expected);
		}
		assertTrue(highest - lowest > 0.1, "hardly varies: " + lowest + " to " + highest);
		assertTrue(largest <= tolerance, name + " differs by " + largest);
	}
}
