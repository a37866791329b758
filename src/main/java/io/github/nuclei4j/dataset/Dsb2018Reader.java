package io.github.nuclei4j.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.nuclei4j.image.DataFiles;
import io.github.nuclei4j.image.PngImage;
import io.github.nuclei4j.util.WarningLog;
import net.imglib2.img.array.ArrayImgs;

/**
 * Reads the layout of the Kaggle Data Science Bowl 2018 (BBBC038): {@code <ImageId>/images/<ImageId>.png} with one binary
 * mask per nucleus in {@code <ImageId>/masks/*.png}, in a zip archive or folder, possibly below further folders.
 */
final class Dsb2018Reader {

	private Dsb2018Reader() {
		// static methods only
	}

	/** Whether any file is named as this layout's images are. */
	static boolean recognizes(final DataFiles files) {
		return files.names().stream().anyMatch(name -> imageFolder(name) != null);
	}

	/** The folder {@code .../<ImageId>} of an image named as in this layout, otherwise null. */
	private static String imageFolder(final String name) {
		final String[] parts = name.split("/");
		final int n = parts.length;
		if (n < 3 || !parts[n - 2].equals("images") || !parts[n - 1].equalsIgnoreCase(parts[n - 3] + ".png")) return null;
		return name.substring(0, name.length() - parts[n - 2].length() - parts[n - 1].length() - 2);
	}

	/**
	 * A data set of all images; they are read later.
	 *
	 * @throws IOException if an image has no masks or an id occurs twice
	 */
	static NucleusDataset read(final DataFiles files, final WarningLog warnings) throws IOException {
		final Map<String, String> images = new TreeMap<>();
		for (final String name : files.names()) {
			final String folder = imageFolder(name);
			if (folder == null) continue;
			final String id = folder.substring(folder.lastIndexOf('/') + 1);
			final String other = images.put(id, name);
			if (other != null) {
				throw new IOException("The image id " + id + " occurs twice: " + other + " and " + name + " in '" + files.path() +
					"'. Remove one of them.");
			}
		}
		final Set<String> used = new HashSet<>(images.values());
		final List<NucleusDataset.Entry> entries = new ArrayList<>();
		for (final Map.Entry<String, String> image : images.entrySet()) {
			final List<String> masks = masks(files, imageFolder(image.getValue()) + "/masks/");
			if (masks.isEmpty()) {
				throw new IOException("No masks for the image " + files.describe(image.getValue()) + ": expected PNG files in " +
					imageFolder(image.getValue()) + "/masks. Remove the image, or add its masks.");
			}
			used.addAll(masks);
			entries.add(new NucleusDataset.Entry(image.getKey(), files.title(), null, () -> load(files, image.getKey(), image.getValue(), masks,
				warnings)));
		}
		for (final String name : files.names()) {
			if (isPng(name) && !used.contains(name)) {
				warnings.add("Not used: " + files.describe(name) + " is neither <ImageId>/images/<ImageId>.png nor a mask of one.");
			}
		}
		return new NucleusDataset(files.title(), entries, warnings,
			files);
	}

	private static List<String> masks(final DataFiles files, final String folder) {
		final List<String> masks = new ArrayList<>();
		for (final String name : files.names().tailSet(folder)) {
			if (!name.startsWith(folder)) break;
			if (isPng(name) && name.indexOf('/', folder.length()) < 0) masks.add(name);
		}
		return masks;
	}

	private static boolean isPng(final String name) {
		return name.regionMatches(true, name.length() - 4, ".png", 0, 4);
	}

	private static NucleusSample load(final DataFiles files, final String id, final String imageName,
		final List<String> maskNames, final WarningLog warnings) throws IOException
	{
		final PngImage image = PngImage.decode(files.read(imageName), files.describe(imageName));
		final int width = image.width();
		final int[] labels = new int[width * image.height()];
		final List<String> names = new ArrayList<>();
		for (final String maskName : maskNames) {
			final PngImage mask = PngImage.decode(files.read(maskName), files.describe(maskName));
			if (mask.width() != width || mask.height() != image.height()) {
				throw new IOException("The mask " + files.describe(maskName) + " is " + mask.width() + " x " + mask.height() +
					" pixels, but its image is " + width + " x " + image.height() + ". Both must have the same size: replace or " +
					"remove the mask.");
			}
			final int[] overlaps = new int[names.size()];
			if (paint(mask.foreground(), labels, names.size() + 1, overlaps)) names.add(maskName);
			else if (Arrays.stream(overlaps).sum() == 0) warnings.add("Empty mask: " + files.describe(maskName) +
				" has no pixel and gets no label.");
			else warnings.add("Covered mask: all pixels of " + files.describe(maskName) +
				" belong to other masks, so that it gets no label.");
			for (int i = 0; i < overlaps.length; i++) {
				if (overlaps[i] > 0) warnings.add("Overlapping masks: " + overlaps[i] + " pixel(s) of " + files.describe(maskName) +
					" belong to " + names.get(i) + " already and stay with it.");
			}
		}
		return new NucleusSample(id, image.pixels(), ArrayImgs.ints(labels, width, image.height()));
	}

	/** Gives the mask's free pixels the label, counts the others under the label they have; whether any was free. */
	private static boolean paint(final boolean[] mask, final int[] labels, final int label, final int[] overlaps) {
		boolean painted = false;
		for (int i = 0; i < labels.length; i++) {
			if (!mask[i]) continue;
			if (labels[i] == 0) {
				labels[i] = label;
				painted = true;
			}
			else overlaps[labels[i] - 1]++;
		}
		return painted;
	}
}
