package io.github.nuclei4j.dataset;

import static io.github.nuclei4j.dataset.Dsb2018ReaderTest.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.nuclei4j.image.TestPngs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;

/** Folders of images and label images. */
class LabelledFolderReaderTest {

	@TempDir
	Path folder;

	@BeforeEach
	void folders() throws IOException {
		Files.createDirectories(folder.resolve("images"));
		Files.createDirectories(folder.resolve("labels"));
		Files.createDirectories(folder.resolve("masks"));
	}

	private void tiff(final String name, final ImageProcessor processor) {
		assertTrue(new FileSaver(new ImagePlus("x", processor)).saveAsTiff(folder.resolve(name).toString()));
	}

	private void image(final String name) {
		tiff(name, new ByteProcessor(3, 2, new byte[] { 1, 2, 3, 4, 5, 6 }));
	}

	private static int[] labels(final NucleusSample sample) {
		return ((IntArray) ((ArrayImg<?, ?>) sample.labels()).update(null)).getCurrentStorageArray();
	}

	@Test
	void labelsOfEveryDepthAreNumberedFromOne() throws IOException {
		image("images/a.tif");
		tiff("labels/a.tif", new ShortProcessor(3, 2, new short[] { 0, 700, 700, (short) 60000, 0, 5 }, null));
		image("images/b.ome.tif");
		tiff("labels/b.tif", new FloatProcessor(3, 2, new float[] { 0, 70000, 70000, 3, 3, 0 }));
		image("images/c.tif");
		Files.write(folder.resolve("masks/c.png"), TestPngs.grey(BufferedImage.TYPE_BYTE_GRAY, 3, 9, 9, 0, 0, 0, 2));
		Files.write(folder.resolve("images/d.png"), TestPngs.grey(BufferedImage.TYPE_USHORT_GRAY, 3, 0, 500, 0, 0, 0, 2));
		Files.write(folder.resolve("labels/d.png"), TestPngs.grey(BufferedImage.TYPE_USHORT_GRAY, 3, 0, 500, 0, 0, 0, 2));
		final NucleusDataset data = NucleusDataset.open(folder);
		assertEquals(List.of("a", "b", "c", "d"), data.ids());
		assertArrayEquals(new int[] { 0, 2, 2, 3, 0, 1 }, labels(data.get(0)));
		assertArrayEquals(new int[] { 0, 2, 2, 1, 1, 0 }, labels(data.get(1)));
		assertArrayEquals(new int[] { 2, 2, 0, 0, 0, 1 }, labels(data.get(2)));
		assertArrayEquals(new int[] { 0, 2, 0, 0, 0, 1 }, labels(data.get(3)));
		assertEquals(List.of(), data.warnings());
	}

	@Test
	void suffixesInOneFolder() throws IOException {
		for (final String suffix : new String[] { "_labels", "_label", "_masks" }) {
			image("cell" + suffix.length() + suffix.charAt(1) + ".tif");
			tiff("cell" + suffix.length() + suffix.charAt(1) + suffix + ".tif", new ByteProcessor(3, 2, new byte[] { 0, 7, 0, 0, 9,
				0 }));
		}
		image("lonely.tif");
		tiff("stray_labels.tif", new ByteProcessor(3, 2));
		final NucleusDataset data = NucleusDataset.open(folder);
		assertEquals(List.of("cell6l", "cell6m", "cell7l"), data.ids());
		for (int i = 0; i < 3; i++) {
			assertArrayEquals(new int[] { 0, 1, 0, 0, 2, 0 }, labels(data.get(i)));
		}
		assertEquals(2, data.warnings().size(), data.warnings().toString());
		assertTrue(data.warnings().get(0).contains("lonely.tif"));
		assertTrue(data.warnings().get(1).contains("stray_labels.tif"));
	}

	@Test
	void binaryMaskBecomesItsPieces() throws IOException {
		tiff("images/a.tif", new ByteProcessor(5, 3));
		final byte o = (byte) 255;
		tiff("masks/a.tif", new ByteProcessor(5, 3, new byte[] { o, 0, 0, 0, o, //
			0, o, 0, 0, o, //
			0, 0, 0, 0, o }));
		final NucleusDataset data = NucleusDataset.open(folder);
		assertArrayEquals(new int[] { 1, 0, 0, 0, 2, 0, 1, 0, 0, 2, 0, 0, 0, 0, 2 }, labels(data.get(0)));
		assertEquals(1, data.warnings().size());
		assertTrue(data.warnings().get(0).contains("Binary mask") && data.warnings().get(0).contains("2 connected"), data
			.warnings().get(0));
	}

	@Test
	void pairsThatDoNotFitAreErrors() throws IOException {
		image("images/a.tif");
		tiff("labels/a.tif", new ByteProcessor(2, 2));
		image("images/b.tif");
		tiff("labels/b.tif", new ColorProcessor(3, 2));
		image("images/c.tif");
		tiff("labels/c.tif", new FloatProcessor(3, 2, new float[] { 0, 0.5f, 0, 0, 0, 0 }));
		final ImageStack stack = new ImageStack(3, 2);
		stack.addSlice(new ByteProcessor(3, 2));
		stack.addSlice(new ByteProcessor(3, 2));
		assertTrue(new FileSaver(new ImagePlus("x", stack)).saveAsTiffStack(folder.resolve("images/d.tif").toString()));
		tiff("labels/d.tif", new ByteProcessor(3, 2));
		final NucleusDataset data = NucleusDataset.open(folder);
		assertMessage(assertThrows(IOException.class, () -> data.get(0)), "labels/a.tif", "2 x 2", "3 x 2");
		assertMessage(assertThrows(IOException.class, () -> data.get(1)), "labels/b.tif", "colour");
		assertMessage(assertThrows(IOException.class, () -> data.get(2)), "labels/c.tif", "0.5", "(1, 0)");
		assertMessage(assertThrows(IOException.class, () -> data.get(3)), "images/d.tif", "2 slices");
	}

	@Test
	void noPairAtAllIsAnError() {
		image("images/a.tif");
		tiff("labels/b.tif", new ByteProcessor(3, 2));
		assertMessage(assertThrows(IOException.class, () -> NucleusDataset.open(folder)), "label image", "images/a.tif",
			"labels/<name>.tif");
	}
}
