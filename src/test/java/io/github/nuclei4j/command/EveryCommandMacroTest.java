package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.event.KeyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import ij.IJ;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.training.DiscImages;

/**
 * Every command of the menu from a macro: in batch mode and without, with wrong values, without an image, and stopped with
 * Escape. A command without an entry below fails.
 */
@Tag("display")
public class EveryCommandMacroTest {

	private static final String IMAGE = "newImage('cells', '8-bit ramp', 48, 40, 1); ";
	private static final String LABELS = "newImage('truth', '16-bit black', 32, 32, 1); makeRectangle(2, 2, 10, 10); " +
		"run('Set...', 'value=7'); run('Select None'); run('Duplicate...', 'title=found'); ";

	@TempDir
	static Path folder;

	private static MacroSession session;
	private static int runs;

	/** A command's macro line: options that work, and one that doesn't with a word of its message. */
	private static final class Line {

		private final String options;
		private final String wrong;
		private final String reason;
		private String before = "";
		private String missing;
		private String left = "";

		Line(final String options, final String wrong, final String reason) {
			this.options = options;
			this.wrong = wrong;
			this.reason = reason;
		}

		/** What the macro has to do first, and a word of the message where it doesn't. */
		Line after(final String macro, final String word) {
			before = macro;
			missing = word;
			return this;
		}

		/** The window that stays when Escape was pressed. */
		Line leaves(final String window) {
			left = window;
			return this;
		}
	}

	private static Map<String, Line> lines() {
		final String model = "model=[" + folder.resolve("1.zip") + "] ";
		final String data = "data=[" + folder.resolve("data") + "] ";
		final String output = "output=[" + folder.resolve("result") + runs++ + ".zip] ";
		final Map<String, Line> lines = new LinkedHashMap<>();
		lines.put("Segment Nuclei...", new Line(model + "output=[" + folder.resolve("result" + runs++) + "]", "separation=magic", "auto or watershed").after(IMAGE, "No image is open"));
		lines.put("Count Nuclei in ROIs...", new Line(model, "rule=middle", "centroid or overlap").after(IMAGE, "No image is open"));
		lines.put("Edit Nuclei...", new Line("labelimage=truth edits=[renumber] labels=true", "labels=maybe", "true or false").after(LABELS,
			"No image is open"));
		lines.put("Filter Nuclei...", new Line("labelimage=truth keep=[Area>1 and Border=0] labels=true", "others=hide", "colour or remove").after(LABELS,
			"No image is open"));
		lines.put("Measure Cells...", new Line(model + "distance=4 labels=true", "unit=miles", "pixels or calibrated").after(IMAGE, "No image is open"));
		lines.put("Classify Nuclei...", new Line(model + "marker=1 cutoff=120 distance=4", "compartment=core", "nucleus or ring or cell").after(IMAGE, "No image is open"));
		lines.put("Count Foci in Nuclei...", new Line(model + "foci=1 single=true", "unit=miles", "pixels or calibrated").after(IMAGE, "No image is open"));
		lines.put("Exchange with QuPath...", new Line("labelimage=truth geojson=[" + folder.resolve("exchanged" + runs++ + ".geojson") + "]",
			"direction=sideways", "export or import").after(LABELS, "No image is open"));
		lines.put("Summarize Plate...", new Line("input=[" + folder.resolve("wells.csv") + "] positive=A01-A02 negative=B01-B02", "statistic=mode", "mean or median"));
		lines.put("Batch Segment Folder...", new Line(model + "input=[" + folder.resolve("data") + "] output=[" + folder.resolve(
			"result" + runs++) + "] files=disc?.png", "separation=magic", "auto or watershed").leaves("Batch summary"));
		lines.put("Summarize Nuclei...", new Line("histogram=true", "bins=-1", "from 1").after(IMAGE + run("Segment Nuclei...", model),
			"No image is open"));
		lines.put("Train Model...", new Line(data + output + "epochs=1 batch=2 validation=0.34 imagesize=32", "epochs=0", "from 1"));
		lines.put("Evaluate Segmentation...", new Line("truth=truth predicted=found", "threshold=2", "above 0 and at most 1").after(LABELS,
			"No image is open"));
		lines.put("Compare Models...", new Line(data + "models=[" + folder.resolve("1.zip") + ", " + folder.resolve("2.zip") + "]",
			"score=beauty", "Dice"));
		lines.put("Quantize Model...", new Line(model + output + "weights=true", "weights=yes", "true or false"));
		lines.put("Export Model...", new Line(model + "output=[" + folder.resolve("result" + runs++) + ".onnx]", "output=result.txt",
			"must end in .onnx"));
		lines.put("Check Installation", new Line("", null, null));
		lines.put("Nuclei Help", new Line("", null, null));
		return lines;
	}

