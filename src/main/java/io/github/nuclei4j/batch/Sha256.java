package io.github.nuclei4j.batch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 in hexadecimal digits, by which files and settings are told apart. */
final class Sha256 {

	private static final int BUFFER = 1 << 16;

	private Sha256() {}

	/** Of a file's content. */
	static String of(final Path file) throws IOException {
		final MessageDigest digest = digest();
		try (InputStream in = Files.newInputStream(file)) {
			final byte[] buffer = new byte[BUFFER];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) digest.update(buffer, 0, read);
		}
		return hex(digest.digest());
	}

	/** Of a text in UTF-8. */
	static String of(final String text) {
		return hex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256", e);
		}
	}

	private static String hex(final byte[] bytes) {
		final StringBuilder text = new StringBuilder();
		for (final byte b : bytes) text.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
		return text.toString();
	}
}
