package io.github.nuclei4j.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Cast;
import net.imglib2.view.Views;

/**
 * A TIFF file that is read in parts: TIFF, BigTIFF, and ImageJ's files of more than 4 GB, in tiles or strips; 8- or 16-bit
 * without sign, 32-bit float or RGB; uncompressed, deflate, LZW or PackBits.
 */
public final class TiffImage implements LargeImage {

	private static final Pattern NUMBER = Pattern.compile("(?m)^(images|channels|slices|frames)=(\\d{1,9})\\s*$");
	private static final Pattern VALUE = Pattern.compile("(?m)^(unit|spacing|finterval|xorigin|yorigin|zorigin)=(.*)$");

	private final Path path;
	private final FileChannel file;
	private final List<TiffDirectory> directories;
	private final Map<String, Integer> numbers;
	private final Calibration calibration;
	private final int planes;
	private final CellCache cache;
	private final Map<Integer, RandomAccessibleInterval<? extends NumericType<?>>> opened = new HashMap<>();

	private TiffImage(final Path path, final FileChannel file, final List<TiffDirectory> directories,
		final CellCache cache) throws IOException
	{
		this.path = path;
		this.file = file;
		this.directories = directories;
		this.cache = cache;
		final TiffDirectory first = directories.get(0);
		numbers = numbers(first);
		calibration = calibration(first, first.description().startsWith("ImageJ=") ? first.description() : "");
		planes = planes(directories, numbers);
		for (final TiffDirectory directory : directories) {
			if (!directory.isLike(first)) throw new IOException("its images differ in size or in the kind of pixels");
		}
		if ((long) channels() * slices() * frames() != planes) numbers.clear();
		plane(0);
		plane(planes - 1);
	}