	@BeforeAll
	static void start() throws IOException {
		session = new MacroSession();
		NativeBackend.initialize();
		Files.createDirectory(folder.resolve("again"));
		for (int seed = 1; seed <= 2; seed++) {
			ModelFile.write(new TrainableModel(ModelInfo.builder("model" + seed, Architecture.UNET).build(), Networks.build(Architecture.UNET, seed, 1e-3)).model(), folder.resolve(seed + ".zip"));
		}
		DiscImages.write(folder.resolve("data"), 6, 32);
		Files.write(folder.resolve("wells.csv"), List.of("Image,Area", "p_A01_1.tif,10", "p_A02_1.tif,11", "p_B01_1.tif,20", "p_B02_1.tif,22"));
	}

	@AfterAll
	static void stop() {
		if (session != null) session.close();
	}

	@AfterEach
	void clear() {
		session.clear();
	}

	private static Set<String> labels() {
		return lines().keySet();
	}

	private static List<String> labelsThatAsk() {
		return labels().stream().filter(label -> label.endsWith("...")).collect(Collectors.toList());
	}

	/** Called by a macro: as if the user pressed Escape. */
	public static void pressEscape() {
		IJ.setKeyDown(KeyEvent.VK_ESCAPE);
	}

	/** All but lists of what was done and what was not, and the note that keeps others out of a folder. */
	private static Set<Path> files() throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".csv") && !file.endsWith(Path.of(
				".nuclei4j", "lock"))).collect(Collectors.toSet());
		}
	}

	private static String run(final String label, final String options) {
		return "run('" + label + "', '" + options.trim() + "'); ";
	}

	@Test
	void everyCommandOfTheMenuIsTested() throws IOException {
		assertEquals(CommandMenuTest.commands().stream().map(MacroSession::label).collect(Collectors.toSet()), labels());
	}

	@ParameterizedTest
	@MethodSource("labels")
	void runsInBatchMode(final String label) {
		final Line line = lines().get(label);
		assertNull(session.errorOf("setBatchMode(true); " + line.before + run(label, line.options)));
	}

	@ParameterizedTest
	@MethodSource("labelsThatAsk")
	void runsWithWindowsAndSaysWhatIsDoneOnce(final String label) {
		final Line line = lines().get(label);
		assertNull(session.errorOf(line.before + run(label, line.options)));
		final String windows = MacroSession.windows();
		assertNull(session.errorOf("close('*'); " + line.before + run(label, line.options).replace("/result", "/again/result")));
		assertEquals(windows, MacroSession.windows(), "tables are replaced, not piled up");
	}

	@ParameterizedTest
	@MethodSource("labelsThatAsk")
	void aWrongValueEndsTheMacroWithWhatIsAllowed(final String label) throws IOException {
		final Line line = lines().get(label);
		final String error = session.errorOf("setBatchMode(true); " + line.before + run(label, line.wrong) + "File.saveString('x', '" +
			folder.resolve("went-on") + "');");
		assertNotNull(error, label);
		assertTrue(error.contains(line.reason) && error.contains(line.wrong), error);
		assertFalse(Files.exists(folder.resolve("went-on")), "the macro went on");
	}

	@ParameterizedTest
	@MethodSource("labelsThatAsk")
	void anUnknownKeyEndsTheMacroWithTheKeysThatThereAre(final String label) {
		final String error = session.errorOf("setBatchMode(true); " + lines().get(label).before + run(label, "colour=red"));
		assertTrue(error.contains("'colour'") && error.contains("The parameters are: "), error);
	}

	@ParameterizedTest
	@MethodSource("labelsThatAsk")
	void withoutAnImageTheMacroEndsWhereOneIsNeeded(final String label) {
		final Line line = lines().get(label);
		final String error = session.errorOf(run(label, line.options));
		if (line.missing == null) assertNull(error);
		else assertTrue(error.contains(line.missing), error);
	}

	@ParameterizedTest
	@MethodSource("labelsThatAsk")
	void escapeLeavesNothingHalfMade(final String label) throws IOException {
		final Line line = lines().get(label);
		assertNull(session.errorOf(line.before));
		final String windows = windowsButLog();
		session.clear();
		final Set<Path> before = files();
		final String error = session.errorOf(line.before + "call('" + EveryCommandMacroTest.class.getName() + ".pressEscape'); " + run(
			label, line.options));
		assertNotNull(error, "the macro ends");
		assertEquals(line.left.isEmpty() ? windows : "[][" + line.left + "]", windowsButLog());
		assertEquals(before, files());
	}

	private static String windowsButLog() {
		return MacroSession.windows().replaceAll("Log, |, Log|Log", "");
	}
}
