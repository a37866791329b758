package io.github.nuclei4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;

import org.junit.jupiter.api.Test;

class ModelSummaryTest {

	private static final ModelInfo PLAIN = ModelInfo.builder("plain", Architecture.UNET).build();

	@Test
	void tellsDataNucleiAndSize() {
		assertEquals("not trained; nuclei as large as in the image; 7.2 MB", ModelSummary.line(PLAIN, 7_226_551));
		final TrainingRecord record = new TrainingRecord("cells.zip", Arrays.asList("a", "b"), Collections.emptyList(), 1, 1, 1,
			"constant", "none", 1, 0, null);
		final ModelInfo trained = PLAIN.toBuilder().trained(record, null, null).nucleusDiameter(24.0).quantization(
			new Quantization(Collections.emptyMap(), Collections.emptyList(), "none")).build();
		assertEquals("trained on 2 images of cells.zip; nuclei of any size, shown 24 pixels across; 0.5 MB, 8-bit integers: quicker",
			ModelSummary.line(trained, 500_000));
	}

	@Test
	void everyInstalledModelHasALine() {
		assertEquals(ModelStore.names(), new java.util.ArrayList<>(ModelSummary.installed().keySet()));
		ModelSummary.installed().forEach((name, line) -> assertTrue(line.endsWith(" MB") == !name.endsWith("int8"), line));
	}

	@Test
	void whatIsNoModelIsToldOf() {
		assertTrue(ModelSummary.of("none-of-this-name").contains("none-of-this-name"));
		assertTrue(ModelSummary.of("pom.xml").contains("not a readable model"), ModelSummary.of("pom.xml"));
	}
}
