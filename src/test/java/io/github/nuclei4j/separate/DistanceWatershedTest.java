package io.github.nuclei4j.separate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import io.github.nuclei4j.segment.Planes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

class DistanceWatershedTest {

	private static final DistanceWatershed WATERSHED = new DistanceWatershed(0.5, 20, false);

	@Test
	void smoothingKeepsConstantsAndTheMean() {
		for (int width = 1; width < 9; width++) {
			for (int height = 1; height < 9; height++) {
				final float[] constant = new float[width * height];
				Arrays.fill(constant, 3);
				for (final float value : DistanceWatershed.smooth(constant, width, height)) assertEquals(3, value, 1e-5);
			}
		}
		final float[] point = new float[9 * 9];
		point[40] = 256;
		final float[] smooth = DistanceWatershed.smooth(point, 9, 9);
		final int[] binomial = { 0, 0, 1, 4, 6, 4, 1, 0, 0 };
		for (int i = 0; i < 81; i++) assertEquals(binomial[i % 9] * binomial[i / 9], smooth[i], 1e-4);
	}

	@ParameterizedTest
	@ValueSource(ints = { 4, 6, 9, 14, 25, 50 })
	void splitsTouchingDiscsAtAnyAngle(final int r) {
		for (int degrees = 0; degrees < 180; degrees += 15) {
			final double dx = 0.85 * r * Math.cos(Math.toRadians(degrees));
			final double dy = 0.85 * r * Math.sin(Math.toRadians(degrees));
			final int size = 4 * r + 6;
			final double c = size / 2.0 + 0.3;
			final int[] labels = Planes.ints(WATERSHED.separate(Planes.probability(size, size, Planes.disc(c - dx, c - dy, r),
				Planes.disc(c + dx, c + dy, r))));
			final String what = "radius " + r + ", " + degrees + " degrees";
			int max = 0;
			int wrong = 0;
			int area = 0;
			final int first = labels[(int) (c - dy) * size + (int) (c - dx)];
			final int second = labels[(int) (c + dy) * size + (int) (c + dx)];
			assertNotEquals(first, second, what);
			for (int i = 0; i < labels.length; i++) {
				max = Math.max(max, labels[i]);
				if (labels[i] == 0) continue;
				area++;
				final double side = (i % size + 0.5 - c) * dx + (i / size + 0.5 - c) * dy;
				if (labels[i] != (side < 0 ? first : second)) wrong++;
			}
			assertEquals(2, max, what);
			assertTrue(wrong <= 0.03 * area + 4, what + ": " + wrong + " of " + area + " pixels on the wrong side");
		}
	}

	@Test
	void splitsLargeFromSmallAndChains() {
		assertEquals(2, count(100, Planes.disc(40, 50, 25), Planes.disc(73, 50, 10)));
		assertEquals(3, count(100, Planes.disc(20, 50, 12), Planes.disc(41, 52, 12), Planes.disc(62, 50, 12)));
		assertEquals(4, count(100, Planes.disc(30, 30, 14), Planes.disc(55, 30, 14), Planes.disc(30, 55, 14), Planes.disc(55,
			55, 14)));
		assertEquals(2, count(100, Planes.ellipse(40, 45, 22, 11, 20), Planes.ellipse(46, 70, 22, 11, 20)));
	}

	@ParameterizedTest
	@ValueSource(doubles = { 1, 1.5, 2, 3, 4 })
	void keepsEllipsesWhole(final double elongation) {
		for (int b = 3; b <= 20; b++) {
			for (int degrees = 0; degrees < 180; degrees += 9) {
				final int size = (int) (2 * b * elongation + 6);
				assertEquals(1, count(size, Planes.ellipse(size / 2.0 + 0.2, size / 2.0 - 0.1, b * elongation, b, degrees)),
					"b " + b + ", " + degrees + " degrees");
			}
		}
	}

	@Test
	void keepsRaggedDiscsWhole() {
		final Random random = new Random(5);
		for (int i = 0; i < 200; i++) {
			final double r = 5 + random.nextInt(40);
			final double[] phases = random.doubles(6, 0, 2 * Math.PI).toArray();
			final int size = (int) (2.6 * r + 8);
			final double c = size / 2.0;
			final Random jitter = new Random(i);
			final int seed = i;
			final Planes.Shape ragged = (x, y) -> {
				final double angle = Math.atan2(y - c, x - c);
				double radius = r;
				for (int k = 0; k < phases.length; k++) {
					radius += 0.12 * r / (k + 2) * Math.cos((k + 2) * angle + phases[k]);
				}
				return Math.hypot(x - c, y - c) <= radius + jitter.nextDouble() - 0.5;
			};
			assertEquals(1, count(size, ragged), "radius " + r + ", shape " + seed);
		}
	}

