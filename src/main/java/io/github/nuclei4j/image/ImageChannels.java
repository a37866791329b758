package io.github.nuclei4j.image;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.io.FileInfo;
import ij.process.LUT;

/** The channels of an image: how many there are, their names, and the colours they are shown in. Immutable. */
public final class ImageChannels {

	private static final List<String> RGB = Collections.unmodifiableList(Arrays.asList("red", "green", "blue"));

	/** Colours that ImageJ gives to the channels of a composite by itself. */
	private static final List<Color> IMAGEJ = Collections.unmodifiableList(Arrays.asList(Color.RED, Color.GREEN, Color.BLUE,
		Color.WHITE, Color.CYAN, Color.MAGENTA, Color.YELLOW));

	/** Where in a stack a slice is, as Bio-Formats and ImageJ put it into labels. */
	private static final Pattern PLACE = Pattern.compile("[;,\\s]*\\b[czt]:\\d+/\\d+(\\s+-\\s+)?[;,\\s]*");

	/** A line of an image's info, such as {@code Information|Image|Channel|Name #2 = DAPI} or {@code Channel:1:Name=DAPI}. */
	private static final Pattern INFO = Pattern.compile(
		"(?im)^[^=\\n]*\\bchannel[^=\\n\\d]*(?::(\\d+):)?[^=\\n\\d]*name\\s*(?:#(\\d+))?\\s*=\\s*(\\S.*?)\\s*$");

	private final List<String> names;
	private final List<Color> colors;
	private final boolean rgb;

	/**
	 * @param names one per channel; empty where a channel has none
	 * @param colors one per channel; null where it isn't known, or grey
	 */
	public ImageChannels(final List<String> names, final List<Color> colors) {
		this(names, colors, false);
	}

	private ImageChannels(final List<String> names, final List<Color> colors, final boolean rgb) {
		if (names.size() != colors.size()) {
			throw new IllegalArgumentException(names.size() + " names of channels, but " + colors.size() + " colours.");
		}
		this.names = new ArrayList<>(names);
		this.colors = new ArrayList<>(colors);
		this.rgb = rgb;
	}

	/** Channels of which only the number is known. */
	public static ImageChannels unnamed(final int count) {
		return new ImageChannels(Collections.nCopies(count, ""), Collections.nCopies(count, null));
	}

	/** Those of an image whose pixels are colours: red, green and blue. */
	public static ImageChannels ofColors() {
		return new ImageChannels(RGB, IMAGEJ.subList(0, 3), true);
	}

	/**
	 * The channels of an image of ImageJ. Names come from the labels of its first slices, else from its OME-XML or info; colours from the
	 * lookup tables. The channels of an RGB image, also one of 16 bits as read from a file, are red, green and blue.
	 */
	public static ImageChannels of(final ImagePlus image) {
		if (image.getType() == ImagePlus.COLOR_RGB) return ofColors();
		final int count = image.getNChannels();
		final FileInfo file = image.getOriginalFileInfo();
		final boolean deep = count == 3 && file != null && (file.fileType == FileInfo.RGB48 || file.fileType == FileInfo.RGB48_PLANAR);
		if (deep && OpenedTiff.isColor(file)) return ofColors();
		List<String> names = IntStream.rangeClosed(1, count).mapToObj(c -> cleaned(image.getStack().getSliceLabel(image
			.getStackIndex(c, 1, 1)))).collect(Collectors.toList());
		// ImageJ's own labels, which say nothing of the channels
		if (deep && String.join(",", names).equalsIgnoreCase(String.join(",", RGB))) names = Collections.nCopies(count, "");
		// what all have in common tells nothing, such as the image's title
		if (new HashSet<>(names).size() == 1) names = fromMetadata(image, count);
		final List<Color> colors = new ArrayList<>();
		final LUT[] tables = image instanceof CompositeImage ? image.getLuts() : new LUT[0];
		for (int c = 0; c < count; c++) colors.add(c < tables.length ? color(tables[c]) : null);
		return new ImageChannels(names, colors);
	}

	private static String cleaned(final String label) {
		if (label == null) return "";
		final String line = label.trim().split("\\R", 2)[0];
		return PLACE.matcher(line).replaceAll(" ").trim();
	}

	/**
	 * Bio-Formats keeps the OME-XML of all images in a file as the description, and the number of the image, from 0, as a
	 * property; its labels of slices repeat the name of the image.
	 */
	private static List<String> fromMetadata(final ImagePlus image, final int count) {
		final FileInfo file = image.getOriginalFileInfo();
		final Object series = image.getProperty("Series");
		if (file != null && file.description != null && OmeXml.isIn(file.description)) {
			try {
				final List<OmeXml.Image> images = OmeXml.parse(file.description).images();
				final int index = series instanceof Integer ? (Integer) series : images.size() == 1 ? 0 : -1;
				final List<String> names = index < 0 || index >= images.size() ? Collections.emptyList() : images.get(index).channelNames;
				if (names.size() == count && new HashSet<>(names).size() > 1) return new ArrayList<>(names);
			}
			catch (final IOException e) {
				// then the names are elsewhere, or nowhere
			}
		}
		return fromInfo(image, count);
	}

