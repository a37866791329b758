package io.github.nuclei4j.cells;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;

import ij.gui.Line;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.process.FloatPolygon;

/** ROIs as geometries of GeoJSON and back: areas with holes and pieces, lines and points. */
final class GeoJsonGeometry {

	private static final double FLATNESS = 0.1;
	private static final double NEAR = 1e-3;

	private GeoJsonGeometry() {}

	/** @param plane slice and frame from 0, written if one isn't 0 */
	static void write(final Roi roi, final int[] plane, final JsonWriter json) throws IOException {
		json.beginObject();
		if (roi instanceof PointRoi) writePoints(roi, json);
		else if (!roi.isArea()) writeLine(roi, json);
		else writeArea(roi, json);
		if (plane[0] > 0 || plane[1] > 0) {
			json.name("plane").beginObject();
			json.name("c").value(-1).name("z").value(plane[0]).name("t").value(plane[1]);
			json.endObject();
		}
		json.endObject();
	}

	private static void writePoints(final Roi roi, final JsonWriter json) throws IOException {
		final FloatPolygon points = roi.getFloatPolygon();
		json.name("type").value("MultiPoint");
		json.name("coordinates").beginArray();
		for (int i = 0; i < points.npoints; i++) write(points.xpoints[i], points.ypoints[i], json);
		json.endArray();
	}

	private static void writeLine(final Roi roi, final JsonWriter json) throws IOException {
		final FloatPolygon points = roi instanceof Line ? ((Line) roi).getFloatPoints() : roi.getFloatPolygon();
		json.name("type").value("LineString");
		json.name("coordinates").beginArray();
		for (int i = 0; i < points.npoints; i++) write(points.xpoints[i], points.ypoints[i], json);
		json.endArray();
	}

	private static void writeArea(final Roi roi, final JsonWriter json) throws IOException {
		final List<List<double[][]>> polygons = polygons(roi);
		json.name("type").value(polygons.size() == 1 ? "Polygon" : "MultiPolygon");
		json.name("coordinates").beginArray();
		for (final List<double[][]> polygon : polygons) {
			if (polygons.size() > 1) json.beginArray();
			for (final double[][] ring : polygon) {
				json.beginArray();
				for (final double[] point : ring) write(point[0], point[1], json);
				write(ring[0][0], ring[0][1], json);
				json.endArray();
			}
			if (polygons.size() > 1) json.endArray();
		}
		json.endArray();
	}

	private static void write(final double x, final double y, final JsonWriter json) throws IOException {
		json.beginArray();
		write(x, json);
		write(y, json);
		json.endArray();
	}

	private static void write(final double number, final JsonWriter json) throws IOException {
		if (number == Math.rint(number)) json.value((long) number);
		else json.value(Math.round(number * 1000) / 1000.0);
	}

	/** The pieces of an area, each its outer ring and then its holes; rings are not closed. */
	private static List<List<double[][]>> polygons(final Roi roi) {
		if (roi.getType() == Roi.TRACED_ROI || roi.getType() == Roi.POLYGON || roi.getType() == Roi.FREEROI || roi
			.getType() == Roi.RECTANGLE && roi.getCornerDiameter() == 0)
		{
			final FloatPolygon polygon = roi.getFloatPolygon();
			final double[][] ring = new double[polygon.npoints][];
			for (int i = 0; i < ring.length; i++) ring[i] = new double[] { polygon.xpoints[i], polygon.ypoints[i] };
			return Collections.singletonList(Collections.singletonList(ring));
		}
		final ShapeRoi shape = roi instanceof ShapeRoi ? (ShapeRoi) roi : new ShapeRoi(roi);
		return nested(rings(shape.getShape(), roi.getXBase(), roi.getYBase()));
	}

	private static List<double[][]> rings(final Shape shape, final double x, final double y) {
		final List<double[][]> rings = new ArrayList<>();
		List<double[]> ring = new ArrayList<>();
		final double[] at = new double[6];
		for (final PathIterator path = new Area(shape).getPathIterator(null, FLATNESS); !path.isDone(); path.next()) {
			final int kind = path.currentSegment(at);
			if (kind != PathIterator.SEG_LINETO) {
				if (ring.size() > 2) rings.add(ring.toArray(new double[0][]));
				if (kind == PathIterator.SEG_MOVETO) ring = new ArrayList<>();
				else ring.clear();
			}
			if (kind == PathIterator.SEG_CLOSE) continue;
			final double[] point = { at[0] + x, at[1] + y };
			if (ring.isEmpty() || !Arrays.equals(ring.get(0), point)) ring.add(point);
		}
		return rings;
	}

	/** Rings inside an even number of others are outer ones, the others holes of the innermost ring around them. */
	private static List<List<double[][]>> nested(final List<double[][]> rings) {
		final int n = rings.size();
		final boolean[][] inside = new boolean[n][n];
		final int[] depth = new int[n];
		for (int i = 0; i < n; i++) {
			final double[] point = insidePoint(rings.get(i));
			for (int j = 0; j < n; j++) {
				inside[i][j] = i != j && contains(rings.get(j), point[0], point[1]);
				if (inside[i][j]) depth[i]++;
			}
		}
		final List<List<double[][]>> polygons = new ArrayList<>();
		for (int i = 0; i < n; i++) {
			if (depth[i] % 2 != 0) continue;
			final List<double[][]> polygon = new ArrayList<>();
			polygon.add(rings.get(i));
			for (int hole = 0; hole < n; hole++) if (inside[hole][i] && depth[hole] == depth[i] + 1) polygon.add(rings.get(hole));
			polygons.add(polygon);
		}
		return polygons;
	}

