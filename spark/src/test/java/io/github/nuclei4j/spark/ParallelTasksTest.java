package io.github.nuclei4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Collections;

import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

import java.nio.file.Path;

/** Spark and ND4J live together in one virtual machine. */
class ParallelTasksTest extends SparkTest {

	@TempDir
	private Path folder;

	@Test
	void tasksUseNativeArrays() {
		final double sum = context.parallelize(Arrays.asList(2, 3), 2).map(n -> Nd4j.ones(n, n).sumNumber().doubleValue())
			.reduce(Double::sum);
		assertEquals(4 + 9, sum);
	}

	@Test
	void parquetIsWrittenAndRead() {
		final StructType type = new StructType().add("n", DataTypes.IntegerType);
		final String file = folder.resolve("table").toUri().toString();
		spark.createDataFrame(Collections.singletonList(RowFactory.create(7)), type).write().parquet(file);
		assertEquals(7, spark.read().parquet(file).first().getInt(0));
	}
}
