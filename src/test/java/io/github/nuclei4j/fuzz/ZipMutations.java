package io.github.nuclei4j.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Changes of zip archives: of their bytes, of their headers, of their list of entries, and of an entry with a right checksum. */
public final class ZipMutations {

	private static final String[] NAMES = { "../../outside.png", "/etc/passwd", "C:\\windows\\x.png", "a\\..\\..\\b.png", "", "model.json",
		"weights.bin", "adamw.bin", "average.bin", "optimizer.bin", "x.roi", ".roi", "a/images/a.png", "a/masks/\u0000.png",
		"a/masks/" + "n".repeat(3000) + ".png", "nested.zip", "object.ser" };

	private ZipMutations() {}

	/** The files of an archive by name, in order. */
	public static Map<String, byte[]> entries(final byte[] zip) throws IOException {
		final Map<String, byte[]> entries = new LinkedHashMap<>();
		try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				entries.put(entry.getName(), in.readAllBytes());
			}
		}
		return entries;
	}

	/** An archive of files. */
	public static byte[] zip(final Map<String, byte[]> entries, final int level) throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(out)) {
			zip.setLevel(level);
			for (final Map.Entry<String, byte[]> entry : entries.entrySet()) {
				zip.putNextEntry(new ZipEntry(entry.getKey()));
				zip.write(entry.getValue());
			}
		}
		return out.toByteArray();
	}

	/**
	 * Changes an archive in one of the ways.
	 *
	 * @param others valid ones, to take parts from
	 * @param content changes the content of the entry of a name
	 */
	public static byte[] mutate(final byte[] zip, final List<byte[]> others, final BiFunction<String, byte[], byte[]> content,
		final Random random) throws IOException
	{
		final int way = random.nextInt(10);
		if (way < 2) return Mutations.bytes(zip, others, random);
		if (way == 2) return header(zip.clone(), random);
		final Map<String, byte[]> entries = entries(zip);
		final int level = random.nextInt(8) == 0 ? Deflater.NO_COMPRESSION : Deflater.BEST_SPEED;
		if (way == 3) return zip(list(entries, entries(Mutations.one(others, random)), random), level);
		final String chosen = Mutations.one(new ArrayList<>(entries.keySet()), random);
		entries.put(chosen, content.apply(chosen, entries.get(chosen)));
		if (random.nextInt(20) == 0) return header(zip(entries, level), random);
		return zip(entries, level);
	}

	/** Sizes, checksums, methods, offsets and counts in the headers: some bytes after one of their signatures. */
	private static byte[] header(final byte[] zip, final Random random) {
		final List<Integer> headers = new ArrayList<>();
		for (int i = 0; i + 4 <= zip.length; i++) {
			if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] < 9 && zip[i + 3] == zip[i + 2] + 1) headers.add(i);
		}
		for (int i = 1 + random.nextInt(3); i > 0 && !headers.isEmpty(); i--) {
			Mutations.put(zip, Mutations.one(headers, random) + 4 + random.nextInt(42), random.nextBoolean() ? 4 : 2, Mutations.interesting(
				random), false);
		}
		return zip;
	}

	private static Map<String, byte[]> list(final Map<String, byte[]> entries, final Map<String, byte[]> others,
		final Random random) throws IOException
	{
		final List<String> names = new ArrayList<>(entries.keySet());
		final String first = Mutations.one(names, random);
		final String second = Mutations.one(names, random);
		final byte[] content = entries.get(first);
		switch (random.nextInt(6)) {
			case 0:
				entries.remove(first);
				break;
			case 1:
				entries.put(first, entries.get(second));
				entries.put(second, content);
				break;
			case 2:
				entries.remove(first);
				entries.put(NAMES[random.nextInt(NAMES.length)], content);
				break;
			case 3:
				entries.put(NAMES[random.nextInt(NAMES.length)], random.nextBoolean() ? content : serialized());
				break;
			case 4:
				final String foreign = Mutations.one(new ArrayList<>(others.keySet()), random);
				entries.put(random.nextBoolean() ? first : foreign, others.get(foreign));
				break;
			default:
				// small in the archive, large unpacked
				entries.put(first, new byte[random.nextInt(1 << 20)]);
		}
		return entries;
	}

	/** An object in Java's serialization, of a class that tells when it is read. */
	public static byte[] serialized() throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(new Telltale());
		}
		return bytes.toByteArray();
	}
}
