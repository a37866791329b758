package io.github.nuclei4j.spark.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class ChunksTest {

	@Test
	void everyImageIsInOneTaskAndTheLastTasksAreSmall() {
		final List<ImageTask> images = IntStream.range(0, 1000).mapToObj(i -> new ImageTask("", "", 1000 + i, 0, "i" + i))
			.collect(Collectors.toList());
		final List<List<ImageTask>> chunks = Chunks.of(images, 4, 32);
		final Set<String> seen = new HashSet<>();
		for (final List<ImageTask> chunk : chunks) {
			assertTrue(chunk.size() >= 1 && chunk.size() <= 32);
			chunk.forEach(image -> assertTrue(seen.add(image.name())));
		}
		assertEquals(1000, seen.size());
		assertEquals(32, chunks.get(0).size());
		assertEquals(1, chunks.get(chunks.size() - 1).size());
	}
}
