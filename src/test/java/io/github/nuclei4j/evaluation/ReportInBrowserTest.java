package io.github.nuclei4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.util.Progress;

/** Shows the report in a browser without a window, where one is installed. */
class ReportInBrowserTest {

	/** Asks the page itself, when it is loaded, what it shows. */
	private static final String QUESTION = "<script>addEventListener('load',()=>{const shown=[...document.images].filter(" +
		"i=>i.complete&&i.naturalWidth>0&&i.offsetWidth>100);const rows=[...document.querySelectorAll('#images tr')].filter(" +
		"r=>r.offsetHeight>0);document.body.setAttribute('data-shown',shown.length+' of '+document.images.length+" +
		"' images, '+rows.length+' rows')})</script>";

	@TempDir
	Path folder;

	private static Optional<Path> browser() {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator)).flatMap(part -> Stream.of("chromium",
			"chromium-browser", "google-chrome").map(name -> Paths.get(part, name))).filter(Files::isExecutable).findFirst();
	}

	@Test
	void chartsAndTableAreShown() throws IOException, InterruptedException {
		final Optional<Path> browser = browser();
		assumeTrue(browser.isPresent(), "needs chromium on the PATH");
		final Path report = ComparisonReport.write(ComparedScenes.result(), folder.resolve("report"), Progress.NONE);
		// alone in a folder, so that anything outside it would be missed
		final Path page = Files.createDirectory(folder.resolve("alone")).resolve("page.html");
		final String html = new String(Files.readAllBytes(report), StandardCharsets.UTF_8);
		Files.write(page, html.replace("</body>", QUESTION + "</body>").getBytes(StandardCharsets.UTF_8));
		final Path dom = folder.resolve("dom.html");
		final Process process = new ProcessBuilder(browser.get().toString(), "--headless", "--no-sandbox", "--disable-gpu",
			"--disable-dev-shm-usage", "--user-data-dir=" + folder.resolve("profile"), "--virtual-time-budget=5000", "--dump-dom",
			page.toUri().toString()).redirectOutput(dom.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		try {
			assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the browser doesn't end");
		}
		finally {
			process.destroyForcibly().waitFor();
		}
		final Matcher shown = Pattern.compile("data-shown=\"([^\"]*)\"").matcher(new String(Files.readAllBytes(dom),
			StandardCharsets.UTF_8));
		assertTrue(shown.find(), "the page was not loaded");
		assertEquals("6 of 6 images, 14 rows", shown.group(1));
	}
}
