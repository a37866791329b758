package io.github.nuclei4j.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.OpenDialog;
import ij.io.Opener;
import ij.plugin.AVI_Reader;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.util.HeapRoom;
import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.ZipContents;

/**
 * Opens image files with ImageJ, turning what it would show in dialogs into exceptions.
 */
final class SilentOpener {

	/** What ImageJ reads by itself, for messages. */
	static final String KNOWN = "TIFF, PNG, JPEG, BMP, GIF, PGM, DICOM, FITS, AVI and zipped TIFF";

	/** What a reader puts before the message of an error that it wraps. */
	private static final Pattern WRAPPED = Pattern.compile("^(java[a-zA-Z.]*(Exception|Error): )+");

	private static final VarHandle FOUR_BYTES = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

	private SilentOpener() {
		// static methods only
	}

	/**
	 * Opens one image of a file.
	 *
	 * @param number from 1, of a file with several; 0 for the only one
	 */
	static ImagePlus open(final Path file, final int number) throws IOException {
		if (Files.isDirectory(file)) throw new IOException("'" + file + "' is a folder; expected an image file.");
		if (!Files.exists(file)) throw new IOException("The image file '" + file + "' does not exist. Check its name.");
		if (!Files.isReadable(file)) throw new IOException("The image file '" + file + "' may not be read. Check its rights.");
		if (Files.size(file) == 0) throw new IOException("The image file '" + file + "' is empty (0 bytes). Fetch it again.");
		if (ImageFiles.isMicroscope(file)) return BioFormats.open(file, number);
		if (isTiff(file)) return tiff(file, number);
		if (number > 1) throw new IOException("'" + file + "' holds one image; image " + number + " was asked for.");
		final ImagePlus image;
		try {
			image = decode(file.toAbsolutePath().toFile());
		}
		catch (final UncheckedIOException e) {
			HeapRoom.rethrow(file, e);
			throw failure(file, e.getCause());
		}
		catch (final IOException | RuntimeException | OutOfMemoryError e) {
			// also where Java's readers wrap it
			HeapRoom.rethrow(file, e);
			throw failure(file, e);
		}
		if (image == null || image.getWidth() < 1 || image.getStackSize() < 1) throw failure(file, null);
		return image;
	}

