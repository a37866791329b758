package io.github.nuclei4j.spark.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import io.github.nuclei4j.spark.SparkTest;
import io.github.nuclei4j.spark.segmentation.StageTimes.Stage;

class StageSumsTest extends SparkTest {

	@Test
	void timesOfAllTasksAreAddedUp() {
		final StageSums sums = new StageSums(context.sc());
		context.parallelize(Arrays.asList(50, 100), 2).foreach(milliseconds -> {
			final StageTimes times = new StageTimes();
			times.begin(Stage.PREDICT);
			Thread.sleep(milliseconds);
			times.begin(Stage.READ);
			Thread.sleep(milliseconds / 2);
			times.end();
			sums.add(times);
		});
		assertTrue(sums.seconds() >= 0.225, "Too little: " + sums.seconds());
		final String[] shares = sums.shares().split(", ");
		assertEquals(Stage.values().length, shares.length);
		assertTrue(shares[0].startsWith("predict ") && shares[1].startsWith("read "), sums.shares());
		assertEquals(100, Arrays.stream(shares).mapToDouble(share -> Double.parseDouble(share.split(" ")[1])).sum(), 0.5);
	}
}
