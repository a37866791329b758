package io.github.nuclei4j.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;

/** What tests on Spark have in common: one session with two threads, which tries tasks up to four times, for all tests
 * of the virtual machine. */
public abstract class SparkTest {

	/** The session; the same for all tests. */
	protected static SparkSession spark;

	/** The session's context. */
	protected static JavaSparkContext context;

	@BeforeAll
	static void startSpark() {
		spark = SparkSession.builder().master("local[2,4]").appName("tests").config("spark.ui.enabled", "false").config(
			"spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").config("spark.sql.shuffle.partitions",
				"2").getOrCreate();
		context = JavaSparkContext.fromSparkContext(spark.sparkContext());
	}
}
