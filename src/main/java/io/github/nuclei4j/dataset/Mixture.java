package io.github.nuclei4j.dataset;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the sets of a training that learns from several are used: how often each is drawn from, and which of them have nuclei that
 * are not annotated. Immutable.
 */
public final class Mixture implements Serializable {

	/** Every set by the root of its number of nuclei, all annotated. */
	public static final Mixture DEFAULT = new Mixture(new TreeMap<>(), new TreeSet<>());

	private static final long serialVersionUID = 1L;

	private final TreeMap<String, Double> shares;
	private final TreeSet<String> incomplete;

	private Mixture(final TreeMap<String, Double> shares, final TreeSet<String> incomplete) {
		this.shares = shares;
		this.incomplete = incomplete;
	}

	/**
	 * A copy in which sets have other shares of the patches of their kind, in relation to each other and to the root of the
	 * number of nuclei of the sets not named.
	 *
	 * @param values by the sets' names, from 0 to 1,000,000
	 */
	public Mixture shares(final Map<String, Double> values) {
		values.forEach((name, share) -> {
			if (!(share >= 0 && share <= 1e6)) throw new IllegalArgumentException("The share of the data set '" + name +
				"' must be from 0 to 1000000, got " + share + ".");
		});
		return new Mixture(new TreeMap<>(values), incomplete);
	}

	/** A copy in which sets have nuclei that are not annotated: what looks like one of these is not learnt from. */
	public Mixture incomplete(final Collection<String> names) {
		return new Mixture(shares, new TreeSet<>(names));
	}

	/** Whether nuclei of a set are not annotated. */
	public boolean isIncomplete(final String set) {
		return incomplete.contains(set);
	}

	/** The share of a set that has so many nuclei of a kind. */
	double share(final String set, final long nuclei) {
		return shares.getOrDefault(set, Math.sqrt(1 + nuclei));
	}

	/** @throws IllegalArgumentException if a name is none of these sets' */
	public void check(final List<String> sets) {
		final Set<String> unknown = new TreeSet<>(shares.keySet());
		unknown.addAll(incomplete);
		unknown.removeAll(sets);
		if (!unknown.isEmpty()) throw new IllegalArgumentException("There is no data set '" + unknown.iterator().next() +
			"' among those to train on: " + String.join(", ", sets) + ". Give the name of the file or folder, with its ending.");
	}

	/** In words; empty for the default. */
	@Override
	public String toString() {
		return (shares.isEmpty() ? "" : "; shares of the data sets " + shares) + (incomplete.isEmpty() ? ""
			: "; what looks like a nucleus but is not annotated ignored in " + String.join(", ", incomplete));
	}
}
