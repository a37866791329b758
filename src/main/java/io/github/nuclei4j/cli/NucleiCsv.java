package io.github.nuclei4j.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.nuclei4j.data.AtomicFiles;
import io.github.nuclei4j.measure.Csv;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The table {@code nuclei.csv}: all nuclei of all images of a run, the image in the first column.
 * <p>
 * Images may have different columns (more channels, other units): the table has all of them, empty where an image has
 * none. So the header is known only at the end, and a run may have more rows than fit into memory: rows are kept in a
 * hidden temporary file beside the table until it is written.
 * </p>
 */
final class NucleiCsv implements AutoCloseable {

	private final Path target;
	private final Path spool;
	private final CSVPrinter rows;
	private final List<String> columns = new ArrayList<>();
	private boolean written;
	/** Whether rows were written before all columns were known. */
	private boolean shorter;

	/** Begins an empty table; nothing is written to the target yet. */
	NucleiCsv(final Path target) throws IOException {
		this.target = target;
		spool = Files.createTempFile(target.toAbsolutePath().getParent(), ".nuclei-", ".tmp");
		rows = Csv.printer(new BufferedOutputStream(Files.newOutputStream(spool)));
	}

	/**
	 * Adds the nuclei of an image.
	 *
	 * @param image as in the table of images
	 * @param header names of the columns
	 * @param nuclei values in the header's order, a row per nucleus
	 */
	void add(final String image, final List<String> header, final List<? extends List<?>> nuclei) throws IOException {
		final int[] places = new int[header.size()];
		for (int i = 0; i < places.length; i++) {
			if (!columns.contains(header.get(i))) {
				columns.add(header.get(i));
				shorter |= written;
			}
			places[i] = columns.indexOf(header.get(i));
		}
		for (final List<?> nucleus : nuclei) {
			if (nucleus.size() != places.length) {
				throw new IllegalArgumentException("A nucleus of " + image + " has " + nucleus.size() + " values for " +
					places.length + " columns.");
			}
			final String[] row = new String[columns.size() + 1];
			Arrays.fill(row, "");
			row[0] = image;
			for (int i = 0; i < places.length; i++) row[places[i] + 1] = Csv.text(nucleus.get(i));
			rows.printRecord((Object[]) row);
			written = true;
		}
	}

	/** Writes the table as it is so far, whole, in place of what the target held. */
	void save() throws IOException {
		rows.flush();
		AtomicFiles.write(target, out -> {
			final CSVPrinter printer = Csv.printer(out);
			final List<String> header = new ArrayList<>(columns);
			header.add(0, "Image");
			printer.printRecord(header);
			if (!shorter) {
				printer.flush();
				Files.copy(spool, out);
				return;
			}
			try (Reader reader = Files.newBufferedReader(spool, StandardCharsets.UTF_8);
					CSVParser parser = Csv.format().parse(reader))
			{
				for (final CSVRecord record : parser) {
					for (int i = 0; i < header.size(); i++) printer.print(i < record.size() ? record.get(i) : "");
					printer.println();
				}
			}
			printer.flush();
		});
	}

	/** Removes the temporary file. */
	@Override
	public void close() throws IOException {
		try {
			rows.close();
		}
		finally {
			Files.deleteIfExists(spool);
		}
	}
}
