package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import ij.gui.Overlay;
import ij.gui.Roi;

class NucleusResultsTest {

	@Test
	void keepsTheUsersElementsAndReplacesOurOwn() {
		final Overlay existing = new Overlay();
		existing.drawNames(true);
		final Roi scaleBar = roi("|SB|", false);
		existing.add(scaleBar);
		existing.add(roi("nucleus-0001", true));
		existing.add(roi("nucleus-0002", false));
		existing.add(roi("nucleus-12345", true));
		existing.add(roi(null, true));
		final Overlay added = new Overlay();
		added.add(roi("nucleus-0001", true));
		added.add(roi("nucleus-0002", true));

		final Overlay merged = NucleusResults.merge(existing, added);

		assertEquals("|SB| nucleus-0002 null nucleus-0001 nucleus-0002", Arrays.stream(merged.toArray()).map(
			roi -> String.valueOf(roi.getName())).collect(Collectors.joining(" ")));
		assertSame(scaleBar, merged.get(0), "the user's own element, not a copy");
		assertTrue(merged.getDrawNames(), "the overlay's settings stay");
		assertNotSame(existing, merged);
		assertEquals(5, existing.size(), "the old overlay isn't touched while it may be drawn");
	}

	private static Roi roi(final String name, final boolean ours) {
		final Roi roi = new Roi(1, 1, 5, 5);
		roi.setName(name);
		if (ours) roi.setProperty(NucleusResults.MARK, "segmentation");
		return roi;
	}
}
