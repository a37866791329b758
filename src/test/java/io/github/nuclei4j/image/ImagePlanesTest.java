package io.github.nuclei4j.image;

import static io.github.nuclei4j.dataset.Dsb2018ReaderTest.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.io.Opener;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/** Planes of every type of ImageJ image. */
class ImagePlanesTest {

	private static double at(final RandomAccessibleInterval<?> image, final long... position) {
		return ((RealType<?>) image.getAt(position)).getRealDouble();
	}

	@Test
	void planesOfEveryTypeAreTheImagesOwnArrays() {
		final byte[] bytes = { 0, 1, (byte) 200, 3, 4, 5 };
		final ImagePlus grey = new ImagePlus("grey", new ByteProcessor(3, 2, bytes));
		final RandomAccessibleInterval<?> plane = ImagePlanes.plane(grey, 0, 1, 1);
		assertInstanceOf(UnsignedByteType.class, plane.getType());
		assertEquals(200, at(plane, 2, 0));
		assertSame(bytes, ((ByteArray) ((ArrayImg<?, ?>) plane).update(null)).getCurrentStorageArray());
		assertEquals(3, at(ImagePlanes.plane(grey, 1, 1, 1), 0, 1));

		final ByteProcessor colored = new ByteProcessor(3, 2, bytes);
		final byte[] ramp = new byte[256];
		ramp[200] = 17;
		colored.setLut(new LUT(ramp, new byte[256], new byte[256]));
		assertEquals(200, at(ImagePlanes.plane(new ImagePlus("lut", colored), 0, 1, 1), 2, 0), "stored value, not its colour");

		final RandomAccessibleInterval<?> shorts = ImagePlanes.plane(new ImagePlus("16", new ShortProcessor(1, 2, new short[] {
			7, (short) 60000 }, null)), 0, 1, 1);
		assertInstanceOf(UnsignedShortType.class, shorts.getType());
		assertEquals(60000, at(shorts, 0, 1));
		final RandomAccessibleInterval<?> floats = ImagePlanes.plane(new ImagePlus("32", new FloatProcessor(1, 1, new float[] {
			-2.5f })), 1, 1, 1);
		assertInstanceOf(FloatType.class, floats.getType());
		assertEquals(-2.5, at(floats, 0, 0));

		final ImagePlus rgb = new ImagePlus("rgb", new ColorProcessor(1, 1, new int[] { 0xff010203 }));
		final RandomAccessibleInterval<?> color = ImagePlanes.plane(rgb, 0, 1, 1);
		assertEquals(0xff010203, ((ARGBType) color.getAt(0, 0)).get());
		for (int c = 1; c <= 3; c++) {
			final RandomAccessibleInterval<?> component = ImagePlanes.plane(rgb, c, 1, 1);
			assertInstanceOf(UnsignedByteType.class, component.getType());
			assertEquals(c, at(component, 0, 0));
		}
	}

	@Test
	void hyperstackOfEveryDepth() {
		for (final String type : new String[] { "8-bit", "16-bit", "32-bit" }) {
			final ImagePlus image = IJ.createHyperStack("hyper", 4, 3, 2, 3, 5, Integer.parseInt(type.substring(0, type.indexOf(
				'-'))));
			for (int i = 1; i <= image.getStackSize(); i++) {
				image.getStack().getProcessor(i).setf(1, 2, i);
			}
			image.setPosition(1, 2, 3);
			for (final ImagePlus stack : List.of(image, new CompositeImage(image))) {
				final RandomAccessibleInterval<?> all = ImagePlanes.plane(stack, 0, 2, 4);
				assertInstanceOf(PlanarImg.class, all);
				assertArrayEquals(new long[] { 4, 3, 2 }, all.dimensionsAsLongArray());
				final int expected = 1 + 2 * (1 + 3 * 3);
				assertEquals(expected, at(all, 1, 2, 0), type);
				assertEquals(expected + 1, at(all, 1, 2, 1), type);
				final RandomAccessibleInterval<?> second = ImagePlanes.plane(stack, 2, 2, 4);
				assertEquals(2, second.numDimensions());
				assertEquals(expected + 1, at(second, 1, 2), type);
			}
			assertEquals(1, image.getC());
			assertEquals(2, image.getZ());
			assertEquals(3, image.getT());
		}
	}

	@Test
	void virtualStackFetchesOnlyThePlaneAndMayReuseItsArray() {
		final List<Integer> fetched = new ArrayList<>();
		final byte[] shared = new byte[4];
		final VirtualStack stack = new VirtualStack(2, 2, null, "") {

			@Override
			public int getSize() {
				return 6;
			}

			@Override
			public ImageProcessor getProcessor(final int n) {
				fetched.add(n);
				shared[0] = (byte) n;
				return new ByteProcessor(2, 2, shared, null);
			}

			@Override
			public int getBitDepth() {
				return 8;
			}

			@Override
			public String getSliceLabel(final int n) {
				return null;
			}
		};
		final ImagePlus image = new ImagePlus("virtual", stack);
		image.setDimensions(2, 3, 1);
		fetched.clear();
		final RandomAccessibleInterval<?> one = ImagePlanes.plane(image, 2, 2, 1);
		assertEquals(List.of(4), fetched);
		final RandomAccessibleInterval<?> both = ImagePlanes.plane(image, 0, 3, 1);
		assertEquals(List.of(4, 5, 6), fetched);
		assertEquals(4, at(one, 0, 0));
		assertEquals(5, at(both, 0, 0, 0));
		assertEquals(6, at(both, 0, 0, 1));
	}

