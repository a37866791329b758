package io.github.nuclei4j.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.util.Progress;

class InstallationCheckTest {

	@TempDir
	Path folder;

	@AfterEach
	void forgetFolder() {
		System.clearProperty(ModelStore.FOLDER_PROPERTY);
	}

	private static InstallationCheck run() {
		return InstallationCheck.run(Progress.NONE);
	}

	/** A damaged model comes first in the order of folders and hides the released one of the same name. */
	@Test
	void theReportNamesWhatRunsAndWhatIsWrong() throws IOException {
		System.setProperty(ModelStore.FOLDER_PROPERTY, folder.toString());
		Files.write(folder.resolve("hrnet.zip"), new byte[100]);
		Files.write(folder.resolve("hrnet-int8.zip"), new byte[100]);
		Files.copy(Paths.get("models", "nuclei.zip"), folder.resolve("renamed.zip"));
		final InstallationCheck check = run();
		final String text = check.text();
		assertEquals(2, check.problems().size(), text);
		assertTrue(check.problems().get(0).contains("hrnet can't be used: ") && check.problems().get(0).contains("not a readable model zip"), text);
		assertTrue(text.contains("Test of nuclei:") && text.contains("Test of unet-int8:"), text);
		assertTrue(text.matches("(?s).*Test of renamed: +right: 9 nuclei, probabilities within 0\\.00\\d+ .*"), text);
		assertTrue(text.contains(System.getProperty("java.version")) && text.contains("1.54"), text);
		assertTrue(text.contains("javacpp-"), text);
	}

	@Test
	void neitherHomeFolderNorUserNameIsShown() {
		assertEquals("~/models, file:~/x.jar, ~", InstallationCheck.hide("/home/ann/models, file:/home/ann/x.jar, /home/ann", "/home/ann", "ann"));
		assertEquals("/home/anna/models", InstallationCheck.hide("/home/anna/models", "/home/ann", "ann"));
		assertEquals("/data/~/x and annexed /data/ann-2", InstallationCheck.hide("/data/ann/x and annexed /data/ann-2", "/home/ann", "ann"));
		assertEquals("~\\models ~/jars", InstallationCheck.hide("C:\\Users\\Ann B\\models C:/Users/Ann%20B/jars", "C:\\Users\\Ann B", "Ann B"));
		assertFalse(run().text().contains(System.getProperty("user.home") + "/"), "home folder");
	}
}
