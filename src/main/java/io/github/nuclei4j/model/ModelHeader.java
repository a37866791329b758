package io.github.nuclei4j.model;

import com.google.gson.JsonParseException;

/** The part of a model file's JSON that every version of the format has. */
class ModelHeader {

	private static final String FORMAT = "nuclei4j-model";

	private final String format;
	private final int formatVersion;

	/** Not called for what is read: there, what the JSON lacks is null or 0. */
	ModelHeader(final int formatVersion) {
		format = FORMAT;
		this.formatVersion = formatVersion;
	}

	void check() throws UnsupportedVersion {
		if (!FORMAT.equals(format)) throw new JsonParseException("it does not say that it is a Nuclei4J model");
		if (formatVersion != ModelFile.FORMAT_VERSION) throw new UnsupportedVersion(formatVersion);
	}

	/** The format has another version than this program reads. */
	static final class UnsupportedVersion extends Exception {

		private static final long serialVersionUID = 1;

		UnsupportedVersion(final int found) {
			super("has model format version " + found + ", but this version of Nuclei4J reads version " +
				ModelFile.FORMAT_VERSION + ". " + (found > ModelFile.FORMAT_VERSION ? "Update Nuclei4J."
					: "Convert the model with the version of Nuclei4J that wrote it."));
		}
	}
}
