package io.github.nuclei4j.command;

import java.util.Locale;

import io.github.nuclei4j.util.Version;

/** Where the documentation of a command is: the page named after the first word of its menu entry. */
final class HelpPage {

	private static final String INDEX = "README.md";

	private HelpPage() {}

	/** The address of the page on a command. */
	static String of(final Class<?> command) {
		return Version.documentation() + file(command);
	}

	/** The address of a page or file of the documentation. */
	static String address(final String file) {
		return Version.documentation() + file;
	}

	/** The address of the documentation's first page. */
	static String index() {
		return address(INDEX);
	}

	/** The name of a command's page in the folder of the documentation, such as {@code segment.md}. */
	static String file(final Class<?> command) {
		if (command == NucleiHelp.class) return INDEX;
		if (command == SummarizePlate.class) return "plate.md";
		if (command == CountFoci.class) return "foci.md";
		return PlainRunner.title(command).split(" ")[0].toLowerCase(Locale.ROOT) + ".md";
	}
}
