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
import org.scijava.util.FileUtils;

/** Looks into the two zips that people unpack into Fiji and into plain ImageJ. Runs after the package phase. */
class InstallZipsIT {

	/** Artifacts in the jars folder of Fiji, found as CONTRIBUTING.md tells. */
	private static final List<String> SHIPPED_BY_FIJI = Collections.unmodifiableList(Arrays.asList("batik-", "bcprov-", "bigdataviewer-", "commons-codec-",
		"commons-collections4-", "commons-compress-", "commons-io-", "commons-lang3-", "commons-logging-", "commons-math3-", "commons-text-",
		"fastutil-", "ffmpeg-", "gson-", "guava-", "ij-", "imagej-", "imglib2-", "jackson-annotations-", "jackson-core-", "jackson-databind-", "javassist-",
		"jcommander-", "jfreechart-", "jna-", "logback-", "log4j-", "n5-", "parsington-", "picocli-", "protobuf-java-", "reload4j-", "scifio-",
		"scijava-", "slf4j-", "snakeyaml-"));

	@Test
	void fijiZipHasNoJarThatFijiShips() throws IOException {
		final List<String> conflicts = names("fiji").stream().filter(name -> name.startsWith("jars/")).map(name -> name.substring("jars/".length()))
			.filter(name -> SHIPPED_BY_FIJI.stream().anyMatch(name::startsWith)).collect(Collectors.toList());
		assertEquals(Collections.emptyList(), conflicts);
	}

	/** Fiji's updater drops the versions from the names and takes what is then equal for two versions of one jar. */
	@Test
	void fijiUpdaterSeesEveryJarOnce() throws IOException {
		final List<String> jars = names("fiji").stream().filter(name -> name.endsWith(".jar")).collect(Collectors.toList());
		assertEquals(jars.size(), jars.stream().map(FileUtils::stripFilenameVersion).distinct().count(), jars.toString());
	}

	@Test
	void bothZipsHaveTheJarWithItsMenuAndTheModels() throws IOException {
		for (final String kind : Arrays.asList("fiji", "imagej")) {
			final Set<String> names = names(kind);
			final List<String> plugins = names.stream().filter(name -> name.matches("plugins/nuclei4j_-[^/]*\\.jar")).collect(Collectors.toList());
			assertEquals(1, plugins.size(), kind + ": " + plugins);
			assertTrue(namesInJar(kind, plugins.get(0)).containsAll(Arrays.asList("plugins.config", "META-INF/LICENSE")), kind);
			for (final String model : models()) {
				assertTrue(names.contains("models/" + model), kind + " lacks " + model);
			}
		}
	}

	@Test
	void everyZipHasOneJavacppWithItsNativeLibrary() throws IOException {
		for (final String kind : Arrays.asList("fiji", "imagej")) {
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
		return new File(System.getProperty("nuclei4j.zips") + "-" + kind + ".zip");
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
