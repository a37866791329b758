package io.github.nuclei4j.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.util.FileUtils;

/** Looks into the zips that people unpack into Fiji and into plain ImageJ, with and without training. Runs after the package phase. */
class InstallZipsIT {

	/** Artifacts in the jars folder of Fiji, found as CONTRIBUTING.md tells. */
	private static final List<String> SHIPPED_BY_FIJI = Collections.unmodifiableList(Arrays.asList("aircompressor-", "batik-", "bcprov-", "bigdataviewer-", "commons-codec-",
		"commons-collections4-", "commons-compress-", "commons-io-", "commons-lang3-", "commons-logging-", "commons-math3-", "commons-text-",
		"fastutil-", "ffmpeg-", "gson-", "guava-", "ij-", "imagej-", "imglib2-", "jackson-annotations-", "jackson-core-", "jackson-databind-", "javassist-",
		"jcommander-", "jfreechart-", "jna-", "logback-", "log4j-", "n5-", "parsington-", "picocli-", "protobuf-java-", "reload4j-", "scifio-",
		"scijava-", "slf4j-", "snakeyaml-"));

	private static final String PLATFORM = System.getProperty("nuclei4j.platform");
	private static final List<String> KINDS = Collections.unmodifiableList(Arrays.asList("fiji", "fiji-segment", "imagej", "imagej-segment"));

	/** The largest sizes promised for Fiji; plain ImageJ lacks libraries that Fiji has. */
	private static final long LARGEST_WITH_TRAINING = 175_000_000;
	private static final long LARGEST_WITHOUT_TRAINING = 60_000_000;
	private static final long MORE_FOR_PLAIN_IMAGEJ = 15_000_000;

	@ParameterizedTest
	@ValueSource(strings = { "fiji", "fiji-segment" })
	void fijiZipHasNoJarThatFijiShips(final String kind) throws IOException {
		final List<String> conflicts = names(kind).stream().filter(name -> name.startsWith("jars/")).map(name -> name.substring(name.lastIndexOf(
			'/') + 1)).filter(name -> SHIPPED_BY_FIJI.stream().anyMatch(name::startsWith)).collect(Collectors.toList());
		assertEquals(Collections.emptyList(), conflicts);
	}

	@Test
	void noZipIsLargerThanPromised() {
		for (final String kind : KINDS) {
			final long most = (kind.endsWith("segment") ? LARGEST_WITHOUT_TRAINING : LARGEST_WITH_TRAINING) + (kind.startsWith("imagej")
				? MORE_FOR_PLAIN_IMAGEJ : 0);
			assertTrue(zip(kind).length() <= most, zip(kind) + " has " + zip(kind).length() + " bytes, more than " + most);
		}
	}

	/** Fiji keeps native libraries in a folder for each platform; a jar of another one would be of no use. */
	@ParameterizedTest
	@ValueSource(strings = { "fiji", "fiji-segment" })
	void nativeLibrariesLieInFijisFolderOfThePlatform(final String kind) throws IOException {
		final String folder = "jars/" + System.getProperty("nuclei4j.fijiPlatform") + "/";
		final Set<String> natives = names(kind).stream().filter(name -> name.matches(".*-(linux|macosx|windows)-[a-z0-9_]+(-[a-z0-9-]+)?\\.jar")).collect(
			Collectors.toCollection(TreeSet::new));
		assertTrue(natives.size() >= 3, natives.toString());
		assertEquals(Collections.emptyList(), natives.stream().filter(name -> !name.startsWith(folder) || !name.contains(PLATFORM)).collect(
			Collectors.toList()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "fiji-segment", "imagej-segment" })
	void zipsWithoutTrainingHaveNothingOfDeeplearning4j(final String kind) throws IOException {
		final List<String> found = names(kind).stream().filter(name -> name.matches(".*/(nd4j|deeplearning4j|openblas|protobuf|jackson|guava)[^/]*")).collect(
			Collectors.toList());
		assertEquals(Collections.emptyList(), found);
	}

	/** Fiji's updater drops the versions from the names and takes what is then equal for two versions of one jar. */
	@Test
	void fijiUpdaterSeesEveryJarOnce() throws IOException {
		final List<String> jars = names("fiji").stream().filter(name -> name.endsWith(".jar")).collect(Collectors.toList());
		assertEquals(jars.size(), jars.stream().map(FileUtils::stripFilenameVersion).distinct().count(), jars.toString());
	}

	@Test
	void everyZipHasTheJarWithItsMenuAndTheModels() throws IOException {
		final List<String> models = models();
		assertTrue(models.contains("hrnet.zip") && models.contains("nuclei.zip"), models.toString());
		for (final String kind : KINDS) {
			final Set<String> names = names(kind);
			final List<String> plugins = names.stream().filter(name -> name.matches("plugins/nuclei4j_-[^/]*\\.jar")).collect(Collectors.toList());
			assertEquals(1, plugins.size(), kind + ": " + plugins);
			assertTrue(namesInJar(kind, plugins.get(0)).containsAll(Arrays.asList("plugins.config", "META-INF/LICENSE")), kind);
			for (final String model : models) {
				assertEquals(!model.startsWith("hrnet"), names.contains("models/" + model), kind + ", " + model);
			}
		}
	}

	/** Byte 7 of a class file is the version of Java it is for, 44 below it. */
	@Test
	void javaEightCanLoadWhatSaysThatItIsTooOld() throws IOException {
		final String plugin = names("fiji").stream().filter(name -> name.startsWith("plugins/nuclei4j_-")).findFirst().orElseThrow();
		final List<String> old = new ArrayList<>();
		try (ZipFile zip = new ZipFile(zip("fiji")); ZipInputStream jar = new ZipInputStream(zip.getInputStream(zip.getEntry(plugin)))) {
			for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
				if (entry.getName().endsWith(".class") && jar.readNBytes(8)[7] == 52) old.add(entry.getName().replaceAll(".*/|\\.class", ""));
			}
		}
		assertEquals(List.of("CallingMacro", "PlainImageJ", "Requirements", "RequirementsService", "RequirementsService$Message",
			"RequirementsService$RequirementsMessage", "UserMessage"), old.stream().sorted().collect(Collectors.toList()));
	}

