package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;

import ij.macro.Interpreter;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;

/** Runs the commands as Fiji does: found through SciJava's index of plugins, run by its command service on its threads. */
public class SciJavaTest {

	@TempDir
	static Path folder;

	/** Called by the macro below; a threshold near 0 makes the whole image one nucleus. */
	public static String segment() throws Exception {
		final Path model = folder.resolve("untrained.zip");
		ModelFile.write(new TrainableModel(ModelInfo.builder("untrained", Architecture.UNET).build(), Networks.build(Architecture.UNET, 1,
			1e-3)).model(), model);
		try (Context context = new Context(CommandService.class, StatusService.class)) {
			final Module module = context.service(CommandService.class).run(SegmentNuclei.class, true, "model", model
				.toString(), "threshold", 1e-6, "table", false).get();
			final SegmentNuclei command = (SegmentNuclei) module.getDelegateObject();
			return command.count() + " nucleus, " + command.getCancelReason();
		}
	}

	@Test
	void segmentsTheActiveImageOfABatchModeMacro() {
		final String result = new Interpreter().run("setBatchMode(true); newImage('b', '8-bit ramp', 40, 30, 1); x = call('" +
			SciJavaTest.class.getName() + ".segment'); n = Overlay.size; close(); return '' + x + ', ' + n;", "");
		assertEquals("1 nucleus, null, 1", result);
	}

	@Test
	void everyMenuEntryIsKnownToSciJava() throws IOException {
		try (Context context = new Context(CommandService.class, StatusService.class)) {
			for (final Class<?> type : CommandMenuTest.commands()) {
				final CommandInfo info = context.service(CommandService.class).getCommand(type.asSubclass(Command.class));
				assertNotNull(info, type.getName());
				assertEquals("Nuclei", info.getMenuPath().get(1).getName());
				assertEquals(true, info.canRunHeadless());
			}
		}
	}
}
