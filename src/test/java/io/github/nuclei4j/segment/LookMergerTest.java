package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.function.IntPredicate;

import io.github.nuclei4j.separate.ComponentSeparator;
import io.github.nuclei4j.separate.LabelRuns;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

/** Which of two looks holds, where one sees a nucleus and the other one several. */
class LookMergerTest {

	private static final int SIZE = 96;
	private final LookMerger merger = new LookMerger(new ComponentSeparator(0.5, 1, false), 0.8, 85);

	private Look look(final double scale, final double probability, final IntPredicate inside) {
		final PlanarImg<FloatType, FloatArray> maps = PlanarImgs.floats(SIZE, SIZE, 1);
		final float[] plane = maps.getPlane(0).getCurrentStorageArray();
		for (int i = 0; i < plane.length; i++) plane[i] = inside.test(i) ? (float) probability : 0.01f;
		return merger.look(maps, scale);
	}

	private static boolean isIn(final int i, final double centreX, final double centreY, final double diameter) {
		return Math.hypot(i % SIZE - centreX, i / SIZE - centreY) <= diameter / 2;
	}

	/** Discs at the corners of a grid about the middle. */
	private static IntPredicate grid(final int rows, final double apart, final double diameter) {
		return i -> {
			for (int k = 0; k < rows * rows; k++) {
				if (isIn(i, SIZE / 2 + (k % rows - (rows - 1) / 2.0) * apart, SIZE / 2 + (k / rows - (rows - 1) / 2.0) * apart,
					diameter)) return true;
			}
			return false;
		};
	}

	private int merged(final Look far, final Look close) {
		final int[] labels = merger.merge(far, close).labels();
		return (int) Arrays.stream(labels).filter(label -> label > 0).distinct().count();
	}

	private Look disc() {
		return look(0.25, 0.97, i -> isIn(i, SIZE / 2, SIZE / 2, 80));
	}

	@Test
	void manyNucleiAreNotOne() {
		assertEquals(9, merged(disc(), look(1, 0.9, grid(3, 22, 13))));
	}

	@Test
	void veryManySmallNucleiAreNotOne() {
		assertEquals(25, merged(disc(), look(1, 0.9, grid(5, 11, 7))));
	}

	@Test
	void nucleiInAnOutlineThatIsNotRoundAreNotOne() {
		final IntPredicate corner = i -> i % SIZE >= 8 && i / SIZE >= 8 && i % SIZE < 88 && i / SIZE < 88 && (i % SIZE < 36 || i /
			SIZE < 36);
		final IntPredicate nuclei = i -> isIn(i, 22, 22, 16) || isIn(i, 70, 22, 16) || isIn(i, 22, 70, 16);
		assertEquals(3, merged(look(0.25, 0.97, corner), look(1, 0.9, nuclei)));
	}

	@Test
	void fewSpotsInANucleusAreItsTexture() {
		assertEquals(1, merged(disc(), look(1, 0.9, grid(2, 30, 16))));
	}

	@Test
	void manySpotsInANucleusAreItsTexture() {
		assertEquals(1, merged(disc(), look(1, 0.9, grid(4, 14, 7))));
	}

	@Test
	void whatIsTooLargeForANucleusIsNone() {
		final Look background = look(0.25, 0.97, i -> isIn(i, SIZE / 2, SIZE / 2, 90));
		assertEquals(4, merged(background, look(1, 0.9, grid(2, 30, 6))));
		assertEquals(0, merged(background, look(1, 0.9, i -> false)));
	}

	@Test
	void theCloserLookHoldsWhereBothAgree() {
		final int[] close = look(1, 0.9, i -> isIn(i, SIZE / 2, SIZE / 2, 76)).labels();
		final int[] labels = merger.merge(disc(), look(1, 0.9, i -> isIn(i, SIZE / 2, SIZE / 2, 76))).labels();
		assertEquals(LabelRuns.areas(close, 1)[1], LabelRuns.areas(labels, LabelRuns.largest(labels))[1]);
	}
}
