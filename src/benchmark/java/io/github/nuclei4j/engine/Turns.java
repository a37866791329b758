package io.github.nuclei4j.engine;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.sun.management.OperatingSystemMXBean;

/**
 * Times contenders in turns, in another random order in each round. Before a turn there is a pause, so that the threads of
 * the one before have gone to sleep, and 0.2 seconds of runs that aren't timed, so that the contender's data is in the caches
 * and its threads are awake and on processors of their own, as they are when image follows image.
 */
final class Turns {

	private static final int WARM_UP = 5;
	/** Contenders that take longer than this many seconds need no run before the timed one. */
	private static final double SLOW = 0.5;

	/** Time of untimed runs before the timed ones of a turn. */
	private static final long STREAK_NANOSECONDS = 200_000_000;
	/** Timed runs of a turn. */
	private static final int TIMED = 5;

	private final int rounds;
	private final double seconds;
	private final long pause;
	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
	private long idleTime;
	private long idleWork;

	/**
	 * @param rounds at most, per contender
	 * @param seconds of runs at most, per contender; one that is slow runs in fewer rounds, but at least in one
	 * @param pause before each turn, milliseconds
	 */
	Turns(final int rounds, final double seconds, final int pause) {
		this.rounds = rounds;
		this.seconds = seconds;
		this.pause = pause;
	}

	/** The contenders' times. */
	Map<Implementation, Times> measure(final Map<Implementation, Contender> contenders) throws InterruptedException {
		final Map<Implementation, Times> times = new EnumMap<>(Implementation.class);
		final Map<Implementation, Double> expected = new EnumMap<>(Implementation.class);
		for (final Implementation implementation : contenders.keySet()) {
			times.put(implementation, new Times());
			expected.put(implementation, warmUp(contenders.get(implementation)));
		}
		final Random random = new Random(1);
		final List<Implementation> order = new ArrayList<>(contenders.keySet());
		for (int round = 0; round < rounds; round++) {
			Collections.shuffle(order, random);
			for (final Implementation implementation : order) {
				final boolean slow = expected.get(implementation) > SLOW;
				if (!takesPart(round, turns(slow ? expected.get(implementation) : STREAK_NANOSECONDS / 1e9 + TIMED * expected.get(implementation)))) continue;
				rest();
				if (slow) times.get(implementation).add(time(contenders.get(implementation)));
				else streak(contenders.get(implementation), times.get(implementation));
			}
		}
		return times;
	}

	/** Runs untimed until caches are warm and the system has spread the threads over the processors, then timed. */
	private static void streak(final Contender contender, final Times times) {
		final long begin = System.nanoTime();
		while (System.nanoTime() - begin < STREAK_NANOSECONDS) contender.run();
		for (int run = 0; run < TIMED; run++) times.add(time(contender));
	}

	/** Runs several times, or once if that is slow, and returns the time of the last. */
	private static double warmUp(final Contender contender) {
		double last = time(contender);
		for (int run = 1; run < WARM_UP && last <= SLOW; run++) last = time(contender);
		return last;
	}

	private int turns(final double secondsPerTurn) {
		return (int) Math.max(1, Math.min(rounds, seconds / secondsPerTurn));
	}

	/** Whether one that has so many turns has one in this round: its turns are spread evenly. */
	private boolean takesPart(final int round, final int turns) {
		return (long) (round + 1) * turns / rounds > (long) round * turns / rounds;
	}

	/** Pauses, and notes how busy this process is in the second half of the pause. */
	private void rest() throws InterruptedException {
		Thread.sleep(pause / 2);
		final long begin = System.nanoTime();
		final long work = system.getProcessCpuTime();
		Thread.sleep(pause - pause / 2);
		idleWork += system.getProcessCpuTime() - work;
		idleTime += System.nanoTime() - begin;
	}

	/** How many cores this process kept busy in the second halves of the pauses; 0 if all its threads slept. */
	double coresBusyInPauses() {
		return idleTime == 0 ? 0 : (double) idleWork / idleTime;
	}

	private static double time(final Contender contender) {
		final long begin = System.nanoTime();
		contender.run();
		return (System.nanoTime() - begin) / 1e9;
	}
}
