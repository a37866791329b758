package io.github.nuclei4j.segment;

/** Says that the count of a stack is a sum over its planes, in which a nucleus counts once in each. */
public final class PlaneCount {

	private static final String BEGINNING = "The count is the sum over ";

	private PlaneCount() {}

	/** A sentence on the count of an image of so many slices and frames, with the remedy; empty for a single plane. */
	public static String note(final int slices, final int frames) {
		if (slices * frames <= 1) return "";
		final String planes = slices == 1 ? frames + " frames" : frames == 1 ? slices + " slices" : slices + " slices in each of " +
			frames + " frames";
		final String each = slices == 1 ? "a nucleus counts once in each frame, since nuclei aren't tracked through time"
			: "a nucleus that is in several slices counts once in each" + (frames == 1 ? "" : ", and again in each frame");
		return BEGINNING + planes + ": " + each + "." + (slices == 1 ? ""
			: " To count each once, segment it as a volume (planes=volume; on the command line --planes volume).");
	}

	/** Whether a note is one of these. */
	public static boolean isNote(final String note) {
		return note.startsWith(BEGINNING);
	}
}
