package io.github.nuclei4j.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules on the measurements of nuclei. */
class KeepRuleTest {

	private static final List<String> HEADER = Arrays.asList("Name", "Nucleus", "Area", "Circularity", "Border", "Unit");
	private static final List<List<Object>> ROWS = Arrays.asList(Arrays.asList("nucleus-0001", 1, 39.5, 0.9, 0, "pixel"), Arrays
		.asList("nucleus-0002", 2, 40.0, 0.5, 1, "pixel"), Arrays.asList("nucleus-0003", 3, 120.0, "", 0, "pixel"));

	private static String kept(final String rule) {
		final StringBuilder kept = new StringBuilder();
		for (final boolean is : KeepRule.parse(rule).kept(HEADER, ROWS)) kept.append(is ? '+' : '-');
		return kept.toString();
	}

	@ParameterizedTest
	@CsvSource({ "Area>=40, -++", "Area > 40, --+", "area<40, +--", "Area>=40 and Circularity>0.4, -+-", "Area<40 OR Area>100, +-+",
		"not Border=1, +-+", "Border == 0, +-+", "Border != 0, -+-", "!(Area>=40), +--", "Area/4 > 9.9, -++", "Area-40 = 0, -+-",
		"-Area < -40, --+", "1/2 < Circularity, +--", "Circularity<=1, ++-", "Circularity!=0.9, -+-", "Nucleus^2 > 3, -++",
		"Area>=40 && (Border=1 || Circularity>2), -+-", "1 < 2, +++", "Circularity*0 = 0, ++-" })
	void rowsAreKept(final String rule, final String kept) {
		assertEquals(kept, kept(rule));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Area", "Area>", "Area>>40", "Area:=40", "Area>=40 Circularity>1", "(Area>40", "Area>40)", "Area+1", "'Area'>40",
		"Area>40;Area<50", "f(Area)>3", "Area>40 and", "and", "Area>1<2", "Area and Border", "[Area]>3", "Area++>3", "not Area", "Area>40,Area<50", "Area>>>2=3" })
	void whatIsNoRuleIsSaidWithAnExample(final String rule) {
		final String message = assertThrows(IllegalArgumentException.class, () -> kept(rule)).getMessage();
		assertTrue(message.contains("keep") && message.contains("Expected something like Area>=40"), message);
	}

	@Test
	void columnsAreNamedThatAreMistypedOrHoldText() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> kept("Aera>40")).getMessage().contains("Did you mean Area?"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> kept("Something>40")).getMessage().contains(
			"there are Nucleus, Area, Circularity, Border"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> kept("Unit>40")).getMessage().contains("'Unit' holds text"));
		assertThrows(IllegalArgumentException.class, () -> KeepRule.parse("  "));
	}

	@Test
	void randomRowsAreKeptAsPlainComparisonsKeepThem() {
		final Random random = new Random(5);
		final List<List<Object>> rows = new ArrayList<>();
		final boolean[] expected = new boolean[500];
		for (int i = 0; i < expected.length; i++) {
			final double area = random.nextInt(100);
			final double round = random.nextInt(10) / 10.0;
			final int border = random.nextInt(2);
			rows.add(Arrays.asList("n", i + 1, area, round, border, "pixel"));
			expected[i] = area >= 40 && round > 0.6 || border == 1 && !(area < 10);
		}
		assertArrayEquals(expected, KeepRule.parse("Area>=40 and Circularity>0.6 or Border=1 and not (Area<10)").kept(HEADER, rows));
	}
}
