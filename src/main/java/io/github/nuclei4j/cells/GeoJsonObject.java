package io.github.nuclei4j.cells;

import java.awt.Color;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import ij.gui.Roi;

/** An object of QuPath: an outline with a name, a class and measurements. Immutable but for its ROI, which is not copied. */
public final class GeoJsonObject {

	private final Roi roi;
	private final String type;
	private final String classification;
	private final Color color;
	private final Map<String, Double> measurements;

	/**
	 * @param roi its name is the object's; its position the plane
	 * @param type of QuPath: detection, annotation, cell, ...
	 * @param classification empty for none; derived classes have colons between the names
	 * @param color of the class, or null
	 * @param measurements by name; those that are NaN are not written
	 */
	public GeoJsonObject(final Roi roi, final String type, final String classification, final Color color,
		final Map<String, Double> measurements)
	{
		this.roi = roi;
		this.type = type;
		this.classification = classification;
		this.color = color;
		this.measurements = Collections.unmodifiableMap(new LinkedHashMap<>(measurements));
	}

	/** The outline, in pixels; its name is the object's, or null. */
	public Roi roi() {
		return roi;
	}

	/** QuPath's type: detection, annotation, cell, ... */
	public String type() {
		return type;
	}

	/** Name of the class; empty for none. */
	public String classification() {
		return classification;
	}

	/** Colour of the class, or null. */
	public Color color() {
		return color;
	}

	/** Measurements by name. */
	public Map<String, Double> measurements() {
		return measurements;
	}
}
