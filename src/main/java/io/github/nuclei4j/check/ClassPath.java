package io.github.nuclei4j.check;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.scijava.util.FileUtils;

/**
 * The jars that a class loader takes classes from, and which of them are in each other's way: several versions of one
 * library, or the same library inside several jars.
 */
final class ClassPath {

	/** A class of each library of which there must be one copy only, by the library's name. */
	private static final Map<String, String> ONLY_ONCE = new TreeMap<>(Map.of("JavaCPP", "org.bytedeco.javacpp.Loader",
		"ND4J", "org.nd4j.linalg.factory.Nd4j", "Deeplearning4j", "org.deeplearning4j.nn.graph.ComputationGraph", "dnnl",
		"org.bytedeco.dnnl.engine", "OpenBLAS", "org.bytedeco.openblas.global.openblas", "Guava",
		"com.google.common.collect.ImmutableList", "SLF4J", "org.slf4j.LoggerFactory", "Gson", "com.google.gson.Gson",
		"ImgLib2", "net.imglib2.img.Img", "Nuclei4J",
		"io.github.nuclei4j.command.PlainImageJ"));

	/** Files of which SLF4J expects one: its older and its newer way to find what writes the log. */
	private static final List<String> LOG_BINDINGS = List.of("org/slf4j/impl/StaticLoggerBinder.class",
		"META-INF/services/org.slf4j.spi.SLF4JServiceProvider");

	/** Beginnings of the names of jars that matter to whoever looks for an error. */
	private static final List<String> OF_INTEREST = List.of("nuclei4j", "javacpp", "nd4j", "deeplearning4j", "dnnl", "onnxruntime", "openblas",
		"opencl", "guava", "slf4j", "logback", "log4j", "gson", "commons-", "imglib2-", "scijava-common", "ij-", "ij.jar", "ij1-",
		"imagej-legacy", "picocli", "jfreechart", "protobuf", "jackson-core", "tensorflow", "libtensorflow");

	private static final String KEEP_ONE = "Keep the one that came with this Nuclei4J or with Fiji, remove the other, and restart.";

	/** Name and version of a jar of native libraries, and of one of classes. */
	private static final Pattern NATIVE = Pattern.compile("(.+?)-(\\d.*)-(?:linux|windows|macosx|osx|android)-\\w+(?:-.*)?\\.jar");
	private static final Pattern PLAIN = Pattern.compile("(.+?)-(\\d.*)\\.jar");

	private final ClassLoader loader;
	private final List<Path> jars;

	private ClassPath(final ClassLoader loader, final List<Path> jars) {
		this.loader = loader;
		this.jars = jars;
	}

	/** What a class loader and its parents see; of others than URL class loaders, the virtual machine's class path. */
	static ClassPath of(final ClassLoader loader) {
		final Set<Path> files = new LinkedHashSet<>();
		for (ClassLoader l = loader; l != null; l = l.getParent()) {
			if (!(l instanceof URLClassLoader)) continue;
			for (final URL url : ((URLClassLoader) l).getURLs()) add(url.toString(), files);
		}
		for (final String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
			if (!entry.isEmpty()) add(Paths.get(entry).toUri().toString(), files);
		}
		return new ClassPath(loader, files.stream().filter(file -> file.toString().endsWith(".jar")).collect(Collectors
			.toList()));
	}

	/** Adds a file or folder, and what a jar's manifest adds to the class path. */
	private static void add(final String url, final Set<Path> files) {
		final Path file;
		try {
			file = Paths.get(new URI(url.replace(" ", "%20"))).toAbsolutePath().normalize();
		}
		catch (final URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
			return; // not a file of this computer
		}
		if (!Files.exists(file) || !files.add(file) || !Files.isRegularFile(file)) return;
		try (JarFile jar = new JarFile(file.toFile())) {
			final Manifest manifest = jar.getManifest();
			final String more = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
			if (more == null) return;
			for (final String entry : more.trim().split("\\s+")) {
				if (!entry.isEmpty()) add(file.toUri().resolve(entry).toString(), files);
			}
		}
		catch (final IOException | IllegalArgumentException e) {
			// a damaged jar, or not a jar; its classes can't be found either
		}
	}

	/** All jars, in order. */
	List<Path> jars() {
		return Collections.unmodifiableList(jars);
	}

