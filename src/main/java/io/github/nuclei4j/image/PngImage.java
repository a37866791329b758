package io.github.nuclei4j.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.NumericType;

/**
 * A decoded PNG, read as the values stored in the file, without any colour management.
 */
public final class PngImage {

	private final BufferedImage image;

	private PngImage(final BufferedImage image) {
		this.image = image;
	}

	/**
	 * Decodes a PNG.
	 *
	 * @param described the file as errors name it
	 * @throws IOException if the bytes aren't a complete PNG
	 */
	public static PngImage decode(final byte[] bytes, final String described) throws IOException {
		final ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
		try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
			reader.setInput(in, true, true);
			ImageSize.check(reader.getWidth(0), reader.getHeight(0), 1, 1, bytes.length, ImageSize.DEFLATE);
			return new PngImage(reader.read(0));
		}
		catch (final IOException | RuntimeException e) {
			throw new IOException("Can't read " + described + " (" + bytes.length + " bytes) as a PNG image: " + e.getMessage() +
				". The file is damaged or of another format: fetch it again or remove it.", e);
		}
		finally {
			reader.dispose();
		}
	}

	public int width() {
		return image.getWidth();
	}

	public int height() {
		return image.getHeight();
	}

	/** Grey images as unsigned 8- or 16-bit numbers, others (also grey palettes with colours) as ARGB; axes (x, y). */
	public RandomAccessibleInterval<? extends NumericType<?>> pixels() {
		final ColorModel model = image.getColorModel();
		final int width = width();
		final int height = height();
		if (model instanceof IndexColorModel) return palette((IndexColorModel) model);
		final int bits = model.getComponentSize(0);
		if (image.getRaster().getNumBands() >= 3) return ArrayImgs.argbs(colors(bits), width, height);
		final int[] values = values();
		if (bits <= 8) return ArrayImgs.unsignedBytes(bytes(values), width, height);
		final short[] shorts = new short[values.length];
		for (int i = 0; i < shorts.length; i++) {
			shorts[i] = (short) values[i];
		}
		return ArrayImgs.unsignedShorts(shorts, width, height);
	}

	/** The values of a grey image, or the indices of one with a palette, row by row. */
	public int[] values() {
		return image.getRaster().getSamples(0, 0, width(), height(), 0, (int[]) null);
	}

	/** Whether the file holds colours (three components) rather than single values. */
	public boolean isColor() {
		return image.getRaster().getNumBands() >= 3;
	}

	/** Where any component but the transparency isn't 0, row by row. */
	public boolean[] foreground() {
		final boolean[] mask = new boolean[width() * height()];
		if (image.getType() == BufferedImage.TYPE_BYTE_GRAY && image.getRaster().getDataBuffer() instanceof DataBufferByte) {
			// nearly all masks are of this kind, and there are tens of thousands of them
			final byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
			for (int i = 0; i < mask.length; i++) {
				mask[i] = bytes[i] != 0;
			}
			return mask;
		}
		final int[] values = isColor() || image.getColorModel() instanceof IndexColorModel ? colorsOrPalette() : values();
		final int bits = isColor() || image.getColorModel() instanceof IndexColorModel ? 0xffffff : -1;
		for (int i = 0; i < mask.length; i++) {
			mask[i] = (values[i] & bits) != 0;
		}
		return mask;
	}

	private int[] colorsOrPalette() {
		final ColorModel model = image.getColorModel();
		if (!(model instanceof IndexColorModel)) return colors(model.getComponentSize(0));
		final int[] values = values();
		for (int i = 0; i < values.length; i++) {
			values[i] = ((IndexColorModel) model).getRGB(values[i]);
		}
		return values;
	}

	private RandomAccessibleInterval<? extends NumericType<?>> palette(final IndexColorModel model) {
		final int[] colors = colorsOrPalette();
		boolean grey = true;
		for (int i = 0; i < model.getMapSize(); i++) {
			grey &= model.getRed(i) == model.getGreen(i) && model.getGreen(i) == model.getBlue(i);
		}
		return grey ? ArrayImgs.unsignedBytes(bytes(colors), width(), height()) : ArrayImgs.argbs(opaque(colors), width(),
			height());
	}

	private int[] colors(final int bits) {
		final Raster raster = image.getRaster();
		final int width = width();
		final int[] colors = new int[width * height()];
		final int bands = raster.getNumBands();
		final int drop = Math.max(0, bits - 8);
		int[] row = null;
		for (int y = 0; y < height(); y++) {
			row = raster.getPixels(0, y, width, 1, row);
			for (int x = 0; x < width; x++) {
				colors[y * width + x] = 0xff000000 | row[x * bands] >> drop << 16 | row[x * bands + 1] >> drop << 8 | row[x *
					bands + 2] >> drop;
			}
		}
		return colors;
	}

	private static int[] opaque(final int[] colors) {
		for (int i = 0; i < colors.length; i++) {
			colors[i] |= 0xff000000;
		}
		return colors;
	}

	private static byte[] bytes(final int[] values) {
		final byte[] bytes = new byte[values.length];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}
}
