package io.github.nuclei4j.engine;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Prints times as a table, with ratios to ONNX Runtime in its faster setting and to stock DL4J. */
final class TimesTable {

	private TimesTable() {}

	/**
	 * The table.
	 *
	 * @param gflop operations per image, in 10^9
	 * @param peak of the machine, 10^9 per second
	 */
	static String of(final Map<Implementation, Times> times, final double gflop, final double peak) {
		final OptionalDouble peer = times.keySet().stream().filter(Implementation::isPeer).mapToDouble(setting -> times.get(
			setting).median()).min();
		final Times stock = times.get(Implementation.STOCK);
		final StringBuilder text = new StringBuilder();
		text.append(String.format(Locale.ROOT, "%-30s %7s %10s %10s %16s %16s %9s %8s%n", "", "turns", "median ms", "least ms",
			"to ONNX Runtime", "to stock DL4J", "GFLOP/s", "of peak"));
		times.entrySet().stream().sorted(Map.Entry.comparingByKey(Comparator.naturalOrder())).forEach(entry -> {
			final double median = entry.getValue().median();
			text.append(String.format(Locale.ROOT, "%-30s %7d %10.2f %10.2f %16s %16s %9.1f %7.0f%%%n", entry.getKey().title(),
				entry.getValue().count(), 1000 * median, 1000 * entry.getValue().minimum(), peer.isPresent() ? String.format(
					Locale.ROOT, "%.2f", median / peer.getAsDouble()) : "-", stock == null ? "-" : String.format(Locale.ROOT,
						"1 : %.1f", stock.median() / median), gflop / median, 100 * gflop / median / peak));
		});
		return text.toString();
	}
}
