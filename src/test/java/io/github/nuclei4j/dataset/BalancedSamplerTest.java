package io.github.nuclei4j.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

class BalancedSamplerTest {

	/** An image with square nuclei in a raster, fluorescence or (bright and blue) stained tissue. */
	private static ImageFacts facts(final int width, final int height, final int side, final int raster,
		final boolean tissue)
	{
		final int[] colors = new int[width * height];
		final int[] labels = new int[width * height];
		for (int i = 0; i < labels.length; i++) {
			final int x = i % width;
			final int y = i / width;
			if (x % raster < side && y % raster < side && x / raster * raster + side <= width && y / raster * raster +
				side <= height)
			{
				labels[i] = 1 + x / raster + y / raster * 100;
			}
			colors[i] = tissue ? labels[i] > 0 ? 0xff4030a0 : 0xfff0e0f0 : labels[i] > 0 ? 0xffffffff : 0xff000000;
		}
		return ImageFacts.of(new NucleusSample("image", ArrayImgs.argbs(colors, width, height), ArrayImgs.ints(labels, width,
			height)));
	}

	@Test
	void factsAreThoseOfTheImage() {
		final ImageFacts facts = facts(100, 60, 10, 30, false);
		assertEquals(100, facts.width());
		assertEquals(60, facts.height());
		assertEquals(ImageKind.FLUORESCENCE, facts.kind());
		assertEquals(8, facts.nuclei());
		assertEquals(2 * Math.sqrt(100 / Math.PI), facts.nucleusDiameter(), 1e-9);
		assertEquals(35, facts.centreX(1), 1e-4);
		assertEquals(5, facts.centreY(1), 1e-4);
		assertEquals(ImageKind.STAINED_TISSUE, facts(100, 60, 10, 30, true).kind());
		final ImageFacts empty = ImageFacts.of(new NucleusSample("empty", ArrayImgs.unsignedBytes(9, 8), ArrayImgs.ints(9,
			8)));
		assertEquals(0, empty.nuclei());
		assertEquals(0, empty.nucleusDiameter());
	}

	@Test
	void diameterIsTheMedian() {
		final int[] labels = new int[100];
		Arrays.fill(labels, 0, 4, 1);
		Arrays.fill(labels, 10, 26, 3);
		assertEquals((2 * Math.sqrt(4 / Math.PI) + 2 * Math.sqrt(16 / Math.PI)) / 2, ImageFacts.of(new NucleusSample("2",
			ArrayImgs.unsignedBytes(10, 10), ArrayImgs.ints(labels, 10, 10))).nucleusDiameter(), 1e-9);
		Arrays.fill(labels, 60, 99, 7);
		assertEquals(2 * Math.sqrt(16 / Math.PI), ImageFacts.of(new NucleusSample("3", ArrayImgs.unsignedBytes(10, 10),
			ArrayImgs.ints(labels, 10, 10))).nucleusDiameter(), 1e-9);
	}

	@Test
	void kindsAndSizesAreBalanced() {
		final List<ImageFacts> images = new ArrayList<>(Collections.nCopies(16, facts(100, 100, 10, 30, false)));
		images.add(facts(100, 100, 40, 70, false));
		images.add(facts(100, 100, 10, 30, true));
		final BalancedSampler sampler = new BalancedSampler(images, 24, 64);
		double sum = 0;
		for (int i = 0; i < images.size(); i++) sum += sampler.share(i);
		assertEquals(1, sum, 1e-9);
		assertEquals(0.42 / 0.92, sampler.share(17), 1e-9);
		// 16 images of one size weigh about four times as one of another size, not sixteen times, with the same base weight.
		final double common = sampler.share(0) * Math.sqrt(16);
		assertEquals(Math.sqrt(base(images.get(0)) / base(images.get(16))), common /
			sampler.share(16), 1e-9);

		final List<PatchPlace> places = sampler.draw(1000, 5);
		assertEquals(1000, places.size());
		for (int i = 0; i < images.size(); i++) {
			final int image = i;
			assertEquals(1000 * sampler.share(i), places.stream().filter(p -> p.image() == image).count(), 1.001);
		}
	}

	private static double base(final ImageFacts facts) {
		return Math.sqrt(1 + facts.nuclei()) * (1 + 2 * Math.min(1, facts.nuclei() * Math.PI / 4 * Math.pow(facts
			.nucleusDiameter(), 2) / facts.width() / facts.height()));
	}

