package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Priority;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.thread.ThreadService;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import io.github.nuclei4j.Nuclei;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.segment.Segmentation;

/** Macros in Fiji, without a display: their keys, their numbers, and how they end. */
public class FijiMacroTest {

	private static final String THIS = FijiMacroTest.class.getName();
	private static final String MODEL = "model=" + Paths.get("models", "unet-int8.zip") + " ";
	private static final String OPEN = "setBatchMode(true); call('" + THIS + ".open'); title = getTitle(); ";
	private static final String NUMBERS = "call('io.github.nuclei4j.Numbers.";

	@TempDir
	Path folder;

	private FijiSession session;

	@BeforeEach
	void startSession() {
		session = new FijiSession();
	}

	@AfterEach
	void close() {
		session.close();
		WindowManager.setTempCurrentImage(null);
		// what the macros opened would be found by tests that come later
		final int[] left = WindowManager.getIDList();
		for (int i = 0; left != null && i < left.length; i++) {
			final ImagePlus image = WindowManager.getImage(left[i]);
			image.changes = false;
			image.close();
			Interpreter.removeBatchModeImage(image);
		}
	}

	/** Called by macros. */
	public static String open() throws IOException {
		final ImagePlus sample = ImagePlanes.open(Paths.get("samples", "fluorescence-clusters.png"));
		sample.setRoi(0, 0, 72, 72);
		final ImagePlus part = sample.crop();
		part.setTitle("part of cells.tif");
		part.show();
		return "";
	}

	/** Called by a macro: what a script does, which a macro runs with options of its own and on a thread of its own. */
	public static String script() throws Exception {
		final ThreadService threads = FijiSession.context().service(ThreadService.class);
		final Command command = FijiSession.asMacroLine("folder=/data treshold=7", () -> threads.run(() -> FijiSession.context()
			.service(CommandService.class).run(SegmentNuclei.class, true, "model", Paths.get("models", "unet-int8.zip").toString(),
				"table", false).get()));
		return ((SegmentNuclei) command).count() + " " + ((SegmentNuclei) command).getCancelReason();
	}

	/** Stands for a dialog that the user cancels. */
	public static final class Canceled extends AbstractPreprocessorPlugin {

		@Override
		public void process(final Module module) {
			cancel(null);
		}
	}

	private static String ends(final String options) {
		return FijiSession.result(OPEN + FijiSession.call("Segment Nuclei...", options) + "; return 'went on';").replace('\n', ' ');
	}

	@Test
	void anUnknownKeyEndsTheMacroAndNamesTheNearest() {
		assertTrue(ends("treshold=0.5").startsWith("There is no parameter 'treshold'. Did you mean threshold? The parameters are: "));
		assertTrue(ends("lables").contains("Did you mean labels?"));
		assertTrue(ends("Table=true").contains("Did you mean table?"));
		assertTrue(ends("separation=magic").startsWith("separation=magic is not possible"));
	}

	@Test
	void aFlagMayStandAlone() {
		assertEquals("part of cells.tif labels", FijiSession.result(OPEN + FijiSession.call("Segment Nuclei...", MODEL +
			"labels table=false") + "; return getTitle();"));
	}

	@Test
	void cancelInADialogEndsTheMacro() {
		final PluginInfo<PreprocessorPlugin> canceled = new PluginInfo<>(Canceled.class, PreprocessorPlugin.class);
		canceled.setPriority(Priority.VERY_LOW);
		FijiSession.context().service(PluginService.class).addPlugin(canceled);
		assertEquals("Macro canceled", ends(""));
	}

	@Test
	void aRequiredFileThatALineOmitsEndsTheMacro() {
		assertTrue(FijiSession.result(FijiSession.call("Batch Segment Folder...", "model=nuclei") + "; return 'went on';").contains(
			"required"));
	}

	@Test
	void numbersNeedNoWindow() throws IOException {
		final Path file = folder.resolve("nuclei.csv");
		final String[] answers = FijiSession.result(OPEN + FijiSession.call("Segment Nuclei...", MODEL + "overlay=false") + "; t = title + ' nuclei'; " +
			FijiSession.call("Summarize Nuclei...", "summary") + "; s = title + ' summary'; areas = split(" + NUMBERS + "column', t, 'Area'), '\\n'); return " + NUMBERS + "count') + ';' + " +
			NUMBERS + "count', title) + ';' + " + NUMBERS + "rows', t) + ';' + " + NUMBERS + "value', t, 'Area', 0) + ';' + " + NUMBERS +
			"value', t, 'Label', 0) + ';' + areas.length + ';' + " + NUMBERS +
			"value', s, 'Count', 0) + ';' + " + NUMBERS + "save', t, '" + file + "') + ';' + " + NUMBERS + "columns', s) + ';' + " +
			NUMBERS + "tables');").split(";");
		final String count = answers[0];
		assertTrue(Integer.parseInt(count) > 2, Arrays.toString(answers));
		assertEquals(count, answers[1]);
		assertEquals(count, answers[2]);
		final ResultsTable saved = ResultsTable.open(file.toString());
		assertEquals(saved.getValue("Area", 0), Double.parseDouble(answers[3]), 1e-3);
		assertEquals("nucleus-0001", answers[4]);
		assertEquals(count, answers[5]);
		assertEquals(count, answers[6]);
		assertTrue(Files.exists(file) && saved.size() == Integer.parseInt(count));
		assertTrue(Arrays.asList(answers[8].split("\n")).contains("MedianArea"), answers[8]);
		assertTrue(answers[9].endsWith("part of cells.tif nuclei\npart of cells.tif summary"), answers[9]);
	}