	@Test
	void theOtherModelsHaveAZipOfTheirOwn() throws IOException {
		assertEquals(models().stream().filter(model -> model.startsWith("hrnet")).map(model -> "models/" + model).collect(Collectors.toCollection(
			TreeSet::new)), names("more-models"));
	}

	@Test
	void everyZipHasOneJavacppWithItsNativeLibrary() throws IOException {
		for (final String kind : KINDS) {
			final Set<String> versions = names(kind).stream().filter(name -> name.contains("/javacpp-")).map(name -> name.replaceAll(
				".*/javacpp-([0-9.]+[0-9]).*", "$1")).collect(Collectors.toCollection(TreeSet::new));
			assertEquals(1, versions.size(), kind + ": " + versions);
			assertTrue(names(kind).stream().anyMatch(name -> name.matches(".*/javacpp-[0-9.]+-[a-z]+-.*\\.jar")), kind);
		}
	}

	@Test
	void nd4jRunsFromTheJarsOfEachZip(@TempDir final Path folder) throws IOException, InterruptedException {
		for (final String kind : Arrays.asList("fiji", "imagej")) {
			final List<String> classPath = new ArrayList<>(extractJars(kind, folder.resolve(kind)));
			classPath.add(Paths.get("target", "test-classes").toAbsolutePath().toString());
			final Set<String> ours = classPath.stream().map(path -> new File(path).getName()).collect(Collectors.toSet());
			Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).filter(path -> path.endsWith(".jar")).filter(
				path -> SHIPPED_BY_FIJI.stream().anyMatch(new File(path).getName()::startsWith)).filter(path -> !ours.contains(new File(path).getName()))
				.forEach(classPath::add);
			final File log = folder.resolve(kind + ".log").toFile();
			final Process process = new ProcessBuilder(Paths.get(System.getProperty("java.home"), "bin", "java").toString(), "-cp", String.join(
				File.pathSeparator, classPath), NativeProbe.class.getName()).redirectErrorStream(true).redirectOutput(log).start();
			assertTrue(process.waitFor(5, TimeUnit.MINUTES), "ND4J didn't start within 5 minutes");
			assertEquals(0, process.exitValue(), kind + ": " + new String(Files.readAllBytes(log.toPath())));
		}
	}

	private static File zip(final String kind) {
		return new File(System.getProperty("nuclei4j.zips") + "-" + (kind.equals("more-models") ? "" : PLATFORM + "-") + kind + ".zip");
	}

	private static Set<String> names(final String kind) throws IOException {
		try (ZipFile zip = new ZipFile(zip(kind))) {
			return zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));
		}
	}

	private static Set<String> namesInJar(final String kind, final String jar) throws IOException {
		final Set<String> names = new TreeSet<>();
		try (ZipFile zip = new ZipFile(zip(kind)); ZipInputStream content = new ZipInputStream(zip.getInputStream(zip.getEntry(jar)))) {
			for (ZipEntry entry = content.getNextEntry(); entry != null; entry = content.getNextEntry()) {
				names.add(entry.getName());
			}
		}
		return names;
	}

	private static List<String> models() throws IOException {
		final Path folder = Paths.get("models");
		if (!Files.isDirectory(folder)) return Collections.emptyList();
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(Files::isRegularFile).map(path -> path.getFileName().toString()).collect(Collectors.toList());
		}
	}

	private static List<String> extractJars(final String kind, final Path folder) throws IOException {
		Files.createDirectories(folder);
		final List<String> paths = new ArrayList<>();
		try (ZipFile zip = new ZipFile(zip(kind))) {
			for (final String name : names(kind)) {
				if (!name.endsWith(".jar")) continue;
				final Path target = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
				try (InputStream content = zip.getInputStream(zip.getEntry(name))) {
					Files.copy(content, target);
				}
				paths.add(target.toString());
			}
		}
		return paths;
	}
}
