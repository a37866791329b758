package io.github.nuclei4j.batch;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

import io.github.nuclei4j.image.ImageFiles;

/** What an image's file was like when it was segmented, so that a later change is noticed. Written as JSON. */
final class InputState implements Serializable {

	private static final long serialVersionUID = 1;

	private final String file;
	private final long bytes;
	private final String modified;
	private final String sha256;

	private InputState(final String file, final long bytes, final String modified, final String sha256) {
		this.file = file;
		this.bytes = bytes;
		this.modified = modified;
		this.sha256 = sha256;
	}

	/**
	 * The state of a file now; reads all of it.
	 *
	 * @throws IOException if it can't be read, or is no file but a folder, say, or a pipe, which would be waited for
	 */
	static InputState of(final Path file) throws IOException {
		ImageFiles.requireFaithful(file);
		if (Files.exists(file) && !Files.isRegularFile(file)) throw new IOException("'" + file + "' is a " + (Files.isDirectory(
			file) ? "folder" : "pipe or device") + "; expected an image file. Give another one.");
		return new InputState(absolute(file), Files.size(file), modified(file), Sha256.of(file));
	}

	/** This as the state of the file that this one is a copy of. */
	InputState ofOriginal(final String place, final Instant changed) {
		return new InputState(place, bytes, changed.toString(), sha256);
	}

	/** Whether a file elsewhere has the same place, size and time of change. */
	boolean isUntouched(final String place, final long size, final Instant changed) {
		try {
			// other file systems keep milliseconds
			return place.equals(file) && size == bytes && modified != null && Instant.parse(modified).truncatedTo(ChronoUnit.MILLIS)
				.equals(changed.truncatedTo(ChronoUnit.MILLIS));
		}
		catch (final DateTimeParseException e) {
			return false;
		}
	}

	/**
	 * Whether a file is the same now: its place, size and time of change, or else its content, as after it was moved or
	 * copied.
	 */
	boolean isStill(final Path now) throws IOException {
		if (!Files.isRegularFile(now) || Files.size(now) != bytes) return false;
		return isUntouched(now) || Sha256.of(now).equals(sha256);
	}

	/** Whether a file has the same place, size and time of change. */
	boolean isUntouched(final Path now) throws IOException {
		return absolute(now).equals(file) && Files.size(now) == bytes && modified(now).equals(modified);
	}

	/** All of it, so that texts are the same for the same states only. */
	@Override
	public String toString() {
		return file + " " + bytes + " " + modified + " " + sha256;
	}

	private static String absolute(final Path file) {
		return file.toAbsolutePath().normalize().toString();
	}

	private static String modified(final Path file) throws IOException {
		return Files.getLastModifiedTime(file).toInstant().toString();
	}
}
