package io.github.nuclei4j.measure;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.github.nuclei4j.util.AtomicFiles;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** How tables are written as CSV: UTF-8, commas, points in numbers whatever the country, lines ending with a line feed. */
public final class Csv {

	/** More digits than any measurement has, and no {@code 0.30000000000000004}. */
	private static final MathContext DIGITS = new MathContext(10);

	private Csv() {}

	/** The format's separators and quotes. */
	public static CSVFormat format() {
		return CSVFormat.DEFAULT.builder().setRecordSeparator('\n').build();
	}

	/** A printer that must be flushed, and leaves the stream open. */
	public static CSVPrinter printer(final OutputStream out) throws IOException {
		final Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
		return new CSVPrinter(writer, format());
	}

	/**
	 * Writes a table whole or not at all, each value as {@link #text(Object)}.
	 *
	 * @param file replaced if it exists
	 * @param rows values in the header's order
	 */
	public static void write(final Path file, final List<String> header, final List<? extends List<?>> rows)
		throws IOException
	{
		AtomicFiles.write(file, out -> {
			final CSVPrinter printer = printer(out);
			printer.printRecord(header);
			for (final List<?> row : rows) {
				for (final Object value : row) printer.print(text(value));
				printer.println();
			}
			printer.flush();
		});
	}

	/** A value as it is written: numbers to 10 digits without exponent, nothing for null. */
	public static String text(final Object value) {
		if (value == null) return "";
		if (value instanceof Float || value instanceof Double) {
			final double number = ((Number) value).doubleValue();
			if (number == (int) number) return Integer.toString((int) number);
			if (Double.isNaN(number) || Double.isInfinite(number)) return value.toString();
			// by way of the text, so that a float 0.1 isn't written as 0.1000000015
			final BigDecimal decimal = new BigDecimal(value.toString()).round(DIGITS);
			return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
		}
		return value.toString();
	}
}
