package io.github.nuclei4j.util;

import java.util.Collection;
import java.util.Locale;

/** Finds the word that a mistyped one stands for. */
public final class Spelling {

	private Spelling() {}

	/** The word that a mistyped one stands for, whatever the case of their letters; null if none is near. */
	public static String nearest(final String typedWord, final Collection<String> words) {
		final String typed = typedWord.toLowerCase(Locale.ROOT);
		String nearest = null;
		int least = 1 + Math.max(1, Math.min(typed.length(), 12) / 3);
		for (final String known : words) {
			final int distance = typed.length() > 100 ? least : distance(typed, known.toLowerCase(Locale.ROOT));
			if (distance >= least) continue;
			least = distance;
			nearest = known;
		}
		return nearest;
	}

	/** How many letters have to be replaced, inserted, removed or swapped with their neighbour. */
	private static int distance(final String a, final String b) {
		final int[][] distance = new int[a.length() + 1][b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			for (int j = 0; j <= b.length(); j++) {
				if (i == 0 || j == 0) {
					distance[i][j] = i + j;
					continue;
				}
				final int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
				distance[i][j] = Math.min(replaced, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
				final boolean isSwapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
				if (isSwapped) distance[i][j] = Math.min(distance[i][j], distance[i - 2][j - 2] + 1);
			}
		}
		return distance[a.length()][b.length()];
	}
}
