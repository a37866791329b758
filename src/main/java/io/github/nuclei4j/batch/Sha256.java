package io.github.nuclei4j.batch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.codec.digest.DigestUtils;

/** SHA-256 in hexadecimal digits, which identifies files and settings. */
final class Sha256 {

	private static final int BUFFER = 1 << 16;

	private Sha256() {}

	/** Of a file's content. */
	static String of(final Path file) throws IOException {
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
			return DigestUtils.sha256Hex(in);
		}
	}

	/** Of a text in UTF-8. */
	static String of(final String text) {
		return DigestUtils.sha256Hex(text);
	}
}
