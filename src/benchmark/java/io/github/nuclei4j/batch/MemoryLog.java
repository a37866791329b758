package io.github.nuclei4j.batch;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

import javax.management.JMException;
import javax.management.ObjectName;

import org.bytedeco.javacpp.Pointer;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.measure.ImageWriter;

/**
 * What memory a process has while it works: the heap after garbage collection, what is resident of the process after what was
 * freed was given back, and what JavaCPP counts.
 */
final class MemoryLog {

	private static final int WIDTH = 900;
	private static final int HEIGHT = 420;
	private static final double MB = 1 << 20;

	private final String what;
	private final List<Sample> samples = new ArrayList<>();
	private final long start = System.nanoTime();

	/** @param what is counted, such as images */
	MemoryLog(final String what) {
		this.what = what;
	}

	/** One look at the memory. */
	private static final class Sample {

		private final double step;
		private final double seconds;
		private final double heap;
		private final double resident;
		private final double javacpp;

		Sample(final double step, final double seconds) {
			this.step = step;
			this.seconds = seconds;
			// once for what is no longer used, and again for what that had to free before
			System.gc();
			System.gc();
			heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
			trim();
			javacpp = Pointer.totalBytes();
			resident = resident("VmRSS");
		}
	}

	/** Has the C library give back what was freed, as far as this Java can ask for that (17.0.9 and later, on Linux). */
	private static void trim() {
		try {
			ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"),
				"systemTrimNativeHeap", null, null);
		}
		catch (final JMException e) {
			// then what is resident also holds what was freed
		}
	}

	/** A line of Linux' description of this process in bytes; NaN on other systems. */
	static double resident(final String line) {
		try {
			return Files.readAllLines(Paths.get("/proc/self/status")).stream().filter(text -> text.startsWith(line + ":")).mapToLong(
				text -> Long.parseLong(text.replaceAll("\\D", ""))).findFirst().orElse(-1) * 1024.0;
		}
		catch (final IOException e) {
			return Double.NaN;
		}
	}

	/** Looks at the memory after so many steps. */
	void look(final int step) {
		samples.add(new Sample(step, (System.nanoTime() - start) / 1e9));
	}

	/** Minutes since the beginning. */
	double minutes() {
		return (System.nanoTime() - start) / 6e10;
	}

	/** How much was done. */
	@Override
	public String toString() {
		final Sample last = samples.get(samples.size() - 1);
		return String.format(java.util.Locale.ROOT, "%.0f %s in %.1f minutes", last.step, what, last.seconds / 60);
	}

	private double[] values(final ToDoubleFunction<Sample> value) {
		return samples.stream().mapToDouble(value).toArray();
	}

	/** What grew, and what not. */
	List<Growth> growth() {
		final double[] steps = values(sample -> sample.step);
		return Arrays.asList(new Growth("heap after collection", steps, values(sample -> sample.heap)), new Growth(
			"process (RSS)", steps, values(sample -> sample.resident)), new Growth("JavaCPP", steps, values(
				sample -> sample.javacpp)));
	}

	/** Writes the values as CSV and as a plot. */
	void write(final Path csv, final Path png) throws IOException {
		final List<List<Object>> rows = new ArrayList<>();
		for (final Sample sample : samples) {
			rows.add(Arrays.asList(sample.step, sample.seconds, sample.heap, sample.resident, sample.javacpp));
		}
		Csv.write(csv, Arrays.asList(what, "seconds", "heap_bytes", "rss_bytes", "javacpp_bytes"), rows);
		final XYSeriesCollection series = new XYSeriesCollection();
		series.addSeries(series("process (RSS)", sample -> sample.resident));
		series.addSeries(series("heap after collection", sample -> sample.heap));
		series.addSeries(series("JavaCPP", sample -> sample.javacpp));
		final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
		final Color[] colors = { new Color(0x1f77b4), new Color(0xd62728), new Color(0x2ca02c) };
		for (int i = 0; i < colors.length; i++) {
			renderer.setSeriesPaint(i, colors[i]);
			renderer.setSeriesStroke(i, new BasicStroke(2));
		}
		final NumberAxis megabytes = new NumberAxis("MB");
		megabytes.setAutoRangeIncludesZero(true);
		final XYPlot plot = new XYPlot(series, new NumberAxis(what), megabytes, renderer);
		plot.setBackgroundPaint(Color.WHITE);
		plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
		final JFreeChart chart = new JFreeChart("Memory over " + what, JFreeChart.DEFAULT_TITLE_FONT.deriveFont(15f), plot,
			true);
		chart.setBackgroundPaint(Color.WHITE);
		ImageWriter.png(chart.createBufferedImage(WIDTH, HEIGHT), png);
	}

	private XYSeries series(final String name, final ToDoubleFunction<Sample> value) {
		final XYSeries series = new XYSeries(name);
		for (final Sample sample : samples) series.add(sample.step, value.applyAsDouble(sample) / MB);
		return series;
	}
}
