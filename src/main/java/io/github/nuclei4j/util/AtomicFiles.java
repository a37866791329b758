package io.github.nuclei4j.util;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes files so that a reader, or a killed run, sees the old file or the whole new one and never a part: the content
 * goes to a temporary file in the same folder, is forced to the disk (unless written quickly), and is then moved over the
 * target.
 */
public final class AtomicFiles {

	/** What writes the content of a file; unlike a plain consumer it may fail with an {@link IOException}. */
	@FunctionalInterface
	public interface IOConsumer<T> {

		/** Consumes the value. */
		void accept(T value) throws IOException;
	}

	private static final String TEMPORARY = ".tmp";
	/** Bytes of a name that leave room for what temporary names add, of the 255 that file systems allow. */
	private static final int LONGEST = 255 - 2 - 36 - TEMPORARY.length();
	private static final Pattern LEFTOVER = Pattern.compile("\\.(.+)\\.[0-9a-f-]+\\.tmp");

	private AtomicFiles() {}

	/**
	 * Writes the target, making its folder if needed. The stream is buffered, and closing it early (as a ZIP writer
	 * does) is harmless. If the writer fails in any way, cancellation included, the temporary file is deleted, the
	 * target is left as it was, and the failure is thrown on.
	 *
	 * @param target the file to make or to replace
	 * @param writer writes the whole content to the stream it is given
	 * @throws IOException that names the file, the reason and what to do, if it can't be written
	 */
	public static void write(final Path target, final IOConsumer<OutputStream> writer) throws IOException {
		write(target, true, writer);
	}

	/**
	 * As {@link #write}, for results that are soon made again: the disk is not waited for, so that a file may be lost, or
	 * empty, if the computer loses its power within the next seconds.
	 */
	public static void writeQuickly(final Path target, final IOConsumer<OutputStream> writer) throws IOException {
		write(target, false, writer);
	}

	/**
	 * Removes the temporary files that killed programs left in a folder. Only for when nobody is writing them.
	 *
	 * @param targets which files, by name, were being written
	 */
	public static void removeLeftovers(final Path folder, final Collection<String> targets) throws IOException {
		if (!Files.isDirectory(folder)) return;
		final Set<String> beginnings = new HashSet<>();
		for (final String target : targets) beginnings.add(beginning(target));
		try (DirectoryStream<Path> hidden = Files.newDirectoryStream(folder, ".*" + TEMPORARY)) {
			for (final Path file : hidden) {
				final Matcher name = LEFTOVER.matcher(file.getFileName().toString());
				if (name.matches() && beginnings.contains(name.group(1))) Files.deleteIfExists(file);
			}
		}
	}

	/**
	 * Makes the folder that a file is to be in, unless there is one.
	 *
	 * @throws IOException if that can't be
	 */
	public static void makeFolderOf(final Path file) throws IOException {
		final Path folder = file.toAbsolutePath().getParent();
		if (folder == null || Files.isDirectory(folder)) return;
		try {
			Files.createDirectories(folder);
		}
		catch (final FileAlreadyExistsException e) {
			throw new FileSystemException(e.getFile(), null, "Not a directory");
		}
	}

	private static void write(final Path target, final boolean force, final IOConsumer<OutputStream> writer)
		throws IOException
	{
		final Path absolute = target.toAbsolutePath();
		if (Files.isDirectory(absolute)) {
			throw new IOException("Cannot write the file " + target + ": there is a folder of that name. "
				+ "Choose another name or remove the folder.");
		}
		final Path temporary = absolute.resolveSibling("." + beginning(absolute.getFileName().toString()) + "." + UUID
			.randomUUID() + TEMPORARY);
		try {
			makeFolderOf(absolute);
			write(temporary, absolute, force, writer);
		}
		catch (final IOException e) {
			throw unwritten(target, temporary, e);
		}
	}

	/** A name, cut where a file of the temporary name would have more bytes than file systems allow. */
	private static String beginning(final String name) {
		int end = name.length();
		while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > LONGEST) end = name.offsetByCodePoints(end, -1);
		return name.substring(0, end);
	}

	private static void write(final Path temporary, final Path target, final boolean force,
		final IOConsumer<OutputStream> writer) throws IOException
	{
		boolean moved = false;
		try {
			try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE,
				StandardOpenOption.CREATE_NEW))
			{
				final OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
				writer.accept(new Uncloseable(buffered));
				buffered.flush();
				if (force) channel.force(true);
			}
			move(temporary, target);
			moved = true;
		}
		finally {
			if (!moved) Files.deleteIfExists(temporary);
		}
	}

	/** Of a full disk Java says no more than that, and otherwise it names the temporary file; other files that failed keep their names. */
	private static IOException unwritten(final Path target, final Path temporary, final IOException failure) {
		final String file = failure instanceof FileSystemException ? ((FileSystemException) failure).getFile() : null;
		final boolean other = file != null && !file.equals(temporary.toString()) && !temporary.startsWith(file);
		return new IOException("Cannot write " + target + ": " + (other ? Messages.of(failure) : Messages.reason(failure)),
			failure);
	}

	/** Replaces what there is, in one step where the file system can. */
	static void move(final Path from, final Path to) throws IOException {
		try {
			Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final AtomicMoveNotSupportedException e) {
			// some network file systems cannot: the next best is a plain replacement
			Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	/** Passes everything on but the closing, so that the channel is still open to be forced to the disk. */
	private static final class Uncloseable extends FilterOutputStream {

		Uncloseable(final OutputStream out) {
			super(out);
		}

		@Override
		public void write(final byte[] bytes, final int offset, final int length) throws IOException {
			out.write(bytes, offset, length);
		}

		@Override
		public void close() throws IOException {
			flush();
		}
	}
}
