package io.github.nuclei4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import javax.imageio.ImageIO;

import io.github.nuclei4j.dataset.ImageKind;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.TrainingRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FineTuningDemonstrationTest {

	private static final int SIZE = 32;
	private static final int GREY = 12;
	private static final int PURPLE = 8;

	@TempDir
	Path folder;

	@Test
	void trainsTunesAndScoresOnImagesNotSeen() throws IOException {
		final String first = run();
		final List<String> rows = rows(first);
		assertEquals(5, rows.size(), first);
		assertEquals(3, rows.stream().filter(row -> row.startsWith("| 4 of stained-tissue, not used")).count(), first);
		assertEquals(2, rows.stream().filter(row -> row.startsWith("| 2 of the other kinds")).count(), first);
		assertTrue(first.contains("first training, epoch 1 of 1"), first);
		final Path base = folder.resolve("out/without-stained-tissue-unet-32-32-1.zip");
		final TrainingRecord tuned = ModelFile.readInfo(folder.resolve("out/fine-tuned.zip")).training().get();
		final TrainingRecord control = ModelFile.readInfo(folder.resolve("out/control.zip")).training().get();
		assertEquals("without-stained-tissue-unet-32-32-1", tuned.startedFrom().get());
		assertFalse(control.startedFrom().isPresent());
		assertEquals(tuned.trainingIds(), control.trainingIds());
		assertEquals(4, tuned.trainingIds().size() + tuned.validationIds().size());
		final TrainingRecord others = ModelFile.readInfo(base).training().get();
		assertTrue(others.trainingIds().stream().allMatch(id -> id.startsWith("grey")), others.trainingIds().toString());

		final String second = run();
		assertFalse(second.contains("first training, epoch"), second);
		assertTrue(second.contains("again"), second);
		assertEquals(rows, rows(second), "the same figures");
	}

	@Test
	void partsDoNotOverlap() throws IOException {
		try (NucleusDataset data = NucleusDataset.open(data())) {
			final KindSplit split = new KindSplit(data, ImageKind.STAINED_TISSUE, 4, 42);
			final Set<String> reference = new HashSet<>(data.split(0.1, 42).validation().ids());
			assertTrue(split.few().ids().stream().noneMatch(reference::contains));
			final Set<String> all = new HashSet<>(split.few().ids());
			all.addAll(split.test().ids());
			all.addAll(split.others().ids());
			assertEquals(new HashSet<>(data.ids()), all);
			assertEquals(data.size(), split.few().size() + split.test().size() + split.others().size());
			assertEquals(split.few().ids(), new KindSplit(data, ImageKind.STAINED_TISSUE, 4, 42).few().ids());
			assertTrue(split.others().ids().containsAll(split.otherValidation().ids()));
			final String message = assertThrows(IllegalArgumentException.class, () -> new KindSplit(data, ImageKind.BRIGHTFIELD,
				4, 42)).getMessage();
			assertTrue(message.contains("'brightfield'") && message.contains("has 0"), message);
		}
	}

	private String run() throws IOException {
		final StringWriter out = new StringWriter();
		final CommandLine line = FineTuningDemonstration.commandLine().setOut(new PrintWriter(out));
		assertEquals(0, line.execute(data().toString(), folder.resolve("out").toString(), "--base-epochs", "1", "--epochs", "1",
			"--images", "4", "--validation", "0.25", "--image-size", "" + SIZE, "--crop", "0"));
		return out.toString();
	}

	private static List<String> rows(final String text) {
		return Arrays.stream(text.split("\\R")).filter(row -> row.startsWith("| ") && !row.startsWith("| images")).collect(
			Collectors.toList());
	}

	/** Bright discs on black, and purple ones on white, with label images. */
	private Path data() throws IOException {
		final Path data = folder.resolve("data");
		if (Files.exists(data)) return data;
		Files.createDirectories(data);
		final Random random = new Random(8);
		for (int i = 0; i < GREY; i++) write(data, String.format("grey%02d", i), 0x101010, 0xb0b0b0, random);
		for (int i = 0; i < PURPLE; i++) write(data, "purple" + i, 0xe6e0ee, 0x5a2878, random);
		return data;
	}

	private static void write(final Path data, final String name, final int background, final int nucleus, final Random random)
		throws IOException
	{
		final BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
		final BufferedImage labels = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
		final int x = 8 + random.nextInt(16);
		final int y = 8 + random.nextInt(16);
		for (int p = 0; p < SIZE * SIZE; p++) {
			final boolean inside = Math.hypot(p % SIZE - x, p / SIZE - y) < 7;
			image.setRGB(p % SIZE, p / SIZE, inside ? nucleus : background);
			labels.getRaster().setSample(p % SIZE, p / SIZE, 0, inside ? 1 : 0);
		}
		ImageIO.write(image, "png", data.resolve(name + ".png").toFile());
		ImageIO.write(labels, "png", data.resolve(name + "_labels.png").toFile());
	}
}
