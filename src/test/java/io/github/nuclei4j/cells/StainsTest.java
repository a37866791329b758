package io.github.nuclei4j.cells;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ColorProcessor;
import io.github.nuclei4j.util.Progress;

class StainsTest {

	private static final double[] HAEMATOXYLIN = unit(0.650, 0.704, 0.286);
	private static final double[] EOSIN = unit(0.072, 0.990, 0.105);
	private static final double[] DAB = unit(0.268, 0.570, 0.776);

	private final float[] first = new float[100 * 100];
	private final float[] second = new float[100 * 100];

	private static double[] unit(final double... v) {
		final double length = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
		return new double[] { v[0] / length, v[1] / length, v[2] / length };
	}

	/** Light through known amounts of two stains (Beer and Lambert): a third of the pixels each with one only, both, or none. */
	private ImagePlus section(final double[] a, final double[] b) {
		final Random random = new Random(3);
		final ColorProcessor pixels = new ColorProcessor(100, 100);
		for (int i = 0; i < first.length; i++) {
			first[i] = i % 3 == 0 ? 0 : 0.3f + 0.7f * random.nextFloat();
			second[i] = i % 3 == 1 ? 0 : 0.3f + 0.7f * random.nextFloat();
			if (i % 7 == 0) first[i] = second[i] = 0;
			final int[] rgb = new int[3];
			for (int c = 0; c < 3; c++) rgb[c] = (int) Math.round(255 * Math.pow(10, -first[i] * a[c] - second[i] * b[c]));
			pixels.set(i, rgb[0] << 16 | rgb[1] << 8 | rgb[2]);
		}
		return new ImagePlus("section", pixels);
	}

	private void check(final ImagePlus separated, final int channel, final float[] amounts, final double tolerance) {
		for (int i = 0; i < amounts.length; i++) assertEquals(amounts[i], separated.getStack().getProcessor(channel).getf(i), tolerance, "pixel " + i);
	}

	@Test
	void amountsComeBack() {
		ImagePlus separated = Stains.parse("h-dab").separate(section(HAEMATOXYLIN, DAB));
		assertEquals("Haematoxylin", separated.getStack().getSliceLabel(1));
		assertEquals("DAB", separated.getStack().getSliceLabel(2));
		check(separated, 1, first, 0.06);
		check(separated, 2, second, 0.06);
		separated = Stains.parse("H-E").separate(section(HAEMATOXYLIN, EOSIN));
		check(separated, 1, first, 0.06);
		check(separated, 2, second, 0.06);
		separated = Stains.parse("h-e-dab").separate(section(HAEMATOXYLIN, EOSIN));
		check(separated, 3, new float[first.length], 0.06);
		separated = Stains.parse("0.650,0.704,0.286/0.268,0.570,0.776").separate(section(HAEMATOXYLIN, DAB));
		check(separated, 2, second, 0.06);
	}

	/** Vectors that no publication has, as from another scanner. */
	@Test
	void vectorsAreFoundInTheImageAndInItsSelection() {
		final double[] blue = unit(0.55, 0.75, 0.36);
		final double[] brown = unit(0.35, 0.5, 0.79);
		final ImagePlus image = section(blue, brown);
		check(Stains.parse("image").separate(image), 1, first, 0.1);
		check(Stains.parse("image").separate(image), 2, second, 0.1);
		assertThrows(IllegalArgumentException.class, () -> Stains.parse("selection").separate(image));
		image.setRoi(new Roi(0, 0, 100, 40));
		check(Stains.parse("selection").separate(image), 2, second, 0.1);
		assertEquals(new Roi(0, 0, 100, 40).getBounds(), image.getRoi().getBounds());
	}

	@Test
	void stainsAreMeasuredAsChannels() {
		final ImagePlus image = section(HAEMATOXYLIN, DAB);
		final ImagePlus labels = IJ.createImage("labels", "16-bit black", 100, 100, 1);
		for (int y = 20; y < 50; y++) for (int x = 20; x < 50; x++) labels.getProcessor().set(x, y, 1);
		final MeasuredCells cells = CellMeasurer.measure(image, labels, CellOptions.within(0).stains(Stains.parse("h-dab")), Progress.NONE);
		assertEquals(List.of("Haematoxylin", "DAB", "Residual"), cells.channels());
		final ImagePlus dab = new ImagePlus("DAB", Stains.parse("h-dab").separate(image).getStack().getProcessor(2));
		dab.setRoi(20, 20, 30, 30);
		assertEquals(dab.getStatistics().mean, cells.cells().get(0).of(2, CellCompartment.NUCLEUS).mean(), 1e-6);
		final Classification classes = Classification.of(cells, MarkerRule.parseAll("DAB=0.1,0.2,0.9"), null);
		assertEquals(2, classes.grade(0, 0));
	}

	@Test
	void whatCantBeSeparatedIsRefusedWithTheRemedy() {
		for (final String wrong : new String[] { "dab", "1,2/3,4", "0,0,0/1,1,1", "1,1,1/2,2,2", "1,0,0/0,1,0/1,1,0" }) {
			assertThrows(IllegalArgumentException.class, () -> Stains.parse(wrong), wrong);
		}
		final ImagePlus grey = IJ.createImage("grey", "8-bit ramp", 50, 50, 1);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Stains.parse("h-e").separate(grey)).getMessage().contains("RGB Color"));
		final ImagePlus white = IJ.createImage("white", "RGB white", 50, 50, 1);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Stains.parse("image").separate(white)).getMessage().contains("h-dab"));
	}
}
