package io.github.nuclei4j.image;

import java.awt.Color;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileInfo;
import ij.io.FileOpener;
import ij.io.RoiDecoder;
import ij.io.TiffDecoder;
import ij.process.LUT;

/**
 * What a TIFF file says beside its pixels, given to ImageJ's image: colours of channels and palettes; of ImageJ's own files also
 * ranges of display, labels of slices, selections and overlays.
 */
final class TiffMetadata {

	private static final int PALETTE_COLORS = 256;

	private final PlacedBytes file;
	private final Path path;
	private final TiffSeries series;

	TiffMetadata(final PlacedBytes file, final Path path, final TiffSeries series) {
		this.file = file;
		this.path = path;
		this.series = series;
	}

	/** The image with all of it; perhaps another object. */
	ImagePlus applied(final ImagePlus image) throws IOException {
		final FileInfo info = isImageJs() && !TiffDirectory.isBig(file) ? decoded() : new FileInfo();
		if (info.fileFormat == FileInfo.UNKNOWN) info.fileFormat = FileInfo.TIFF;
		info.fileName = path.getFileName().toString();
		info.directory = path.toAbsolutePath().getParent() + File.separator;
		// by which 16-bit colours are known
		final TiffLayout layout = new TiffLayout(series.first(), file.length());
		if (layout.isDeepColor()) info.fileType = FileInfo.RGB48;
		info.width = image.getWidth();
		info.height = image.getHeight();
		image.setFileInfo(info);
		OpenedTiff.setOurs(image);
		palette(image);
		if (layout.isInverted() && series.channels < 2) invert(image);
		final Properties described = new FileOpener(info).decodeDescriptionString(info);
		if (isImageJs()) decorate(image, info, described);
		return composite(image, info, described);
	}

	private boolean isImageJs() {
		return series.first().description().startsWith("ImageJ=") || series.first().values(TiffDirectory.IMAGEJ) != null;
	}

	/** ImageJ's own decoder, which trusts what a file says of itself, so that this is checked first. */
	private FileInfo decoded() throws IOException {
		TiffStructure.check(file);
		final byte[] none = {};
		final File onDisk = path.toFile();
		final FileInfo[] infos = onDisk.isFile() && onDisk.length() == file.length() ? new TiffDecoder(onDisk.getAbsoluteFile()
			.getParent() + File.separator, onDisk.getName()).getTiffInfo() : new TiffDecoder(new ByteArrayInputStream(file
				.length() > Integer.MAX_VALUE ? none : file.read(0, (int) file.length()).array()), onDisk.getName()).getTiffInfo();
		if (infos == null || infos.length == 0) return new FileInfo();
		for (final FileInfo info : infos) checkExtras(info);
		return infos[0];
	}

	/** ImageJ reads plots with Java's serialization, which makes objects of any class that a file names. */
	private static void checkExtras(final FileInfo info) throws IOException {
		if (info.plot != null) throw new IOException("it holds a plot as Java objects, which are never read from files; open it " +
			"in ImageJ and save its picture as PNG");
		if (info.roi != null) RoiBytes.check(info.roi);
		if (info.overlay != null) for (final byte[] roi : info.overlay) RoiBytes.check(roi);
	}

	/** Shows low values bright. */
	static void invert(final ImagePlus image) {
		if (image.getProcessor().isInvertedLut()) return;
		image.getProcessor().invertLut();
		image.getStack().setColorModel(image.getProcessor().getColorModel());
	}

	private void palette(final ImagePlus image) {
		final long[] colors = series.first().values(TiffDirectory.COLORS);
		if (colors == null || colors.length % 3 != 0 || image.getBitDepth() != 8 || series.channels > 1) return;
		final int count = colors.length / 3;
		if (count > PALETTE_COLORS) return;
		final byte[][] parts = new byte[3][PALETTE_COLORS];
		for (int i = 0; i < 3 * count; i++) parts[i / count][i % count] = (byte) (colors[i] >> 8);
		image.getStack().setColorModel(new IndexColorModel(8, PALETTE_COLORS, parts[0], parts[1], parts[2]));
		image.getProcessor().setColorModel(image.getStack().getColorModel());
	}

