package io.github.nuclei4j.batch;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;

import io.github.nuclei4j.segment.AreaNuclei;

/** Reads the areas of an image's parts, plane by plane. */
final class PartReader implements AutoCloseable {

	private final SplitPlan plan;
	private final SplitWork.Parts parts;

	/** Index of the part that is open, or else of the next one; and the plane that its next area is of. */
	private int part;
	private int plane;
	private DataInputStream in;

	PartReader(final SplitPlan plan, final SplitWork.Parts parts) {
		this.plan = plan;
		this.parts = parts;
	}

	/** The next area of a plane, null after the last one; planes have to be asked for one after the other. */
	AreaNuclei next(final int wanted) throws IOException {
		while (part < plan.parts() && plan.part(part).first <= wanted) {
			if (in == null) {
				in = new DataInputStream(new BufferedInputStream(parts.open(part), 1 << 16));
				plane = plan.part(part).first;
			}
			else if (plane > wanted) return null;
			if (in.readBoolean()) return AreaNuclei.read(in, plan.plane(plane).plane());
			if (++plane == plan.part(part).end) {
				// to the end, where compressed files have a checksum
				if (in.read() >= 0) throw new IOException("A part of the image is damaged. Run again.");
				close();
				part++;
			}
		}
		return null;
	}

	@Override
	public void close() throws IOException {
		if (in != null) in.close();
		in = null;
	}
}