	@Test
	void nucleiCutByTheBorderStayWhole() {
		assertEquals(1, count(60, Planes.disc(30, -3, 14)));
		assertEquals(1, count(60, Planes.ellipse(0, 30, 20, 9, 90)));
		assertEquals(1, count(60, Planes.disc(30, 30, 100)));
	}

	@Test
	void noPixelIsLostAndPiecesAreConnected() {
		final Random random = new Random(6);
		for (int i = 0; i < 40; i++) {
			final int width = 1 + random.nextInt(120);
			final int height = 1 + random.nextInt(120);
			final Planes.Shape[] discs = new Planes.Shape[1 + random.nextInt(30)];
			for (int d = 0; d < discs.length; d++) {
				discs[d] = Planes.disc(random.nextInt(width), random.nextInt(height), 2 + random.nextInt(12));
			}
			final Img<FloatType> probability = Planes.probability(width, height, discs);
			final boolean[] mask = ForegroundMask.of(probability, 0.5);
			ForegroundMask.fillHoles(mask, width, height, 64);
			final Img<IntType> result = new DistanceWatershed(0.5, 0, false).separate(probability);
			final int[] labels = Planes.ints(result);
			int last = 0;
			for (int k = 0; k < labels.length; k++) {
				assertEquals(mask[k], labels[k] != 0);
				assertTrue(labels[k] <= last + 1, "labels are numbered in raster order");
				last = Math.max(last, labels[k]);
			}
			for (int label = 1; label <= last; label++) {
				final boolean[] piece = new boolean[labels.length];
				for (int k = 0; k < labels.length; k++) piece[k] = labels[k] == label;
				int parts = 0;
				for (final int part : Planes.componentsByFlooding(piece, width)) parts = Math.max(parts, part);
				assertEquals(1, parts);
			}
		}
	}

	@Test
	void copiesInALargePlaneAreCutAlike() {
		final int size = 97;
		final Random random = new Random(7);
		final Planes.Shape[] discs = new Planes.Shape[14];
		for (int d = 0; d < discs.length; d++) {
			discs[d] = Planes.disc(20 + random.nextInt(size - 40), 20 + random.nextInt(size - 40), 4 + random.nextInt(10));
		}
		final Img<FloatType> one = Planes.probability(size, size, discs);
		final int[] alone = Planes.ints(WATERSHED.separate(one));
		final int nuclei = Arrays.stream(alone).max().getAsInt();
		assertTrue(nuclei > 3, "nuclei: " + nuclei);
		final int copies = 9;
		final Img<FloatType> many = Planes.probability(size * copies, size * copies, (x, y) -> {
			for (final Planes.Shape disc : discs) if (disc.contains(x % size, y % size)) return true;
			return false;
		});
		final int[] labels = Planes.ints(WATERSHED.separate(many));
		assertEquals(nuclei * copies * copies, Arrays.stream(labels).max().getAsInt());
		for (int copy = 0; copy < copies * copies; copy++) {
			final int[] numbers = new int[nuclei + 1];
			for (int i = 0; i < alone.length; i++) {
				final int at = (copy / copies * size + i / size) * size * copies + copy % copies * size + i % size;
				if (numbers[alone[i]] == 0) numbers[alone[i]] = labels[at];
				assertEquals(numbers[alone[i]], labels[at]);
			}
		}
	}

	@Test
	void leavesOutSmallAndBorderNuclei() {
		final Planes.Shape[] shapes = { Planes.disc(0, 30, 8), Planes.disc(30, 30, 8), Planes.disc(44, 30, 8), Planes.disc(15,
			10, 2) };
		assertEquals(3, Planes.max(new DistanceWatershed(0.5, 20, false).separate(Planes.probability(60, 60, shapes))));
		assertEquals(4, Planes.max(new DistanceWatershed(0.5, 5, false).separate(Planes.probability(60, 60, shapes))));
		assertEquals(2, Planes.max(new DistanceWatershed(0.5, 20, true).separate(Planes.probability(60, 60, shapes))));
	}

	@Test
	void emptyAndTinyImages() {
		assertEquals(0, count(10));
		assertArrayEquals(new String[] { "1" }, Planes.text(new DistanceWatershed(0.5, 0, false).separate(Planes.probability(
			"#"))));
		assertArrayEquals(new String[] { "1.2" }, Planes.text(new DistanceWatershed(0.5, 0, false).separate(Planes
			.probability("#.#"))));
	}

	private static int count(final int size, final Planes.Shape... shapes) {
		return Planes.max(WATERSHED.separate(Planes.probability(size, size, shapes)));
	}
}