	/** Whether a file is a BigTIFF, which ImageJ doesn't read by itself. */
	static boolean isBigTiff(final Path path) throws IOException {
		try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
			return TiffDirectory.isBig(file);
		}
	}

	/**
	 * Width, height and number of planes of a TIFF file, or null if it is none or damaged: then whoever opens it says so.
	 */
	public static long[] size(final Path path) {
		if (!Files.isRegularFile(path)) return null;
		try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
			final List<TiffDirectory> directories = TiffDirectory.read(file);
			if (directories.isEmpty()) return null;
			final TiffDirectory first = directories.get(0);
			return new long[] { first.value(TiffDirectory.WIDTH, 1), first.value(TiffDirectory.HEIGHT, 1), planes(directories,
				numbers(first)) };
		}
		catch (final IOException e) {
			return null;
		}
	}

	/** What ImageJ's description says of the number of planes. */
	private static Map<String, Integer> numbers(final TiffDirectory first) {
		final Map<String, Integer> numbers = new HashMap<>();
		final Matcher number = NUMBER.matcher(first.description().startsWith("ImageJ=") ? first.description() : "");
		while (number.find()) numbers.put(number.group(1), Integer.parseInt(number.group(2)));
		return numbers;
	}

	private static int planes(final List<TiffDirectory> directories, final Map<String, Integer> numbers) {
		return directories.size() == 1 ? Math.max(1, numbers.getOrDefault("images", 1)) : directories.size();
	}

	/**
	 * Opens a file, without reading its pixels.
	 *
	 * @param cacheBytes pixels that are kept in memory
	 * @throws IOException if it is no TIFF file, damaged, or of a kind that can't be read in parts; the message says what to do
	 */
	public static TiffImage open(final Path path, final long cacheBytes) throws IOException {
		FileChannel file = null;
		boolean good = false;
		try {
			file = FileChannel.open(path, StandardOpenOption.READ);
			final List<TiffDirectory> directories = TiffDirectory.read(file);
			if (directories.isEmpty()) throw new IOException("it is no TIFF file");
			final TiffImage image = new TiffImage(path, file, directories, new CellCache(cacheBytes));
			good = true;
			return image;
		}
		catch (final IOException | RuntimeException e) {
			throw new IOException("Can't read '" + path + "' in parts: " + Messages.of(e) +
				". Fetch it again, or save it in Fiji as an uncompressed TIFF.", e);
		}
		finally {
			if (!good && file != null) file.close();
		}
	}

	private static Calibration calibration(final TiffDirectory first, final String description) {
		final Map<String, String> values = new HashMap<>();
		final Matcher matcher = VALUE.matcher(description);
		while (matcher.find()) values.put(matcher.group(1), matcher.group(2).trim());
		final Calibration calibration = new Calibration();
		final double x = first.fraction(TiffDirectory.X_RESOLUTION);
		final double y = first.fraction(TiffDirectory.Y_RESOLUTION);
		final long unit = first.value(TiffDirectory.RESOLUTION_UNIT, 2);
		String name = values.get("unit");
		if (name == null) name = unit == 2 ? "inch" : unit == 3 ? "cm" : null;
		// as ImageJ: 72 dots per inch is what programs write who know nothing of it
		if (name == null || !(x > 0 && y > 0) || name.equals("inch") && x == 72) return calibration;
		calibration.setUnit(name.equals("\\u00B5m") ? "\u00b5m" : name);
		calibration.pixelWidth = 1 / x;
		calibration.pixelHeight = 1 / y;
		calibration.pixelDepth = number(values.get("spacing"), 1);
		calibration.frameInterval = number(values.get("finterval"), 0);
		calibration.xOrigin = number(values.get("xorigin"), 0);
		calibration.yOrigin = number(values.get("yorigin"), 0);
		calibration.zOrigin = number(values.get("zorigin"), 0);
		return calibration;
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

	@Override
	public String title() {
		return path.getFileName().toString();
	}

	@Override
	public int width() {
		return (int) directories.get(0).value(TiffDirectory.WIDTH, 0);
	}

	@Override
	public int height() {
		return (int) directories.get(0).value(TiffDirectory.HEIGHT, 0);
	}

	@Override
	public int channels() {
		return Math.max(1, numbers.getOrDefault("channels", 1));
	}

	@Override
	public int slices() {
		return Math.max(1, numbers.getOrDefault("slices", numbers.containsKey("frames") || numbers.containsKey("channels") ? 1
			: planes));
	}

	@Override
	public int frames() {
		return Math.max(1, numbers.getOrDefault("frames", 1));
	}

	@Override
	public Calibration calibration() {
		return calibration.copy();
	}

	/** Number of planes: channels x slices x frames. */
	public int planes() {
		return planes;
	}

	private synchronized RandomAccessibleInterval<? extends NumericType<?>> plane(final int index) throws IOException {
		if (!opened.containsKey(index)) {
			final boolean several = directories.size() == 1;
			final TiffDirectory directory = directories.get(several ? 0 : index);
			final long bytes = (long) width() * height() * directory.value(TiffDirectory.SAMPLES, 1) * directory.value(
				TiffDirectory.BITS, 8) / 8;
			opened.put(index, new TiffCells(file, directory, cache, several ? index * bytes : 0).image());
		}
		return opened.get(index);
	}

	@Override
	public RandomAccessibleInterval<? extends NumericType<?>> plane(final int channel, final int slice, final int frame) {
		if (channel < 0 || channel > channels() || slice < 1 || slice > slices() || frame < 1 || frame > frames()) {
			throw new IllegalArgumentException("Channel " + channel + ", slice " + slice + " and frame " + frame + " of '" + title() +
				"' were asked for, which has " + channels() + " channels, " + slices() + " slices and " + frames() + " frames.");
		}
		final int first = ((frame - 1) * slices() + slice - 1) * channels();
		try {
			if (channel > 0 || channels() == 1) return plane(first + Math.max(1, channel) - 1);
			final java.util.ArrayList<RandomAccessibleInterval<? extends NumericType<?>>> all = new java.util.ArrayList<>();
			for (int c = 0; c < channels(); c++) all.add(plane(first + c));
			return stacked(Cast.unchecked(all));
		}
		catch (final IOException e) {
			throw new java.io.UncheckedIOException("Can't read '" + path + "': " + Messages.of(e) + ". Fetch it again.", e);
		}
	}

	private static <T extends RealType<T>> RandomAccessibleInterval<T> stacked(final List<RandomAccessibleInterval<T>> planes) {
		return Views.stack(planes);
	}

	/** All of it in memory, as ImageJ's. */
	public ImagePlus toImage() {
		final ImageStack stack = new ImageStack(width(), height());
		final java.awt.Rectangle all = new java.awt.Rectangle(width(), height());
		for (int t = 1; t <= frames(); t++) {
			for (int z = 1; z <= slices(); z++) {
				for (int c = 1; c <= channels(); c++) stack.addSlice(Crops.of(plane(channels() == 1 ? 0 : c, z, t), all, 1));
			}
		}
		final ImagePlus image = new ImagePlus(title(), stack);
		image.setDimensions(channels(), slices(), frames());
		image.setOpenAsHyperStack(slices() > 1 && frames() > 1 || channels() > 1);
		image.setCalibration(calibration());
		return image;
	}

	@Override
	public void close() throws IOException {
		file.close();
	}
}
