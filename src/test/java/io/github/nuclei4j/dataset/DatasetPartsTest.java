package io.github.nuclei4j.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.nuclei4j.image.TestPngs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several data sets in one, and groups that a split never separates. */
class DatasetPartsTest {

	@TempDir
	Path folder;

	/** A zip with so many images in each of several groups; without groups there is no table. */
	private Path zip(final String name, final int groups, final int each, final boolean table) throws IOException {
		final Map<String, byte[]> files = new LinkedHashMap<>();
		final StringBuilder meta = new StringBuilder("id,group,shape,source\n");
		for (int i = 0; i < groups * each; i++) {
			final String id = String.format("%s_%03d", name, i);
			files.put("images/" + id + ".png", TestPngs.grey(BufferedImage.TYPE_USHORT_GRAY, 2, 1, 2, 3, 4));
			files.put("labels/" + id + ".png", TestPngs.grey(BufferedImage.TYPE_USHORT_GRAY, 2, 0, 300, 0, 7));
			meta.append(id).append(",\"organ, ").append(i % groups).append("\",2x2,\"here, x=1\"\n");
		}
		if (table) files.put("meta.csv", meta.toString().getBytes(StandardCharsets.UTF_8));
		return TestPngs.zip(folder.resolve(name + ".zip"), files);
	}

	private static Set<String> groups(final NucleusDataset data) {
		final Set<String> groups = new TreeSet<>();
		for (int i = 0; i < data.size(); i++) if (data.group(i) != null) groups.add(data.set(i) + data.group(i));
		return groups;
	}

	@Test
	void zipsOfPairsAreReadWithTheirGroups() throws IOException {
		try (NucleusDataset data = NucleusDataset.open(zip("a", 2, 2, true))) {
			assertEquals(List.of("a_000", "a_001", "a_002", "a_003"), data.ids());
			assertEquals("organ, 1", data.group(1));
			assertEquals("a.zip", data.set(1));
			assertEquals(2, data.get(3).labels().randomAccess().setPositionAndGet(1, 0).get() + data.get(3).labels().randomAccess()
				.setPositionAndGet(0, 0).get());
			assertEquals(List.of(), data.warnings());
		}
		try (NucleusDataset data = NucleusDataset.open(zip("b", 2, 2, false))) {
			assertNull(data.group(0));
		}
	}

	@Test
	void groupsAreNeverOnBothSides() throws IOException {
		final List<Path> zips = List.of(zip("a", 22, 3, true), zip("b", 2, 5, true), zip("c", 30, 1, false));
		try (NucleusDataset data = NucleusDataset.open(zips, null)) {
			assertEquals("a.zip + b.zip + c.zip", data.name());
			assertEquals(List.of("a.zip", "b.zip", "c.zip"), data.sets());
			for (long seed = 0; seed < 20; seed++) {
				final NucleusDataset.Split split = data.split(0.1, seed);
				assertTrue(Collections.disjoint(groups(split.training()), groups(split.validation())));
				assertEquals(5, groups(split.validation()).size(), "four of 22 organs, one of two");
				assertEquals(4 * 3 + 5 + 3, split.validation().size());
				assertEquals(data.size(), split.training().size() + split.validation().size());
			}
			final Set<String> all = new HashSet<>();
			for (int k = 1; k <= 2; k++) {
				final NucleusDataset.Split split = data.split(Fold.of(k, 2), 3);
				assertTrue(Collections.disjoint(groups(split.training()), groups(split.validation())));
				all.addAll(split.validation().ids());
			}
			assertEquals(data.size(), all.size());
			assertThrows(IllegalArgumentException.class, () -> data.split(Fold.of(1, 3), 3), "b has two groups");
		}
	}

	@Test
	void aSetIsSplitAsIfItWereAlone() throws IOException {
		final Path alone = zip("c", 40, 1, false);
		try (NucleusDataset one = NucleusDataset.open(alone);
			NucleusDataset both = NucleusDataset.open(List.of(zip("a", 10, 2, true), alone), null))
		{
			final List<String> expected = one.split(0.1, 42).validation().ids();
			final List<String> ids = new ArrayList<>(both.split(0.1, 42).validation().ids());
			ids.removeIf(id -> id.startsWith("a"));
			assertEquals(expected, ids);
		}
	}

	@Test
	void theSmallestOfFewGroupsIsForValidation() throws IOException {
		final List<NucleusDataset.Entry> entries = new ArrayList<>();
		for (int i = 0; i < 12; i++) entries.add(new NucleusDataset.Entry("i" + i, "set", i < 2 ? "imprint" : "cytospin", null));
		for (long seed = 0; seed < 5; seed++) assertEquals(Set.of("i0", "i1"), DatasetParts.validation(entries, 0.1, seed));
		final Exception e = assertThrows(IllegalArgumentException.class, () -> DatasetParts.validation(entries.subList(0, 2), 0.1,
			1));
		Dsb2018ReaderTest.assertMessage(e, "'set'", "1 group", "at least 2");
	}

	@Test
	void namesMustDiffer() throws IOException {
		final Path zip = zip("a", 2, 2, true);
		Dsb2018ReaderTest.assertMessage(assertThrows(IOException.class, () -> NucleusDataset.open(List.of(zip, zip), null)),
			"a_000", "'a.zip'", "'a.zip (2)'", "rename");
	}

	@Test
	void tablesThatAreNoneAreRefused() throws IOException {
		final Map<String, byte[]> files = new LinkedHashMap<>();
		files.put("images/a.png", TestPngs.grey(BufferedImage.TYPE_BYTE_GRAY, 1, 1));
		files.put("labels/a.png", TestPngs.grey(BufferedImage.TYPE_BYTE_GRAY, 1, 1));
		files.put("meta.csv", "id,group\n\"a\"b,x\n".getBytes(StandardCharsets.UTF_8));
		final Path zip = TestPngs.zip(folder.resolve("x.zip"), files);
		Dsb2018ReaderTest.assertMessage(assertThrows(IOException.class, () -> NucleusDataset.open(zip)), "meta.csv", "id and group",
			"remove");
	}
}