	@Test
	void setsHaveTheirShares() {
		final List<ImageFacts> images = new ArrayList<>(Collections.nCopies(9, facts(100, 100, 10, 30, false)));
		images.add(facts(100, 100, 10, 30, true));
		final List<String> sets = new ArrayList<>(Collections.nCopies(8, "a"));
		sets.addAll(List.of("b", "b"));
		final int nuclei = images.get(0).nuclei();
		final BalancedSampler byRoot = new BalancedSampler(images, sets, Mixture.DEFAULT, 24, 64);
		assertEquals(Math.sqrt((1.0 + 8 * nuclei) / (1 + nuclei)), 8 * byRoot.share(0) / byRoot.share(8), 1e-9);
		assertEquals(0.42 / 0.92, byRoot.share(9), 1e-9);
		final Mixture mixture = Mixture.DEFAULT.shares(Map.of("a", 1.0, "b", 3.0));
		final BalancedSampler given = new BalancedSampler(images, sets, mixture, 24, 64);
		assertEquals(3, given.share(8) / given.share(0) / 8, 1e-9);
		assertEquals(1, given.draw(100, 1).stream().filter(place -> place.image() == 0).count(), 1.001);
		final BalancedSampler without = new BalancedSampler(images, sets, Mixture.DEFAULT.shares(Map.of("b", 0.0)), 24, 64);
		assertEquals(1.0 / 8, without.share(0), 1e-9);
		assertEquals(0, without.share(9));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> mixture.check(List.of("a", "c"))).getMessage().contains("'b'"));
		assertThrows(IllegalArgumentException.class, () -> Mixture.DEFAULT.shares(Map.of("a", -1.0)));
	}

	@Test
	void patchesAreAtNucleiInsideTheImageAndAtTheCommonSize() {
		final ImageFacts facts = facts(400, 300, 12, 60, false);
		final List<PatchPlace> places = new BalancedSampler(Collections.singletonList(facts), 24, 64).draw(2000, 3);
		final double scale = 24 / facts.nucleusDiameter();
		int near = 0;
		int common = 0;
		for (final PatchPlace place : places) {
			final double half = 32 / place.scale();
			assertTrue(place.scale() >= 0.1 && place.scale() <= 5);
			assertTrue(place.x() >= half - 1e-6 && place.x() <= 400 - half + 1e-6);
			assertTrue(place.y() >= half - 1e-6 && place.y() <= 300 - half + 1e-6);
			boolean shows = false;
			for (int n = 0; n < facts.nuclei(); n++) {
				shows |= Math.abs(facts.centreX(n) - place.x()) < half && Math.abs(facts.centreY(n) - place.y()) < half;
			}
			if (shows) near++;
			if (place.scale() >= 0.6 * scale - 1e-9 && place.scale() <= 1.7 * scale + 1e-9) common++;
		}
		assertTrue(near > 1600, near + " of 2000 show a nucleus");
		assertTrue(common > 1200, common + " of 2000 about the common size");
		final double median = places.stream().mapToDouble(PatchPlace::scale).sorted().skip(1000).findFirst().getAsDouble();
		assertTrue(median > 0.7 * scale && median < 1.1 * scale, "median scale " + median);
	}

	@Test
	void largePatchesHoldTheImage() {
		final ImageFacts facts = facts(50, 40, 10, 20, false);
		for (final PatchPlace place : new BalancedSampler(Collections.singletonList(facts), 8, 128).draw(200, 1)) {
			final double half = 64 / place.scale();
			assertTrue(place.x() - half <= 1e-6 && place.x() + half >= 50 - 1e-6, "the patch is larger than the image");
			assertTrue(place.y() - half <= 1e-6 && place.y() + half >= 40 - 1e-6);
		}
	}

	@Test
	void seedDecides() {
		final List<ImageFacts> images = Arrays.asList(facts(100, 100, 10, 30, false), facts(100, 100, 10, 30, true));
		final BalancedSampler sampler = new BalancedSampler(images, 24, 64);
		assertEquals(text(sampler.draw(50, 1)), text(sampler.draw(50, 1)));
		assertNotEquals(text(sampler.draw(50, 1)), text(sampler.draw(50, 2)));
		assertThrows(IllegalArgumentException.class, () -> sampler.draw(0, 1));
		assertThrows(IllegalArgumentException.class, () -> new BalancedSampler(Collections.emptyList(), 24, 64));
		assertThrows(IllegalArgumentException.class, () -> new BalancedSampler(images, 0, 64));
	}

	private static String text(final List<PatchPlace> places) {
		return places.stream().map(p -> p.image() + " " + p.x() + " " + p.y() + " " + p.scale()).collect(Collectors.joining(
			"\n"));
	}

	@Test
	void middlesCoverTheMiddleOfEachImage() {
		final ImageFacts small = facts(100, 90, 12, 30, false);
		final ImageFacts wide = facts(300, 60, 12, 30, false);
		final double diameter = small.nucleusDiameter();
		assertEquals("0 50.0 45.0 1.0\n1 150.0 30.0 1.0", text(PatchPlace.middles(Arrays.asList(small, wide), diameter,
			200)));
		final List<PatchPlace> one = PatchPlace.middles(Collections.singletonList(small), diameter, 64);
		assertEquals(2, one.size());
		assertEquals(18, one.get(0).x());
		assertEquals(82, one.get(1).x());
		assertEquals(45, one.get(0).y());
		assertEquals(1, one.get(0).scale(), 1e-9);
		assertEquals(2, PatchPlace.middles(Collections.singletonList(wide), 2 * diameter, 128).size());
		assertEquals(4, PatchPlace.middles(Collections.singletonList(small), 4 * diameter, 128).size());
	}
}
