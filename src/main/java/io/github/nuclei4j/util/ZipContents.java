package io.github.nuclei4j.util;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip archive that anybody may have made: nothing is unpacked to the disk, no more is read than asked for, and what is read
 * to its end has the size and the checksum that the archive gives. Thread-safe.
 */
public final class ZipContents implements Closeable {

	/** More than any data set has. */
	static final int MOST_ENTRIES = 1_000_000;

	private final ZipFile zip;
	private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

	private ZipContents(final ZipFile zip) throws ZipException {
		this.zip = zip;
		if (zip.size() > MOST_ENTRIES) throw new ZipException("it has " + zip.size() + " entries, at most " + MOST_ENTRIES +
			" are read");
		for (final ZipEntry entry : Collections.list(zip.entries())) {
			if (entry.isDirectory()) continue;
			if (entries.put(entry.getName(), entry) != null) throw new ZipException("it has two entries '" + shown(entry
				.getName()) + "'");
		}
	}

	/**
	 * Reads the list of entries.
	 *
	 * @throws ZipException if that is damaged, or two entries have one name; the message doesn't name the file
	 * @throws IOException if the file can't be read
	 */
	public static ZipContents open(final Path file) throws IOException {
		final ZipFile zip;
		try {
			zip = new ZipFile(file.toFile());
		}
		catch (final IllegalArgumentException | EOFException e) {
			throw damaged("its list of entries can't be read", e);
		}
		try {
			return new ZipContents(zip);
		}
		catch (final IllegalArgumentException e) {
			zip.close();
			throw damaged("its list of entries can't be read", e);
		}
		catch (final IOException | RuntimeException | Error e) {
			zip.close();
			throw e;
		}
	}

	/** Names of all files in it, in the archive's order. */
	public List<String> names() {
		return Collections.unmodifiableList(new ArrayList<>(entries.keySet()));
	}

	/** Whether it has a file of that name. */
	public boolean has(final String name) {
		return entries.containsKey(name);
	}

	/** Size of a file as the archive gives it, bytes, which need not be true. */
	public long size(final String name) throws ZipException {
		return entry(name).getSize();
	}

	/**
	 * A file as a stream, which fails at the end if size or checksum are wrong. It doesn't end after the announced size:
	 * readers set their own limit.
	 *
	 * @throws ZipException if there is no such file, or it can't be unpacked; so do the stream's methods
	 */
	public InputStream stream(final String name) throws IOException {
		final ZipEntry entry = entry(name);
		try {
			return new Checked(zip.getInputStream(entry), entry);
		}
		catch (final IllegalArgumentException | EOFException e) {
			throw damaged("its entry '" + shown(name) + "' can't be read", e);
		}
	}

	/**
	 * All bytes of a file.
	 *
	 * @param most largest size that is read
	 * @throws ZipException as {@link #stream}, or if it is larger
	 */
	public byte[] read(final String name, final int most) throws IOException {
		if (size(name) > most) throw tooLarge(name, size(name), most);
		try (InputStream in = stream(name)) {
			final byte[] bytes = in.readNBytes(most);
			if (bytes.length == most && in.read() >= 0) throw tooLarge(name, most + 1L, most);
			return bytes;
		}
	}

	private static ZipException tooLarge(final String name, final long size, final int most) {
		return new ZipException("its entry '" + shown(name) + "' has " + size + " bytes or more unpacked, at most " + most +
			" are read");
	}

	private ZipEntry entry(final String name) throws ZipException {
		final ZipEntry entry = entries.get(name);
		if (entry == null) throw new ZipException("it has no " + shown(name));
		return entry;
	}

	private static ZipException damaged(final String what, final Exception cause) {
		final ZipException exception = new ZipException(what + " (" + (cause.getMessage() == null ? "it ends early"
			: cause.getMessage()) + ")");
		exception.initCause(cause);
		return exception;
	}

	/** A name as messages show it. */
	private static String shown(final String name) {
		return Messages.quoted(name);
	}

	@Override
	public void close() throws IOException {
		zip.close();
	}

	/** Compares with what the archive says of the entry. */
	private static final class Checked extends FilterInputStream {

		private final ZipEntry entry;
		private final CRC32 checksum = new CRC32();
		private long bytes;

		Checked(final InputStream in, final ZipEntry entry) {
			super(in);
			this.entry = entry;
		}

		@Override
		public int read() throws IOException {
			final byte[] one = new byte[1];
			return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(final byte[] target, final int offset, final int length) throws IOException {
			final int count;
			try {
				count = super.read(target, offset, length);
			}
			catch (final ZipException | EOFException e) {
				throw damaged("its entry '" + shown(entry.getName()) + "' can't be unpacked", e);
			}
			if (count >= 0) {
				checksum.update(target, offset, count);
				bytes += count;
			}
			else if (bytes != entry.getSize() || checksum.getValue() != entry.getCrc()) {
				throw new ZipException("its entry '" + shown(entry.getName()) + "' is damaged: it has " + bytes +
					" bytes of checksum " + Long.toHexString(checksum.getValue()) + ", expected " + entry.getSize() + " of " + Long
						.toHexString(entry.getCrc()));
			}
			return count;
		}

		@Override
		public long skip(final long count) throws IOException {
			return readNBytes((int) Math.min(count, 1 << 16)).length;
		}

		@Override
		public boolean markSupported() {
			return false;
		}
	}
}
