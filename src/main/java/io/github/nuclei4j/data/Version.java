package io.github.nuclei4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * The version of Nuclei4J that runs.
 */
public final class Version {

	private static final String RESOURCE = "/io/github/nuclei4j/version.properties";

	private Version() {}

	/** The version from the build, such as {@code 0.1.0}; {@code unknown} if the jar was put together without it. */
	public static String current() {
		try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
			if (in == null) return "unknown";
			final Properties properties = new Properties();
			properties.load(in);
			return properties.getProperty("version", "unknown");
		}
		catch (final IOException e) {
			return "unknown";
		}
	}
}
