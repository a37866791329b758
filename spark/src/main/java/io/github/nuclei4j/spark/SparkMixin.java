package io.github.nuclei4j.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

import picocli.CommandLine.Option;

/** The options of every subcommand that say where Spark runs. */
public final class SparkMixin {

	@Option(names = "--master", paramLabel = "URL",
		description = "Spark's master, such as local[2] or spark://host:7077 (default: that of spark-submit; without it all " +
			"processors of this computer, local[*]).")
	private String master;

	/**
	 * The session that runs in this virtual machine, or else a new one.
	 *
	 * @param name what Spark's pages call the program
	 */
	public SparkSession session(final String name) {
		final SparkConf conf = new SparkConf();
		if (master != null) conf.setMaster(master);
		else conf.setIfMissing("spark.master", "local[*]");
		limitThreads(conf);
		return SparkSession.builder().config(conf).appName(name).getOrCreate();
	}

	/** Lets the network and Java's parallel work take the cores of their executor, and not all of the computer. */
	private static void limitThreads(final SparkConf conf) {
		final String cores = conf.get("spark.executor.cores", "");
		if (cores.isEmpty()) return;
		conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", cores);
		conf.setIfMissing("spark.executor.extraJavaOptions", "-XX:ActiveProcessorCount=" + cores);
	}
}
