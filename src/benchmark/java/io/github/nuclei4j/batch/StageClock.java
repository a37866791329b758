package io.github.nuclei4j.batch;

import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;

import io.github.nuclei4j.inference.Predictor;
import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.util.Progress;

/**
 * Measures the stages of one image at a time from outside: by what the segmentation tells its user while it works, and by
 * standing between it and the network. For one thread.
 */
final class StageClock implements Progress, Predictor {

	private final Predictor network;
	private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
	private Stage stage;
	private long since;
	private long workedSince;
	private long worked;

	/** @param network run as {@link Stage#NETWORK}; closed with this */
	StageClock(final Predictor network) {
		this.network = network;
	}

	/** Ends the stage before and begins one. */
	void begin(final Stage next) {
		final long now = System.nanoTime();
		final long work = system.getProcessCpuTime();
		if (stage != null) nanos.merge(stage, now - since, Long::sum);
		if (stage != null && stage != Stage.NETWORK) worked += work - workedSince;
		stage = next;
		since = now;
		workedSince = work;
	}

	/** Ends the last stage. */
	void end() {
		begin(null);
	}

	/** Seconds in a stage since the last {@link #reset()}. */
	double seconds(final Stage of) {
		return nanos.getOrDefault(of, 0L) / 1e9;
	}

	/** Seconds of processors' work, by all threads of this process, in all stages but the network. */
	double worked() {
		return worked / 1e9;
	}

	/** Forgets all times. */
	void reset() {
		nanos.clear();
		worked = 0;
	}

	@Override
	public void update(final double fraction, final String message) {
		if (stage == null) return;
		if (message.startsWith("Separating")) begin(Stage.SEPARATE);
		else if (message.startsWith("Measuring")) begin(Stage.OUTPUT);
	}

	/** Never; but the first time after the image was opened it is the sign that the work on it begins. */
	@Override
	public boolean isCanceled() {
		if (stage == Stage.DECODE) begin(Stage.PREPARE);
		return false;
	}

	@Override
	public Tensor predict(final Tensor input) {
		if (stage == null) return network.predict(input);
		begin(Stage.NETWORK);
		final Tensor output = network.predict(input);
		begin(Stage.PREPARE);
		return output;
	}

	@Override
	public void close() {
		network.close();
	}
}
