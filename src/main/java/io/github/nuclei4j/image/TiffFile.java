package io.github.nuclei4j.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.FileOpener;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.util.Messages;

/**
 * The images in a TIFF file, told from what its directories and the descriptions in them say: OME-TIFF, ImageJ's, MetaMorph's
 * and Zeiss' files, and files of any program, in which directories of one size are the planes of one image.
 */
final class TiffFile {

	private static final Pattern NUMBER = Pattern.compile("(?m)^(images|channels|slices|frames)=(\\d{1,9})\\s*$");
	private static final Pattern VALUE = Pattern.compile("(?m)^(unit|spacing|finterval|xorigin|yorigin|zorigin)=(.*)$");

	private static final int MOST_SERIES = 10_000;

	/** Where the numbers of an LSM's header are, bytes. */
	private static final int LSM_SIZES = 8;
	private static final int LSM_VOXEL = 40;
	private static final int LSM_HEADER = 64;

	private final PlacedBytes file;
	private final List<TiffDirectory> directories;
	private final List<TiffSeries> series = new ArrayList<>();
	private final List<String> notes = new ArrayList<>();

	private TiffFile(final PlacedBytes file, final List<TiffDirectory> directories) {
		this.file = file;
		this.directories = directories;
	}

	/**
	 * Lists the images.
	 *
	 * @param name of the file, for the other ones that an OME-TIFF may name
	 * @throws IOException if it is no TIFF, damaged, or holds parts of images only
	 */
	static TiffFile of(final PlacedBytes bytes, final String name) throws IOException {
		final List<TiffDirectory> directories = TiffDirectory.read(bytes);
		if (directories.isEmpty()) throw new IOException("it is not a TIFF file");
		final TiffFile file = new TiffFile(bytes, directories);
		if (!file.readOme(name)) {
			file.group();
			new TiffCopies(bytes, file.series).mark();
		}
		file.note();
		return file;
	}

	/** All images, in the order of the file. */
	List<TiffSeries> series() {
		return series;
	}

	/** What isn't segmented unless it is asked for, a sentence each. */
	List<String> notes() {
		return notes;
	}

	/** Numbers of the images that aren't smaller copies of others, from 1; all if there are only copies. */
	List<Integer> numbers() {
		final List<Integer> numbers = new ArrayList<>();
		for (int i = 0; i < series.size(); i++) if (series.get(i).copyOf == null) numbers.add(i + 1);
		return numbers;
	}

	private boolean readOme(final String name) throws IOException {
		final String text = directories.get(0).description();
		if (!OmeXml.isIn(text)) return false;
		final OmeXml xml;
		try {
			xml = OmeXml.parse(text);
		}
		catch (final IOException e) {
			if (directories.size() > 1) throw e;
			// one plane: there is nothing that could be mixed up
			notes.add("The OME-XML in the file can't be read (" + Messages.of(e) + "): the scale is unknown.");
			return false;
		}
		final OmePlanes planes = new OmePlanes(xml, directories, name);
		series.addAll(planes.series());
		notes.addAll(planes.notes());
		return true;
	}

