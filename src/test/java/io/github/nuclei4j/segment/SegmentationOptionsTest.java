package io.github.nuclei4j.segment;

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
		assertFalse(DEFAULTS.threshold().isPresent());
		assertEquals(20, DEFAULTS.size());
		assertFalse(DEFAULTS.confidence().isPresent());
		assertEquals(Separation.AUTO, DEFAULTS.separation());
		assertFalse(DEFAULTS.dropBorder());
		assertEquals(Channel.AUTO, DEFAULTS.channel());
		assertEquals(PredictionMode.TILES, DEFAULTS.mode());
		assertFalse(DEFAULTS.overlap().isPresent());
		assertEquals(Diameter.AUTO, DEFAULTS.diameter());
		assertEquals(1, DEFAULTS.augment());
	}

	@Test
	void withersChangeOnlyACopysValue() {
		final SegmentationOptions changed = DEFAULTS.threshold(0.3).size(5).separation(Separation.COMPONENTS).dropBorder(true)
			.confidence(0.7).channel(2).mode(PredictionMode.SCALED).tiles(512, 96).diameter(17.5).augment(8);
		assertEquals(0.3, changed.threshold().getAsDouble());
		assertEquals(5, changed.size());
		assertEquals(0.7, changed.confidence().getAsDouble());
		assertEquals(Separation.COMPONENTS, changed.separation());
		assertTrue(changed.dropBorder());
		assertEquals(Channel.of(2), changed.channel());
		assertEquals(PredictionMode.SCALED, changed.mode());
		assertEquals(512, changed.tileSize());
		assertEquals(96, changed.overlap().getAsInt());
		assertEquals(17.5, changed.diameter().length());
		assertEquals(8, changed.augment());
		defaultsAreAsDocumented();
	}

	@Test
	void errorsNameTheValueAndWhatIsAllowed() {
		assertRefused("got threshold=1.2", () -> DEFAULTS.threshold(1.2));
		assertRefused("got confidence=1.1", () -> DEFAULTS.confidence(1.1));
		assertRefused("got -1", () -> DEFAULTS.size(-1));
		assertRefused("'magic'; choose one of: auto, watershed, components, distance, flow, distance-flow", () -> Separation.of(
			"magic"));
		assertRefused("'null'; choose one of: tiles, scaled", () -> PredictionMode.of(null));
		assertRefused("got 0.5", () -> DEFAULTS.diameter(0.5));
		assertRefused("got NaN", () -> DEFAULTS.diameter(Double.NaN));
		assertRefused("got 4", () -> DEFAULTS.augment(4));
		assertRefused("overlap of 64", () -> DEFAULTS.tiles(64, 64));
	}

	/** Numbers that meant a word in earlier versions must not become another setting in silence. */
	@Test
	void wordsReplaceNumbers() {
		assertRefused("auto for the model's own, got threshold=0.", () -> DEFAULTS.threshold(Automatic.number("threshold", "0")));
		assertRefused("auto for what suits the model, got confidence=-1.", () -> DEFAULTS.confidence(Automatic.number("confidence", "-1")));
		assertRefused("none to use the image as it is, got 0.", () -> Diameter.parse("0"));
		assertRefused("auto to find it in the image", () -> Diameter.parse("-1"));
		assertRefused("all for all channels as colour, got 0.", () -> Channel.parse("0"));
		assertRefused("number or auto, got 'high'", () -> Automatic.number("threshold", "high"));
		assertRefused("got 'NaN'", () -> Automatic.number("threshold", "NaN"));
		assertRefused("got ''", () -> Diameter.parse(""));
		assertRefused("got '1.5'", () -> Channel.parse("1.5"));
		assertEquals(0, DEFAULTS.confidence(Automatic.number("confidence", " 0 ")).confidence().getAsDouble(), "keeps all");
		assertFalse(Automatic.number("threshold", "auto").isPresent());
		for (final String word : new String[] { "auto", "none", "24", "7.25" }) {
			assertEquals(word, Diameter.parse(word).toString());
			assertEquals(Diameter.parse(word), Diameter.parse(" " + word));
		}
		for (final String word : new String[] { "auto", "all", "3" }) assertEquals(word, Channel.parse(word).toString());
		for (final Separation constant : Separation.values()) assertEquals(constant, Separation.of(constant.toString()));
	}

	private static void assertRefused(final String part, final Executable call) {
		final String message = assertThrows(IllegalArgumentException.class, call).getMessage();
		assertTrue(message.contains(part), message);
	}
}