	private static List<String> fromInfo(final ImagePlus image, final int count) {
		final List<String> names = new ArrayList<>(Collections.nCopies(count, ""));
		final String info = image.getInfoProperty();
		final Matcher matcher = INFO.matcher(info == null ? "" : info);
		while (matcher.find()) {
			// between colons they are counted from 0
			final String first = matcher.group(1);
			final String second = matcher.group(2);
			if (first == null && second == null) continue;
			final int channel = first != null ? number(first) : number(second) - 1;
			if (channel >= 0 && channel < count && names.get(channel).isEmpty()) names.set(channel, matcher.group(3));
		}
		return names;
	}

	private static int number(final String digits) {
		return digits.length() > 6 ? -1 : Integer.parseInt(digits);
	}

	private static Color color(final LUT table) {
		final Color brightest = new Color(table.getRGB(255));
		final boolean grey = brightest.getRed() == brightest.getGreen() && brightest.getGreen() == brightest.getBlue();
		return grey && !brightest.equals(Color.WHITE) ? null : brightest;
	}

	/** Number of channels. */
	public int count() {
		return names.size();
	}

	/** Whether they are the components of colours. */
	public boolean isRgb() {
		return rgb;
	}

	/** The name of a channel, from 1; empty if it has none. */
	public String name(final int channel) {
		return names.get(channel - 1);
	}

	/** Whether a channel, from 1, is shown in blue, and not only because ImageJ's third channel is blue by itself. */
	public boolean isBlue(final int channel) {
		final Color color = colors.get(channel - 1);
		return color != null && !isImageJsOrder() && color.getBlue() >= 128 && color.getBlue() > 1.5 * Math.max(color
			.getRed(), color.getGreen());
	}

	/** Whether the colours are those that ImageJ gives by itself: red, green, blue, ... */
	private boolean isImageJsOrder() {
		for (int c = 0; c < colors.size(); c++) {
			if (c < IMAGEJ.size() && !IMAGEJ.get(c).equals(colors.get(c))) return false;
		}
		return true;
	}

	/** Whether they may be red, green and blue in this order: three, without names, in these colours or in none. */
	public boolean mayBeRgb() {
		if (count() != 3 || names.stream().anyMatch(name -> !name.isEmpty() && !RGB.contains(name.toLowerCase(Locale.ROOT)))) {
			return false;
		}
		return isImageJsOrder() || colors.stream().allMatch(color -> color == null || color.equals(Color.WHITE));
	}

	/** A channel, from 1, as it is called in messages: {@code 3 (DAPI)}, or {@code 3} if it has no name. */
	public String label(final int channel) {
		return name(channel).isEmpty() ? Integer.toString(channel) : channel + " (" + name(channel) + ")";
	}

	/** All channels with number and name, for messages. */
	public String list() {
		return IntStream.rangeClosed(1, count()).mapToObj(this::label).collect(Collectors.joining(", "));
	}

	/** For a list to choose from: {@code 1: DAPI}, or {@code 1} for a channel without a name. {@link #number} takes them all. */
	public List<String> choices() {
		return IntStream.rangeClosed(1, count()).mapToObj(c -> name(c).isEmpty() ? Integer.toString(c) : c + ": " + name(c))
			.collect(Collectors.toList());
	}

	/**
	 * The channel that a word means.
	 *
	 * @param word a number from 1, a name in letters of any case, a part of only one name, or one of {@link #choices}
	 * @param title of the image, for the message
	 * @return from 1
	 * @throws IllegalArgumentException that lists the channels if it means none or several of them
	 */
	public int number(final String word, final String title) {
		final String wanted = word.trim();
		final Matcher choice = Pattern.compile("(\\d{1,6})(:.*)?").matcher(wanted);
		final int number = choice.matches() ? Integer.parseInt(choice.group(1)) : 0;
		if (number >= 1 && number <= count()) return number;
		List<Integer> found = matching(name -> name.equalsIgnoreCase(wanted));
		if (found.isEmpty() && !wanted.matches("\\d*")) found = matching(name -> name.toLowerCase(Locale.ROOT).contains(wanted
			.toLowerCase(Locale.ROOT)));
		if (found.size() == 1) return found.get(0);
		throw new IllegalArgumentException("channel=" + wanted + ", but " + (found.isEmpty() ? "'" + title + "' has " + (count() == 1
			? "one channel" : count() + " channels") + ": " : found.size() + " channels of '" + title + "' have that in their names: ") +
			list() + ". Give one of their numbers or names, auto to have it chosen, or all to take them together as colours.");
	}

	private List<Integer> matching(final Predicate<String> condition) {
		return IntStream.rangeClosed(1, count()).filter(c -> condition.test(name(c))).boxed().collect(Collectors.toList());
	}

	@Override
	public String toString() {
		return list();
	}
}
