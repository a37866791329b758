package io.github.nuclei4j.image;

import java.awt.Color;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import io.github.nuclei4j.util.HeapRoom;
import io.github.nuclei4j.util.Messages;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Cast;
import net.imglib2.view.Views;

/**
 * An image of a TIFF file, read in parts or as a whole: TIFF, BigTIFF, OME-TIFF, and ImageJ's files of more than 4 GB, in tiles or
 * strips. Read here, not by a library, since none reads areas of all of these without a whole plane in memory, and none tells
 * damaged files from those of a kind that it doesn't know.
 */
public final class TiffImage implements LargeImage {

	private final Path path;
	private final FileChannel channel;
	private final PlacedBytes file;
	private final TiffSeries series;
	private final CellCache cache;
	private final boolean isInverted;
	private final Map<Integer, RandomAccessibleInterval<? extends NumericType<?>>> opened = new HashMap<>();

	private TiffImage(final Path path, final FileChannel channel, final PlacedBytes file, final TiffSeries series,
		final CellCache cache) throws IOException
	{
		this.path = path;
		this.channel = channel;
		this.file = file;
		this.series = series;
		this.cache = cache;
		isInverted = series.channels < 2 && new TiffLayout(series.first(), file.length()).isInverted();
		for (int plane = 0; plane < planes(); plane++) cells(plane);
	}

	/**
	 * Width, height and number of planes of the image in a TIFF file, or null if it is none or damaged, or holds several images:
	 * then whoever opens it says so.
	 */
	public static long[] size(final Path path) {
		try {
			return Files.isRegularFile(path) && !ImageFiles.isMicroscope(path) ? ImageFile.of(path).size(0) : null;
		}
		catch (final IOException e) {
			return null;
		}
	}

	/**
	 * Opens the image of a file, without reading its pixels.
	 *
	 * @param cacheBytes pixels that are kept in memory
	 * @throws IOException if it is no TIFF file, damaged, of a kind that isn't read here, or holds several images; the message
	 *           says what to do
	 */
	public static TiffImage open(final Path path, final long cacheBytes) throws IOException {
		return open(path, 0, cacheBytes);
	}

	/**
	 * As {@link #open(Path, long)}, one image of a file that holds several.
	 *
	 * @param number from 1; 0 for the only one
	 */
	public static TiffImage open(final Path path, final int number, final long cacheBytes) throws IOException {
		FileChannel channel = null;
		TiffImage image = null;
		try {
			channel = FileChannel.open(path, StandardOpenOption.READ);
			final PlacedBytes bytes = PlacedBytes.of(channel);
			image = new TiffImage(path, channel, bytes, chosen(path, bytes, number), new CellCache(cacheBytes));
			return image;
		}
		catch (final FileSystemException e) {
			throw e;
		}
		catch (final IOException | RuntimeException e) {
			throw SilentOpener.tiffFailure(path, e);
		}
		finally {
			if (image == null && channel != null) channel.close();
		}
	}

	/** An image of a file in memory, such as in an archive. */
	static TiffImage of(final byte[] bytes, final Path path) throws IOException {
		final PlacedBytes placed = PlacedBytes.of(bytes);
		return new TiffImage(path, null, placed, chosen(path, placed, 0), new CellCache(0));
	}

	private static TiffSeries chosen(final Path path, final PlacedBytes bytes, final int number) throws IOException {
		final TiffFile file = TiffFile.of(bytes, path.getFileName().toString());
		final int chosen = number == 0 ? file.numbers().size() == 1 ? file.numbers().get(0) : -1 : number;
		if (chosen >= 1 && chosen <= file.series().size()) return file.series().get(chosen - 1);
		final String all = file.series().stream().limit(10).map(TiffSeries::toString).collect(Collectors.joining(", "));
		throw new UnreadImageException("it holds " + file.series().size() + (file.series().size() == 1 ? " image" : " images") + " (" + all +
			"), " + (number == 0 ? "expected one" : "image " + number + " was asked for"));
	}

	@Override
	public String title() {
		return path.getFileName().toString();
	}

	@Override
	public int width() {
		return (int) series.width();
	}

	@Override
	public int height() {
		return (int) series.height();
	}

	@Override
	public int channels() {
		return series.channels;
	}

	@Override
	public int slices() {
		return series.slices;
	}

	@Override
	public int frames() {
		return series.frames;
	}

	@Override
	public Calibration calibration() {
		return series.calibration.copy();
	}

	@Override
	public ImageChannels channelInfo() {
		if (isColor()) return ImageChannels.ofColors();
		try {
			if (channels() == 3 && new TiffLayout(series.first(), file.length()).isDeepColor()) return ImageChannels.ofColors();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		if (series.channelNames.isEmpty() && series.channelColors.isEmpty()) return ImageChannels.unnamed(channels());
		final List<String> names = new ArrayList<>();
		final List<Color> colors = new ArrayList<>();
		for (int c = 0; c < channels(); c++) {
			final Integer color = c < series.channelColors.size() ? series.channelColors.get(c) : null;
			names.add(c < series.channelNames.size() ? series.channelNames.get(c) : "");
			colors.add(color == null ? null : new Color(color));
		}
		return new ImageChannels(names, colors);
	}

	/** Number of planes: channels x slices x frames. */
	public int planes() {
		return series.planes.size();
	}

	private TiffCells cells(final int index) throws IOException {
		final TiffSeries.Plane plane = series.planes.get(index);
		return new TiffCells(file, new TiffLayout(plane.directory, file.length()), cache, plane.sample, plane.shift);
	}

	private synchronized RandomAccessibleInterval<? extends NumericType<?>> plane(final int index) throws IOException {
		if (!opened.containsKey(index)) opened.put(index, cells(index).image());
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
			final List<RandomAccessibleInterval<? extends NumericType<?>>> all = new ArrayList<>();
			for (int c = 0; c < channels(); c++) all.add(plane(first + c));
			return stacked(Cast.unchecked(all));
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Can't read '" + path + "': " + Messages.of(e) + ". Fetch it again.", e);
		}
	}

	private static <T extends RealType<T>> RandomAccessibleInterval<T> stacked(final List<RandomAccessibleInterval<T>> planes) {
		return Views.stack(planes);
	}

	/**
	 * All of it in memory, as ImageJ's, with names and colours of channels.
	 *
	 * @throws IOException if it is damaged
	 */
	public ImagePlus toImage() throws IOException {
		if (width() > Integer.MAX_VALUE / height()) throw new IOException("it has " + width() + " x " + height() +
			" pixels; an image in memory may have " + Integer.MAX_VALUE + " at most");
		HeapRoom.require(path.toString(), (long) cells(0).pixelBytes() * width() * height() * planes());
		final ImageStack stack = new ImageStack(width(), height());
		for (int i = 0; i < planes(); i++) {
			final String name = series.channelNames.isEmpty() ? null : series.channelNames.get(i % channels());
			stack.addSlice(name == null || name.isEmpty() ? null : name, cells(i).processor());
		}
		final ImagePlus image = new ImagePlus(title(), stack);
		image.setDimensions(channels(), slices(), frames());
		image.setCalibration(calibration());
		return new TiffMetadata(file, path, series).applied(image);
	}

	@Override
	public ImagePlus crop(final Rectangle area, final int slice, final int frame, final int step) {
		final ImagePlus part = LargeImage.super.crop(area, slice, frame, step);
		if (isInverted) TiffMetadata.invert(part);
		return part;
	}

	@Override
	public void close() throws IOException {
		if (channel != null) channel.close();
	}
}
