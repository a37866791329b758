package io.github.nuclei4j.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Set;

import ij.ImagePlus;
import ij.io.FileInfo;

/**
 * What ImageJ's own reader makes of a TIFF file otherwise than the file says, for images that are open: it does not
 * read OME-XML, takes any three samples of 16 bits for colours, opens some of several planes only, and does not know some kinds of numbers and compressions.
 */
public final class OpenedTiff {

	/** Set for images of our own reader, which reads all of this. Not a text, so that ImageJ doesn't save it. */
	private static final String OURS = "nuclei4j-tiff-reader";

	/** That ImageJ reads: none, LZW, deflate in two spellings, PackBits. */
	private static final Set<Integer> COMPRESSIONS = Set.of(1, 5, 8, 32946, 32773);

	private static final String REMEDY = " Open the file with File > Import > Bio-Formats, or segment it with Batch Segment Folder.";

	private static final int RGB = 2;
	private static final int SIGNED = 2;
	private static final int FLOAT_PREDICTOR = 3;

	private OpenedTiff() {}

	/** Remembers that an image is complete and right. */
	static void setOurs(final ImagePlus image) {
		image.setProperty(OURS, Boolean.TRUE);
	}

	/** Whether the three samples of 16 bits of the file an image comes from are red, green and blue; true if the file can't be read. */
	static boolean isColor(final FileInfo info) {
		final Path path = path(info);
		if (path == null) return true;
		try (FileChannel channel = FileChannel.open(path)) {
			final PlacedBytes bytes = PlacedBytes.of(channel);
			return !TiffDirectory.isTiff(bytes) || TiffDirectory.read(bytes).get(0).value(TiffDirectory.PHOTOMETRIC, RGB) == RGB;
		}
		catch (final IOException | RuntimeException e) {
			return true;
		}
	}

	/** A sentence on what is missing or wrong in an image that ImageJ opened from a TIFF file, and what to do; empty if nothing is. */
	public static String note(final ImagePlus image) {
		final FileInfo info = image.getOriginalFileInfo();
		final Path path = path(info);
		// Bio-Formats and Java's reader, which read more, leave another format
		if (path == null || info.fileFormat != FileInfo.TIFF || image.getProperty(OURS) != null || ImageFiles.isMicroscope(path)) return "";
		try (FileChannel channel = FileChannel.open(path)) {
			final PlacedBytes bytes = PlacedBytes.of(channel);
			if (!TiffDirectory.isTiff(bytes)) return "";
			final TiffFile file = TiffFile.of(bytes, path.getFileName().toString());
			for (final int number : file.numbers()) {
				final TiffSeries series = file.series().get(number - 1);
				if (series.width() == image.getWidth() && series.height() == image.getHeight()) return note(image, file, series);
			}
			for (final TiffSeries series : file.series()) {
				if (series.copyOf != null && series.width() == image.getWidth() && series.height() == image.getHeight()) return "The image " +
					"that is open is " + series.copyOf + " in its file, not the full resolution." + REMEDY;
			}
			return "";
		}
		catch (final IOException | RuntimeException e) {
			// not read by ImageJ as TIFF, or changed since
			return "";
		}
	}

	private static String note(final ImagePlus image, final TiffFile file, final TiffSeries series) {
		final TiffDirectory first = series.first();
		final int compression = (int) first.value(TiffDirectory.COMPRESSION, 1);
		if (!COMPRESSIONS.contains(compression)) return "The file's pixels are compressed in a way that ImageJ does not read (TIFF " +
			"compression " + compression + "): what it shows is wrong." + REMEDY;
		if (first.value(TiffDirectory.PREDICTOR, 1) == FLOAT_PREDICTOR) return "The file's pixels are differences of floats " +
			"(predictor 3), which ImageJ does not read: what it shows is wrong." + REMEDY;
		if (first.value(TiffDirectory.SAMPLE_FORMAT, 1) == SIGNED && first.value(TiffDirectory.BITS, 1) == Byte.SIZE && image
			.getBitDepth() == Byte.SIZE && !image.getCalibration().calibrated()) return "The file's values have a sign (8 bits), which " +
				"ImageJ does not read: negative ones are shown as 128 to 255." + REMEDY;
		if (image.getStackSize() < series.planes.size() && image.getType() != ImagePlus.COLOR_RGB) return "The file holds " + series.channels +
			(series.channels == 1 ? " channel, " : " channels, ") + series.slices + (series.slices == 1 ? " slice and " : " slices and ") +
			series.frames + (series.frames == 1 ? " frame" : " frames") + " of this size, but " + image.getStackSize() + " of these " +
			series.planes.size() + " planes " + (image.getStackSize() == 1 ? "is" : "are") + " open." + REMEDY;
		if (image.getStackSize() == series.planes.size() && !(image.getNChannels() == series.channels && image.getNSlices() == series.slices &&
			image.getNFrames() == series.frames)) return "The file says " + series.channels + " channels, " + series.slices + " slices and " +
				series.frames + " frames, but the image is open with " + image.getNChannels() + ", " + image.getNSlices() + " and " + image
					.getNFrames() + "." + REMEDY;
		if (Scales.isReal(series.calibration) && !Scales.isReal(image.getCalibration())) return "The file says that a pixel is " +
			series.calibration.pixelWidth + " " + series.calibration.getUnits() + " wide, but the image is open without a scale." + REMEDY;
		final int images = file.numbers().size();
		return images < 2 ? "" : "The file holds " + images + " images, of which one is open." + REMEDY;
	}

	private static Path path(final FileInfo info) {
		if (info == null || info.fileName == null || info.fileName.isEmpty() || info.directory == null) return null;
		try {
			final Path path = Paths.get(info.directory, info.fileName);
			return Files.isRegularFile(path) ? path : null;
		}
		catch (final InvalidPathException e) {
			return null;
		}
	}
}
