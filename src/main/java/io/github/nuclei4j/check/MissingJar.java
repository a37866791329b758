package io.github.nuclei4j.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Which jar a class comes from that isn't found: the name of the jar helps whoever has to install it, the class's does not. */
public final class MissingJar {

	/** What a class needs to be looked for, and the beginning of its jar's name. */
	private static final Map<String, String> JARS = jars();

	/** A class of each jar that nothing works without. */
	private static final List<String> NEEDED = List.of("org.bytedeco.javacpp.Loader", "com.google.gson.Gson",
		"org.apache.commons.codec.digest.DigestUtils", "org.apache.commons.csv.CSVPrinter", "org.jfree.chart.JFreeChart", "org.slf4j.LoggerFactory",
		"net.imglib2.RandomAccessibleInterval", "org.scijava.Context");

	private static final Pattern CLASS = Pattern.compile("(?:[a-z_][a-z_0-9]*[./])+\\w+");

	/** To follow a comma or colon. */
	static final String REMEDY = "unpack the whole installation zip for this computer into the folder of Fiji or " +
		"ImageJ again, and restart it";

	private MissingJar() {}

	private static Map<String, String> jars() {
		final Map<String, String> jars = new LinkedHashMap<>();
		jars.put("org.bytedeco.javacpp.", "javacpp");
		jars.put("org.bytedeco.dnnl.", "dnnl");
		jars.put("org.bytedeco.opencl.", "opencl");
		jars.put("org.bytedeco.openblas.", "openblas");
		jars.put("org.nd4j.linalg.cpu.", "nd4j-native");
		jars.put("org.nd4j.common.", "nd4j-common");
		jars.put("org.nd4j.", "nd4j-api");
		jars.put("org.deeplearning4j.", "deeplearning4j-nn");
		jars.put("ai.onnxruntime.", "onnxruntime");
		jars.put("com.google.gson.", "gson");
		jars.put("org.apache.commons.codec.", "commons-codec");
		jars.put("org.apache.commons.csv.", "commons-csv");
		jars.put("org.apache.commons.math3.", "commons-math3");
		jars.put("org.apache.commons.io.", "commons-io");
		jars.put("org.apache.commons.lang3.", "commons-lang3");
		jars.put("org.apache.commons.compress.", "commons-compress");
		jars.put("org.jfree.", "jfreechart");
		jars.put("org.slf4j.", "slf4j-api");
		jars.put("net.imglib2.", "imglib2");
		jars.put("org.scijava.parsington.", "parsington");
		jars.put("org.scijava.", "scijava-common");
		jars.put("picocli.", "picocli");
		jars.put("ij.", "ij");
		jars.put("io.github.nuclei4j.", "nuclei4j_");
		return jars;
	}

	/**
	 * One sentence about an error of class loading, with the remedy.
	 *
	 * @param error a {@link LinkageError} or {@link ClassNotFoundException}
	 */
	public static String explain(final Throwable error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			final String message = String.valueOf(cause.getMessage());
			final Optional<String> type = CLASS.matcher(message).results().map(MatchResult::group).filter(name -> !name.startsWith(
				"java")).findFirst();
			if (cause instanceof IncompatibleClassChangeError && type.isPresent()) return mixed(type.get(), message);
			final boolean notFound = cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException;
			if (notFound && type.isPresent() && !message.contains("Could not initialize")) return missing(type.get());
		}
		return "A library can't be used: " + error + ". Plugins > Nuclei > Check Installation says more; if it doesn't, " + REMEDY +
			".";
	}

	private static String mixed(final String type, final String message) {
		return "The jar " + jar(type) + " is of another version than Nuclei4J was made for (" + message + "): Plugins > Nuclei > " +
			"Check Installation names jars that are there twice; use Help > Update... in Fiji, or " + REMEDY + ".";
	}

	private static String missing(final String type) {
		return "The jar " + jar(type) + " is missing (class " + type.replace('/', '.') + "): " + REMEDY + ".";
	}

	/** The beginning of a jar's file name, such as {@code gson}. */
	static String jar(final String type) {
		final String name = type.replace('/', '.');
		return JARS.entrySet().stream().filter(entry -> name.startsWith(entry.getKey())).findFirst().map(entry -> entry.getValue() +
			"-....jar").orElse("with the class " + name);
	}

	/** A sentence for each jar that nothing works without and that a class loader doesn't find. */
	static List<String> of(final ClassLoader loader) {
		final List<String> missing = new ArrayList<>();
		for (final String type : NEEDED) {
			if (loader.getResource(type.replace('.', '/') + ".class") == null) missing.add(missing(type));
		}
		return missing;
	}
}
