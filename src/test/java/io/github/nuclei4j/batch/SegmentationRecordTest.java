package io.github.nuclei4j.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.segment.Diameter;
import io.github.nuclei4j.segment.PlaneChoice;
import io.github.nuclei4j.segment.PredictionMode;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separation;
import io.github.nuclei4j.segment.SizeUnit;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.util.Version;

/** Checks that a record has what a reader needs to do the same again, and that different settings look different. */
class SegmentationRecordTest {

	private static final SegmentationOptions DEFAULTS = SegmentationOptions.defaults();

	@Test
	void everySettingChangesTheHash() {
		final SegmentationOptions[] different = { DEFAULTS, DEFAULTS.threshold(0.3), DEFAULTS.size(21), DEFAULTS
			.size(20.5), DEFAULTS.confidence(0.2), DEFAULTS.separation(Separation.COMPONENTS), DEFAULTS.dropBorder(
				true), DEFAULTS.channel(1), DEFAULTS.mode(PredictionMode.SCALED), DEFAULTS.tiles(512, 32), DEFAULTS.diameter(
					12), DEFAULTS.augment(8), DEFAULTS.unit(SizeUnit.CALIBRATED), DEFAULTS.planes(
						PlaneChoice.CURRENT), DEFAULTS.area(new Roi(1, 2, 3, 4)), DEFAULTS.area(new OvalRoi(1, 2, 3, 4)) };
		final Set<String> hashes = new HashSet<>();
		for (final SegmentationOptions options : different) {
			hashes.add(BatchScenes.record(options, "0123").settingsHash());
		}
		assertEquals(different.length, hashes.size());
		assertEquals(BatchScenes.record(DEFAULTS, "0123").settingsHash(), BatchScenes.record(SegmentationOptions.defaults(),
			"4567").settingsHash());
		// what the model would choose by itself
		assertEquals(BatchScenes.record(DEFAULTS, "0123").settingsHash(), BatchScenes.record(DEFAULTS.threshold(0.5).separation(
			Separation.WATERSHED), "0123").settingsHash());
	}

	@Test
	void theJsonHasWhatIsNeededToDoItAgain() {
		final ImagePlus labels = new ImagePlus("labels", new ByteProcessor(4, 4));
		final SegmentationRecord record = BatchScenes.record(DEFAULTS, "0123");
		record.attachTo(labels);
		final JsonObject json = JsonParser.parseString(labels.getInfoProperty()).getAsJsonObject();
		assertEquals("test", json.getAsJsonObject("model").get("name").getAsString());
		assertEquals("0123", json.getAsJsonObject("model").get("sha256").getAsString());
		assertEquals("unet", json.getAsJsonObject("model").get("architecture").getAsString());
		assertEquals(0.5, json.getAsJsonObject("settings").get("threshold").getAsDouble());
		assertEquals("watershed", json.getAsJsonObject("settings").get("separation").getAsString());
		assertEquals(Version.current(), json.getAsJsonObject("program").get("version").getAsString());
		assertTrue(json.getAsJsonObject("program").get("imagej").getAsString().startsWith("1."));
		assertEquals(record.methods(), json.get("methods").getAsString());
		assertFalse(labels.getInfoProperty().contains("NaN"), "no JSON");
	}

	@Test
	void theMethodsAreThoseUsed() {
		final ModelInfo plain = FirstChannel.model();
		String text = text(plain, DEFAULTS);
		assertEquals("Nuclei were segmented with Nuclei4J " + Version.current() + " using the model 'test' (architecture unet, " +
			"SHA-256 beginning with 0123456789ab) at a probability threshold of 0.5, which is the model's own. Images were not " +
			"scaled. Touching nuclei were separated by a watershed on the distance transform. Objects smaller than 20 pixels " +
			"were removed.", text);
		final ModelInfo fitted = plain.toBuilder().target(TargetEncoder.of("distance-flow")).nucleusDiameter(24.0)
			.build();
		text = text(fitted, DEFAULTS.size(0));
		assertTrue(text.contains("found in the plane itself, was near the 24 pixels"), text);
		assertFalse(text.contains("1.5 times"), text);
		assertTrue(text(fitted, DEFAULTS.augment(2)).contains("1.5 times"));
		assertTrue(text.contains("distance to the edge of the nucleus and the predicted flow"), text);
		assertFalse(text.contains("smaller than"), text);
		text = text(fitted, DEFAULTS.diameter(40).augment(8).channel(2).confidence(0.9).dropBorder(true).threshold(0.25));
		assertTrue(text.contains("from a typical nucleus diameter of 40 pixels to the 24 pixels"), text);
		assertTrue(text.contains("eight flips") && !text.contains("1.5"), text);
		assertTrue(text.contains("on channel 2 at a probability threshold of 0.25. "), text);
		assertTrue(text.contains("below 0.9 were") && text.contains("touch the border"), text);
		text = text(plain, DEFAULTS.mode(PredictionMode.SCALED).separation(Separation.COMPONENTS));
		assertTrue(text.contains("scaled to 256 x 256 pixels") && text.contains("were not separated"), text);
		text = text(fitted, DEFAULTS.unit(SizeUnit.CALIBRATED).size(2.5).diameter(Diameter.NONE));
		assertTrue(text.contains("smaller than 2.5 squares of the image's unit of length") && text.contains("not scaled"), text);
	}

	private static String text(final ModelInfo model, final SegmentationOptions options) {
		return SegmentationRecord.of(model, "m.zip", "0123456789abcdef", options).methods();
	}

	@Test
	void theHashIsThatOfTheFile(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("m.zip");
		ModelFile.write(new TrainableModel(ModelInfo.builder("m", Architecture.UNET).build(), Networks.build(Architecture.UNET, 1, 1e-3)).model(),
			file);
		final String hash = SegmentationRecord.of(file, DEFAULTS).modelHash();
		assertTrue(hash.matches("[0-9a-f]{64}"), hash);
		final Path abc = Files.write(folder.resolve("abc"), "abc".getBytes());
		assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Sha256.of(abc));
		assertEquals(Sha256.of("abc"), Sha256.of(abc));
		assertNotEquals(hash, Sha256.of(abc));
	}
}
