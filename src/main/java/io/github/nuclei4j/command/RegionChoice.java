package io.github.nuclei4j.command;

import java.awt.GraphicsEnvironment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import io.github.nuclei4j.measure.Regions;

/**
 * The regions that the user drew: the selection, or what is in the overlay or in the ROI Manager. Nuclei that we outlined
 * there ourselves are none, nor are lines, points, texts, pictures and scale bars. Only copies are given away.
 */
final class RegionChoice {

	/** The selection if it is an area, else the overlay's regions, else the ROI Manager's, else the whole image. */
	static final String AUTO = "auto";

	/** The selection; the whole image if there is none, as in ImageJ's own commands. */
	static final String SELECTION = "selection";

	/** The regions of the overlay. */
	static final String OVERLAY = "overlay";

	/** The regions in the ROI Manager. */
	static final String MANAGER = "manager";

	private final String source;
	private final List<Roi> rois;
	private final int skipped;

	private RegionChoice(final String source, final List<Roi> rois, final int skipped) {
		this.source = source;
		this.rois = rois;
		this.skipped = skipped;
	}

	/**
	 * Finds the regions for an image.
	 *
	 * @param choice one of the constants
	 * @throws IllegalArgumentException if the selection is no area, or if there are no regions where they were asked for
	 */
	static RegionChoice of(final ImagePlus image, final String choice) {
		switch (choice) {
			case SELECTION:
				return image.getRoi() == null ? whole(image) : selection(image);
			case OVERLAY:
				return required(among(OVERLAY, overlay(image)), "The overlay of '" + image.getTitle() + "'",
					"Draw one, and add it with Image > Overlay > Add Selection...");
			case MANAGER:
				return required(among(MANAGER, managed()), "The ROI Manager", "Draw one, and add it with Edit > Selection > Add to Manager");
			default:
				if (image.getRoi() != null && Regions.isRegion(image.getRoi())) return selection(image);
				final RegionChoice drawn = among(OVERLAY, overlay(image));
				if (!drawn.rois.isEmpty()) return drawn;
				final RegionChoice listed = among(MANAGER, managed());
				return listed.rois.isEmpty() ? whole(image) : listed;
		}
	}

	private static RegionChoice whole(final ImagePlus image) {
		return new RegionChoice("whole image", Collections.singletonList(Regions.whole(image)), 0);
	}

	private static RegionChoice selection(final ImagePlus image) {
		final Roi copy = (Roi) image.getRoi().clone();
		if (copy.getName() == null) copy.setName(SELECTION);
		return new RegionChoice(SELECTION, Collections.singletonList(copy), 0);
	}

	private static List<Roi> overlay(final ImagePlus image) {
		final Overlay overlay = image.getOverlay();
		return overlay == null ? Collections.emptyList() : Arrays.asList(overlay.toArray());
	}

	private static List<Roi> managed() {
		final RoiManager manager = GraphicsEnvironment.isHeadless() ? null : RoiManager.getInstance2();
		return manager == null ? Collections.emptyList() : Arrays.asList(manager.getRoisAsArray());
	}

	private static RegionChoice among(final String source, final List<Roi> all) {
		final List<Roi> regions = new ArrayList<>();
		int skipped = 0;
		for (final Roi roi : all) {
			if (NucleusResults.isOurs(roi)) continue;
			if (Regions.isRegion(roi)) regions.add((Roi) roi.clone());
			else skipped++;
		}
		return new RegionChoice(source, regions, skipped);
	}

	private static RegionChoice required(final RegionChoice found, final String place, final String remedy) {
		if (!found.rois.isEmpty()) return found;
		throw new IllegalArgumentException(place + " holds no region: an area that isn't the outline of a nucleus. " + remedy +
			", or choose regions=" + AUTO + ", which counts in the whole image where there is none.");
	}

	/** The regions, at least one. */
	List<Roi> rois() {
		return rois;
	}

	/** Number and origin, such as {@code 3 regions (overlay)}; with what was left out. */
	@Override
	public String toString() {
		return rois.size() + (rois.size() == 1 ? " region (" : " regions (") + source + (skipped == 0 ? "" : "; " + skipped +
			" lines, points, texts and the like ignored") + ")";
	}
}
