package io.github.nuclei4j.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.nuclei4j.util.WarningLog;

/**
 * Puts data sets together and divides them: set by set, and where a set has groups (organs, plates, embryos), never within one.
 */
final class DatasetParts {

	/** Of so many groups or fewer, the smallest is for validation. */
	private static final int FEW_GROUPS = 4;

	private DatasetParts() {}

	/**
	 * All samples of several data sets, sorted by id.
	 *
	 * @throws IOException if two samples have the same id
	 */
	static NucleusDataset union(final List<NucleusDataset> sets, final WarningLog warnings) throws IOException {
		final List<NucleusDataset.Entry> entries = new ArrayList<>();
		final Map<String, String> sources = new HashMap<>();
		final Set<String> names = new HashSet<>();
		for (final NucleusDataset data : sets) {
			String name = data.name();
			for (int n = 2; !names.add(name); n++) name = data.name() + " (" + n + ")";
			for (final NucleusDataset.Entry entry : data.entries()) {
				final String other = sources.put(entry.id, name);
				if (other != null) throw new IOException("An image '" + entry.id + "' is in '" + other + "' and in '" + name +
					"'. Images of one training need different names: rename one of them, or leave one of the data sets out.");
				entries.add(entry.in(name));
			}
		}
		entries.sort(Comparator.comparing(entry -> entry.id));
		final List<Closeable> files = sets.stream().map(NucleusDataset::files).collect(Collectors.toList());
		return new NucleusDataset(sets.stream().map(NucleusDataset::name).collect(Collectors.joining(" + ")), entries,
			warnings, () -> {
				for (final Closeable one : files) one.close();
			});
	}

	/** Ids of the samples for validation: a share of each set. */
	static Set<String> validation(final List<NucleusDataset.Entry> entries, final double fraction, final long seed) {
		if (entries.isEmpty()) throw new IllegalArgumentException("The data set has 0 sample(s): at least 2 are needed, one to " +
			"train on and one to validate with. Annotate more images.");
		final Set<String> ids = new HashSet<>();
		bySet(entries).forEach((name, set) -> {
			final Map<String, List<String>> groups = byGroup(set);
			final int size = groups.size();
			final boolean grouped = isGrouped(set);
			if (size < 2) throw new IllegalArgumentException("Data set '" + name + "' has " + size + (grouped
				? " group of images: at least 2 are needed, one to train on and one to validate with. Add images of another group."
				: " sample(s): at least 2 are needed, one to train on and one to validate with. Annotate more images."));
			if (grouped && size <= FEW_GROUPS) {
				ids.addAll(Collections.min(groups.values(), Comparator.comparing(List::size)));
				return;
			}
			// without the small number, 7 % of 100 would be 8 because of rounding
			final int share = (int) Math.ceil(fraction * size - 1e-9);
			final int least = grouped ? Math.min(FEW_GROUPS, size / 5) : 1;
			add(groups, 0, Math.max(least, Math.min(size - 1, share)), seed, ids);
		});
		return ids;
	}

	/** Ids of the samples for validation: a fold of each set. */
	static Set<String> validation(final List<NucleusDataset.Entry> entries, final Fold fold, final long seed) {
		final Set<String> ids = new HashSet<>();
		bySet(entries).forEach((name, set) -> {
			final Map<String, List<String>> groups = byGroup(set);
			final int size = groups.size();
			if (size < fold.count()) throw new IllegalArgumentException("Data set '" + name + "' has " + size + (isGrouped(set)
				? " group(s)" : " sample(s)") + ", too few for fold " + fold + ". Use at most " + size + " folds.");
			add(groups, fold.begin(size), fold.end(size), seed, ids);
		});
		return ids;
	}

	private static void add(final Map<String, List<String>> groups, final int from, final int to, final long seed,
		final Set<String> ids)
	{
		final List<String> names = new ArrayList<>(groups.keySet());
		Collections.shuffle(names, new Random(seed));
		for (final String group : names.subList(from, to)) ids.addAll(groups.get(group));
	}

	private static Map<String, List<NucleusDataset.Entry>> bySet(final List<NucleusDataset.Entry> entries) {
		return entries.stream().collect(Collectors.groupingBy(entry -> entry.set, TreeMap::new, Collectors.toList()));
	}

	private static boolean isGrouped(final List<NucleusDataset.Entry> set) {
		return set.stream().anyMatch(entry -> entry.group != null);
	}

	/** Ids by group, sorted; samples without a group are groups of their own. */
	private static Map<String, List<String>> byGroup(final List<NucleusDataset.Entry> set) {
		final Map<String, List<String>> groups = new TreeMap<>();
		for (final NucleusDataset.Entry entry : set) {
			groups.computeIfAbsent(entry.group == null ? entry.id : entry.group, g -> new ArrayList<>()).add(entry.id);
		}
		return groups;
	}
}
