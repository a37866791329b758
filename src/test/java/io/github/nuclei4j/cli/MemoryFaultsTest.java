package io.github.nuclei4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import io.github.nuclei4j.ChildJvm;
import io.github.nuclei4j.image.ImagePlanes;

/** Where memory runs out, the message says how much is needed and how to give it, and the images that fit are done. */
@Tag("slow")
class MemoryFaultsTest {

	private static final String[] HEAP = { "-Xmx160m", "-Dorg.bytedeco.javacpp.maxbytes=4g",
		"-Dorg.bytedeco.javacpp.maxphysicalbytes=8g" };

	@TempDir
	Path folder;

	private static void write(final Path file, final int width, final int height) throws IOException {
		final ByteProcessor pixels = new ByteProcessor(width, height);
		pixels.setValue(255);
		for (int i = 0; i < 5; i++) pixels.fillOval(8 + 20 * i, 8, 12, 12);
		Files.createDirectories(file.getParent());
		new FileSaver(new ImagePlus("", pixels)).saveAsTiff(file.toString());
	}

	private ChildJvm segment(final List<String> prefix, final String... options) throws IOException {
		final List<String> command = new ArrayList<>(prefix);
		command.addAll(ChildJvm.command(Arrays.asList(options), Nuclei4jCli.class, "segment", folder.resolve("images"),
			"--output", folder.resolve("results"), "--model", Paths.get("models", "unet.zip").toAbsolutePath()));
		return ChildJvm.start(command);
	}

	/** The rows of the table of images: the first and the last are done, the middle one is not. */
	private String failureInTheMiddle() throws IOException {
		final List<String> rows = Files.readAllLines(folder.resolve("results/images.csv"));
		assertEquals(4, rows.size(), rows.toString());
		assertTrue(rows.get(1).contains("a.tif,ok,"), rows.toString());
		assertTrue(rows.get(2).matches(".*b\\.(tif|png),error,.*"), rows.toString());
		assertTrue(rows.get(3).contains("c.tif,ok,"), rows.toString());
		return rows.get(2);
	}

	private void images(final int width, final int height) throws IOException {
		for (final String name : Arrays.asList("a", "c")) write(folder.resolve("images/" + name + ".tif"), 128, 64);
		write(folder.resolve("images/b.tif"), width, height);
	}

	/** A black picture without room to open it. */
	@Test
	void tooLargeForTheHeap() throws IOException, InterruptedException {
		images(8, 8);
		Files.delete(folder.resolve("images/b.tif"));
		assertTrue(ImageIO.write(new BufferedImage(20_000, 12_000, BufferedImage.TYPE_BYTE_GRAY), "png", folder.resolve(
			"images/b.png").toFile()));
		try (ChildJvm child = segment(Arrays.asList(), HEAP)) {
			assertEquals(1, child.exitCode(), child.output());
			final String row = failureInTheMiddle();
			assertTrue(row.contains("b.png' takes 1832 MB, and Java may use 160 MB") && row.contains("at least -Xmx"), row);
		}
	}

	@Test
	void stacksLoseNoPlanes() throws IOException, InterruptedException {
		images(8, 8);
		// ImageJ would open as many planes as fit
		final ImagePlus stack = IJ.createImage("stack", "8-bit black", 2000, 1000, 120);
		new FileSaver(stack).saveAsTiff(folder.resolve("images/b.tif").toString());
		try (ChildJvm child = ChildJvm.start(Arrays.asList(HEAP), Opening.class, folder.resolve("images/b.tif"))) {
			assertEquals(1, child.exitCode(), child.output());
			assertTrue(child.output().contains("b.tif' takes 229 MB, and Java may use 160 MB") && child.output().contains(
				"at least -Xmx968m"), child.output());
		}
	}

	/** Opens an image whole. */
	static final class Opening {

		public static void main(final String... arguments) throws IOException {
			System.out.println(ImagePlanes.open(Paths.get(arguments[0])).getStackSize());
		}
	}

	@Test
	void networksThatMayTakeLittle() throws IOException, InterruptedException {
		images(3000, 3000);
		try (ChildJvm child = segment(Arrays.asList(), "-Xmx1g", "-Dorg.bytedeco.javacpp.maxbytes=24m",
			"-Dorg.bytedeco.javacpp.maxphysicalbytes=8g"))
		{
			assertEquals(1, child.exitCode(), child.output());
			assertTrue(child.output().contains("-Dorg.bytedeco.javacpp.maxbytes="), child.output());
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void noRoomForTheLibraries() throws IOException, InterruptedException {
		images(8, 8);
		final List<String> limited = Arrays.asList("sh", "-c", "ulimit -v 2300000; exec \"$@\"", "sh");
		try (ChildJvm child = segment(limited, "-Xmx400m", "-XX:ReservedCodeCacheSize=64m", "-XX:CompressedClassSpaceSize=64m",
			"-XX:+UseSerialGC"))
		{
			assertEquals(1, child.exitCode(), child.output());
			assertTrue(child.output().contains("find no room in memory") && child.output().contains("ulimit -v"), child.output());
		}
	}
}
