package io.github.nuclei4j.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The images (series) in an image file: most hold one; TIFFs, OME-TIFFs and microscopes' files may hold any number, of different
 * sizes. Smaller copies of an image (thumbnails, the levels of a pyramid) are counted, but not among those to be segmented.
 */
public final class ImageFile {

	private final List<long[]> sizes = new ArrayList<>();
	private final List<Integer> numbers = new ArrayList<>();
	private final List<String> notes = new ArrayList<>();

	private ImageFile() {}

	/**
	 * Lists the images of a file, without reading their pixels.
	 *
	 * @throws IOException if the file can't be read or is damaged
	 */
	public static ImageFile of(final Path path) throws IOException {
		final ImageFile file = new ImageFile();
		if (Files.isRegularFile(path) && ImageFiles.isMicroscope(path)) {
			final int count = BioFormats.names(path).size();
			for (int i = 1; i <= count; i++) file.add(i, null);
		}
		else if (Files.isRegularFile(path) && SilentOpener.isTiff(path)) {
			try (FileChannel channel = FileChannel.open(path)) {
				final TiffFile tiff = TiffFile.of(PlacedBytes.of(channel), path.getFileName().toString());
				for (final TiffSeries series : tiff.series()) file.sizes.add(new long[] { series.width(), series.height(), series.planes
					.size() });
				file.numbers.addAll(tiff.numbers());
				file.notes.addAll(tiff.notes());
			}
			catch (final FileSystemException e) {
				throw e;
			}
			catch (final IOException | RuntimeException e) {
				throw SilentOpener.tiffFailure(path, e);
			}
		}
		else file.add(1, null);
		return file;
	}

	private void add(final int number, final long[] size) {
		numbers.add(number);
		sizes.add(size);
	}

	/** How many there are, smaller copies as well. */
	public int count() {
		return sizes.size();
	}

	/** Numbers of those to be segmented, from 1. */
	public List<Integer> numbers() {
		return Collections.unmodifiableList(numbers);
	}

	/** What is not segmented unless it is asked for, a sentence each. */
	public List<String> notes() {
		return Collections.unmodifiableList(notes);
	}

	/**
	 * Width, height and number of planes of an image of a TIFF file.
	 *
	 * @param number from 1; 0 for the only one
	 * @return null of other files, and if there is no such image
	 */
	public long[] size(final int number) {
		final int index = number == 0 ? numbers.size() == 1 ? numbers.get(0) : 0 : number;
		return index < 1 || index > sizes.size() ? null : sizes.get(index - 1);
	}
}
