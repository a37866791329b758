package io.github.nuclei4j.util;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * The versions of Nuclei4J and of the libraries that run.
 */
public final class Version {

	private static final String OURS = "io/github/nuclei4j/version.properties";
	private static final String UNKNOWN = "unknown";

	private Version() {}

	/** The version from the build, such as {@code 0.1.0}; {@code unknown} if the jar was put together without it. */
	public static String current() {
		return read(OURS, "version");
	}

	/** The address of the folder with the documentation, ending in a slash. */
	public static String documentation() {
		return read(OURS, "documentation");
	}

	/** The version of a library that was built with Maven; {@code unknown} if its jar does not say. */
	public static String of(final String group, final String artifact) {
		return read("META-INF/maven/" + group + "/" + artifact + "/pom.properties", "version");
	}

	private static String read(final String resource, final String key) {
		try (InputStream in = Version.class.getClassLoader().getResourceAsStream(resource)) {
			if (in == null) return UNKNOWN;
			final Properties properties = new Properties();
			properties.load(in);
			return properties.getProperty(key, UNKNOWN);
		}
		catch (final IOException e) {
			return UNKNOWN;
		}
	}
}
