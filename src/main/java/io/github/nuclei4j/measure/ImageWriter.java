package io.github.nuclei4j.measure;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import io.github.nuclei4j.util.AtomicFiles;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.TiffEncoder;

/** Writes images to files, whole or not at all, without ImageJ's dialogs. */
public final class ImageWriter {

	private ImageWriter() {}

	/** Writes a TIFF that ImageJ opens with its dimensions, calibration, colours and display range. */
	public static void tiff(final ImagePlus image, final Path file) throws IOException {
		final FileInfo info = image.getFileInfo();
		info.nImages = image.getStackSize();
		if (info.nImages > 1) info.sliceLabels = image.getStack().getSliceLabels();
		info.description = new FileSaver(image).getDescriptionString();
		AtomicFiles.writeQuickly(file, new TiffEncoder(info)::write);
	}

	/** Writes a PNG. */
	public static void png(final BufferedImage picture, final Path file) throws IOException {
		AtomicFiles.writeQuickly(file, out -> {
			if (PngEncoder.takes(picture)) PngEncoder.write(picture, out);
			else if (!ImageIO.write(picture, "png", out)) {
				throw new IOException("This Java has no PNG writer, so " + file + " cannot be written: use a complete Java.");
			}
		});
	}
}
