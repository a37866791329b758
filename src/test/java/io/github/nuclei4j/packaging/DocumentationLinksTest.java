package io.github.nuclei4j.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Relative links of the Markdown pages lead to files and headings that exist, and every page can be found. */
class DocumentationLinksTest {

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
	private static final Pattern CODE = Pattern.compile("(?s)```.*?```");
	private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

	private static Set<Path> pages() throws IOException {
		final Set<Path> pages = new TreeSet<>();
		for (final String folder : new String[] { "docs", "models", "samples" }) {
			try (Stream<Path> files = Files.walk(Paths.get(folder))) {
				files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
			}
		}
		pages.add(Paths.get("README.md"));
		pages.add(Paths.get("CONTRIBUTING.md"));
		return pages;
	}

	private static String text(final Path page) throws IOException {
		return CODE.matcher(new String(Files.readAllBytes(page))).replaceAll("");
	}

	/** Those that don't begin with a protocol. */
	private static List<String> relativeLinks(final Path page) throws IOException {
		final List<String> links = new ArrayList<>();
		for (final Matcher link = LINK.matcher(text(page)); link.find();) {
			if (!link.group(1).matches("[a-z]+:.*")) links.add(link.group(1));
		}
		return links;
	}

	private static Path target(final Path page, final String link) {
		final String file = link.split("#")[0];
		return file.isEmpty() ? page : page.resolveSibling(file).normalize();
	}

	/** A heading's anchor, as GitHub makes it. */
	private static String anchor(final String heading) {
		return heading.trim().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
	}

	private static boolean exists(final Path page, final String link) throws IOException {
		final Path file = target(page, link);
		if (!Files.exists(file)) return false;
		if (link.indexOf('#') < 0) return true;
		final List<String> anchors = new ArrayList<>();
		for (final Matcher heading = HEADING.matcher(text(file)); heading.find();) anchors.add(anchor(heading.group(1)));
		return anchors.contains(link.substring(link.indexOf('#') + 1));
	}

	@ParameterizedTest
	@MethodSource("pages")
	void noLinkIsBroken(final Path page) throws IOException {
		final List<String> broken = new ArrayList<>();
		for (final String link : relativeLinks(page)) {
			if (!exists(page, link)) broken.add(link);
		}
		assertEquals(List.of(), broken);
	}

	@Test
	void everyPageCanBeReachedFromTheReadme() throws IOException {
		final Set<Path> reached = new TreeSet<>();
		final List<Path> open = new ArrayList<>(List.of(Paths.get("README.md")));
		while (!open.isEmpty()) {
			final Path page = open.remove(0);
			if (!reached.add(page) || !page.toString().endsWith(".md")) continue;
			for (final String link : relativeLinks(page)) open.add(target(page, link));
		}
		assertTrue(reached.size() > 20, reached.toString());
		assertEquals(Set.of(), pages().stream().filter(page -> !reached.contains(page)).collect(Collectors.toSet()));
	}

	@Test
	void brokenLinksAreNoticed() throws IOException {
		final Path readme = Paths.get("README.md");
		assertTrue(exists(readme, "docs/README.md#the-commands"));
		assertEquals(false, exists(readme, "docs/README.md#no-such-heading"));
		assertEquals(false, exists(readme, "docs/no-such-page.md"));
	}
}
