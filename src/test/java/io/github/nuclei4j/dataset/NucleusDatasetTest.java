package io.github.nuclei4j.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.nuclei4j.util.WarningLog;
import org.junit.jupiter.api.Test;

import net.imglib2.img.array.ArrayImgs;

/** Splits, subsets and concurrent reading. */
class NucleusDatasetTest {

	private static NucleusSample sample(final String id) {
		return new NucleusSample(id, ArrayImgs.unsignedBytes(2, 2), ArrayImgs.ints(2, 2));
	}

	private static NucleusDataset dataset(final int size) {
		final List<NucleusSample> samples = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			samples.add(sample(String.format("id%04d", i)));
		}
		Collections.reverse(samples);
		return NucleusDataset.of("made here", samples);
	}

	@Test
	void splitCounts() {
		final Object[][] expected = { { 597, 0.1, 60 }, { 600, 0.1, 60 }, { 100, 0.07, 7 }, { 2, 0.1, 1 }, { 2, 0.9, 1 }, { 3,
			0.99, 2 }, { 10, 0.01, 1 } };
		for (final Object[] row : expected) {
			final NucleusDataset data = dataset((int) row[0]);
			final NucleusDataset.Split split = data.split((double) row[1], 42);
			assertEquals(row[2], split.validation().size(), row[0] + " samples, " + row[1]);
			final Set<String> all = new TreeSet<>(split.training().ids());
			assertTrue(Collections.disjoint(all, split.validation().ids()));
			all.addAll(split.validation().ids());
			assertEquals(data.ids(), new ArrayList<>(all));
		}
	}

	@Test
	void foldsAreEqualPartsThatTogetherAreAll() {
		final NucleusDataset data = dataset(53);
		final List<String> all = new ArrayList<>();
		for (int k = 1; k <= 5; k++) {
			final NucleusDataset.Split split = data.split(Fold.of(k, 5), 42);
			assertTrue(split.validation().size() == 10 || split.validation().size() == 11, "fold " + k);
			assertEquals(53, split.training().size() + split.validation().size());
			assertTrue(Collections.disjoint(split.training().ids(), split.validation().ids()));
			all.addAll(split.validation().ids());
		}
		Collections.sort(all);
		assertEquals(data.ids(), all);
		assertNotEquals(data.split(Fold.of(1, 5), 42).validation().ids(), data.split(Fold.of(1, 5), 43).validation().ids());
		assertThrows(IllegalArgumentException.class, () -> data.split(Fold.of(1, 54), 42));
	}

	@Test
	void foldsAreReadFromText() {
		assertEquals("2/5", Fold.parse(" 2 / 5").toString());
		for (final String wrong : new String[] { "0/5", "6/5", "1/1", "1", "a/b", "1/5/7", "-1/5" }) {
			assertTrue(assertThrows(IllegalArgumentException.class, () -> Fold.parse(wrong)).getMessage().contains("1/5"), wrong);
		}
	}

	@Test
	void splitDependsOnlyOnIdsAndSeed() {
		final List<String> first = dataset(50).split(0.2, 42).validation().ids();
		final NucleusDataset data = dataset(50);
		final List<String> reversed = new ArrayList<>(data.ids());
		Collections.reverse(reversed);
		assertEquals(first, data.subset("reversed", reversed).split(0.2, 42).validation().ids());
		assertNotEquals(first, data.split(0.2, 43).validation().ids());
		// computed by another implementation of java.util.Random and Collections.shuffle: a change would alter published splits
		assertEquals(List.of("id0004", "id0026", "id0036", "id0037"), dataset(40).split(0.1, 42).validation().ids());
	}

	@Test
	void impossibleSplitsAreRefused() {
		for (final double fraction : new double[] { 0, 1, -0.1, 1.5, Double.NaN }) {
			final Exception e = assertThrows(IllegalArgumentException.class, () -> dataset(10).split(fraction, 1));
			Dsb2018ReaderTest.assertMessage(e, "" + fraction, "above 0 and below 1");
		}
		Dsb2018ReaderTest.assertMessage(assertThrows(IllegalArgumentException.class, () -> dataset(1).split(0.5, 1)),
			"1 sample", "at least 2");
	}

	@Test
	void subsetsKeepTheOrderGivenAndRefuseUnknownIds() throws IOException {
		final NucleusDataset data = dataset(5);
		final NucleusDataset part = data.subset("part", List.of("id0003", "id0001"));
		assertEquals("part", part.name());
		assertEquals("id0003", part.get(0).id());
		assertEquals(2, part.size());
		Dsb2018ReaderTest.assertMessage(assertThrows(IllegalArgumentException.class, () -> data.subset("x", List.of("nobody"))),
			"nobody", "5 samples");
		assertThrows(IllegalArgumentException.class, () -> data.subset("x", List.of("id0001", "id0001")));
		assertThrows(IllegalArgumentException.class, () -> NucleusDataset.of("x", List.of(sample("a"), sample("a"))));
	}

	@Test
	void eachSampleIsReadOnceHoweverManyThreadsAsk() throws Exception {
		final AtomicInteger loads = new AtomicInteger();
		final List<NucleusDataset.Entry> entries = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			final String id = "s" + i;
			entries.add(new NucleusDataset.Entry(id, "set", null, () -> {
				loads.incrementAndGet();
				return sample(id);
			}));
		}
		final NucleusDataset data = new NucleusDataset("x", entries, new WarningLog(null), null);
		final NucleusDataset part = data.subset("part", List.of("s0", "s2"));
		final Set<NucleusSample> seen = ConcurrentHashMap.newKeySet();
		final ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			final List<Future<?>> futures = new ArrayList<>();
			for (int t = 0; t < 200; t++) {
				final int index = t % 4;
				futures.add(threads.submit(() -> seen.add(data.get(index))));
				futures.add(threads.submit(() -> seen.add(part.get(index / 2))));
			}
			for (final Future<?> future : futures) {
				future.get();
			}
		}
		finally {
			threads.shutdown();
		}
		assertEquals(4, loads.get());
		assertEquals(4, seen.size());
		assertFalse(data.ids().isEmpty());
	}

	@Test
	void aLineOfTextMayHoldSeveralPaths() {
		assertEquals(Arrays.asList(Paths.get("a b.zip"), Paths.get("c")), NucleusDataset.paths(" a b.zip ; c;"));
		assertThrows(IllegalArgumentException.class, () -> NucleusDataset.paths(" ; "));
	}
}
