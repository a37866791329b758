package io.github.nuclei4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;

/** Scripts as users write them, with the default model. */
class NucleiTest {

	private static final Path SAMPLE = Paths.get("samples", "fluorescence-clusters.png");

	@TempDir
	Path folder;

	private static ImagePlus sample() {
		return IJ.openImage(SAMPLE.toString());
	}

	@Test
	void theScriptOfTheDocumentationRunsInGroovy() throws IOException {
		final String script = new String(Files.readAllBytes(Paths.get("docs", "scripts", "count_in_quarters.groovy"))).replaceAll("(?m)^#@.*$", "");
		final Binding binding = new Binding();
		binding.setVariable("input", SAMPLE.toFile());
		binding.setVariable("output", folder.toFile());
		new GroovyShell(binding).evaluate(script);
		final int nuclei = Files.readAllLines(folder.resolve("fluorescence-clusters_nuclei.csv")).size() - 1;
		final ResultsTable quarters = ResultsTable.open2(folder.resolve("fluorescence-clusters_quarters.csv").toString());
		assertEquals(4, quarters.size());
		assertEquals(nuclei, Arrays.stream(quarters.getColumn("Count")).sum(), "each centroid is in one quarter");
		assertTrue(nuclei > 10, nuclei + " nuclei");
		assertTrue(Files.isRegularFile(folder.resolve("fluorescence-clusters_labels.tif")));
	}

	/** In plain ImageJ the thread's class loader is the application's, which doesn't know the plugins. */
	@Test
	void theCallersClassLoaderIsPutBack() throws IOException {
		final Thread thread = Thread.currentThread();
		final ClassLoader before = thread.getContextClassLoader();
		final ClassLoader application = ClassLoader.getPlatformClassLoader();
		thread.setContextClassLoader(application);
		try (NucleusSegmenter model = Nuclei.open("unet")) {
			assertSame(application, thread.getContextClassLoader());
			assertEquals(0, Nuclei.segment(IJ.createImage("black", "8-bit black", 40, 40, 1), model, Nuclei.options()).count());
			assertSame(application, thread.getContextClassLoader());
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	@Test
	void nothingIsShownAndTheImageStaysAsItWas() throws IOException {
		final ImagePlus image = sample();
		image.setRoi(3, 3, 50, 60);
		final Object pixels = image.getProcessor().getPixelsCopy();
		final Segmentation found = Nuclei.segment(image);
		assertEquals(found.count(), Nuclei.measure(image, found).size());
		assertEquals(found.count(), Nuclei.rois(found.labels()).size());
		assertEquals(found.count(), Nuclei.measure(image, found.labels()).size());
		assertEquals(found.count(), Nuclei.count(image));
		assertArrayEquals((int[]) pixels, (int[]) image.getProcessor().getPixels());
		assertEquals(new Roi(3, 3, 50, 60), image.getRoi());
		assertNull(image.getOverlay());
		assertEquals(0, WindowManager.getWindowCount());
	}

	@Test
	void mistakesAreNamed() {
		final ImagePlus labels = IJ.createImage("labels", "16-bit black", 20, 20, 1);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Nuclei.countInRois(labels, List.of(), "middle")).getMessage().contains(
			"centroid, overlap, inside"));
		assertTrue(assertThrows(IOException.class, () -> Nuclei.open("none-of-this-name")).getMessage().contains("nuclei-int8"));
		assertThrows(IllegalArgumentException.class, () -> Nuclei.segment(null));
	}
}
