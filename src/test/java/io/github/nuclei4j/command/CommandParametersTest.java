package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import ij.plugin.frame.Recorder;

class CommandParametersTest {

	private final CommandParameters parameters = CommandParameters.of(ProbeCommand.class);
	private final ProbeCommand command = new ProbeCommand();

	@AfterEach
	void forgetRecording() {
		Recorder.resetCommandOptions();
	}

	@Test
	void findsTheInputsInOrderWithoutServices() {
		assertEquals("note file kind name whole longer real flag", parameters.all().stream().map(CommandParameter::key)
			.collect(Collectors.joining(" ")));
		assertEquals(7, parameters.values().size());
	}

	@Test
	void setsFieldsFromMacroTextAndLeavesTheOthersAtTheirDefaults() {
		parameters.setFromMacro(command, "kind=[second one] whole=7 file=[/a b/c.tif] flag=false real=1e-3 longer=-5 ");
		assertAll(() -> assertEquals("second one", command.kind), () -> assertEquals(7, command.whole), () -> assertEquals(
			new File("/a b/c.tif"), command.file), () -> assertFalse(command.flag), () -> assertEquals(1e-3, command.real),
			() -> assertEquals(-5, command.longer), () -> assertEquals("unset", command.name));
	}

	@Test
	void anEmptyFileIsNone() {
		parameters.setFromMacro(command, "file=[]");
		assertNull(command.file);
	}

	@Test
	void errorsNameKeyValueAndWhatIsAllowed() {
		assertError("whole=abc", "whole=abc", "a whole number from 1 to 10");
		assertError("whole=11", "whole=11", "a whole number from 1 to 10");
		assertError("whole=2.5", "whole=2.5", "a whole number");
		assertError("whole=99999999999", "whole=99999999999", "a whole number");
		assertError("real=-0.5", "real=-0.5", "a number from 0 upwards");
		assertError("real=NaN", "real=NaN", "a number");
		assertError("flag=yes", "flag=yes", "true or false");
		assertError("kind=third", "kind=third", "first or second one");
		assertError("Whole=2", "'Whole'", "file, kind, name, whole, longer, real, flag");
		assertError("note=x", "'note'", "file, kind");
	}

	private void assertError(final String options, final String... parts) {
		final String message = assertThrows(IllegalArgumentException.class, () -> parameters.setFromMacro(command, options))
			.getMessage();
		for (final String part : parts) assertTrue(message.contains(part), message);
	}

	@Test
	void aWrongValueChangesNothing() {
		assertThrows(IllegalArgumentException.class, () -> parameters.setFromMacro(command, "name=changed whole=0"));
		assertEquals("unset", command.name);
	}

	@Test
	void whatIsRecordedGivesTheSameValuesBack() {
		command.name = "two words";
		command.kind = "second one";
		command.file = new File("[x]/y.tif");
		command.flag = false;
		command.real = 1e-7;
		parameters.record(command);
		final String text = Recorder.getCommandOptions();
		final ProbeCommand copy = new ProbeCommand();
		parameters.setFromMacro(copy, text);
		assertEquals(parameters.texts(command), parameters.texts(copy), text);
		assertTrue(text.contains("flag=false"), text);
	}

	@Test
	void recordsEveryValueAndNoFileThatIsNone() {
		parameters.record(command);
		assertEquals("kind=first name=unset whole=3 longer=42 real=0.25 flag=true", Recorder.getCommandOptions());
	}

	@Test
	void aPreviewIsRecordedAsOff() {
		final SegmentNuclei segment = new SegmentNuclei();
		final CommandParameters segmentParameters = CommandParameters.of(SegmentNuclei.class);
		segmentParameters.setFromMacro(segment, "preview=true table=true");
		segmentParameters.record(segment);
		assertTrue(Recorder.getCommandOptions().startsWith("preview=false "), Recorder.getCommandOptions());
		assertTrue(Recorder.getCommandOptions().contains(" table=true "), Recorder.getCommandOptions());
	}

	@Test
	void checksTheValuesThatAFrameworkHasSet() {
		parameters.check(command);
		command.kind = "third";
		assertTrue(assertThrows(IllegalArgumentException.class, () -> parameters.check(command)).getMessage().contains(
			"kind=third"));
	}

	@Test
	void aKeyAloneSwitchesOnWhatCanBeSwitchedOn() {
		command.flag = false;
		parameters.setFromMacro(command, "whole=2 flag");
		assertEquals(true, command.flag);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> parameters.setFromMacro(command, "whole flag")).getMessage()
			.startsWith("'whole' has no value: write whole=value"));
	}

	@Test
	void anUnknownKeyIsNamedWithTheNearestOne() {
		for (final String typed : new String[] { "hwole=2", "Whole=2", "whole2=2", "wole" }) {
			final String message = assertThrows(IllegalArgumentException.class, () -> parameters.setFromMacro(command, typed)).getMessage();
			assertTrue(message.startsWith("There is no parameter '" + typed.split("=")[0] + "'. Did you mean whole? "), message);
		}
	}

	@Test
	void messagesRepeatOnlyTheBeginningOfLongTexts() {
		final String text = "x".repeat(100_000);
		for (final String options : new String[] { text, text + "=1", "whole=" + text, "name=[" + text, "whole=1 " + text }) {
			final String message = assertThrows(IllegalArgumentException.class, () -> parameters.setFromMacro(command, options)).getMessage();
			assertTrue(message.length() < 1000 && message.contains("characters"), message);
		}
	}

	@Test
	void areasHaveSquaredUnits() {
		assertEquals("px\u00b2", NucleiCommand.area(NucleiCommand.PIXELS));
		assertEquals("\u00b5m\u00b2", NucleiCommand.area("\u00b5m"));
		for (final NucleiCommand command : new NucleiCommand[] { new SegmentNuclei(), new BatchSegment(), new CountNuclei(), new EvaluateSegmentation(), new CountFoci(),
			new MeasureCells() }) assertEquals("px\u00b2", command.unit("size"), command.getClass().getSimpleName());
	}
}
