package io.github.nuclei4j.batch;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.github.nuclei4j.inference.PlaneSize;

/** The diameters of typical nuclei by which the planes of an image were shown to the network, as they are written. */
public final class ImageDiameters {

	private static final MathContext DIGITS = new MathContext(3);

	private ImageDiameters() {}

	/** One for each plane, pixels, three digits; null for planes in which none was needed or found. Empty if all are. */
	static List<Double> of(final List<PlaneSize> sizes) {
		final List<Double> diameters = new ArrayList<>();
		for (final PlaneSize size : sizes) diameters.add(Double.isNaN(size.diameter()) ? null : round(size.diameter()));
		return diameters.stream().allMatch(Objects::isNull) ? Collections.emptyList() : diameters;
	}

	/** The median of the planes, pixels, three digits; empty text without any. */
	public static String typical(final List<PlaneSize> sizes) {
		return median(of(sizes));
	}

	/** The median of the planes, pixels; empty text without any. */
	static String median(final List<Double> diameters) {
		final List<Double> known = diameters.stream().filter(Objects::nonNull).sorted().collect(Collectors.toList());
		if (known.isEmpty()) return "";
		final double median = (known.get((known.size() - 1) / 2) + known.get(known.size() / 2)) / 2;
		return new BigDecimal(median).round(DIGITS).stripTrailingZeros().toPlainString();
	}

	private static double round(final double diameter) {
		return new BigDecimal(diameter).round(DIGITS).doubleValue();
	}
}