	/** Directories of the same size and kind of pixels are planes of an image. */
	private void group() throws IOException {
		final Map<String, TiffSeries> groups = new LinkedHashMap<>();
		final TiffDirectory first = directories.get(0);
		final Map<String, Integer> imagej = numbers(first);
		for (final TiffDirectory directory : directories) {
			final String kind = directory.isReduced() || directory.isMask() ? "copy " + directory.value(TiffDirectory.WIDTH, 0) +
				" " + directory.value(TiffDirectory.HEIGHT, 0) : "";
			TiffSeries group = groups.values().stream().filter(other -> other.name.equals(kind) && other.first().isLike(directory))
				.findFirst().orElse(null);
			if (group == null) {
				group = new TiffSeries();
				group.name = kind;
				groups.put(kind + groups.size(), group);
				if (groups.size() > MOST_SERIES) throw new IOException("it holds more than " + MOST_SERIES + " images of different sizes");
			}
			final int samples = channels(directory);
			for (int i = 0; i < samples; i++) group.planes.add(new TiffSeries.Plane(directory, i, 0));
		}
		series.addAll(groups.values());
		final boolean alone = directories.size() == 1;
		for (final TiffSeries group : series) {
			final TiffLayout layout = layout(group.first());
			if (alone && layout != null && layout.compression() == 1 && !layout.isTiled() && layout.channels() == 1) addPlanes(group, layout, imagej
				.getOrDefault("images", 1));
			final int samples = channels(group.first());
			final boolean known = series.size() == 1 && !imagej.isEmpty();
			group.dimensions(known ? imagej.getOrDefault("channels", samples) : 0, imagej.getOrDefault("slices", 1), imagej
				.getOrDefault("frames", 1), samples);
			calibrate(group.calibration, group.first(), first.description());
			if (layout != null) describe(group, layout);
			if (group.first().isMask()) group.copyOf = "a mask of transparency";
			else if (!group.name.isEmpty()) group.copyOf = "a thumbnail or smaller copy";
			group.name = "";
		}
		// then nothing better is there
		if (series.stream().allMatch(group -> group.copyOf != null)) series.forEach(group -> group.copyOf = null);
	}

	/** Null if it is of a kind that isn't read here: whoever opens it says so. */
	private TiffLayout layout(final TiffDirectory directory) throws IOException {
		try {
			return new TiffLayout(directory, file.length());
		}
		catch (final UnreadImageException e) {
			return null;
		}
	}

	private int channels(final TiffDirectory directory) throws IOException {
		final TiffLayout layout = layout(directory);
		return layout == null ? 1 : layout.channels();
	}

	/** Planes that follow the first one, without directories: ImageJ's large stacks, and MetaMorph's. */
	private void addPlanes(final TiffSeries group, final TiffLayout layout, final int images) throws IOException {
		final long[] metamorph = group.first().values(TiffDirectory.METAMORPH_PLANES);
		final int count = metamorph == null ? images : Math.max(1, metamorph.length / 2);
		final long bytes = layout.rowBytes(layout.width()) * layout.height();
		if (count > 1 && bytes * (count - 1) > file.length()) throw new IOException("the file ends early: it should hold " +
			count + " planes, the file has " + file.length() + " bytes");
		for (int i = 1; i < count; i++) group.planes.add(new TiffSeries.Plane(group.first(), 0, i * bytes));
	}

	private void describe(final TiffSeries group, final TiffLayout layout) throws IOException {
		if (directories.get(0).description().startsWith("ImageJ=")) calibrateValues(group.calibration, layout, directories.get(0)
			.description());
		if (layout.isRaised()) group.setSigned();
		if (layout.isDeepColor()) group.channelColors.addAll(List.of(0xff0000, 0xff00, 0xff));
		final long[] lsm = directories.get(0).values(TiffDirectory.LSM);
		if (lsm == null || lsm[1] < LSM_HEADER || group != series.get(0)) return;
		final java.nio.ByteBuffer header = file.read(lsm[0], LSM_HEADER).order(group.first().order());
		final int channels = header.getInt(LSM_SIZES + 12);
		group.dimensions(channels == 3 && layout.channels() == 1 ? 1 : channels, header.getInt(LSM_SIZES + 8), header.getInt(
			LSM_SIZES + 16), layout.channels());
		final double[] metres = { header.getDouble(LSM_VOXEL), header.getDouble(LSM_VOXEL + 8), header.getDouble(LSM_VOXEL +
			16) };
		if (!(metres[0] > 0 && metres[1] > 0 && metres[0] < 1 && metres[1] < 1)) return;
		group.calibration.setUnit("\u00b5m");
		group.calibration.pixelWidth = 1e6 * metres[0];
		group.calibration.pixelHeight = 1e6 * metres[1];
		if (metres[2] > 0) group.calibration.pixelDepth = 1e6 * metres[2];
	}

