package io.github.nuclei4j.quantization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;

import org.junit.jupiter.api.Test;

import net.imglib2.img.array.ArrayImgs;

/** Six pixels. */
class ProbabilityChangeTest {

	private static final float[] ORIGINAL = { 0.5f, 0.4f, 0.6f, 0, 1, 0.5f };
	private static final float[] QUANTIZED = { 0.5f, 0.5f, 0.25f, 0.125f, 1, 0.25f };

	@Test
	void countsDecisionsAndChanges() {
		final ProbabilityChange change = ProbabilityChange.of(ORIGINAL, QUANTIZED, 0.5);
		assertEquals(6, change.pixels());
		assertEquals(2, change.onlyOriginal());
		assertEquals(1, change.onlyQuantized());
		assertEquals(0.5, change.changedShare());
		assertEquals((0.1 + 0.35 + 0.125 + 0.25) / 6, change.mean(), 1e-7);
		assertEquals(0.35, change.largest(), 1e-7);
		final ProbabilityChange both = change.plus(ProbabilityChange.of(new float[6], new float[6], 0.5));
		assertEquals(0.25, both.changedShare());
		assertEquals(change.mean() / 2, both.mean(), 1e-9);
		assertEquals(change.largest(), both.largest());
		assertTrue(Double.isNaN(ProbabilityChange.NONE.changedShare()));
		assertThrows(IllegalArgumentException.class, () -> ProbabilityChange.of(ORIGINAL, new float[5], 0.5));
	}

	@Test
	void theMapHasTheImagesSizeAndColoursOnlyWhatDiffers() {
		final byte[] pixels = { 0, (byte) 200, (byte) 200, (byte) 200, (byte) 255, 0 };
		final BufferedImage map = DisagreementPicture.paint(ArrayImgs.unsignedBytes(pixels, 3, 2), ORIGINAL, QUANTIZED, 0.5);
		assertEquals(3, map.getWidth());
		assertEquals(2, map.getHeight());
		assertEquals(DisagreementPicture.ONLY_QUANTIZED.getRGB(), map.getRGB(1, 0));
		assertEquals(DisagreementPicture.ONLY_ORIGINAL.getRGB(), map.getRGB(2, 0));
		assertEquals(DisagreementPicture.ONLY_ORIGINAL.getRGB(), map.getRGB(2, 1));
		// 60 % of the image's brightness
		assertEquals(0xff000000, map.getRGB(0, 0));
		assertEquals(0xff000000 | 0x787878, map.getRGB(0, 1));
		assertEquals(0xff000000 | 0x999999, map.getRGB(1, 1));
	}
}
