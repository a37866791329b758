package io.github.nuclei4j.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.nuclei4j.image.TestPngs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;

/** The Kaggle layout, from zip archives and folders made here. */
public class Dsb2018ReaderTest {

	private static final int[] GREY = { 0, 1, 50, 100, 200, 255 };

	@TempDir
	Path temp;

	private final Map<String, byte[]> files = new TreeMap<>();

	private void sample(final String id, final byte[] image, final String... masks) {
		files.put(id + "/images/" + id + ".png", image);
		for (int i = 0; i < masks.length; i++) {
			files.put(id + "/masks/m" + i + ".png", TestPngs.mask(masks[i]));
		}
	}

	private static byte[] grey() {
		return TestPngs.grey(BufferedImage.TYPE_BYTE_GRAY, 3, GREY);
	}

	@SuppressWarnings("unchecked")
	private static int[] values(final RandomAccessibleInterval<?> image) {
		final List<Integer> values = new ArrayList<>();
		for (final Object value : (Iterable<Object>) (Iterable<?>) image) {
			values.add(value instanceof ARGBType ? ((ARGBType) value).get() : ((IntegerType<?>) value).getInteger());
		}
		return values.stream().mapToInt(v -> v).toArray();
	}

	@Test
	void zipAndFolderGiveTheSameSamplesOfEveryPixelType() throws IOException {
		final int[] colors = { 0xff010203, 0xffff0000, 0xff00ff00, 0xff0000ff, 0xff808080, 0xfffafbfc };
		final int[] shorts = { 0, 1, 300, 30000, 40000, 65535 };
		sample("grey8", grey(), "x../...", "..x/..x");
		sample("grey16", TestPngs.grey(BufferedImage.TYPE_USHORT_GRAY, 3, shorts), "x../...");
		sample("rgb", TestPngs.color(BufferedImage.TYPE_3BYTE_BGR, 3, colors), "x../...");
		final int[] transparent = colors.clone();
		transparent[0] = 0x40010203;
		sample("rgba", TestPngs.color(BufferedImage.TYPE_4BYTE_ABGR, 3, transparent), "x../...");
		sample("bits", TestPngs.grey(BufferedImage.TYPE_BYTE_BINARY, 3, 0, 1, 0, 1, 1, 0), "x../...");
		final Map<String, byte[]> nested = new TreeMap<>();
		files.forEach((name, bytes) -> nested.put("stage1_train/" + name, bytes));
		nested.put("__MACOSX/stage1_train/rgb/images/rgb.png", new byte[] { 1 });
		nested.put("stage1_train/rgb/masks/._m0.png", new byte[] { 1 });
		nested.put("stage1_train/.DS_Store", new byte[] { 1 });

		for (final Path path : List.of(TestPngs.zip(temp.resolve("data.zip"), files), TestPngs.folder(temp.resolve("data"),
			files), TestPngs.zip(temp.resolve("nested.zip"), nested), TestPngs.folder(temp.resolve("nested"), nested)))
		{
			try (NucleusDataset data = NucleusDataset.open(path)) {
				assertEquals(path.getFileName().toString(), data.name());
				assertEquals(List.of("bits", "grey16", "grey8", "rgb", "rgba"), data.ids());
				assertArrayEquals(new int[] { 0, 255, 0, 255, 255, 0 }, values(data.get(0).image()));
				assertInstanceOf(UnsignedShortType.class, data.get(1).image().getType());
				assertArrayEquals(shorts, values(data.get(1).image()));
				assertInstanceOf(UnsignedByteType.class, data.get(2).image().getType());
				assertArrayEquals(GREY, values(data.get(2).image()));
				assertArrayEquals(new int[] { 1, 0, 2, 0, 0, 2 }, values(data.get(2).labels()));
				assertArrayEquals(colors, values(data.get(3).image()));
				assertArrayEquals(colors, values(data.get(4).image()), "transparency is ignored");
				assertSame(data.get(3), data.get(3), "kept while in use");
				assertEquals(List.of(), data.warnings());
			}
		}
	}

	@Test
	void overlapKeepsTheFirstMaskAndIsReportedOnce() throws IOException {
		sample("a", grey(), "xx./xx.", ".xx/.xx", "...", ".../.x.");
		files.put("a/masks/m2.png", TestPngs.mask(".../..."));
		final List<String> heard = new ArrayList<>();
		try (NucleusDataset data = NucleusDataset.open(TestPngs.zip(temp.resolve("a.zip"), files), heard::add)) {
			assertEquals(List.of(), heard, "nothing is read before it is asked for");
			assertArrayEquals(new int[] { 1, 1, 2, 1, 1, 2 }, values(data.get(0).labels()));
			assertEquals(4, heard.size(), heard.toString());
			assertTrue(heard.get(0).contains("2 pixel(s)") && heard.get(0).contains("m1.png") && heard.get(0).contains("m0.png"),
				heard.get(0));
			assertTrue(heard.get(1).contains("Empty mask") && heard.get(1).contains("m2.png"), heard.get(1));
			assertTrue(heard.get(2).contains("Covered mask") && heard.get(2).contains("m3.png"), heard.get(2));
			assertEquals(heard, data.warnings());
			assertEquals(heard, data.subset("part", List.of("a")).warnings());
		}
	}