	@Test
	void aNumberThatDoesNotExistEndsTheMacro() {
		assertTrue(FijiSession.result("x = " + NUMBERS + "rows', 'no table'); return 'went on';").startsWith(
			"There is no table 'no table'. "));
		assertTrue(FijiSession.result("x = " + NUMBERS + "count', 'no image'); return 'went on';").startsWith(
			"Segment Nuclei... was not run on 'no image'."));
		final String table = OPEN + FijiSession.call("Segment Nuclei...", MODEL + "overlay=false") + "; t = title + ' nuclei'; ";
		assertTrue(FijiSession.result(table + "x = " + NUMBERS + "value', t, 'Aera', 0); return 'went on';").contains(
			"has no column 'Aera'. Its columns are: "));
		assertTrue(FijiSession.result(table + "x = " + NUMBERS + "value', t, 'Area', 1000); return 'went on';").startsWith(
			"Row 1000 of the table 'part of cells.tif nuclei': expected a whole number from 0 to "));
	}

	@Test
	void optionsOfAScriptAreNotThoseOfTheCommandThatItCalls() {
		final String result = FijiSession.result(OPEN + "return call('" + THIS + ".script');");
		assertTrue(result.matches("[1-9]\\d* null"), result);
	}

	/** Called by macros: ImageJ's own {@code open} needs what Fiji changes in it. */
	public static String openFile(final String file) throws IOException {
		IJ.openImage(file).show();
		return "";
	}

	/** A macro of the documentation, its {@code run} and {@code open} as this session has them; returns its last value. */
	private static String documented(final String name, final Object... arguments) throws IOException {
		final String macro = Files.readString(Paths.get("docs", "macros", name)).replace("run(\"", "call(\"" + FijiSession.RUN + "\", \"")
			.replaceAll("\\bopen\\(", "call(\"" + THIS + ".openFile\", ").replace("getArgument()", "\"" + Arrays.stream(arguments).map(
				Object::toString).collect(Collectors.joining("\\n")) + "\"");
		return FijiSession.result("setBatchMode(true); " + macro + "\nreturn 'done';");
	}

	@Test
	@Tag("slow")
	void documentedMacrosRunWithoutADisplay() throws IOException {
		final Path images = Files.createDirectory(folder.resolve("images"));
		open();
		final ImagePlus cells = WindowManager.getTempCurrentImage();
		final Segmentation found = Nuclei.segment(cells);
		IJ.saveAsTiff(cells, images.resolve("cells.tif").toString());
		IJ.saveAsTiff(IJ.createImage("dark", "8-bit black", 64, 48, 1), images.resolve("dark.tif").toString());
		assertEquals("done", documented("count_per_image.ijm", images, folder));
		final ResultsTable counts = ResultsTable.open(folder.resolve("counts.csv").toString());
		assertEquals(found.count(), counts.getValue("Nuclei", 0));
		assertEquals(0, counts.getValue("Nuclei", 1));
		assertEquals("done", documented("batch_folder_to_csv.ijm", images, folder));
		assertEquals(found.count(), ResultsTable.open(folder.resolve("cells.tif.csv").toString()).size());
		assertEquals(found.count(), ResultsTable.open(folder.resolve("summary.csv").toString()).getValue("Nuclei", 0));
		final Path truth = folder.resolve("truth.tif");
		IJ.saveAsTiff(found.labels().duplicate(), truth.toString());
		assertEquals("done", documented("compare_with_annotation.ijm", images.resolve("cells.tif"), truth));
		final ImageStack channels = new ImageStack(72, 72);
		channels.addSlice(cells.getProcessor().convertToByte(false));
		channels.addSlice(cells.getProcessor().convertToByte(false));
		final ImagePlus both = new ImagePlus("both", channels);
		both.setDimensions(2, 1, 1);
		IJ.saveAsTiff(both, folder.resolve("both.tif").toString());
		assertEquals("done", documented("intensity_in_second_channel.ijm", folder.resolve("both.tif"), folder, 1));
		final ResultsTable nuclei = ResultsTable.open(folder.resolve("both_nuclei.csv").toString());
		assertTrue(nuclei.size() > 2);
		assertEquals(1, nuclei.getValue("Positive", 0));
	}
}
