package io.github.nuclei4j.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Plot;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import io.github.nuclei4j.dataset.LabelValues;
import io.github.nuclei4j.fuzz.FuzzTarget;
import io.github.nuclei4j.fuzz.Mutations;
import io.github.nuclei4j.util.WarningLog;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.NumericType;

/** Label images as TIFF: opened, and their values made labels. */
public final class TiffTarget implements FuzzTarget {

	private static final int[] TAGS = { 254, 256, 257, 258, 259, 262, 270, 273, 277, 278, 279, 282, 284, 305, 317, 320, 322, 324, 339, 33628,
		34122, 43314, 50838, 50839 };

	private final List<byte[]> seeds = new ArrayList<>();

	/** Makes the valid files. */
	public TiffTarget() throws IOException {
		for (final int bits : new int[] { 8, 16, 32, 24 }) seeds.add(tiff(labels(bits)));
		final ImagePlus stack = IJ.createHyperStack("stack", 12, 10, 2, 2, 2, 16);
		stack.setProperty("Info", "some text");
		seeds.add(new FileSaver(stack).serialize());
		final ImagePlus drawn = labels(16);
		drawn.setRoi(new PolygonRoi(new float[] { 1, 9, 5 }, new float[] { 1, 2, 8 }, Roi.POLYGON));
		final Overlay overlay = new Overlay(new OvalRoi(1, 1, 5, 5));
		overlay.add(new TextRoi(1, 1, "text"));
		overlay.add(new ImageRoi(1, 1, new ByteProcessor(4, 4)));
		drawn.setOverlay(overlay);
		seeds.add(tiff(drawn));
		final BufferedImage grey = labels(8).getBufferedImage();
		for (final String compression : new String[] { "LZW", "ZLib", "Deflate", "PackBits" }) seeds.add(compressed(grey, compression));
		for (final ByteOrder order : new ByteOrder[] { ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN }) {
			final Path file = Files.createTempFile("big", ".tif");
			TiffImageTest.writeBig(file, 20, 18, order);
			seeds.add(Files.readAllBytes(file));
			Files.delete(file);
		}
	}

	private static ImagePlus labels(final int bits) {
		final ImagePlus image = IJ.createImage("labels", bits + (bits == 24 ? "RGB" : "-bit") + " black", 20, 16, 1);
		for (int i = 0; i < 20 * 16; i++) {
			final int label = i % 20 / 7 + 3 * (i / 20 / 6);
			if (bits == 32) image.getProcessor().setf(i, label);
			else image.getProcessor().set(i, label);
		}
		return image;
	}

	private static byte[] tiff(final ImagePlus image) {
		return new FileSaver(image).serialize();
	}

	/** A TIFF that holds a plot, which ImageJ writes as Java objects. */
	static byte[] withPlot() {
		final Plot plot = new Plot("plot", "x", "y");
		plot.add("line", new double[] { 1, 2 }, new double[] { 3, 4 });
		return new FileSaver(plot.getImagePlus()).serialize();
	}

	/** A TIFF in one of Java's compressions. */
	static byte[] compressed(final BufferedImage image, final String compression) throws IOException {
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
		final ImageWriteParam parameters = writer.getDefaultWriteParam();
		parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
		parameters.setCompressionType(compression);
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
			writer.setOutput(out);
			writer.write(null, new IIOImage(image, null, null), parameters);
		}
		finally {
			writer.dispose();
		}
		return bytes.toByteArray();
	}

	@Override
	public String name() {
		return "tiff";
	}

	@Override
	public String extension() {
		return ".tif";
	}

	@Override
	public byte[] mutate(final Random random) {
		final byte[] seed = Mutations.one(seeds, random);
		final byte[] changed = random.nextInt(3) == 0 ? seed.clone() : Mutations.bytes(seed, seeds, random);
		if (random.nextInt(3) > 0) for (int i = 1 + random.nextInt(3); i > 0; i--) changeTag(changed, random);
		return changed;
	}

	/** Changes tag, type, count, value or successor in the directory, wherever its place is noted. */
	private static void changeTag(final byte[] tiff, final Random random) {
		if (tiff.length < 16) return;
		final boolean bigEndian = tiff[0] == 'M';
		final ByteBuffer buffer = ByteBuffer.wrap(tiff).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
		final boolean isBig = buffer.getShort(2) == 43;
		final int directory = isBig ? (int) buffer.getLong(8) : buffer.getInt(4);
		if (isBig) {
			// an entry has 20 bytes: any of its numbers
			Mutations.put(tiff, directory + 2 * random.nextInt(100), 1 << random.nextInt(4), Mutations.interesting(random), bigEndian);
			return;
		}
		if (directory < 8 || directory > tiff.length - 2) return;
		final int entries = buffer.getShort(directory) & 0xffff;
		final int entry = directory + 2 + 12 * random.nextInt(Math.max(1, entries));
		final int value = random.nextInt(3) == 0 ? random.nextInt(tiff.length) : Mutations.interesting(random);
		switch (random.nextInt(8)) {
			case 0:
				Mutations.put(tiff, entry, 2, TAGS[random.nextInt(TAGS.length)], bigEndian);
				break;
			case 1:
				Mutations.put(tiff, entry + 2, 2, random.nextInt(14), bigEndian);
				break;
			case 2:
			case 3:
				Mutations.put(tiff, entry + 4, 4, value, bigEndian);
				break;
			case 4:
				// the next directory is somewhere, perhaps this one again
				Mutations.put(tiff, directory + 2 + 12 * entries, 4, random.nextBoolean() ? directory : value, bigEndian);
				break;
			case 5:
				if (entry + 12 > tiff.length) return;
				final int target = buffer.getInt(entry + 8);
				Mutations.put(tiff, target + 4 * random.nextInt(8), 4, value, bigEndian);
				break;
			default:
				Mutations.put(tiff, entry + 8, random.nextBoolean() ? 4 : 2, value, bigEndian);
		}
	}

	@Override
	public void read(final Path file, final byte[] bytes) throws IOException {
		// what can be read in parts need not be what ImageJ reads, and the other way round
		inParts(file);
		final ImagePlus image = ImagePlanes.open(file);
		final int[] values = LabelValues.of(image, file.toString());
		LabelValues.number(values, image.getWidth(), file.toString(), new WarningLog(null));
	}

	/** The corners of the first and last plane. */
	private static void inParts(final Path file) throws IOException {
		try (TiffImage image = TiffImage.open(file, 1 << 20)) {
			for (final int plane : new int[] { 0, image.planes() - 1 }) {
				final int channel = plane % image.channels() + 1;
				final int slice = plane / image.channels() % image.slices() + 1;
				final RandomAccess<? extends NumericType<?>> pixels = image.plane(image.channels() == 1 ? 0 : channel, slice, plane / image
					.channels() / image.slices() + 1).randomAccess();
				pixels.setPosition(new long[] { image.width() - 1, image.height() - 1 });
				pixels.get();
				pixels.setPosition(new long[] { 0, 0 });
				pixels.get();
			}
		}
		catch (final IOException | UncheckedIOException e) {
			if (e.getMessage() == null) throw new IllegalStateException("a refusal without a message", e);
		}	}
}
