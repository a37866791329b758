package io.github.nuclei4j.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.plugin.filter.AVI_Writer;
import io.github.nuclei4j.fuzz.FuzzTarget;
import io.github.nuclei4j.fuzz.Mutations;
import io.github.nuclei4j.fuzz.ZipMutations;

/** Images in all other formats that ImageJ writes: PNG, JPEG, GIF, BMP, PGM, AVI and zipped TIFF. */
public final class PictureTarget implements FuzzTarget {

	private final List<byte[]> seeds = new ArrayList<>();

	/** @param folder for files that are deleted again */
	public PictureTarget(final Path folder) throws IOException {
		for (final String kind : Arrays.asList("8-bit", "16-bit", "RGB")) {
			final ImagePlus image = IJ.createImage("x", kind + " ramp", 20, 16, 1);
			final FileSaver saver = new FileSaver(image);
			final Path file = folder.resolve("seed");
			saver.saveAsPng(file.toString());
			keep(file);
			saver.saveAsZip(file + ".zip");
			keep(folder.resolve("seed.zip"));
			if (kind.equals("16-bit")) continue;
			saver.saveAsJpeg(file.toString());
			keep(file);
			saver.saveAsBmp(file.toString());
			keep(file);
			saver.saveAsPgm(file.toString());
			keep(file);
		}
		final ImagePlus stack = IJ.createImage("x", "8-bit ramp", 20, 16, 3);
		final Path file = folder.resolve("seed.gif");
		new FileSaver(stack).saveAsGif(file.toString());
		keep(file);
		for (final int compression : new int[] { AVI_Writer.NO_COMPRESSION, AVI_Writer.JPEG_COMPRESSION, AVI_Writer.PNG_COMPRESSION }) {
			final AVI_Writer writer = new AVI_Writer();
			final Path avi = folder.resolve("seed.avi");
			writer.writeImage(stack, avi.toString(), compression, 80);
			keep(avi);
		}
	}

	private void keep(final Path file) throws IOException {
		seeds.add(Files.readAllBytes(file));
		Files.delete(file);
	}

	@Override
	public String name() {
		return "picture";
	}

	@Override
	public String extension() {
		return ".img";
	}

	@Override
	public byte[] mutate(final Random random) throws IOException {
		final byte[] seed = Mutations.one(seeds, random);
		if (seed[0] != 'P' || seed[1] != 'K') return Mutations.bytes(seed, seeds, random);
		return ZipMutations.mutate(seed, Arrays.asList(seed), (name, content) -> Mutations.bytes(content, seeds, random), random);
	}

	@Override
	public void read(final Path file, final byte[] bytes) throws IOException {
		final ImagePlus image = ImagePlanes.open(file);
		for (int slice = 1; slice <= Math.min(3, image.getStackSize()); slice++) image.getStack().getProcessor(slice);
	}
}
