package io.github.nuclei4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchitectureFiguresTest {

	@Test
	void sumsOverStagesAreThoseOfTheNetwork() {
		final ArchitectureMap unet = new ArchitectureMap(Architecture.UNET);
		assertEquals(1_941_105, unet.total().parameters);
		assertEquals(unet.total().parameters, unet.total().trainable);
		assertEquals(11, unet.boxes.size());
		assertEquals(14, unet.arrows.size(), "ten along the U, four across");
		// 16 x 16 pixels, 3 x 3 from 128 to 256 and from 256 to 256 channels
		assertEquals(16L * 16 * 9 * (128 * 256 + 256 * 256), unet.stages.get("middle").multiplyAdds);
		final ArchitectureMap.Stage hrnet = new ArchitectureMap(Architecture.HRNET).total();
		assertEquals(28_608_608, hrnet.parameters);
		assertEquals(28_554_144, hrnet.trainable);
		assertEquals(1425, hrnet.reach);
	}

	@Test
	void thePageSaysWhatIsComputed() throws IOException {
		final List<String> page = Files.readAllLines(Paths.get("docs", "models.md"));
		final List<String> lines = new ArrayList<>(ArchitectureFigures.overview());
		for (final Architecture architecture : Architecture.values()) lines.addAll(ArchitectureFigures.stages(
			new ArchitectureMap(architecture)));
		for (final String line : lines) assertTrue(page.contains(line), "docs/models.md lacks: " + line);
	}

	@Test
	void picturesAreDrawn(@TempDir final Path folder) throws IOException {
		ArchitectureFigures.main(folder.toString());
		for (final Architecture architecture : Architecture.values()) {
			assertTrue(ImageIO.read(folder.resolve(architecture.id() + "-architecture.png").toFile()).getWidth() > 1000);
		}
	}
}
