package io.github.nuclei4j.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import org.scijava.command.Command;

import io.github.nuclei4j.fuzz.FuzzTarget;
import io.github.nuclei4j.fuzz.Mutations;

/** Options of macro lines, for every command that takes any: given to the command, and looked at as in Fiji. */
public final class MacroTarget implements FuzzTarget {

	private static final List<Supplier<Command>> COMMANDS = Arrays.asList(SegmentNuclei::new, BatchSegment::new, CountNuclei::new, EditNuclei::new, FilterNuclei::new, MeasureCells::new, ClassifyNuclei::new, CountFoci::new, ExchangeObjects::new, SummarizePlate::new,
		TrainModel::new, EvaluateSegmentation::new, CompareModels::new, QuantizeModel::new, ExportModel::new, SummarizeNuclei::new);
	private static final List<String> VALUES = Arrays.asList("true", "false", "0", "1", "-1", "0.5", "1e400", "-1e400", "NaN", "Infinity",
		"0x1p3", "1d", "99999999999999999999", "2147483648", "abc", "", "[]", "[a b]", "'a b'", "[a [b] c]", "[a", "'a", "a]", "[", "]", "'",
		"''", "nuclei", "auto", "[/tmp/some file.tif]", "C:\\images\\x.tif", "\u00b5m", "\u0000", "=", "==", "a=b", "regex:(a+)+$", "\t",
		"../../x", "\ud83d\ude00");

	@Override
	public String name() {
		return "macro";
	}

	@Override
	public String extension() {
		return ".txt";
	}

	@Override
	public boolean isFile() {
		return false;
	}

	@Override
	public byte[] mutate(final Random random) {
		final List<String> keys = new ArrayList<>();
		for (final CommandParameter parameter : CommandParameters.of(Mutations.one(COMMANDS, random).get().getClass()).values()) {
			keys.add(parameter.key());
		}
		final StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(8); i > 0; i--) {
			text.append(random.nextInt(12) == 0 ? Mutations.one(VALUES, random) : keys.isEmpty() ? "key" : Mutations.one(keys, random));
			if (random.nextInt(12) > 0) text.append('=').append(Mutations.one(VALUES, random));
			text.append(random.nextInt(12) == 0 ? "" : " ".repeat(1 + random.nextInt(2)));
		}
		final byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
		return random.nextBoolean() ? bytes : Mutations.bytes(bytes, Arrays.asList(bytes), random);
	}

	@Override
	public void read(final Path file, final byte[] bytes) throws IOException {
		final String options = new String(bytes, StandardCharsets.UTF_8);
		IllegalArgumentException refused = null;
		boolean wasRead = false;
		for (final Supplier<Command> supplier : COMMANDS) {
			final Command command = supplier.get();
			final CommandParameters parameters = CommandParameters.of(command.getClass());
			try {
				parameters.setFromMacro(command, options);
				parameters.check(command);
				parameters.texts(command);
				wasRead = true;
			}
			catch (final IllegalArgumentException e) {
				if (e.getClass() != IllegalArgumentException.class) throw e;
				refused = e;
			}
		}
		if (!wasRead) throw refused;
	}
}