	/** A point inside a ring and so near its edge that no other ring is between. */
	private static double[] insidePoint(final double[][] ring) {
		final double[] heights = Arrays.stream(ring).mapToDouble(point -> point[1]).distinct().sorted().toArray();
		final double y = heights.length < 2 ? heights[0] : (heights[0] + heights[1]) / 2;
		final double[] crossings = crossings(ring, y);
		return new double[] { crossings.length < 2 ? ring[0][0] : crossings[0] + Math.min(NEAR, (crossings[1] -
			crossings[0]) / 2), y };
	}

	private static boolean contains(final double[][] ring, final double x, final double y) {
		return Arrays.stream(crossings(ring, y)).filter(crossing -> crossing < x).count() % 2 == 1;
	}

	private static double[] crossings(final double[][] ring, final double y) {
		final List<Double> crossings = new ArrayList<>();
		for (int i = 0, before = ring.length - 1; i < ring.length; before = i++) {
			final double[] a = ring[before];
			final double[] b = ring[i];
			if (a[1] > y != b[1] > y) crossings.add(a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]));
		}
		return crossings.stream().mapToDouble(Double::doubleValue).sorted().toArray();
	}

	/** @throws IllegalArgumentException if there is no ROI of its kind */
	static Roi read(final JsonObject geometry) {
		final JsonArray coordinates = geometry.getAsJsonArray("coordinates");
		final String type = geometry.get("type").getAsString();
		switch (type) {
			case "Polygon":
				return coordinates.size() == 1 ? polygon(ring(coordinates.get(0).getAsJsonArray())) : area(coordinates, false);
			case "MultiPolygon":
				return area(coordinates, true);
			case "LineString":
				return line(ring(coordinates));
			case "Point":
				return new PointRoi(coordinate(coordinates, 0), coordinate(coordinates, 1));
			case "MultiPoint":
				final float[][] points = ring(coordinates);
				return new PointRoi(points[0], points[1], points[0].length);
			default:
				throw new IllegalArgumentException("its geometry is a " + type +
					", expected Polygon, MultiPolygon, LineString, Point or MultiPoint.");
		}
	}

	private static float coordinate(final JsonArray point, final int axis) {
		final float value = point.get(axis).getAsFloat();
		if (Float.isFinite(value)) return value;
		throw new IllegalArgumentException("a coordinate is " + value + ", expected a number.");
	}

	/** x and y of the points. */
	private static float[][] ring(final JsonArray points) {
		if (points.size() == 0) throw new IllegalArgumentException("it has no points.");
		final float[][] ring = new float[2][points.size()];
		for (int i = 0; i < points.size(); i++) {
			for (int axis = 0; axis < 2; axis++) ring[axis][i] = coordinate(points.get(i).getAsJsonArray(), axis);
		}
		return ring;
	}

	private static Roi polygon(final float[][] ring) {
		int n = ring[0].length;
		if (n > 1 && ring[0][0] == ring[0][n - 1] && ring[1][0] == ring[1][n - 1]) n--;
		if (n < 3) throw new IllegalArgumentException("its polygon has " + n + " corners, expected three or more.");
		boolean whole = true;
		final int[][] integers = new int[2][n];
		for (int i = 0; i < n; i++) {
			for (int axis = 0; axis < 2; axis++) {
				integers[axis][i] = Math.round(ring[axis][i]);
				whole &= integers[axis][i] == ring[axis][i];
			}
		}
		return whole ? new PolygonRoi(integers[0], integers[1], n, Roi.TRACED_ROI) : new PolygonRoi(Arrays.copyOf(ring[0], n), Arrays
			.copyOf(ring[1], n), n, Roi.POLYGON);
	}

	private static Roi line(final float[][] points) {
		if (points[0].length == 2) return new Line(points[0][0], points[1][0], points[0][1], points[1][1]);
		return new PolygonRoi(points[0], points[1], points[0].length, Roi.POLYLINE);
	}

	private static Roi area(final JsonArray coordinates, final boolean several) {
		final Path2D.Float path = new Path2D.Float(Path2D.WIND_EVEN_ODD);
		if (several) coordinates.forEach(polygon -> append(polygon.getAsJsonArray(), path));
		else append(coordinates, path);
		if (path.getCurrentPoint() == null) throw new IllegalArgumentException("it has no points.");
		return new ShapeRoi(path);
	}

	private static void append(final JsonArray rings, final Path2D path) {
		rings.forEach(points -> {
			final float[][] ring = ring(points.getAsJsonArray());
			path.moveTo(ring[0][0], ring[1][0]);
			for (int i = 1; i < ring[0].length; i++) path.lineTo(ring[0][i], ring[1][i]);
			path.closePath();
		});
	}
}
