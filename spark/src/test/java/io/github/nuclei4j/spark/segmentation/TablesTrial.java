package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

import io.github.nuclei4j.batch.ImageRecord;
import io.github.nuclei4j.batch.ImageWork;
import io.github.nuclei4j.batch.OutputKind;
import io.github.nuclei4j.cli.Nuclei4jCli;

/** Measures what the tables of many images cost on one core: the records and rows of one image, copied. */
public final class TablesTrial {

	private TablesTrial() {}

	/** @param args folder to write to, an image, a model, numbers of images, of which the first only warms up */
	public static void main(final String... args) throws IOException {
		if (args.length < 4) {
			System.err.println("Usage: FOLDER IMAGE MODEL COUNT...");
			System.exit(2);
		}
		final Path folder = Files.createDirectories(Paths.get(args[0]).toAbsolutePath());
		final Path one = folder.resolve("one");
		Nuclei4jCli.run("segment", args[1], "--output", one.toString(), "--model", args[2]);
		final SparkSession spark = SparkSession.builder().master("local[1]").appName("tables").config("spark.ui.enabled", "false")
			.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate();
		for (int i = 3; i < args.length; i++) write(spark, one, folder.resolve("many"), args[1], Integer.parseInt(args[i]));
		System.exit(0);
	}

	private static void write(final SparkSession spark, final Path one, final Path many, final String image,
		final int count) throws IOException
	{
		final String name = Paths.get(image).getFileName().toString().replaceFirst("\\.[^.]*$", "");
		Files.createDirectories(many.resolve(ImageWork.rowsFolder()));
		for (int i = 0; i < count; i++) {
			Files.copy(one.resolve(ImageWork.recordFile(name)), many.resolve(ImageWork.recordFile("i" + i)),
				StandardCopyOption.REPLACE_EXISTING);
			Files.copy(one.resolve(ImageWork.rowsFolder()).resolve(ImageWork.rowsName(name)), many.resolve(ImageWork.rowsFolder())
				.resolve(ImageWork.rowsName("i" + i)), StandardCopyOption.REPLACE_EXISTING);
		}
		final List<ImageTask> images = IntStream.range(0, count).mapToObj(i -> new ImageTask("file:/plates/i" + i + ".tif",
			"/plates/i" + i + ".tif", 1, 0, "i" + i)).collect(Collectors.toList());
		final JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
		final Job job = new Job(many.toUri().toString(), null, "", "", null, EnumSet.noneOf(OutputKind.class), context.broadcast(
			new SerializableConfiguration(new Configuration())));
		final ImageRecord record = job.store().record("i0");
		final Tables tables = new Tables(spark, job, images);
		final long start = System.nanoTime();
		tables.writeNuclei(Collections.emptyMap(), 1);
		final long between = System.nanoTime();
		tables.writeImages(Collections.emptyMap(), record.segmentation());
		final long end = System.nanoTime();
		System.out.printf(Locale.ROOT, "%d images of %d nuclei: nuclei %.2f s, images %.2f s, %.2f ms an image in all%n", count,
			record.count(), (between - start) / 1e9, (end - between) / 1e9, (end - start) / 1e6 / count);
	}
}
