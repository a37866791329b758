package io.github.nuclei4j.spark.segmentation;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * What a run costs, fitted to measured ones by least squares: on C cores, for N images in K tasks, it takes
 * start + (C · executor + K · task + N · image) / C + tables and end seconds.
 */
final class CostModel {

	private static final String[] START = { "start of the driver", "preparing", "start of executors" };
	private static final String[] TABLES = { "tables", "end of the driver" };

	/** Where one core of the computer works for executors, and where two do, beside the driver. */
	private final double[] start = new double[2];
	private final double[] end = new double[2];
	/** Of an executor, of a task, of an image while one core is busy, and of one while two are; core-seconds. */
	private final double[] work;
	private final double[] workErrors;
	private final double waiting;
	private final double[] alone;

	/** @param runs of the command line and of clusters, with several numbers of images, of tasks and of cores */
	CostModel(final List<ScalingRun> runs) {
		final List<ScalingRun> cluster = runs.stream().filter(ScalingRun::isOfCluster).collect(Collectors.toList());
		for (int cores = 1; cores <= 2; cores++) {
			start[cores - 1] = mean(cluster, cores, START);
			end[cores - 1] = mean(cluster, cores, TABLES);
		}
		// the part of the last task that the other core waits for
		waiting = cluster.stream().filter(run -> run.cores > 1).mapToDouble(run -> run.time("waiting at the end") / run.cores)
			.average().orElseThrow();
		final OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
		regression.setNoIntercept(true);
		regression.newSampleData(values(cluster, run -> run.time(ScalingRun.SEGMENTING)), cluster.stream().map(
			run -> new double[] { run.cores, run.tasks, run.cores == 1 ? run.images : 0, run.cores == 1 ? 0 : run.images })
			.toArray(double[][]::new));
		work = regression.estimateRegressionParameters();
		workErrors = regression.estimateRegressionParametersStandardErrors();
		alone = new double[] { slope(runs, 1), slope(runs, 2) };
	}

	/** Seconds of some categories. */
	private static double mean(final List<ScalingRun> runs, final int cores, final String... categories) {
		return runs.stream().filter(run -> run.cores == cores).mapToDouble(run -> run.time(categories) / cores).average()
			.orElseThrow();
	}

	private static double[] values(final List<ScalingRun> runs, final ToDoubleFunction<ScalingRun> value) {
		return runs.stream().mapToDouble(value).toArray();
	}

	/** Seconds of an image on the command line, without its start. */
	private static double slope(final List<ScalingRun> runs, final int cores) {
		final List<ScalingRun> some = runs.stream().filter(run -> !run.isOfCluster() && run.cores == cores).collect(Collectors
			.toList());
		final OLSMultipleLinearRegression line = new OLSMultipleLinearRegression();
		line.newSampleData(values(some, run -> run.seconds), some.stream().map(run -> new double[] { run.images }).toArray(
			double[][]::new));
		return line.estimateRegressionParameters()[1];
	}

	/** Until all executors have a task, seconds, where so many share the computer with the driver, 1 or 2. */
	double start(final int executors) {
		return start[executors - 1];
	}

	/** What each executor costs once: the model, and code that is not compiled yet; core-seconds. */
	double executor() {
		return work[0];
	}

	/** What a task costs beyond its images, core-seconds. */
	double task() {
		return work[1];
	}

	/** Core-seconds of an image where so many cores of the computer are busy, 1 or 2. */
	double image(final int busy) {
		return work[1 + busy];
	}

	/** Seconds of an image on the command line where it runs once or twice at the same time. */
	double alone(final int busy) {
		return alone[busy - 1];
	}

	/** Seconds for the tables and the end, where so many executors share the computer with the driver, 1 or 2. */
	double end(final int executors) {
		return end[executors - 1];
	}

	/** Standard errors of executor, task, image on one core, and image on two. */
	double[] errors() {
		return workErrors.clone();
	}

	/** Duration of a run on this computer, seconds. */
	double seconds(final int cores, final int images, final int tasks) {
		return start(cores) + (cores * executor() + tasks * task() + images * image(cores)) / cores + end(cores) + (cores > 1
			? waiting : 0);
	}

	/** Mean of how far the measured durations are from these, as a share of them. */
	double error(final List<ScalingRun> runs) {
		return runs.stream().filter(ScalingRun::isOfCluster).mapToDouble(run -> Math.abs(seconds(run.cores, run.images,
			run.tasks) / run.seconds - 1)).average().orElseThrow();
	}
}
