package io.github.nuclei4j.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.google.gson.GsonBuilder;

import io.github.nuclei4j.engine.OnnxWriter;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.onnx.OnnxGraph;
import io.github.nuclei4j.util.AtomicFiles;
import io.github.nuclei4j.util.Progress;

/**
 * Writes a model for other programs: an {@code .onnx} file of the network alone, or, if the file ends in {@code .zip}, a
 * package of bioimage.io (format 0.5) with the network, a test image and its answer, a picture, and the model card.
 */
public final class ModelExporter {

	static final String RDF = "rdf.yaml";
	static final String WEIGHTS = "model.onnx";
	static final String CARD = "README.md";
	static final String COVER = "cover.png";
	static final String TEST_INPUT = "test-input.npy";
	static final String TEST_OUTPUT = "test-output.npy";
	private static final String ONNX_ENDING = ".onnx";
	private static final String ZIP_ENDING = ".zip";

	private final String author;
	private final String license;

	/**
	 * @param author of the model, named in a package; not used in an .onnx file
	 * @param license of the model, as spdx.org names it, such as {@code CC-BY-4.0}; likewise
	 */
	public ModelExporter(final String author, final String license) {
		this.author = author == null ? "" : author.trim();
		this.license = license == null ? "" : license.trim();
	}

	/**
	 * Checks what can be checked before anything is read.
	 *
	 * @throws IllegalArgumentException if the target's name ends in neither ending, it is in no folder, it is the model itself,
	 *           or a package would lack its author or license
	 */
	public void check(final Path model, final Path target) {
		final String name = target.getFileName().toString().toLowerCase(Locale.ROOT);
		if (!name.endsWith(ONNX_ENDING) && !name.endsWith(ZIP_ENDING)) throw new IllegalArgumentException("output=" + target +
			" must end in .onnx, for the network alone, or in .zip, for a package of bioimage.io.");
		final Path folder = target.toAbsolutePath().getParent();
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("output=" + target + ": the folder " + folder +
			" does not exist. Create it or choose another.");
		if (target.toAbsolutePath().normalize().equals(model.toAbsolutePath().normalize())) throw new IllegalArgumentException(
			"output=" + target + " is the model itself. Choose another file.");
		if (!name.endsWith(ZIP_ENDING)) return;
		if (author.isEmpty()) throw new IllegalArgumentException("'author' is empty: a package of bioimage.io names who made the model.");
		if (!license.matches("[A-Za-z0-9.+-]+")) throw new IllegalArgumentException("license=" + license +
			" is not the identifier of a license as spdx.org lists them. Give one, such as CC-BY-4.0 or BSD-2-Clause.");
	}

	/**
	 * Writes the file, whole or not at all; an existing one is replaced.
	 *
	 * @param modelFile a model zip; a card beside it, of the same name and the ending .md, goes into a package
	 * @param progress asked whether to stop, last before the file is written
	 * @throws IOException if the model can't be read or the file can't be written
	 * @throws CancellationException if the user asked to stop
	 * @throws IllegalArgumentException see {@link #check}
	 * @throws IllegalStateException if nothing runs models on this computer, which a package needs for its test
	 */
	public void write(final Path modelFile, final Path output, final Progress progress) throws IOException {
		check(modelFile, output);
		progress.checkCanceled();
		final Path target = output.toAbsolutePath();
		final NucleusModel model = ModelFile.read(modelFile);
		final byte[] network = onnx(model);
		progress.checkCanceled();
		if (target.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ONNX_ENDING)) {
			AtomicFiles.write(target, out -> out.write(network));
			return;
		}
		final Map<String, byte[]> files = pack(model, network, card(modelFile, model.info()));
		progress.checkCanceled();
		AtomicFiles.write(target, out -> {
			final ZipOutputStream zip = new ZipOutputStream(out);
			zip.setLevel(Deflater.BEST_SPEED);
			for (final Map.Entry<String, byte[]> file : files.entrySet()) {
				zip.putNextEntry(new ZipEntry(file.getKey()));
				zip.write(file.getValue());
			}
			zip.finish();
		});
	}

	/** The network, with what Nuclei4J knows of the model as metadata. */
	private static byte[] onnx(final NucleusModel model) {
		final ModelInfo info = model.info();
		final OnnxGraph graph = OnnxWriter.write(model).describe("nuclei4j-model", info.name()).describe("architecture", info
			.architecture()).describe("normalizer", info.normalizer().id()).describe("target", info.target().id()).describe(
				"threshold", Double.toString(info.threshold())).describe("divisor", Integer.toString(info.layout().divisor()));
		info.nucleusDiameter().ifPresent(diameter -> graph.describe("nucleus-diameter", diameter.toString()));
		return graph.toByteArray();
	}

	private Map<String, byte[]> pack(final NucleusModel model, final byte[] network, final String card) throws IOException {
		final TestPair test = TestPair.of(model);
		final Map<String, byte[]> files = new LinkedHashMap<>();
		files.put(WEIGHTS, network);
		files.put(TEST_INPUT, NpyFile.write(test.input()));
		files.put(TEST_OUTPUT, NpyFile.write(test.output()));
		files.put(COVER, test.cover());
		files.put(CARD, card.getBytes(StandardCharsets.UTF_8));
		final Map<String, Object> description = new ResourceDescription(model, author, license, files).toMap();
		// JSON is YAML, and every reader of YAML reads it
		files.put(RDF, new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(description).getBytes(
			StandardCharsets.UTF_8));
		return files;
	}

	/** The card beside the model, or a short one; with the section on validation that bioimage.io expects. */
	private static String card(final Path modelFile, final ModelInfo info) throws IOException {
		final Path beside = modelFile.resolveSibling(modelFile.getFileName().toString().replaceAll("(?i)\\.zip$", "") + ".md");
		final String card = Files.isRegularFile(beside) ? new String(Files.readAllBytes(beside), StandardCharsets.UTF_8) : "# " + info
			.name() + "\n\nA network for cell nuclei, made with Nuclei4J " + info.codeVersion() + ".\n";
		if (card.matches("(?s).*\n#+ Validation.*")) return card;
		return card + "\n## Validation\n\n" + info.scores().map(scores -> String.format(Locale.ROOT,
			"Mean IoU of pixels on the images kept aside in training: %.4f.\n", scores.meanIou())).orElse(
				"No scores are known. Compare its answers with annotations of your own images before you rely on it.\n");
	}
}
