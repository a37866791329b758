package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

import io.github.nuclei4j.batch.ImageRecord;
import io.github.nuclei4j.batch.SegmentationRecord;
import io.github.nuclei4j.measure.MeasurementTable;

/**
 * The tables of all images of a run, {@code nuclei.parquet} and {@code images.parquet}, made of the images' records and rows
 * at the end: so whatever happened to tasks meanwhile, each image and each nucleus is there once.
 */
final class Tables {

	private static final List<String> WHOLE = Collections.unmodifiableList(Arrays.asList("Nucleus", "Slice", "Frame", "Border",
		"SizeOutlier"));
	private static final List<String> TEXT = Collections.unmodifiableList(Arrays.asList("Name", "Unit"));

	/** A task reads so many images' files at most. */
	private static final int IMAGES_PER_TASK = 1000;

	private final SparkSession spark;
	private final Job job;
	private final OutputStore store;
	private final JavaRDD<ImageTask> images;

	/** @param images in the tables' order */
	Tables(final SparkSession spark, final Job job, final List<ImageTask> images) {
		this.spark = spark;
		this.job = job;
		store = job.store();
		final JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
		final int tasks = Math.max(1 + (images.size() - 1) / IMAGES_PER_TASK, Math.min(images.size(), context
			.defaultParallelism()));
		this.images = context.parallelize(images, tasks);
	}

	/**
	 * Writes the table of nuclei; an earlier one is replaced.
	 *
	 * @param failures error messages by name of the images that failed
	 * @param channels columns of so many channels are made
	 */
	void writeNuclei(final Map<String, String> failures, final int channels) throws IOException {
		final List<String> columns = MeasurementTable.header(channels);
		StructType type = new StructType().add("Image", DataTypes.StringType);
		for (final String column : columns) type = type.add(column, type(column));
		final Job shipped = job;
		write("nuclei.parquet", type, images.filter(image -> !failures.containsKey(image.name())).flatMap(image -> nuclei(image,
			shipped, columns)));
	}

	private static DataType type(final String column) {
		if (TEXT.contains(column)) return DataTypes.StringType;
		return WHOLE.contains(column) ? DataTypes.IntegerType : DataTypes.DoubleType;
	}

	private static Iterator<Row> nuclei(final ImageTask image, final Job job, final List<String> columns) throws IOException {
		final List<List<String>> lines = job.store().rows(image.name());
		final int[] places = columns.stream().mapToInt(lines.get(0)::indexOf).toArray();
		final List<Row> rows = new ArrayList<>();
		for (final List<String> line : lines.subList(1, lines.size())) {
			final Object[] values = new Object[columns.size() + 1];
			values[0] = image.place();
			for (int i = 0; i < places.length; i++) {
				final String text = places[i] < 0 || places[i] >= line.size() ? "" : line.get(places[i]);
				values[i + 1] = value(text, type(columns.get(i)));
			}
			rows.add(RowFactory.create(values));
		}
		return rows.iterator();
	}

	private static Object value(final String text, final DataType type) {
		if (type == DataTypes.StringType) return text;
		if (text.isEmpty()) return null;
		if (type == DataTypes.IntegerType) return Integer.valueOf(text);
		return Double.valueOf(text);
	}

	/** Writes the table of images, with the columns of {@code images.csv}; an earlier one is replaced. */
	void writeImages(final Map<String, String> failures, final SegmentationRecord record) throws IOException {
		StructType type = new StructType();
		for (final String column : Arrays.asList("file", "status")) type = type.add(column, DataTypes.StringType);
		type = type.add("count", DataTypes.IntegerType).add("seconds", DataTypes.DoubleType);
		for (final String column : Arrays.asList("model", "error", "name", "settings", "model_sha256", "notes", "channel")) {
			type = type.add(column, DataTypes.StringType);
		}
		final Job shipped = job;
		final String model = record.modelName();
		final String settings = record.settingsHash();
		final String hash = record.modelHash();
		write("images.parquet", type, images.map(image -> {
			final String failure = failures.get(image.name());
			final ImageRecord found = failure == null ? shipped.store().record(image.name()) : null;
			if (failure == null && found == null) throw new IOException("The record of " + image + " is gone.");
			return RowFactory.create(image.place(), found == null ? "error" : "ok", found == null ? null : found.count(),
				found == null ? null : found.seconds(), model, failure == null ? "" : failure, image.name(), settings, hash,
				found == null ? "" : String.join(" ", found.notes()), found == null || found.channel() == null ? "" : found.channel()
					.toString());
		}));
	}

	private void write(final String name, final StructType type, final JavaRDD<Row> rows) throws IOException {
		final Path fresh = store.fresh(name);
		spark.createDataFrame(rows, type).write().parquet(fresh.toString());
		store.replace(fresh, store.path(name));
	}
}
