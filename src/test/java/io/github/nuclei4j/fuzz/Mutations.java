package io.github.nuclei4j.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes that know nothing of a format, and those of JSON. */
public final class Mutations {

	private static final int[] INTERESTING = { 0, 1, -1, 2, 3, 4, 7, 8, 16, 127, 128, 255, 256, 257, 1000, 4096, 32767, 32768, 65535,
		65536, 1 << 20, 1 << 24, 1 << 28, 1 << 30, Integer.MAX_VALUE, Integer.MAX_VALUE - 1, Integer.MIN_VALUE, -2, -16 };
	private static final String[] NUMBERS = { "0", "-1", "1", "2", "0.5", "-0.5", "1e309", "-1e309", "1e38", "1e-45", "NaN", "Infinity",
		"2147483647", "2147483648", "9223372036854775807", "99999999999999999999", "1e999999999", "\"7\"", "null", "true", "[]", "{}", "[1]" };
	private static final String[] STRINGS = { "\"\"", "null", "\"java.io.File\"", "\"../../../etc/passwd\"", "\"unet\"", "\"hrnet\"",
		"\"resunet\"", "\"float16\"", "\"int8\"", "\"\\u0000\"", "\"\\ud800\"", "7", "{}", "[]", "[null]", "true", "\"<script>\"" };
	private static final String[] EXTRAS = { "\"unknown\": 1,", "\"@class\": \"java.lang.ProcessBuilder\",", "\"model\": null,",
		"\"name\": \"again\",", "\"deep\": " + "[".repeat(2000) + "]".repeat(2000) + ",", "\"threshold\": NaN,", "\"ranges\": {},",
		"\"unclosed\": {", "\"long\": \"" + "x".repeat(5000) + "\"," };
	private static final Pattern NUMBER = Pattern.compile("(?<=[:\\[ ])-?\\d[0-9.eE+-]*");
	private static final Pattern STRING = Pattern.compile("\"[^\"\\n]*\"(?=\\s*[,}\\]\\n])");

	private Mutations() {}

	/** A number at the edge of something. */
	public static int interesting(final Random random) {
		return random.nextInt(4) == 0 ? random.nextInt() : INTERESTING[random.nextInt(INTERESTING.length)];
	}

	/** One of a list. */
	public static <T> T one(final List<T> of, final Random random) {
		return of.get(random.nextInt(of.size()));
	}

	/**
	 * Up to four changes of bytes: flipped bits, runs, cuts, insertions, parts of another input, and numbers of 2 or 4 bytes.
	 *
	 * @param others to take parts from
	 */
	public static byte[] bytes(final byte[] original, final List<byte[]> others, final Random random) {
		byte[] bytes = original.clone();
		for (int i = 1 + random.nextInt(4); i > 0; i--) bytes = once(bytes, one(others, random), random);
		return bytes;
	}

	private static byte[] once(final byte[] bytes, final byte[] other, final Random random) {
		if (bytes.length == 0) return other.clone();
		final int at = random.nextInt(3) == 0 ? random.nextInt(Math.min(bytes.length, 100)) : random.nextInt(bytes.length);
		final int length = Math.min(bytes.length - at, 1 + random.nextInt(1 << random.nextInt(9)));
		switch (random.nextInt(8)) {
			case 0:
				bytes[at] ^= 1 << random.nextInt(8);
				return bytes;
			case 1:
				bytes[at] = (byte) random.nextInt(256);
				return bytes;
			case 2:
				Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 0 : random.nextBoolean() ? -1 : random.nextInt(256)));
				return bytes;
			case 3:
				return Arrays.copyOf(bytes, random.nextInt(4) == 0 ? at : bytes.length - length);
			case 4:
				return joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
			case 5:
				return joined(Arrays.copyOf(bytes, at + length), Arrays.copyOfRange(bytes, at, bytes.length));
			case 6:
				if (other.length == 0) return bytes;
				final int from = random.nextInt(other.length);
				final byte[] part = Arrays.copyOfRange(other, from, Math.min(other.length, from + length));
				System.arraycopy(part, 0, bytes, at, Math.min(part.length, bytes.length - at));
				return bytes;
			default:
				put(bytes, at, random.nextBoolean() ? 2 : 4, interesting(random), random.nextBoolean());
				return bytes;
		}
	}

	/** Writes a whole number of so many bytes, as far as there are any. */
	public static void put(final byte[] bytes, final int at, final int size, final int value, final boolean bigEndian) {
		for (int i = 0; i < size; i++) {
			final int place = at + i;
			if (place >= 0 && place < bytes.length) bytes[place] = (byte) (value >> 8 * (bigEndian ? size - 1 - i : i));
		}
	}

	/** One array after the other. */
	public static byte[] joined(final byte[] first, final byte[] second) {
		final byte[] joined = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, joined, first.length, second.length);
		return joined;
	}

	/** Up to three changes of a JSON's numbers, texts and lines, or of its bytes. */
	public static byte[] json(final byte[] original, final Random random) {
		String text = new String(original, StandardCharsets.UTF_8);
		for (int i = 1 + random.nextInt(3); i > 0; i--) {
			switch (random.nextInt(7)) {
				case 0:
				case 1:
					text = replaced(text, NUMBER, NUMBERS, random);
					break;
				case 2:
				case 3:
					text = replaced(text, STRING, STRINGS, random);
					break;
				case 4:
					text = line(text, random);
					break;
				case 5:
					final int open = text.indexOf('{', random.nextInt(Math.max(1, text.length())));
					text = open < 0 ? text : text.substring(0, open + 1) + EXTRAS[random.nextInt(EXTRAS.length)] + text.substring(open + 1);
					break;
				default:
					final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
					text = new String(bytes(bytes, List.of(bytes), random), StandardCharsets.UTF_8);
			}
		}
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String replaced(final String text, final Pattern what, final String[] by, final Random random) {
		final Matcher matcher = what.matcher(text);
		final int from = random.nextInt(Math.max(1, text.length()));
		if (!matcher.find(from) && !matcher.find(0)) return text;
		return text.substring(0, matcher.start()) + by[random.nextInt(by.length)] + text.substring(matcher.end());
	}

	/** Leaves a line out, or has it twice, or moves it. */
	private static String line(final String text, final Random random) {
		final String[] lines = text.split("\n", -1);
		final StringBuilder result = new StringBuilder();
		final int chosen = random.nextInt(lines.length);
		final int other = random.nextInt(lines.length);
		final boolean twice = random.nextBoolean();
		for (int i = 0; i < lines.length; i++) {
			if (i == other) result.append(lines[chosen]).append('\n');
			if (i != chosen || twice) result.append(lines[i]).append(i < lines.length - 1 ? "\n" : "");
		}
		return result.toString();
	}
}
