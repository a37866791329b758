package io.github.nuclei4j.segment;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells from a channel's name whether it shows nuclei. */
final class NuclearNames {

	/** What a name says. */
	enum Evidence {
			/** Nothing, or that it shows something else. */
			NONE,
			/** Excited or shown as most stains of nuclei are. */
			WEAK,
			/** A marker that other parts of names may qualify, such as {@code DNA} or {@code H2B-GFP}. */
			MARKER,
			/** A stain of DNA. */
			STAIN
	}

	/** Beginnings of words. */
	private static final List<String> STAINS = Arrays.asList("dapi", "hoechst", "hoechts", "hoescht", "draq", "sytox", "syto",
		"topro", "picogreen", "nucblue", "nucred", "nucgreen", "nucspot", "sirdna", "spydna", "propidium", "h33342", "haematoxylin",
		"hematoxylin");

	private static final List<String> MARKERS = Arrays.asList("nuclei", "nucleus", "nuclear", "h2b", "histone", "chromatin");

	private static final Set<String> MARKER_WORDS = words("dna", "nuc", "nls", "hist");
	private static final Set<String> WEAK_WORDS = words("405", "blue", "uv");

	/** What turns the word after it into something else. */
	private static final Set<String> DENIALS = words("anti", "non", "no", "not", "without", "minus", "alpha", "extra", "peri",
		"phospho");

	/** What turns the word before it into something else. */
	private static final Set<String> OTHERS = words("damage", "pk", "pol", "polymerase", "ase", "repair", "fish", "pore", "pores",
		"envelope", "membrane", "lamina", "rim", "speckle", "speckles", "body", "bodies", "factor", "receptor", "antigen", "free",
		"excluded");

	/** Where a word ends though no other character follows, as in {@code mCherryNuclei} and {@code w1DAPI}. */
	private static final Pattern CASE = Pattern.compile("(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z]{3})(?=\\d)|(?<=\\d)(?=[A-Z]{3})");
	private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

	/** Names that are one word, however they are written. */
	private static final Pattern SEPARATED = Pattern.compile("\\b(to|sir|spy|h|nuc) (pro|dna|33342|blue|red|green|spot)");

	private NuclearNames() {}

	private static Set<String> words(final String... words) {
		return Collections.unmodifiableSet(new HashSet<>(Arrays.asList(words)));
	}

	/** What a name, such as {@code DAPI} or {@code anti-DNA-PK 488}, says; letters' case doesn't matter. */
	static Evidence of(final String name) {
		final String apart = CASE.matcher(name.replace("\u03b1", "alpha ")).replaceAll(" ").toLowerCase(Locale.ROOT);
		final String[] words = SEPARATED.matcher(BETWEEN.matcher(apart).replaceAll(" ").trim()).replaceAll("$1$2").split(" ");
		Evidence best = Evidence.NONE;
		for (int i = 0; i < words.length; i++) {
			if (i > 0 && DENIALS.contains(words[i - 1])) continue;
			final Evidence evidence = word(words[i], i + 1 < words.length ? words[i + 1] : "");
			if (evidence.compareTo(best) > 0) best = evidence;
		}
		return best;
	}

	private static Evidence word(final String word, final String next) {
		if (STAINS.stream().anyMatch(word::startsWith)) return OTHERS.contains(next) ? Evidence.NONE : Evidence.STAIN;
		if (MARKER_WORDS.contains(word) || MARKERS.stream().anyMatch(word::startsWith)) {
			return OTHERS.contains(next) ? Evidence.NONE : Evidence.MARKER;
		}
		return WEAK_WORDS.contains(word) ? Evidence.WEAK : Evidence.NONE;
	}
}
