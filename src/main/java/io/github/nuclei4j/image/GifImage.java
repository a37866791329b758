package io.github.nuclei4j.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.nuclei4j.util.HeapRoom;

/**
 * Reads a GIF whose pictures are all as large as its screen, with Java's reader: ImageJ's takes what follows damaged pixels for
 * sizes of pictures.
 */
final class GifImage {

	/** Where a GIF says how wide and high its screen is. */
	private static final long SCREEN = 6;

	private GifImage() {}

	/** The picture, or a stack of all pictures: 8-bit if they are grey, otherwise RGB. */
	static ImagePlus open(final File file) throws IOException {
		final int width;
		final int height;
		try (FileChannel channel = FileChannel.open(file.toPath())) {
			final ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
			if (channel.read(bytes, SCREEN) < bytes.capacity()) throw new IOException("its header is damaged");
			width = bytes.getShort(0) & 0xffff;
			height = bytes.getShort(2) & 0xffff;
		}
		final ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
		try (ImageInputStream in = ImageIO.createImageInputStream(file)) {
			reader.setInput(in, false, true);
			final int pictures = reader.getNumImages(true);
			ImageSize.check(width, height, pictures, 1, file.length(), ImageSize.LZW);
			for (int i = 0; i < pictures; i++) {
				if (reader.getWidth(i) != width || reader.getHeight(i) != height) throw new IOException("its picture " + (i + 1) + " has " +
					reader.getWidth(i) + " x " + reader.getHeight(i) + " pixels, the whole has " + width + " x " + height);
			}
			HeapRoom.require(file.toString(), (long) Integer.BYTES * width * height * pictures);
			final List<BufferedImage> frames = new ArrayList<>();
			for (int i = 0; i < pictures; i++) frames.add(reader.read(i));
			final ByteProcessor grey = frames.size() == 1 ? numbered(frames.get(0)) : null;
			return grey == null ? new ImagePlus(file.getName(), stack(frames)) : new ImagePlus(file.getName(), grey);
		}
		finally {
			reader.dispose();
		}
	}

	/** A picture in greys as ImageJ holds it, whose values are the numbers of the greys; null if it has colours. */
	private static ByteProcessor numbered(final BufferedImage picture) {
		if (!(picture.getColorModel() instanceof IndexColorModel) || !new ColorProcessor(picture).isGrayscale()) return null;
		final IndexColorModel greys = (IndexColorModel) picture.getColorModel();
		final ByteProcessor processor = new ByteProcessor(picture.getWidth(), picture.getHeight());
		final int[] values = picture.getRaster().getSamples(0, 0, picture.getWidth(), picture.getHeight(), 0, (int[]) null);
		for (int i = 0; i < values.length; i++) processor.set(i, values[i]);
		final byte[][] parts = new byte[3][256];
		for (int i = 0; i < greys.getMapSize(); i++) {
			parts[0][i] = (byte) greys.getRed(i);
			parts[1][i] = (byte) greys.getGreen(i);
			parts[2][i] = (byte) greys.getBlue(i);
		}
		processor.setColorModel(new IndexColorModel(8, 256, parts[0], parts[1], parts[2]));
		return processor;
	}

	private static ImageStack stack(final List<BufferedImage> frames) {
		final List<ColorProcessor> colors = new ArrayList<>();
		for (final BufferedImage frame : frames) colors.add(new ColorProcessor(frame));
		final boolean isGrey = colors.stream().allMatch(ImageProcessor::isGrayscale);
		final ImageStack stack = new ImageStack(colors.get(0).getWidth(), colors.get(0).getHeight());
		for (final ColorProcessor color : colors) stack.addSlice("", isGrey ? color.getChannel(1, null) : color);
		return stack;
	}
}