	@Test
	void rgbStack() {
		final ImageStack stack = new ImageStack(1, 1);
		stack.addSlice(new ColorProcessor(1, 1, new int[] { 0x0a0b0c }));
		stack.addSlice(new ColorProcessor(1, 1, new int[] { 0x010203 }));
		final ImagePlus image = new ImagePlus("rgb stack", stack);
		assertEquals(0x010203, ((ARGBType) ImagePlanes.plane(image, 0, 2, 1).getAt(0, 0)).get() & 0xffffff);
		assertEquals(2, at(ImagePlanes.plane(image, 2, 2, 1), 0, 0));
	}

	@Test
	void indicesOutsideAreRefused() {
		final ImagePlus image = IJ.createHyperStack("cells", 2, 2, 2, 3, 1, 8);
		assertMessage(refused(image, 3, 1, 1), "Channel 3", "cells", "0 to 2");
		assertMessage(refused(image, -1, 1, 1), "Channel -1");
		assertMessage(refused(image, 1, 0, 1), "Slice 0", "1 to 3");
		assertMessage(refused(image, 1, 4, 1), "Slice 4", "1 to 3");
		assertMessage(refused(image, 1, 1, 2), "Frame 2", "expected 1.");
		assertMessage(refused(new ImagePlus("rgb", new ColorProcessor(1, 1)), 4, 1, 1), "Channel 4", "0 to 3");
		assertMessage(refused(new ImagePlus(), 0, 1, 1), "empty");
	}

	private static IllegalArgumentException refused(final ImagePlus image, final int channel, final int slice,
		final int frame)
	{
		return assertThrows(IllegalArgumentException.class, () -> ImagePlanes.plane(image, channel, slice, frame));
	}

	@Test
	void planesFeedUnitPixels() {
		final ImagePlus image = IJ.createHyperStack("cells", 2, 1, 2, 1, 1, 16);
		image.getStack().getProcessor(2).set(1, 0, 65535);
		final float[] values = new float[6];
		NormalizedImage.of(ImagePlanes.plane(image, 0, 1, 1)).copy(0, 0, 2, 1, values);
		assertArrayEquals(new float[] { 0, 0, 0, 1, 0, 0 }, values);
		assertTrue(image.getStack().getProcessor(2).get(1, 0) == 65535);
	}

	/** Some programs write a transparency that they never set. */
	@Test
	void whatIsTransparentThroughoutKeepsItsPixels() throws IOException {
		final Path file = Files.createTempFile("image", ".png");
		try {
			final BufferedImage colors = new BufferedImage(5, 3, BufferedImage.TYPE_4BYTE_ABGR);
			for (int i = 0; i < 15; i++) colors.setRGB(i % 5, i / 5, 0x100503 * i);
			ImageIO.write(colors, "png", file.toFile());
			for (int i = 0; i < 15; i++) assertEquals(0xff000000 | 0x100503 * i, ImagePlanes.open(file).getProcessor().get(i));
			for (final int alpha : new int[] { 0, 0xffff }) {
				final ComponentColorModel model = new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false,
					Transparency.TRANSLUCENT, DataBuffer.TYPE_USHORT);
				final BufferedImage grey = new BufferedImage(model, model.createCompatibleWritableRaster(5, 3), false, null);
				for (int i = 0; i < 15; i++) grey.getRaster().setPixel(i % 5, i / 5, new int[] { 4000 * i, alpha });
				ImageIO.write(grey, "png", file.toFile());
				assertEquals(16, ImagePlanes.open(file).getBitDepth());
				for (int i = 0; i < 15; i++) assertEquals(4000 * i, ImagePlanes.open(file).getProcessor().get(i));
			}
		}
		finally {
			Files.delete(file);
		}
	}

	@Test
	void pngsAreThoseOfImageJ() throws IOException {
		final Path file = Files.createTempFile("image", ".png");
		try {
			for (final int type : new int[] { BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR,
				BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_BYTE_INDEXED,
				BufferedImage.TYPE_BYTE_BINARY })
			{
				for (final int alpha : new int[] { 0xff, 0x80 }) {
					final BufferedImage picture = new BufferedImage(5, 3, type);
					for (int i = 0; i < 15; i++) picture.setRGB(i % 5, i / 5, alpha << 24 | 0x100503 * i);
					ImageIO.write(picture, "png", file.toFile());
					final ImagePlus expected = Opener.openUsingImageIO(file.toString());
					final ImagePlus image = ImagePlanes.open(file);
					assertEquals(expected.getTitle(), image.getTitle());
					assertEquals(expected.getType(), image.getType());
					for (int i = 0; i < 15; i++) assertEquals(expected.getProcessor().get(i), image.getProcessor().get(i));
					assertEquals(expected.getOriginalFileInfo().directory, image.getOriginalFileInfo().directory);
				}
			}
		}
		finally {
			Files.delete(file);
		}
	}
}
