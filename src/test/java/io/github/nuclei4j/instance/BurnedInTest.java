package io.github.nuclei4j.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.nuclei4j.data.ImagePlanes;
import io.github.nuclei4j.data.UnitPixels;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.NumericType;

/** Scale bars and letters are told from saturated nuclei. */
class BurnedInTest {

	private final List<Rectangle> drawn = new ArrayList<>();

	private RandomAccessibleInterval<? extends NumericType<?>> clean(final ImageProcessor image) {
		return BurnedIn.clean(ImagePlanes.plane(new ImagePlus("image", image), 0, 1, 1), drawn);
	}

	private static ByteProcessor discs(final int background, final int value) {
		final ByteProcessor image = new ByteProcessor(200, 160);
		image.setValue(background);
		image.fill();
		image.setValue(value);
		for (int i = 0; i < 4; i++) image.fillOval(10 + 45 * i, 20, 8 + 8 * i, 10 + 6 * i);
		return image;
	}

	@Test
	void saturatedNucleiStay() {
		final RandomAccessibleInterval<? extends NumericType<?>> image = ImagePlanes.plane(new ImagePlus("image", discs(0, 255)),
			0, 1, 1);
		assertSame(image, BurnedIn.clean(image, drawn));
		assertTrue(drawn.isEmpty());
		clean(discs(255, 0));
		assertTrue(drawn.isEmpty(), drawn.toString());
		clean(new ByteProcessor(20, 20));
		assertTrue(drawn.isEmpty());
	}

	@Test
	void aBarBecomesLikeItsSurroundings() {
		final ByteProcessor image = discs(10, 120);
		image.setValue(255);
		image.setRoi(120, 140, 60, 4);
		image.fill();
		image.setRoi(20, 60, 3, 50);
		image.fill();
		final RandomAccessibleInterval<? extends NumericType<?>> cleaned = clean(image);
		assertEquals(2, drawn.size());
		assertTrue(drawn.contains(new Rectangle(120, 140, 60, 4)) && drawn.contains(new Rectangle(20, 60, 3, 50)), drawn
			.toString());
		final float[] values = new float[3 * 200 * 160];
		UnitPixels.of(cleaned).copy(0, 0, 200, 160, values);
		final ByteProcessor without = discs(10, 120);
		for (int i = 0; i < 200 * 160; i++) assertEquals(without.get(i) / 255f, values[i], 1.01 / 255, "whole numbers are mixed");
		assertEquals(255, image.get(150, 141), "the user's image stays as it is");
	}

	@Test
	void alsoDarkBarsInBrightPicturesOfColour() {
		final ColorProcessor image = new ColorProcessor(200, 160);
		image.setColor(new Color(240, 200, 220));
		image.fill();
		image.setColor(new Color(90, 40, 150));
		image.fillOval(30, 30, 40, 40);
		image.setColor(Color.BLACK);
		image.fillRect(100, 140, 80, 5);
		final RandomAccessibleInterval<? extends NumericType<?>> cleaned = clean(image);
		assertEquals(1, drawn.size());
		final float[] values = new float[3];
		UnitPixels.of(cleaned).copy(140, 142, 1, 1, values);
		assertEquals(240 / 255f, values[0], 0.01);
		assertEquals(200 / 255f, values[1], 0.01);
		UnitPixels.of(cleaned).copy(50, 50, 1, 1, values);
		assertEquals(150 / 255f, values[2], 0.01);
	}

	@Test
	void lettersInALine() {
		final ByteProcessor image = discs(5, 120);
		image.setAntialiasedText(false);
		image.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 18));
		image.setColor(Color.WHITE);
		image.drawString("T = 24 h", 60, 130);
		assertNotSame(image, clean(image));
		assertTrue(drawn.size() >= 3, drawn.toString());
		assertTrue(drawn.stream().allMatch(letter -> letter.y > 100), drawn.toString());
	}
}
