package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import io.github.nuclei4j.util.Spelling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.Macro;

class MacroOptionsTest {

	@ParameterizedTest
	@ValueSource(strings = { "model=unet size=20 ", "model=[my model.zip] size=[20]", " size=3  model='a b c'",
		"size= model=/data/a=b.zip", "model=[/data/scan [1]/x.zip] size=1", "size=[] model=x" })
	void readsWhatImageJReads(final String options) {
		final Map<String, String> values = MacroOptions.parse(options);
		assertEquals(2, values.size(), options);
		values.forEach((key, value) -> assertEquals(Macro.getValue(options, key, null), value, options));
	}

	@Test
	void keepsTheOrderOfKeys() {
		assertEquals("[b, a, c]", MacroOptions.parse("b=1 a=[x y] c=true").keySet().toString());
		assertTrue(MacroOptions.parse("   ").isEmpty());
	}

	@Test
	void aKeyAloneHasNoText() {
		assertEquals("{size=3, table=null, labels=true, border=null}", MacroOptions.parse("size=3 table labels=true border").toString());
	}

	@ParameterizedTest
	@CsvSource({ "treshold,threshold", "Threshold,threshold", "lables,labels", "trehsold,threshold", "diametre,diameter", "colour,",
		"modle,model", "x,", "sizes,size" })
	void theNearestKeyIsFound(final String typed, final String nearest) {
		assertEquals(nearest, Spelling.nearest(typed, List.of("model", "channel", "threshold", "labels", "size", "diameter",
			"table")));
	}

	@Test
	void refusesAKeyGivenTwiceAndAnOpenBracket() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> MacroOptions.parse("size=3 size=4")).getMessage()
			.contains("'size' is given twice"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> MacroOptions.parse("model=[a b size=4")).getMessage()
			.contains("'model'"));
	}
}