	private static void decorate(final ImagePlus image, final FileInfo info, final Properties described) throws IOException {
		if (info.info != null) image.setProperty("Info", info.info);
		if (info.sliceLabels != null) for (int i = 0; i < Math.min(info.sliceLabels.length, image.getStackSize()); i++) {
			if (info.sliceLabels[i] != null) image.getStack().setSliceLabel(info.sliceLabels[i], i + 1);
		}
		if (info.properties != null) image.setProperties(info.properties);
		if (info.roi != null) image.setRoi(new RoiDecoder(info.roi, null).getRoi());
		if (info.overlay != null) {
			final Overlay overlay = new Overlay();
			for (final byte[] bytes : info.overlay) {
				final Roi roi = new RoiDecoder(bytes, null).getRoi();
				if (roi != null) overlay.add(roi);
			}
			image.setOverlay(overlay);
		}
		final double low = number(described, "min");
		final double high = number(described, "max");
		if (high > low && image.getType() != ImagePlus.COLOR_RGB) image.setDisplayRange(low, high);
	}

	private static double number(final Properties described, final String key) {
		try {
			return described == null ? 0 : Double.parseDouble(described.getProperty(key, "0"));
		}
		catch (final NumberFormatException e) {
			return 0;
		}
	}

	/** An image of several channels as ImageJ shows it, each in its colour. */
	private ImagePlus composite(final ImagePlus image, final FileInfo info, final Properties described) {
		image.setOpenAsHyperStack(series.channels > 1 || series.slices > 1 && series.frames > 1);
		if (series.channels < 2 || image.getType() == ImagePlus.COLOR_RGB) {
			if (series.channels == 1 && series.channelColors.size() == 1 && series.channelColors.get(0) != null && image
				.getType() != ImagePlus.COLOR_RGB) image.setLut(LUT.createLutFromColor(new Color(series.channelColors.get(0))));
			return image;
		}
		final String mode = described == null ? null : described.getProperty("mode");
		final boolean known = series.channelColors.stream().anyMatch(color -> color != null) || info.channelLuts != null;
		if (mode == null && !known) return image;
		final CompositeImage composite = new CompositeImage(image, "gray".equals(mode) ? IJ_GRAY : "color".equals(mode)
			? IJ_COLOR : IJ_COMPOSITE);
		for (int c = 1; c <= series.channels; c++) {
			final LUT lut = info.channelLuts != null && c <= info.channelLuts.length && info.channelLuts[c - 1] != null && info.channelLuts[c -
				1].length == 3 * PALETTE_COLORS ? lut(info.channelLuts[c - 1]) : c <= series.channelColors.size() && series.channelColors
					.get(c - 1) != null ? LUT.createLutFromColor(new Color(series.channelColors.get(c - 1))) : null;
			if (lut == null) continue;
			final LUT before = composite.getChannelLut(c);
			final boolean ranged = info.displayRanges != null && info.displayRanges.length >= 2 * c;
			lut.min = ranged ? info.displayRanges[2 * c - 2] : before.min;
			lut.max = ranged ? info.displayRanges[2 * c - 1] : before.max;
			composite.setChannelLut(lut, c);
		}
		composite.setFileInfo(info);
		OpenedTiff.setOurs(composite);
		return composite;
	}

	private static final int IJ_COMPOSITE = CompositeImage.COMPOSITE;
	private static final int IJ_COLOR = CompositeImage.COLOR;
	private static final int IJ_GRAY = CompositeImage.GRAYSCALE;

	private static LUT lut(final byte[] colors) {
		final byte[][] parts = new byte[3][];
		for (int i = 0; i < 3; i++) parts[i] = java.util.Arrays.copyOfRange(colors, i * PALETTE_COLORS, (i + 1) *
			PALETTE_COLORS);
		return new LUT(parts[0], parts[1], parts[2]);
	}
}
