package io.github.nuclei4j.batch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.util.AtomicFiles;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The table {@code nuclei.csv}: all nuclei of all images of a run, the image in the first column. It is put together from
 * one file of rows per image, one after the other, because a run may have more rows than fit into memory.
 * <p>
 * Images may have different columns (more channels, other units): the table has all of them, empty where an image has
 * none.
 * </p>
 */
final class NucleiCsv {

	/** Rows of each image by what the table calls it, in the table's order. */
	private final Map<String, Path> images = new LinkedHashMap<>();
	private final Map<Path, List<String>> headers = new LinkedHashMap<>();
	private final List<String> columns = new ArrayList<>();

	/**
	 * Writes the rows of one image.
	 *
	 * @param header names of the columns
	 * @param nuclei values in the header's order, a row per nucleus
	 */
	static void writeRows(final Path file, final List<String> header, final List<? extends List<?>> nuclei)
		throws IOException
	{
		AtomicFiles.writeQuickly(file, out -> {
			final CSVPrinter printer = Csv.printer(out);
			printer.printRecord(header);
			for (final List<?> nucleus : nuclei) {
				if (nucleus.size() != header.size()) {
					throw new IllegalArgumentException("A nucleus has " + nucleus.size() + " values for " + header.size() +
						" columns.");
				}
				for (final Object value : nucleus) printer.print(Csv.text(value));
				printer.println();
			}
			printer.flush();
		});
	}

	/** Whether a file is one of {@link #writeRows} and whole, which need not be so for one that an earlier run left. */
	static boolean isReadable(final Path rows) {
		try (BufferedReader reader = Files.newBufferedReader(rows, StandardCharsets.UTF_8);
				CSVParser parser = Csv.format().parse(reader))
		{
			int columns = 0;
			for (final CSVRecord record : parser) {
				if (columns > 0 && record.size() != columns) return false;
				columns = record.size();
			}
			return columns > 0;
		}
		catch (final IOException | UncheckedIOException | IllegalStateException e) {
			return false;
		}
	}

	/**
	 * Adds an image at the end.
	 *
	 * @param image as in the table of images
	 * @param rows a file of {@link #writeRows}, which must stay
	 */
	void add(final String image, final Path rows) throws IOException {
		final List<String> header = new ArrayList<>();
		try (BufferedReader reader = Files.newBufferedReader(rows, StandardCharsets.UTF_8)) {
			final String first = reader.readLine();
			for (final CSVRecord record : CSVParser.parse(first == null ? "" : first, Csv.format())) record.forEach(header::add);
		}
		images.put(image, rows);
		headers.put(rows, header);
		for (final String column : header) if (!columns.contains(column)) columns.add(column);
	}

	/** Writes the table as it is so far, whole, in place of what the target held. */
	void save(final Path target) throws IOException {
		AtomicFiles.write(target, out -> {
			final CSVPrinter printer = Csv.printer(out);
			final List<String> header = new ArrayList<>(columns);
			header.add(0, "Image");
			printer.printRecord(header);
			for (final Map.Entry<String, Path> image : images.entrySet()) print(image.getKey(), image.getValue(), printer);
			printer.flush();
		});
	}

	private void print(final String image, final Path rows, final CSVPrinter printer) throws IOException {
		final List<String> own = headers.get(rows);
		final int[] places = own.stream().mapToInt(columns::indexOf).toArray();
		try (BufferedReader reader = Files.newBufferedReader(rows, StandardCharsets.UTF_8);
				CSVParser parser = Csv.format().parse(reader))
		{
			for (final CSVRecord record : parser) {
				if (record.getRecordNumber() == 1) continue;
				final String[] row = new String[columns.size() + 1];
				Arrays.fill(row, "");
				row[0] = image;
				for (int i = 0; i < Math.min(places.length, record.size()); i++) row[places[i] + 1] = record.get(i);
				printer.printRecord((Object[]) row);
			}
		}
	}
}
