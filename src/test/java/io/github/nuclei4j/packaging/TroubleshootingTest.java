package io.github.nuclei4j.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The messages that docs/troubleshooting.md explains are those of the program. */
class TroubleshootingTest {

	private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `([^`]+)`");

	/** All sources, with literals that are put together joined. */
	private static String sources() throws IOException {
		try (Stream<Path> files = Files.walk(Paths.get("src", "main"))) {
			final StringBuilder text = new StringBuilder();
			for (final Path file : files.filter(path -> path.toString().endsWith(".java")).collect(Collectors.toList())) {
				text.append(new String(Files.readAllBytes(file)));
			}
			return text.toString().replaceAll("\"\\s*\\+\\s*\"", "");
		}
	}

	@Test
	void everyMessageIsTheProgramsOwn() throws IOException {
		final String sources = sources();
		final List<String> unknown = new ArrayList<>();
		int messages = 0;
		final String page = new String(Files.readAllBytes(Paths.get("docs", "troubleshooting.md")));
		for (final Matcher message = MESSAGE.matcher(page); message.find(); messages++) {
			for (final String part : message.group(1).split("\\.\\.\\.(': )?")) {
				if (!sources.contains(part.trim())) unknown.add(part + " in: " + message.group(1));
			}
		}
		assertTrue(messages > 15, messages + " messages");
		assertEquals(List.of(), unknown);
	}
}
