package io.github.nuclei4j.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;

import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.util.Progress;

/**
 * Looks whether everything is in place: native libraries, conflicting jars, memory, and for each installed model whether it
 * answers as it should. Made to be pasted into a forum: the user's name and home folder are not in it.
 */
public final class InstallationCheck {

	/** Java memory from which images of ordinary size can be segmented, MiB. */
	private static final long ENOUGH_MEMORY = 1024;

	private static final int MIB = 20;

	private final Map<String, String> facts = new LinkedHashMap<>();
	private final Map<String, String> models = new LinkedHashMap<>();
	private final List<String> problems = new ArrayList<>();
	private List<String> jars = new ArrayList<>();

	private InstallationCheck() {}

	/**
	 * Checks; takes some seconds for each model.
	 *
	 * @throws CancellationException if the user asked to stop
	 */
	public static InstallationCheck run(final Progress progress) {
		final InstallationCheck check = new InstallationCheck();
		progress.update(0, "Looking at Java and the class path");
		check.facts.putAll(SystemFacts.java());
		check.lookAtMemory();
		check.lookAtModelFolders();
		check.lookAtJars();
		progress.update(0.1, "Starting the native libraries");
		if (check.startBackend()) check.askModels(progress.part(0.2, 1));
		progress.update(1, "Checked");
		return check;
	}

	private void lookAtMemory() {
		final Runtime runtime = Runtime.getRuntime();
		final long most = runtime.maxMemory() >> MIB;
		final long used = runtime.totalMemory() - runtime.freeMemory() >> MIB;
		facts.put("Java memory", String.format(Locale.ROOT, "%d MiB, of which %d MiB are free", most, most - used));
		if (most < ENOUGH_MEMORY) {
			problems.add("Java may use " + most + " MiB only. Give ImageJ " + ENOUGH_MEMORY +
				" MiB or more in Edit > Options > Memory & Threads... and restart it (on the command line: -Xmx4g).");
		}
	}

	private void lookAtModelFolders() {
		final Set<Path> folders = new LinkedHashSet<>();
		for (final Path folder : ModelStore.folders()) folders.add(folder.toAbsolutePath().normalize());
		int i = 1;
		for (final Path folder : folders) {
			facts.put("Model folder " + i++, folder + (Files.isDirectory(folder) ? "" : " (does not exist)"));
		}
		if (ModelStore.names().isEmpty()) {
			problems.add("No model is installed. Unpack the whole installation zip into the folder of Fiji or ImageJ, or put " +
				"a model into ImageJ's models folder.");
		}
	}

	private void lookAtJars() {
		final ClassLoader loader = InstallationCheck.class.getClassLoader();
		Requirements.unmet().ifPresent(problems::add);
		problems.addAll(MissingJar.of(loader));
		final ClassPath classPath = ClassPath.of(loader);
		jars = classPath.ofInterest();
		problems.addAll(classPath.conflicts());
	}

	/** False if there is none. */
	private boolean startBackend() {
		try {
			facts.putAll(SystemFacts.backend());
			return true;
		}
		catch (final LinkageError | RuntimeException e) {
			problems.add(e instanceof IllegalStateException ? e.getMessage() : "The libraries that calculate can't be started. " +
				MissingJar.explain(e));
			return false;
		}
	}

	private void askModels(final Progress progress) {
		final List<String> names = ModelStore.names();
		for (int i = 0; i < names.size(); i++) {
			progress.checkCanceled();
			progress.update((double) i / names.size(), "Asking the model " + names.get(i));
			models.put(names.get(i), ask(names.get(i)));
		}
	}

	/** What a model's test says; what is wrong goes to the problems as well. */
	private String ask(final String name) {
		try {
			final Path file = ModelStore.find(name);
			final long start = System.nanoTime();
			final KnownAnswer measured = KnownAnswer.measure(name, file);
			final double seconds = (System.nanoTime() - start) / 1e9;
			final Optional<KnownAnswer> known = KnownAnswer.released().stream().filter(answer -> answer.sha256().equals(measured
				.sha256())).findFirst();
			if (!known.isPresent()) {
				return String.format(Locale.ROOT, "not tested, because it is not a model released with this version; it runs " +
					"and found %d nuclei in the test image (%.1f s)", measured.nuclei(), seconds);
			}
			final Optional<String> difference = known.get().difference(measured);
			difference.ifPresent(what -> problems.add("The model " + name + " does not answer as it should: " + what +
				". Its counts can't be trusted on this computer: please report this."));
			return difference.orElseGet(() -> String.format(Locale.ROOT, "right: %d nuclei, probabilities within %.5f " +
				"(%.1f s)", measured.nuclei(), known.get().distance(measured), seconds));
		}
		catch (final IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
			problems.add("The model " + name + " can't be used: " + (e.getMessage() == null ? e : e.getMessage()));
			return "fails";
		}
	}

	/** What is wrong, one sentence each, with the remedy; empty if all is well. */
	public List<String> problems() {
		final List<String> hidden = new ArrayList<>(problems);
		hidden.replaceAll(InstallationCheck::hideUser);
		return hidden;
	}

	/** The whole report, in lines. */
	public String text() {
		final StringBuilder text = new StringBuilder("Nuclei4J installation check\n\n");
		text.append(problems.isEmpty() ? "No problem was found.\n" : problems.size() + (problems.size() == 1 ? " problem:\n"
			: " problems:\n"));
		for (int i = 0; i < problems.size(); i++) text.append(i + 1).append(". ").append(problems.get(i)).append('\n');
		text.append('\n');
		facts.forEach((what, value) -> text.append(line(what, value)));
		text.append('\n');
		models.forEach((name, answer) -> text.append(line("Test of " + name, answer)));
		text.append("\nJars of interest:\n");
		jars.forEach(jar -> text.append("  ").append(jar).append('\n'));
		return hideUser(text.toString());
	}

	private static String line(final String what, final String value) {
		return String.format(Locale.ROOT, "%-22s%s%n", what + ":", value).replace(System.lineSeparator(), "\n");
	}

	private static String hideUser(final String text) {
		return hide(text, System.getProperty("user.home", ""), System.getProperty("user.name", ""));
	}

	/**
	 * Replaces a home folder by ~, also in the form of a URL, and the user's name by ~ where it is a folder of another path.
	 */
	static String hide(final String text, final String home, final String user) {
		String hidden = text;
		if (home.length() > 1) {
			for (final String form : List.of(home, home.replace('\\', '/'), home.replace(" ", "%20").replace('\\', '/'))) {
				hidden = hidden.replaceAll(Pattern.quote(form) + "(?![\\w-])", "~");
			}
		}
		return user.isEmpty() ? hidden : hidden.replaceAll("([/\\\\])" + Pattern.quote(user) + "(?=[/\\\\\\s]|$)", "$1~");
	}
}
