package io.github.nuclei4j.image;

import java.io.IOException;

/** A file that is whole, but of a kind that isn't read here. The message says which kind, and how to open it. */
final class UnreadImageException extends IOException {

	private static final long serialVersionUID = 1;

	/** @param kind what isn't read, as the end of a sentence without a full stop */
	UnreadImageException(final String kind) {
		this(kind, null);
	}

	/** As {@link #UnreadImageException(String)}, with a cause. */
	UnreadImageException(final String kind, final Throwable cause) {
		super(kind + ". Open it in Fiji with File > Import > Bio-Formats, and save it as TIFF.", cause);
	}
}
