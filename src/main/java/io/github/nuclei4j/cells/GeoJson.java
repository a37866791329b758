package io.github.nuclei4j.cells;

import java.awt.Color;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;

import ij.ImagePlus;
import ij.gui.Roi;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.util.AtomicFiles;

/**
 * Outlines as GeoJSON (RFC 7946) as QuPath writes and reads it: a feature per object, coordinates in pixels along the pixels'
 * edges; name, class with colour, and measurements are properties. Both ways in which QuPath has written measurements and
 * colours are read: those of versions 0.2 and 0.3, and those since 0.4.
 */
public final class GeoJson {

	/** Ending of the files. */
	public static final String ENDING = ".geojson";

	/** Property of a ROI that holds its class; ImageJ keeps it in files. */
	public static final String CLASS = "class";

	private GeoJson() {}

	/**
	 * Writes a file whole or not at all.
	 *
	 * @param file replaced if it exists
	 * @param image on which the ROIs' positions count, for stacks
	 */
	public static void write(final List<GeoJsonObject> objects, final ImagePlus image, final Path file) throws IOException {
		AtomicFiles.write(file, out -> {
			final JsonWriter json = new JsonWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
			json.beginObject();
			json.name("type").value("FeatureCollection");
			json.name("features").beginArray();
			for (int i = 0; i < objects.size(); i++) write(objects.get(i), i, image, json);
			json.endArray();
			json.endObject();
			json.flush();
		});
	}

	private static void write(final GeoJsonObject object, final int number, final ImagePlus image, final JsonWriter json)
		throws IOException
	{
		final Roi roi = object.roi();
		final String key = image.getTitle() + "\n" + number + "\n" + roi.getName() + "\n" + roi.getBounds();
		json.beginObject();
		json.name("type").value("Feature");
		json.name("id").value(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString());
		json.name("geometry");
		GeoJsonGeometry.write(roi, plane(roi, image), json);
		json.name("properties").beginObject();
		json.name("objectType").value(object.type());
		if (roi.getName() != null) json.name("name").value(roi.getName());
		if (!object.classification().isEmpty()) {
			json.name("classification").beginObject();
			json.name("name").value(object.classification());
			if (object.color() != null) {
				json.name("color").beginArray();
				json.value(object.color().getRed()).value(object.color().getGreen()).value(object.color().getBlue());
				json.endArray();
			}
			json.endObject();
		}
		if (!object.measurements().isEmpty()) {
			json.name("measurements").beginObject();
			for (final Map.Entry<String, Double> measurement : object.measurements().entrySet()) {
				if (Double.isFinite(measurement.getValue())) json.name(measurement.getKey()).value(measurement.getValue());
			}
			json.endObject();
		}
		json.endObject();
		json.endObject();
	}

	/** Slice and frame of a ROI, from 0. */
	private static int[] plane(final Roi roi, final ImagePlus image) {
		if (roi.hasHyperStackPosition()) return new int[] { Math.max(0, roi.getZPosition() - 1), Math.max(0, roi.getTPosition() - 1) };
		if (roi.getPosition() <= 0) return new int[] { 0, 0 };
		final int[] position = image.convertIndexToPosition(roi.getPosition());
		return new int[] { position[1] - 1, position[2] - 1 };
	}