	@Test
	void labelsStayConsecutiveAfterAnEmptyMask() throws IOException {
		sample("a", grey(), ".../...", "x../...", ".../..x");
		try (NucleusDataset data = NucleusDataset.open(TestPngs.folder(temp.resolve("a"), files))) {
			assertArrayEquals(new int[] { 1, 0, 0, 0, 0, 2 }, values(data.get(0).labels()));
		}
	}

	@Test
	void masksOfOtherKindsCount() throws IOException {
		sample("a", grey());
		files.put("a/masks/1.png", TestPngs.color(BufferedImage.TYPE_4BYTE_ABGR, 3, 0xffffffff, 0xff000000, 0xff000000,
			0xff000000, 0xff000000, 0xff000000));
		files.put("a/masks/2.png", TestPngs.grey(BufferedImage.TYPE_BYTE_BINARY, 3, 0, 1, 0, 0, 0, 0));
		files.put("a/masks/3.png", TestPngs.grey(BufferedImage.TYPE_USHORT_GRAY, 3, 0, 0, 65535, 0, 0, 0));
		try (NucleusDataset data = NucleusDataset.open(TestPngs.folder(temp.resolve("a"), files))) {
			assertArrayEquals(new int[] { 1, 2, 3, 0, 0, 0 }, values(data.get(0).labels()));
		}
	}

	@Test
	void errorsNameTheFile() throws IOException {
		sample("size", grey(), "x...", "x../...");
		sample("cut", Arrays.copyOf(grey(), 40), "x../...");
		sample("noise", new byte[] { 1, 2, 3 }, "x../...");
		sample("good", grey(), "x../...");
		final NucleusDataset data = NucleusDataset.open(TestPngs.zip(temp.resolve("a.zip"), files));
		assertEquals(List.of("cut", "good", "noise", "size"), data.ids());
		assertMessage(assertThrows(IOException.class, () -> data.get(0)), "cut/images/cut.png", "a.zip", "damaged");
		assertMessage(assertThrows(IOException.class, () -> data.get(2)), "noise/images/noise.png");
		assertMessage(assertThrows(IOException.class, () -> data.get(3)), "size/masks/m0.png", "4 x 1", "3 x 2");
		assertEquals("good", data.get(1).id());
		data.close();
		assertMessage(assertThrows(IOException.class, () -> data.get(0)), "closed");
		assertMessage(assertThrows(IndexOutOfBoundsException.class, () -> data.get(4)), "4", "0 to 3");
	}

	@Test
	void imageWithoutMasksIsAnError() throws IOException {
		sample("a", grey(), "x../...");
		sample("b", grey());
		final Path zip = TestPngs.zip(temp.resolve("a.zip"), files);
		assertMessage(assertThrows(IOException.class, () -> NucleusDataset.open(zip)), "b/images/b.png", "b/masks");
		Files.delete(zip);
	}

	@Test
	void otherContentsAreExplained() throws IOException {
		final Path nothing = Files.createDirectory(temp.resolve("nothing"));
		Files.createDirectory(nothing.resolve("empty"));
		assertMessage(assertThrows(IOException.class, () -> NucleusDataset.open(nothing)), "no files",
			"<ImageId>/images/<ImageId>.png", "_labels.tif");
		final Path text = Files.writeString(temp.resolve("notes.txt"), "not a zip");
		assertMessage(assertThrows(IOException.class, () -> NucleusDataset.open(text)), "notes.txt", "9 bytes", "zip");
		assertMessage(assertThrows(IOException.class, () -> NucleusDataset.open(temp.resolve("gone"))), "does not exist");
		final Path zip = TestPngs.zip(temp.resolve("x.zip"), Map.of("readme.txt", new byte[1], "b.csv", new byte[1]));
		assertMessage(assertThrows(IOException.class, () -> NucleusDataset.open(zip)), "2 files", ".csv=1", "readme.txt");
	}

	public static void assertMessage(final Exception e, final String... parts) {
		for (final String part : parts) {
			assertTrue(e.getMessage().contains(part), "'" + part + "' is missing from: " + e.getMessage());
		}
	}
}
