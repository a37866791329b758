package io.github.nuclei4j.image;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import ij.IJ;
import ij.ImagePlus;

/**
 * Opens files in microscopes' own formats with Bio-Formats where that is installed, as it is in Fiji. It is called by name,
 * so that nothing needs it, and without its dialogs. The user's settings of its importer are left as they are.
 */
final class BioFormats {

	private static final String PACKAGE = "loci.plugins.in.";

	/** Settings that would change what is read, or show something; some versions lack some of them. */
	private static final List<String> OFF = Arrays.asList("setVirtual", "setCrop", "setSpecifyRanges", "setSplitChannels",
		"setSplitFocalPlanes", "setSplitTimepoints", "setSwapDimensions", "setConcatenate", "setOpenAllSeries",
		"setGroupFiles", "setUngroupFiles", "setStitchTiles", "setShowMetadata", "setShowOMEXML", "setShowROIs", "setForceThumbnails",
		"setAutoscale");

	private BioFormats() {}

	/** Whether it is on the class path. */
	static boolean isPresent() {
		try {
			type("ImporterOptions");
			return true;
		}
		catch (final ClassNotFoundException | LinkageError e) {
			return false;
		}
	}

	/** What is done with a file that Bio-Formats has opened. */
	private interface Work<R> {

		/** @param process loci.plugins.in.ImportProcess, executed */
		R with(Object process, Object options) throws ReflectiveOperationException, IOException;
	}

	/**
	 * Opens one image (series) of a file, of any dimensions.
	 *
	 * @param number from 1; 0 for the only one
	 * @throws IOException if Bio-Formats is not there or can't read the file, or all of the image, or the file holds several images
	 */
	static synchronized ImagePlus open(final Path file, final int number) throws IOException {
		return run(file, (process, options) -> {
			final int series = (Integer) call(process, "getSeriesCount");
			if (number == 0 && series != 1 || number > series) {
				throw new IOException("'" + file + "' holds " + series + (series == 1 ? " image" : " images") + " (series), " + (number == 0
					? "expected one: it would not be clear which is meant. Open it in Fiji and save each of them as TIFF."
					: "image " + number + " was asked for."));
			}
			return read(file, process, options, Math.max(1, number) - 1);
		});
	}

	/** Names of the images (series) in a file, which may be empty. */
	static synchronized List<String> names(final Path file) throws IOException {
		return run(file, (process, options) -> {
			final List<String> names = new java.util.ArrayList<>();
			final int series = (Integer) call(process, "getSeriesCount");
			for (int i = 0; i < series; i++) {
				final Object label = process.getClass().getMethod("getSeriesLabel", int.class).invoke(process, i);
				names.add(label == null ? "" : label.toString());
			}
			return names;
		});
	}

	private static <R> R run(final Path file, final Work<R> work) throws IOException {
		if (!isPresent()) {
			throw new IOException("The image file '" + file + "' of " + Files.size(file) + " bytes is in a microscope's own format, " +
				"which only Bio-Formats reads; ImageJ by itself reads " + SilentOpener.KNOWN + ". Work in Fiji, which has Bio-Formats, or " +
				"save the image as TIFF there.");
		}
		DeltaVisionHeader.requireWhole(file);
		try {
			final Object users = type("ImporterOptions").getConstructor().newInstance();
			try {
				return process(file, work);
			}
			finally {
				// reading a file makes its options those of the next dialog
				call(users, "saveOptions");
			}
		}
		catch (final InvocationTargetException e) {
			final Throwable cause = e.getCause() == null ? e : e.getCause();
			if (cause instanceof Error) throw (Error) cause;
			throw new IOException("Bio-Formats can't open '" + file + "': " + cause.getMessage() +
				". Fetch the file again, or try whether Fiji opens it, and save it as TIFF.", cause);
		}
		catch (final ReflectiveOperationException | LinkageError e) {
			throw new IOException("The version of Bio-Formats that is installed can't be used (" + e + "). Update Fiji, or save '" +
				file + "' as TIFF.", e);
		}
	}

	private static <R> R process(final Path file, final Work<R> work) throws ReflectiveOperationException, IOException {
		final Class<?> optionsType = type("ImporterOptions");
		final Object options = optionsType.getConstructor().newInstance();
		optionsType.getMethod("setId", String.class).invoke(options, file.toAbsolutePath().toString());
		optionsType.getMethod("setColorMode", String.class).invoke(options, "Default");
		optionsType.getMethod("setStackFormat", String.class).invoke(options, "Hyperstack");
		optionsType.getMethod("setStackOrder", String.class).invoke(options, "Default");
		optionsType.getMethod("setQuiet", boolean.class).invoke(options, true);
		optionsType.getMethod("setWindowless", boolean.class).invoke(options, true);
		for (final String setting : OFF) {
			if (Arrays.stream(optionsType.getMethods()).anyMatch(method -> method.getName().equals(setting))) {
				optionsType.getMethod(setting, boolean.class).invoke(options, false);
			}
		}
		// not loci.plugins.BF, which would put the file's ROIs into the ROI Manager
		final Object process = type("ImportProcess").getConstructor(optionsType).newInstance(options);
		if (!Boolean.TRUE.equals(call(process, "execute"))) throw new IOException("Bio-Formats didn't open '" + file + "'.");
		try {
			return work.with(process, options);
		}
		finally {
			call(call(process, "getReader"), "close");
		}
	}

	private static ImagePlus read(final Path file, final Object process, final Object options, final int series)
		throws ReflectiveOperationException, IOException
	{
		options.getClass().getMethod("clearSeries").invoke(options);
		options.getClass().getMethod("setSeriesOn", int.class, boolean.class).invoke(options, series, true);
		final Object reader = type("ImagePlusReader").getConstructor(process.getClass()).newInstance(process);
		final ImagePlus[] images = (ImagePlus[]) call(reader, "openImagePlus");
		if (images == null || images.length != 1) throw new IOException("Bio-Formats found no image in '" + file + "'.");
		return images[0];
	}

	private static Object call(final Object object, final String method) throws ReflectiveOperationException {
		return object.getClass().getMethod(method).invoke(object);
	}

	private static Class<?> type(final String name) throws ClassNotFoundException {
		try {
			return Class.forName(PACKAGE + name);
		}
		catch (final ClassNotFoundException e) {
			final ClassLoader plugins = IJ.getClassLoader();
			if (plugins == null) throw e;
			return Class.forName(PACKAGE + name, true, plugins);
		}
	}
}
