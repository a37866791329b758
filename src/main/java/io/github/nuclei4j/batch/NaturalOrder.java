package io.github.nuclei4j.batch;

import java.util.Comparator;

/**
 * The order in which people count: {@code a2} before {@code a10}, whatever the letters' case, and a folder's files together.
 * Consistent with equals. Not {@code ij.util.StringSorter}, which makes a copy of every name and knows no folders.
 */
final class NaturalOrder implements Comparator<String> {

	@Override
	public int compare(final String a, final String b) {
		int i = 0;
		int j = 0;
		while (i < a.length() && j < b.length()) {
			final int order;
			if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
				final int endA = endOfNumber(a, i);
				final int endB = endOfNumber(b, j);
				order = numbers(a, i, endA, b, j, endB);
				i = endA;
				j = endB;
			}
			else {
				order = Integer.compare(rank(a.charAt(i++)), rank(b.charAt(j++)));
			}
			if (order != 0) return order;
		}
		final int rest = Integer.compare(a.length() - i, b.length() - j);
		return rest != 0 ? rest : a.compareTo(b);
	}

	/** Makes no objects: a million names are compared twenty million times. */
	private static int numbers(final String a, final int startA, final int endA, final String b, final int startB,
		final int endB)
	{
		final int i = startOfDigits(a, startA, endA);
		final int j = startOfDigits(b, startB, endB);
		if (endA - i != endB - j) return Integer.compare(endA - i, endB - j);
		for (int k = 0; k < endA - i; k++) {
			if (a.charAt(i + k) != b.charAt(j + k)) return Character.compare(a.charAt(i + k), b.charAt(j + k));
		}
		return 0;
	}

	/** Behind leading zeros. */
	private static int startOfDigits(final String text, final int start, final int end) {
		int first = start;
		while (first < end && text.charAt(first) == '0') first++;
		return first;
	}

	private static int endOfNumber(final String text, final int start) {
		int end = start;
		while (end < text.length() && isDigit(text.charAt(end))) end++;
		return end;
	}

	private static boolean isDigit(final char c) {
		return c >= '0' && c <= '9';
	}

	/** Separators of folders come before all else, so that a folder's files aren't torn apart by those beside it. */
	private static int rank(final char c) {
		return c == '/' || c == '\\' ? -1 : Character.toLowerCase(Character.toUpperCase(c));
	}
}