	/** The names of the jars that may explain an error, sorted. */
	List<String> ofInterest() {
		return jars.stream().map(jar -> jar.getFileName().toString()).filter(name -> OF_INTEREST.stream().anyMatch(
			name::startsWith)).distinct().sorted().collect(Collectors.toList());
	}

	/** One sentence for each conflict, with the remedy; empty if there is none. */
	List<String> conflicts() {
		final List<String> conflicts = new ArrayList<>(severalVersions());
		conflicts.addAll(staleNatives());
		ONLY_ONCE.forEach((library, type) -> {
			final Set<String> places = places(type.replace('.', '/') + ".class");
			if (places.size() > 1 && conflicts.stream().noneMatch(conflict -> places.stream().allMatch(place -> conflict.contains(
				name(place)))))
			{
				conflicts.add(library + " is in " + places.size() + " jars: " + names(places) + ". " + KEEP_ONE);
			}
		});
		for (final String binding : LOG_BINDINGS) {
			final Set<String> places = places(binding);
			if (places.size() > 1) {
				conflicts.add("Several jars want to write SLF4J's log: " + names(places) +
					". Keep one of them; messages may be lost otherwise.");
			}
		}
		return conflicts;
	}

	/** File names, or whole paths where these are the same. */
	private static String names(final Set<String> places) {
		final Set<String> names = places.stream().map(ClassPath::name).collect(Collectors.toCollection(TreeSet::new));
		return String.join(", ", names.size() == places.size() ? names : places);
	}

	private static String name(final String place) {
		return place.substring(place.lastIndexOf('/') + 1);
	}

	/** Libraries of which there are several versions, or one version in several folders. */
	private List<String> severalVersions() {
		final Map<String, Set<Path>> byLibrary = new TreeMap<>();
		for (final Path jar : jars) {
			final String name = jar.getFileName().toString();
			final Matcher versioned = FileUtils.matchVersionedFilename(name);
			final String library = versioned.matches() ? FileUtils.stripFilenameVersion(name) : name;
			byLibrary.computeIfAbsent(library, key -> new TreeSet<>()).add(jar);
		}
		final List<String> conflicts = new ArrayList<>();
		byLibrary.forEach((library, files) -> {
			if (files.size() < 2) return;
			final long names = files.stream().map(Path::getFileName).distinct().count();
			conflicts.add("There are " + files.size() + (names > 1 ? " versions of " : " copies of ") + library.replaceAll("_?\\.jar$",
				"") + ": " + files.stream().map(Path::toString).collect(Collectors.joining(", ")) + ". " + KEEP_ONE);
		});
		return conflicts;
	}

	/** Native libraries that an older installation left: of another version than the classes that call them. */
	private List<String> staleNatives() {
		final Map<String, Set<String>> versions = new TreeMap<>();
		for (final Path jar : jars) {
			final Matcher plain = PLAIN.matcher(jar.getFileName().toString());
			if (plain.matches() && !NATIVE.matcher(jar.getFileName().toString()).matches()) {
				versions.computeIfAbsent(plain.group(1), key -> new TreeSet<>()).add(plain.group(2));
			}
		}
		final List<String> conflicts = new ArrayList<>();
		for (final Path jar : jars) {
			final Matcher natives = NATIVE.matcher(jar.getFileName().toString());
			if (!natives.matches()) continue;
			final Set<String> expected = versions.getOrDefault(natives.group(1), Collections.emptySet());
			if (!expected.isEmpty() && !expected.contains(natives.group(2))) {
				conflicts.add(jar + " does not fit " + natives.group(1) + "-" + String.join(", ", expected) +
					".jar: it is of another version, perhaps of an earlier installation. Remove it, and " + MissingJar.REMEDY + ".");
			}
		}
		return conflicts;
	}

	/** The jars or folders that hold a file, as paths. */
	private Set<String> places(final String file) {
		final Set<String> places = new TreeSet<>();
		try {
			for (final URL url : Collections.list(loader.getResources(file))) {
				final String place = url.toString().replaceAll("!?/" + Pattern.quote(file) + "$", "");
				places.add(place.replaceFirst("^(jar:)?(file:)?", ""));
			}
		}
		catch (final IOException | InvalidPathException e) {
			return Collections.emptySet();
		}
		return places;
	}
}
