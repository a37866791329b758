package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Font;
import java.util.List;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.image.PixelPatch;

/** Scale bars and letters are told from saturated nuclei. */
class BurnedInTest {

	private static NormalizedImage pixels(final ImageProcessor image) {
		return NormalizedImage.of(ImagePlanes.plane(new ImagePlus("image", image), 0, 1, 1));
	}

	private static ByteProcessor discs(final int background, final int value) {
		final ByteProcessor image = new ByteProcessor(200, 160);
		image.setValue(background);
		image.fill();
		image.setValue(value);
		for (int i = 0; i < 4; i++) image.fillOval(10 + 45 * i, 20, 8 + 8 * i, 10 + 6 * i);
		return image;
	}

	private static float[] values(final NormalizedImage pixels) {
		final float[] values = new float[3 * pixels.width() * pixels.height()];
		pixels.copy(0, 0, pixels.width(), pixels.height(), values);
		return values;
	}

	@Test
	void saturatedNucleiStay() {
		for (final ImageProcessor image : new ImageProcessor[] { discs(0, 255), discs(255, 0), new ByteProcessor(20, 20) }) {
			assertTrue(BurnedIn.in(pixels(image)).isEmpty());
		}
	}

	@Test
	void aBarBecomesLikeItsSurroundings() {
		final ByteProcessor image = discs(10, 120);
		image.setValue(255);
		image.setRoi(120, 140, 60, 4);
		image.fill();
		image.setRoi(20, 60, 3, 50);
		image.fill();
		final NormalizedImage pixels = pixels(image);
		final List<PixelPatch> drawn = BurnedIn.in(pixels);
		assertEquals(2, drawn.size());
		assertArrayEquals(values(pixels(discs(10, 120))), values(pixels.patched(drawn)), 1e-6f);
		assertEquals(255, image.get(150, 141), "the user's image stays as it is");
	}

	@Test
	void aBarAcrossANucleusIsFilledFromAboveAndBelow() {
		final ByteProcessor image = new ByteProcessor(100, 100);
		for (int y = 0; y < 100; y++) for (int x = 0; x < 100; x++) image.set(x, y, y);
		image.setValue(255);
		image.setRoi(20, 50, 60, 3);
		image.fill();
		final NormalizedImage pixels = pixels(image);
		final float[] values = values(pixels.patched(BurnedIn.in(pixels)));
		for (int y = 45; y < 60; y++) assertEquals(y / 255f, values[y * 100 + 40], 1e-6, "row " + y);
	}

	@Test
	void alsoDarkBarsInBrightPicturesOfColour() {
		final ColorProcessor image = new ColorProcessor(200, 160);
		image.setColor(new Color(240, 200, 220));
		image.fill();
		image.setColor(new Color(90, 40, 150));
		image.fillOval(30, 30, 40, 40);
		final float[] expected = values(pixels(image.duplicate()));
		image.setColor(Color.BLACK);
		image.fillRect(100, 140, 80, 5);
		final NormalizedImage pixels = pixels(image);
		final List<PixelPatch> drawn = BurnedIn.in(pixels);
		assertEquals(1, drawn.size());
		assertArrayEquals(expected, values(pixels.patched(drawn)), 1e-6f);
	}

	@Test
	void lettersInALine() {
		final ByteProcessor image = discs(5, 120);
		image.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 18));
		image.setColor(Color.WHITE);
		image.drawString("T 24 h", 60, 130);
		final NormalizedImage pixels = pixels(image);
		final List<PixelPatch> drawn = BurnedIn.in(pixels);
		assertTrue(drawn.size() >= 3, drawn.size() + " letters");
		final float[] values = values(pixels.patched(drawn));
		final float[] expected = values(pixels(discs(5, 120)));
		int left = 0;
		for (int i = 0; i < 100 * 200; i++) assertEquals(expected[i], values[i], 0, "nuclei");
		for (int i = 100 * 200; i < 160 * 200; i++) if (values[i] > 0.6) left++;
		assertTrue(left < 70, left + " bright pixels: more than of one letter");
	}

	@Test
	void alsoWhereWindowsOfLargeImagesMeet() {
		final ByteProcessor image = new ByteProcessor(3000, 2500);
		image.setValue(255);
		image.setRoi(1900, 2200, 300, 8);
		image.fill();
		final NormalizedImage pixels = pixels(image);
		final List<PixelPatch> drawn = BurnedIn.in(pixels);
		assertEquals(1, drawn.size());
		for (final float value : values(pixels.patched(drawn))) assertEquals(0, value);
	}
}
