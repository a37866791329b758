package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Segmenting and counting in images of every kind, from macros, with the default model. */
@Tag("display")
class SegmentedImageKindsTest {

	/** Three round nuclei. */
	private static final String NUCLEI = "setColor(200, 200, 200); for (k = 1; k <= nSlices; k++) { setSlice(k); " +
		"fillOval(8, 8, 20, 20); fillOval(52, 10, 22, 22); fillOval(30, 50, 20, 20); } ";

	private static final Map<String, String> IMAGES = new TreeMap<>(Map.of("8-bit", "newImage('a b', '8-bit black', 90, 80, 1); " +
		NUCLEI, "16-bit", "newImage('a b', '16-bit black', 90, 80, 1); " + NUCLEI + "run('Multiply...', 'value=20'); ", "RGB",
		"newImage('a b', 'RGB black', 90, 80, 1); " + NUCLEI, "hyperstack", "newImage('a b', '8-bit composite-mode', 90, 80, 2, 2, 2); " +
			"run('Set...', 'value=0 stack'); " + NUCLEI, "1x1", "newImage('a b', '8-bit white', 1, 1, 1); ", "black",
		"newImage('a b', '8-bit black', 90, 80, 1); "));

	private static final Map<String, Integer> COUNTS = Map.of("8-bit", 3, "16-bit", 3, "RGB", 3, "hyperstack", 12, "1x1", 0, "black",
		0);

	private static MacroSession session;

	@BeforeAll
	static void start() throws IOException {
		session = new MacroSession();
	}

	@AfterAll
	static void stop() {
		if (session != null) session.close();
	}

	@AfterEach
	void clear() {
		session.clear();
	}

	private static Stream<Arguments> kinds() {
		final List<Arguments> kinds = new ArrayList<>();
		for (final String kind : IMAGES.keySet()) {
			kinds.add(Arguments.of(kind, true));
			kinds.add(Arguments.of(kind, false));
		}
		return kinds.stream();
	}

	@ParameterizedTest(name = "{0}, batch mode {1}")
	@MethodSource("kinds")
	void nucleiAreFoundAndCounted(final String kind, final boolean batch) {
		final String error = session.errorOf("setBatchMode(" + batch + "); " + IMAGES.get(kind) +
			"run('Segment Nuclei...', 'channel=1 table=true labels=true'); labels = getTitle(); bits = bitDepth(); " +
			"getDimensions(w, h, c, z, t); selectImage('a b'); " +
			"run('Count Nuclei in ROIs...', 'labelimage=[' + labels + ']'); " +
			"return labels + ', ' + bits + ' bits, ' + c*z*t + ' planes, ' + Table.size('a b nuclei') + ' rows, ' + " +
			"Table.get('Count', 0, 'a b counts') + ' counted, overlay ' + Overlay.size;");
		assertNull(error);
		final int count = COUNTS.get(kind);
		assertEquals("a b labels, 16 bits, " + (kind.equals("hyperstack") ? 4 : 1) + " planes, " + count + " rows, " + count +
			" counted, overlay " + count, session.result());
	}

	@ParameterizedTest(name = "{0}, batch mode {1}")
	@MethodSource("kinds")
	void aChannelThatIsNotThereIsTold(final String kind, final boolean batch) {
		final String error = session.errorOf("setBatchMode(" + batch + "); " + IMAGES.get(kind) + "run('Segment Nuclei...', 'channel=9');");
		assertTrue(error.contains("channel=9"), error);
	}
}