	/** Whether a file begins like a TIFF, and is no DICOM that does so as well. */
	static boolean isTiff(final Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file)) {
			return TiffDirectory.isTiff(PlacedBytes.of(channel)) && !isDicom(file.toFile());
		}
	}

	/** Says what a TIFF file is refused for. */
	static IOException tiffFailure(final Path file, final Throwable cause) throws IOException {
		if (cause instanceof UnreadImageException) return new IOException("Can't open '" + file + "': " + cause.getMessage(), cause);
		return new IOException("Can't open '" + file + "' of " + Files.size(file) + " bytes: " + Messages.of(cause) +
			". Fetch it again, or open it in Fiji and save it as TIFF.", cause);
	}

	private static ImagePlus tiff(final Path file, final int number) throws IOException {
		try (TiffImage image = TiffImage.open(file, number, 0)) {
			try {
				return image.toImage();
			}
			catch (final IOException | RuntimeException | OutOfMemoryError e) {
				HeapRoom.rethrow(file, e);
				throw tiffFailure(file, e);
			}
		}
	}

	private static IOException failure(final Path file, final Throwable cause) throws IOException {
		final String reason = cause == null ? "" : " (" + (cause.getMessage() == null ? cause.getClass().getSimpleName()
			: WRAPPED.matcher(cause.getMessage()).replaceFirst("")) + ")";
		return new IOException("Can't open '" + file + "' of " + Files.size(file) + " bytes as an image" + reason +
			". It is damaged, or in another format or compression than ImageJ reads by itself (" + KNOWN +
			"). Fetch it again, or open it in Fiji and save it as TIFF.", cause);
	}

	private static ImagePlus decode(final File file) throws IOException {
		final Opener opener = new Opener();
		opener.setSilentMode(true);
		switch (opener.getFileType(file.getPath())) {
			case Opener.PNG:
				return png(file);
			case Opener.JPEG:
			case Opener.BMP:
				if (opener.getFileType(file.getPath()) == Opener.BMP) ImageSize.checkPalette(file.toPath());
				checkPicture(file, opener.getFileType(file.getPath()) == Opener.JPEG ? ImageSize.DEFLATE : ImageSize.LZW);
				if (ImageIO.read(file) == null) return null;
				return redirected(() -> opener.openImage(file.getPath()));
			case Opener.GIF:
				return from(file, GifImage.open(file));
			case Opener.ZIP:
				return zipped(file);
			case Opener.PGM:
				PgmHeader.check(file.toPath());
				return redirected(() -> opener.openImage(file.getPath()));
			case Opener.DICOM:
				return isDicom(file) ? unpacked(file, opener) : null;
			case Opener.FITS:
			case Opener.TIFF_AND_DICOM:
				return unpacked(file, opener);
			case Opener.AVI:
				return redirected(() -> AVI_Reader.open(file.getPath(), true));
			default:
				return null;
		}
	}

	/** ImageJ takes many a damaged file of another format for a DICOM. */
	private static boolean isDicom(final File file) throws IOException {
		try (FileChannel channel = FileChannel.open(file.toPath())) {
			final ByteBuffer mark = ByteBuffer.allocate(4);
			return channel.read(mark, 128) == 4 && new String(mark.array(), StandardCharsets.US_ASCII).equals("DICM");
		}
	}

	/** Of formats whose pixels are not compressed. */
	private static ImagePlus unpacked(final File file, final Opener opener) throws IOException {
		try {
			return redirected(() -> opener.openImage(file.getPath()));
		}
		catch (final OutOfMemoryError e) {
			if (Long.BYTES * file.length() > ImageSize.mostBytes()) throw e;
			// the cause would be taken for a lack of memory
			throw new IOException("its header says that it holds far more than " + file.length() + " bytes");
		}
	}

	/** As ImageJ's opener, which would decode the file once more and says nothing about damage. */
	private static ImagePlus png(final File file) throws IOException {
		checkPicture(file, ImageSize.DEFLATE);
		final BufferedImage picture = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(Files
			.readAllBytes(file.toPath()))));
		if (picture == null) return null;
		// what is transparent in parts only is shown on white, as in ImageJ
		final int[] colors = picture.getColorModel().hasAlpha() ? null : colors(picture);
		if (colors != null) return from(file, new ImagePlus(file.getName(), new ColorProcessor(picture.getWidth(), picture
			.getHeight(), colors)));
		if (picture.getType() == BufferedImage.TYPE_BYTE_GRAY) return from(file, new ImagePlus(file.getName(), picture));
		if (isEvenly(picture)) return from(file, new ImagePlus(file.getName(), opaque(picture)));
		return redirected(() -> Opener.openUsingImageIO(file.getPath()));
	}

	/** Whether all pixels are opaque, or none is, which ImageJ would show as white: then there is nothing but the colours to go by. */
	private static boolean isEvenly(final BufferedImage picture) {
		if (!picture.getColorModel().hasAlpha()) return false;
		final Raster alpha = picture.getAlphaRaster();
		final ColorModel model = picture.getColorModel();
		final int first = alpha == null ? model.getAlpha(picture.getRaster().getSample(0, 0, 0)) : alpha.getSample(0, 0, 0);
		final int opaque = alpha == null ? 255 : (1 << model.getComponentSize(model.getNumComponents() - 1)) - 1;
		if (first != 0 && first != opaque) return false;
		int[] row = null;
		for (int y = 0; y < picture.getHeight(); y++) {
			row = (alpha == null ? picture.getRaster() : alpha).getSamples(0, y, picture.getWidth(), 1, 0, row);
			for (final int value : row) if ((alpha == null ? model.getAlpha(value) : value) != first) return false;
		}
		return true;
	}

	/** Without the transparency. */
	private static ImageProcessor opaque(final BufferedImage picture) {
		final int[] colors = colors(picture);
		if (colors != null) return new ColorProcessor(picture.getWidth(), picture.getHeight(), colors);
		final int width = picture.getWidth();
		final int height = picture.getHeight();
		final Raster raster = picture.getRaster();
		final ColorModel model = picture.getColorModel();
		final boolean grey = raster.getNumBands() == 2;
		final boolean deep = model.getComponentSize(0) > 8;
		final ImageProcessor processor = !grey ? new ColorProcessor(width, height) : deep ? new ShortProcessor(width, height)
			: new ByteProcessor(width, height);
		int[] row = null;
		for (int y = 0; y < height; y++) {
			row = raster.getPixels(0, y, width, 1, row);
			for (int x = 0; x < width; x++) {
				final int at = x * raster.getNumBands();
				final int drop = deep ? 8 : 0;
				processor.set(x, y, grey ? row[at] : model instanceof IndexColorModel ? model.getRGB(row[at]) | 0xff000000 : 0xff000000 |
					row[at] >> drop << 16 | row[at + 1] >> drop << 8 | row[at + 2] >> drop);
			}
		}
		return processor;
	}

	private static ImagePlus from(final File file, final ImagePlus image) {
		final FileInfo info = new FileInfo();
		info.fileFormat = FileInfo.IMAGEIO;
		info.fileName = file.getName();
		info.directory = file.getParent() + File.separator;
		image.setFileInfo(info);
		return image;
	}

	/** The pixels of an 8-bit colour PNG, without its transparency, or null if it is another. */
	private static int[] colors(final BufferedImage picture) {
		final boolean alpha = picture.getType() == BufferedImage.TYPE_4BYTE_ABGR;
		if (!alpha && picture.getType() != BufferedImage.TYPE_3BYTE_BGR) return null;
		final byte[] bytes = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
		final int[] colors = new int[picture.getWidth() * picture.getHeight()];
		// four bytes at a time: transparency, blue, green, red; or blue, green, red and the next pixel's blue
		for (int i = 0; i < colors.length - 1; i++) {
			final int value = (int) FOUR_BYTES.get(bytes, i * (alpha ? 4 : 3));
			colors[i] = (alpha ? value >>> 8 : value) | 0xff000000;
		}
		final int last = bytes.length - 3;
		colors[colors.length - 1] = 0xff000000 | (bytes[last + 2] & 0xff) << 16 | (bytes[last + 1] & 0xff) << 8 | bytes[last] &
			0xff;
		return colors;
	}

	/** What the header of a PNG, JPEG or BMP says of its size, before it is decoded. */
	private static void checkPicture(final File file, final int expansion) throws IOException {
		try (ImageInputStream in = ImageIO.createImageInputStream(file)) {
			ImageSize.checkPicture(in, file.length(), expansion);
		}
	}

	/** A zipped TIFF, as ImageJ writes it: its first file. */
	private static ImagePlus zipped(final File file) throws IOException {
		final byte[] bytes;
		final String name;
		try (ZipContents zip = ZipContents.open(file.toPath())) {
			name = zip.names().isEmpty() ? "" : zip.names().get(0);
			if (!name.endsWith(".tif")) return null;
			bytes = zip.read(name, ImageSize.mostBytes());
		}
		final ImagePlus image = TiffImage.of(bytes, file.toPath().resolveSibling(name)).toImage();
		final FileInfo info = image == null ? null : image.getOriginalFileInfo();
		if (info != null) {
			info.fileFormat = FileInfo.ZIP_ARCHIVE;
			info.fileName = file.getName();
			info.directory = file.getParent() + File.separator;
		}
		return image;
	}

	private interface Decoder {

		ImagePlus decode() throws IOException;
	}

	/** ImageJ's settings are global, so one file at a time; they are left as they were. */
	private static synchronized ImagePlus redirected(final Decoder decoder) throws IOException {
		final boolean before = IJ.redirectingErrorMessages();
		final String folder = OpenDialog.getLastDirectory();
		final String name = OpenDialog.getLastName();
		IJ.redirectErrorMessages(true);
		try {
			return decoder.decode();
		}
		finally {
			IJ.redirectErrorMessages(before);
			OpenDialog.setLastDirectory(folder);
			OpenDialog.setLastName(name);
		}
	}
}
