package io.github.nuclei4j.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import io.github.nuclei4j.fuzz.FuzzTarget;
import io.github.nuclei4j.fuzz.Mutations;
import io.github.nuclei4j.fuzz.ZipMutations;
import io.github.nuclei4j.image.TestPngs;

/** Data sets in the Kaggle layout as zip archives: opened, and all samples read. */
public final class DataZipTarget implements FuzzTarget {

	private final List<byte[]> seeds = new ArrayList<>();
	private final List<byte[]> pictures = new ArrayList<>();

	/** Makes the valid archives. */
	public DataZipTarget() throws IOException {
		final int[] values = new int[64];
		for (int i = 0; i < values.length; i++) values[i] = i * 37 % 251;
		pictures.add(TestPngs.grey(BufferedImage.TYPE_BYTE_GRAY, 8, values));
		pictures.add(TestPngs.grey(BufferedImage.TYPE_USHORT_GRAY, 8, values));
		pictures.add(TestPngs.color(BufferedImage.TYPE_INT_ARGB, 8, values));
		pictures.add(TestPngs.color(BufferedImage.TYPE_BYTE_INDEXED, 8, values));
		for (final byte[] picture : pictures) {
			final Map<String, byte[]> files = new LinkedHashMap<>();
			files.put("stage/a/images/a.png", picture);
			files.put("stage/a/masks/1.png", TestPngs.mask("xx....../xx....../......../......../......../......../......../........"));
			files.put("stage/a/masks/2.png", TestPngs.mask("......../......../..xxx.../..xxx.../......../......../......../........"));
			files.put("stage/b/images/b.png", pictures.get(0));
			files.put("stage/b/masks/1.png", TestPngs.mask("......../......../......../......../......../......xx/......xx/........"));
			seeds.add(ZipMutations.zip(files, Deflater.BEST_SPEED));
		}
	}

	@Override
	public String name() {
		return "dataset";
	}

	@Override
	public String extension() {
		return ".zip";
	}

	@Override
	public byte[] mutate(final Random random) throws IOException {
		return ZipMutations.mutate(Mutations.one(seeds, random), seeds, (name, content) -> png(content, random), random);
	}

	/** Any bytes, or a chunk with other bytes and a right checksum. */
	private byte[] png(final byte[] original, final Random random) {
		if (random.nextInt(3) == 0) return Mutations.bytes(original, pictures, random);
		final byte[] png = original.clone();
		int at = 8;
		for (int i = random.nextInt(3); i > 0; i--) {
			final int next = at + 12 + length(png, at);
			if (next > 0 && next + 12 < png.length) at = next;
		}
		final int length = length(png, at);
		if (length < 0 || at + 12 + length > png.length) return Mutations.bytes(original, pictures, random);
		if (length > 0) Mutations.put(png, at + 8 + random.nextInt(length), random.nextBoolean() ? 1 : 4, Mutations.interesting(random), true);
		final CRC32 checksum = new CRC32();
		checksum.update(png, at + 4, length + 4);
		Mutations.put(png, at + 8 + length, 4, (int) checksum.getValue(), true);
		return random.nextInt(6) == 0 ? Arrays.copyOf(png, png.length - random.nextInt(png.length)) : png;
	}

	private static int length(final byte[] png, final int at) {
		return (png[at] & 0xff) << 24 | (png[at + 1] & 0xff) << 16 | (png[at + 2] & 0xff) << 8 | png[at + 3] & 0xff;
	}

	@Override
	public void read(final Path file, final byte[] bytes) throws IOException {
		try (NucleusDataset data = NucleusDataset.open(file)) {
			for (int i = 0; i < data.size(); i++) data.get(i);
		}
	}
}
