package io.github.nuclei4j.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SegmentationOptionsTest {

	private static final SegmentationOptions DEFAULTS = SegmentationOptions.defaults();

	@Test
	void defaultsAreAsDocumented() {
		assertTrue(Double.isNaN(DEFAULTS.threshold()));
		assertEquals(20, DEFAULTS.minimumSize());
		assertTrue(Double.isNaN(DEFAULTS.confidence()));
		assertEquals("auto", DEFAULTS.separation());
		assertFalse(DEFAULTS.dropBorder());
		assertEquals(0, DEFAULTS.channel());
		assertEquals("tiles", DEFAULTS.mode());
		assertEquals(SegmentationOptions.MODEL_OVERLAP, DEFAULTS.overlap());
		assertEquals(SegmentationOptions.FIND_DIAMETER, DEFAULTS.diameter());
		assertEquals(2, DEFAULTS.augment());
	}

	@Test
	void withersChangeOnlyACopysValue() {
		final SegmentationOptions changed = DEFAULTS.threshold(0.3).minimumSize(5).separation("components").dropBorder(true)
			.confidence(0.7).channel(2).mode("scaled").tiles(512, 96).diameter(17.5).augment(8);
		assertEquals(0.3, changed.threshold());
		assertEquals(5, changed.minimumSize());
		assertEquals(0.7, changed.confidence());
		assertEquals("components", changed.separation());
		assertTrue(changed.dropBorder());
		assertEquals(2, changed.channel());
		assertEquals("scaled", changed.mode());
		assertEquals(512, changed.tileSize());
		assertEquals(96, changed.overlap());
		assertEquals(17.5, changed.diameter());
		assertEquals(8, changed.augment());
		defaultsAreAsDocumented();
	}

	@Test
	void errorsNameTheValueAndWhatIsAllowed() {
		assertRefused("got 1.2", () -> DEFAULTS.threshold(1.2));
		assertRefused("got 0.0", () -> DEFAULTS.threshold(0));
		assertRefused("got 1.1", () -> DEFAULTS.confidence(1.1));
		assertRefused("got -1", () -> DEFAULTS.minimumSize(-1));
		assertRefused("'magic'; choose one of: auto, watershed, components, distance, flow, distance-flow", () -> DEFAULTS.separation("magic"));
		assertRefused("'null'; choose one of: tiles, scaled", () -> DEFAULTS.mode(null));
		assertRefused("got -1", () -> DEFAULTS.channel(-1));
		assertRefused("got 0.5", () -> DEFAULTS.diameter(0.5));
		assertRefused("got NaN", () -> DEFAULTS.diameter(Double.NaN));
		assertRefused("got 4", () -> DEFAULTS.augment(4));
		assertRefused("overlap of 64", () -> DEFAULTS.tiles(64, 64));
	}

	private static void assertRefused(final String part, final Executable call) {
		final String message = assertThrows(IllegalArgumentException.class, call).getMessage();
		assertTrue(message.contains(part), message);
	}
}