	/** Grey values as ImageJ calibrates them, such as optical density. */
	private static void calibrateValues(final Calibration calibration, final TiffLayout layout, final String text) {
		final FileInfo info = new FileInfo();
		info.description = text;
		final Properties described = new FileOpener(info).decodeDescriptionString(info);
		final int function = info.calibrationFunction;
		if (described == null || info.valueUnit == null || layout.values() == TiffLayout.Values.COLOR) return;
		if (layout.values() == TiffLayout.Values.FLOAT) {
			calibration.setValueUnit(info.valueUnit);
			return;
		}
		if (function != Calibration.UNCALIBRATED_OD && (info.coefficients == null || function < Calibration.STRAIGHT_LINE ||
			function > Calibration.EXP_RECOVERY)) return;
		calibration.setImage(new ImagePlus("", layout.values() == TiffLayout.Values.BYTE ? new ByteProcessor(1, 1)
			: new ShortProcessor(1, 1)));
		calibration.setFunction(function, info.coefficients, info.valueUnit, "true".equals(described.getProperty("zeroclip")));
	}

	/** What ImageJ's description says of the number of planes. */
	private static Map<String, Integer> numbers(final TiffDirectory first) {
		final Map<String, Integer> numbers = new HashMap<>();
		final Matcher number = NUMBER.matcher(first.description().startsWith("ImageJ=") ? first.description() : "");
		while (number.find()) numbers.put(number.group(1), Integer.parseInt(number.group(2)));
		if (!numbers.isEmpty() && !numbers.containsKey("slices") && !numbers.containsKey("frames") && !numbers.containsKey(
			"channels")) numbers.put("slices", numbers.getOrDefault("images", 1));
		return numbers;
	}

	/** The scale as ImageJ reads it. */
	private static void calibrate(final Calibration calibration, final TiffDirectory directory, final String text) {
		final boolean imagej = text.startsWith("ImageJ=");
		final Map<String, String> values = new HashMap<>();
		final Matcher matcher = VALUE.matcher(imagej ? text : "");
		while (matcher.find()) values.put(matcher.group(1), matcher.group(2).trim());
		final double x = directory.fraction(TiffDirectory.X_RESOLUTION);
		final double y = directory.fraction(TiffDirectory.Y_RESOLUTION);
		final long unit = directory.value(TiffDirectory.RESOLUTION_UNIT, 2);
		String name = values.get("unit");
		if (name == null) name = unit == 2 ? "inch" : unit == 3 ? "cm" : null;
		// as ImageJ: 72 dots per inch is what programs write who know nothing of it
		if (name == null || !(x > 0 && y > 0) || name.equals("inch") && x == 72) return;
		// as ImageJ: such small ones are of a microscope
		final boolean microns = name.equals("cm") && 1 / x <= (imagej ? 0.0001 : 0.001);
		calibration.setUnit(microns ? "\u00b5m" : name.equals("\\u00B5m") ? "\u00b5m" : name);
		calibration.pixelWidth = (microns ? 10_000 : 1) / x;
		calibration.pixelHeight = (microns ? 10_000 : 1) / y;
		calibration.pixelDepth = (microns ? 10_000 : 1) * number(values.get("spacing"), microns ? 1e-4 : 1);
		calibration.frameInterval = number(values.get("finterval"), 0);
		calibration.xOrigin = number(values.get("xorigin"), 0);
		calibration.yOrigin = number(values.get("yorigin"), 0);
		calibration.zOrigin = number(values.get("zorigin"), 0);
	}

	private static double number(final String text, final double missing) {
		if (text == null) return missing;
		try {
			return Math.abs(Double.parseDouble(text));
		}
		catch (final NumberFormatException e) {
			return missing;
		}
	}

	/** Says what isn't segmented. */
	private void note() {
		for (int i = 0; i < series.size(); i++) {
			final TiffSeries one = series.get(i);
			if (one.copyOf != null) notes.add("Image " + (i + 1) + " in the file (" + one + " pixels) is " + one.copyOf +
				" and was not segmented; series " + (i + 1) + " chooses it.");
			final int below = one.first().smallerCopies();
			if (one.copyOf == null && below > 0) notes.add("The full resolution of " + one.width() + " x " + one.height() +
				" pixels was segmented, not the " + below + (below == 1 ? " smaller copy" : " smaller copies") + " in the file.");
		}
	}
}