	/**
	 * Reads a file: a collection of features, an array of features, or one feature.
	 *
	 * @param image on which the ROIs are to be shown: sets their positions, if it is a stack; not altered
	 * @throws IOException if it can't be read, is no GeoJSON or has kinds of geometry that no ROI has; the message says where
	 */
	public static List<GeoJsonObject> read(final Path file, final ImagePlus image) throws IOException {
		try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
			final JsonElement root = JsonParser.parseReader(reader);
			final List<GeoJsonObject> objects = new ArrayList<>();
			for (final JsonElement feature : features(root)) {
				try {
					objects.add(read(feature.getAsJsonObject(), image));
				}
				catch (final IllegalArgumentException | IllegalStateException | ClassCastException | NullPointerException |
						IndexOutOfBoundsException | UnsupportedOperationException e)
				{
					throw new IOException("Feature " + (objects.size() + 1) + " of " + file + " is no object of QuPath: " + e.getMessage() +
						" Export it again as GeoJSON from QuPath.", e);
				}
			}
			return objects;
		}
		catch (final JsonParseException | IllegalStateException | StackOverflowError e) {
			throw new IOException(file + " is no GeoJSON: " + e.getMessage() + " Export objects from QuPath with File > Export objects as GeoJSON.", e);
		}
	}

	private static JsonArray features(final JsonElement root) {
		if (root.isJsonArray()) return root.getAsJsonArray();
		if (!root.isJsonObject()) throw new IllegalStateException("expected an object or an array.");
		final JsonObject object = root.getAsJsonObject();
		if (object.has("features") && object.get("features").isJsonArray()) return object.getAsJsonArray("features");
		if (!object.has("geometry")) throw new IllegalStateException("it has neither features nor a geometry.");
		final JsonArray one = new JsonArray();
		one.add(object);
		return one;
	}

	private static GeoJsonObject read(final JsonObject feature, final ImagePlus image) {
		final JsonObject geometry = feature.getAsJsonObject("geometry");
		final Roi roi = GeoJsonGeometry.read(geometry);
		final JsonObject plane = geometry.has("plane") ? geometry.getAsJsonObject("plane") : new JsonObject();
		LabelRois.setPosition(roi, image, 1 + integer(plane, "z"), 1 + integer(plane, "t"));
		final JsonObject properties = feature.has("properties") && feature.get("properties").isJsonObject() ? feature.getAsJsonObject(
			"properties") : new JsonObject();
		if (isText(properties, "name")) roi.setName(properties.get("name").getAsString());
		String classification = "";
		Color color = null;
		if (properties.has("classification") && properties.get("classification").isJsonObject()) {
			final JsonObject of = properties.getAsJsonObject("classification");
			if (of.has("names")) classification = joined(of.getAsJsonArray("names"));
			else if (isText(of, "name")) classification = of.get("name").getAsString();
			color = color(of);
		}
		if (!classification.isEmpty()) roi.setProperty(CLASS, classification);
		if (color != null) roi.setStrokeColor(color);
		final String type = isText(properties, "objectType") ? properties.get("objectType").getAsString() : isText(properties,
			"object_type") ? properties.get("object_type").getAsString() : "annotation";
		return new GeoJsonObject(roi, type, classification, color, measurements(properties.get("measurements")));
	}

	private static String joined(final JsonArray names) {
		final List<String> parts = new ArrayList<>();
		names.forEach(name -> parts.add(name.getAsString()));
		return String.join(": ", parts);
	}

	private static int integer(final JsonObject object, final String name) {
		return object.has(name) ? object.get(name).getAsInt() : 0;
	}

	private static boolean isText(final JsonObject object, final String name) {
		return object.has(name) && object.get(name).isJsonPrimitive();
	}

	private static Color color(final JsonObject classification) {
		if (classification.has("color") && classification.get("color").isJsonArray()) {
			final JsonArray rgb = classification.getAsJsonArray("color");
			return new Color(rgb.get(0).getAsInt(), rgb.get(1).getAsInt(), rgb.get(2).getAsInt());
		}
		return isText(classification, "colorRGB") ? new Color(classification.get("colorRGB").getAsInt()) : null;
	}

	private static Map<String, Double> measurements(final JsonElement given) {
		final Map<String, Double> measurements = new LinkedHashMap<>();
		if (given == null || given.isJsonNull()) return measurements;
		if (given.isJsonObject()) {
			given.getAsJsonObject().entrySet().forEach(entry -> measurements.put(entry.getKey(), number(entry.getValue())));
			return measurements;
		}
		for (final JsonElement one : given.getAsJsonArray()) {
			measurements.put(one.getAsJsonObject().get("name").getAsString(), number(one.getAsJsonObject().get("value")));
		}
		return measurements;
	}

	/** QuPath writes NaN as a word. */
	private static double number(final JsonElement value) {
		return value == null || value.isJsonNull() ? Double.NaN : Double.parseDouble(value.getAsString());
	}
}
