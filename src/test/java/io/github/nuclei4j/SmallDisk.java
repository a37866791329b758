package io.github.nuclei4j;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A small disk in memory, to be filled or made read-only. Only Linux has such, and only root may have one made. */
public final class SmallDisk implements AutoCloseable {

	private static final String FILLER = ".filler";

	private final Path folder;

	private SmallDisk(final Path folder) {
		this.folder = folder;
	}

	/**
	 * Makes one, or skips the test where that can't be.
	 *
	 * @param folder to make
	 * @param kilobytes its size
	 */
	public static SmallDisk mount(final Path folder, final int kilobytes) throws IOException {
		assumeTrue(System.getProperty("os.name").equals("Linux"), "Small disks in memory are of Linux.");
		Files.createDirectories(folder);
		assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "nuclei4j-test", folder.toString()) == 0,
			"Only root, and not in every container, may mount a disk.");
		return new SmallDisk(folder);
	}

	private static int run(final String... command) throws IOException {
		try {
			final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			process.getInputStream().readAllBytes();
			return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Where it is. */
	public Path folder() {
		return folder;
	}

	/** Fills it until hardly more than so many kilobytes are left. */
	public void fill(final int leftKilobytes) throws IOException {
		final byte[] page = new byte[4096];
		try (OutputStream out = Files.newOutputStream(folder.resolve(FILLER))) {
			while (folder.toFile().getUsableSpace() >= page.length + leftKilobytes * 1024L) out.write(page);
		}
	}

	/** Makes room again. */
	public void empty() throws IOException {
		Files.deleteIfExists(folder.resolve(FILLER));
	}

	/** Lets nobody write any more, or again. */
	public void readOnly(final boolean on) throws IOException {
		if (run("mount", "-o", "remount," + (on ? "ro" : "rw"), folder.toString()) != 0) throw new IOException(
			"It can't be mounted again.");
	}

	/** Names of the files below a folder that were being written when it was interrupted. */
	public static List<String> leftovers(final Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".tmp")).collect(Collectors
				.toCollection(ArrayList::new));
		}
	}

	/** Whether a message names the file, the reason and what to do. */
	public static boolean tellsOfFullDisk(final String message, final Path file) {
		return Arrays.asList(file.toString(), "the disk is full", "Free some space").stream().allMatch(message::contains);
	}

	@Override
	public void close() throws IOException {
		run("umount", "-l", folder.toString());
	}
}
