package io.github.nuclei4j.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.Deflater;

import ij.ImagePlus;
import ij.gui.EllipseRoi;
import ij.gui.ImageRoi;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.RotatedRectRoi;
import ij.gui.ShapeRoi;
import ij.gui.TextRoi;
import ij.io.RoiEncoder;
import ij.process.ByteProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.measure.Regions;
import io.github.nuclei4j.measure.RoiCounter;

/** Zips of ROIs: read, and nuclei counted in those that are regions. */
final class RoiTarget implements FuzzTarget {

	private static final int[] FIELDS = { 4, 6, 8, 10, 12, 14, 16, 18, 22, 26, 30, 34, 36, 40, 48, 50, 52, 53, 54, 56, 60 };

	private final List<byte[]> rois = new ArrayList<>();
	private final List<byte[]> seeds = new ArrayList<>();
	private final ImagePlus labels = new ImagePlus("labels", new ShortProcessor(40, 30));

	RoiTarget() throws IOException {
		for (int i = 0; i < 40 * 30; i++) labels.getProcessor().set(i, i % 40 / 10);
		final PolygonRoi smooth = new PolygonRoi(new float[] { 1, 20, 12 }, new float[] { 1, 4, 22 }, Roi.POLYGON);
		smooth.fitSpline();
		for (final Roi roi : Arrays.asList(new Roi(1, 2, 20, 10), new Roi(1.5, 2.5, 9.25, 8.5), new OvalRoi(3, 3, 9, 12), new Line(1, 1, 9, 9),
			new PolygonRoi(new int[] { 1, 20, 12 }, new int[] { 1, 4, 22 }, 3, Roi.FREEROI), smooth, new EllipseRoi(2, 2, 20, 15, 0.5),
			new RotatedRectRoi(2, 2, 20, 15, 6), new PointRoi(new int[] { 1, 2 }, new int[] { 3, 4 }, 2), new TextRoi(1, 1, "text"), new ImageRoi(
				2, 2, new ByteProcessor(5, 5)), new ShapeRoi(new Roi(0, 0, 9, 9)).or(new ShapeRoi(new OvalRoi(12, 12, 9, 9))))) {
			roi.setName("roi" + rois.size());
			roi.setProperty("key", "value");
			rois.add(RoiEncoder.saveAsByteArray(roi));
		}
		for (int i = 0; i < rois.size(); i++) {
			final Map<String, byte[]> files = new LinkedHashMap<>();
			files.put("roi" + i + ".roi", rois.get(i));
			files.put("other.roi", rois.get((i + 1) % rois.size()));
			seeds.add(ZipMutations.zip(files, Deflater.BEST_SPEED));
		}
	}

	@Override
	public String name() {
		return "roi";
	}

	@Override
	public String extension() {
		return ".zip";
	}

	@Override
	public byte[] mutate(final Random random) throws IOException {
		return ZipMutations.mutate(Mutations.one(seeds, random), seeds, (name, content) -> roi(content, random), random);
	}

	/** Fields of the header or of the second header, and any bytes. */
	private byte[] roi(final byte[] original, final Random random) {
		if (random.nextInt(4) == 0) return Mutations.bytes(original, rois, random);
		final byte[] roi = original.clone();
		for (int i = 1 + random.nextInt(3); i > 0; i--) {
			final int second = roi.length < 64 ? 0 : (roi[62] & 0xff) << 8 | roi[63] & 0xff;
			final int at = random.nextInt(3) == 0 ? second + 4 * random.nextInt(16) : random.nextInt(3) == 0 ? 64 + 4 * random.nextInt(Math
				.max(1, roi.length / 4)) : FIELDS[random.nextInt(FIELDS.length)];
			final int value = random.nextInt(4) == 0 ? Float.floatToIntBits((float) Math.pow(10, random.nextInt(40) - 1)) : random.nextInt(
				4) == 0 ? random.nextInt(roi.length) : Mutations.interesting(random);
			Mutations.put(roi, at, random.nextBoolean() ? 4 : random.nextBoolean() ? 2 : 1, value, true);
		}
		return roi;
	}

	@Override
	public void read(final Path file, final byte[] bytes) throws IOException {
		final List<Roi> regions = Regions.read(file).stream().filter(Regions::isRegion).collect(Collectors.toList());
		try {
			for (final RoiCounter.Rule rule : RoiCounter.Rule.values()) RoiCounter.count(labels, regions, rule);
		}
		catch (final IllegalArgumentException e) {
			if (e.getClass() != IllegalArgumentException.class) throw e;
			throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
		}
	}
}
