package io.github.nuclei4j.export;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.tensor.Normalizer;
import io.github.nuclei4j.tensor.TargetEncoder;

/** What a package of bioimage.io says of a model: its {@code rdf.yaml}, format 0.5 (bioimage-io.github.io/spec-bioimage-io). */
final class ResourceDescription {

	private static final String FORMAT = "0.5.3";
	private static final String INPUT = "image";
	private static final String OUTPUT = "nuclei";
	private static final String PAGE = "https://github.com/nuclei4j/nuclei4j";

	private final NucleusModel model;
	private final String author;
	private final String license;
	private final Map<String, byte[]> files;

	/** @param files of the package by name, without the description */
	ResourceDescription(final NucleusModel model, final String author, final String license, final Map<String, byte[]> files) {
		this.model = model;
		this.author = author;
		this.license = license;
		this.files = files;
	}

	Map<String, Object> toMap() {
		final ModelInfo info = model.info();
		final Map<String, Object> rdf = new LinkedHashMap<>();
		rdf.put("format_version", FORMAT);
		rdf.put("type", "model");
		rdf.put("name", ("Nuclei4J " + info.name()).replaceAll("[^A-Za-z0-9()+_ -]", "-"));
		rdf.put("description", "Probability that a pixel belongs to a cell nucleus" + (info.target() == TargetEncoder.NUCLEUS ? ""
			: ", and maps that tell touching nuclei apart") + ". A network of architecture " + info.architecture() + ", made with Nuclei4J" +
			info.nucleusDiameter().map(diameter -> ", for nuclei about " + Math.round(diameter) + " pixels across").orElse("") + ".");
		rdf.put("authors", Collections.singletonList(map("name", author)));
		rdf.put("cite", Collections.singletonList(map("text", "Nuclei4J", "url", PAGE)));
		rdf.put("license", license);
		rdf.put("documentation", ModelExporter.CARD);
		rdf.put("covers", Collections.singletonList(ModelExporter.COVER));
		rdf.put("tags", Arrays.asList("nuclei", "segmentation", "fluorescence-light-microscopy", "2d", "nuclei4j"));
		rdf.put("timestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
		rdf.put("inputs", Collections.singletonList(input(info)));
		rdf.put("outputs", Collections.singletonList(output(info)));
		rdf.put("weights", map("onnx", map("source", ModelExporter.WEIGHTS, "sha256", sha256(ModelExporter.WEIGHTS), "opset_version",
			13)));
		rdf.put("config", map("nuclei4j", map("target", info.target().id(), "normalizer", info.normalizer().id(), "threshold", info
			.threshold())));
		return rdf;
	}

	private Map<String, Object> input(final ModelInfo info) {
		final int step = info.layout().divisor();
		final Map<String, Object> size = map("min", step, "step", step);
		return map("id", INPUT, "description", "three channels of values from 0 to 255; a grey image three times", "axes", Arrays.asList(
			map("type", "batch"), map("type", "channel", "channel_names", Arrays.asList("red", "green", "blue")), map("type", "space",
				"id", "y", "size", size), map("type", "space", "id", "x", "size", size)), "data", map("type", "float32"), "preprocessing",
			Collections.singletonList(preprocessing(info)), "test_tensor", test(ModelExporter.TEST_INPUT));
	}

	private static Map<String, Object> preprocessing(final ModelInfo info) {
		if (info.normalizer() == Normalizer.UNIT_RANGE) {
			return map("id", "scale_linear", "kwargs", map("gain", TestPair.UNIT, "offset", 0.0));
		}
		return map("id", "scale_range", "kwargs", map("axes", Arrays.asList("channel", "y", "x"), "min_percentile", TestPair.LOW,
			"max_percentile", TestPair.HIGH, "eps", TestPair.EPSILON));
	}

	private Map<String, Object> output(final ModelInfo info) {
		final List<Object> axes = new ArrayList<>();
		axes.add(map("type", "batch"));
		axes.add(map("type", "channel", "channel_names", channels(info.target())));
		for (final String axis : new String[] { "y", "x" }) {
			axes.add(map("type", "space", "id", axis, "size", map("tensor_id", INPUT, "axis_id", axis)));
		}
		return map("id", OUTPUT, "description", "numbers from 0 to 1; from " + info.threshold() +
			" on, the first channel means nucleus", "axes", axes, "data", map("type", "float32"), "test_tensor", test(
				ModelExporter.TEST_OUTPUT));
	}

	private static List<String> channels(final TargetEncoder target) {
		switch (target) {
			case DISTANCE:
				return Arrays.asList("nucleus", "rim", "distance");
			case FLOW:
				return Arrays.asList("nucleus", "flow-x", "flow-y");
			case DISTANCE_FLOW:
				return Arrays.asList("nucleus", "rim", "distance", "flow-x", "flow-y");
			default:
				return Collections.singletonList("nucleus");
		}
	}

	private Map<String, Object> test(final String file) {
		return map("source", file, "sha256", sha256(file));
	}

	private String sha256(final String file) {
		try {
			final StringBuilder text = new StringBuilder();
			for (final byte b : MessageDigest.getInstance("SHA-256").digest(files.get(file))) text.append(String.format("%02x", b & 0xff));
			return text.toString();
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256, this one says it hasn't.", e);
		}
	}

	private static Map<String, Object> map(final Object... pairs) {
		final Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < pairs.length; i += 2) map.put((String) pairs[i], pairs[i + 1]);
		return map;
	}
}
