package io.github.nuclei4j.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.io.RoiEncoder;
import io.github.nuclei4j.cells.NucleusColumns;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.Channel;
import io.github.nuclei4j.segment.Diameter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separators;
import io.github.nuclei4j.util.Version;

/**
 * How images were segmented: model, all settings, versions, and sentences for a methods section. Immutable; written as JSON
 * beside results, and carried by label images.
 */
public final class SegmentationRecord {

	/** How records are written. */
	static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

	/** Reads all fields of the options, so that none can be forgotten; a selection is identified by its hash. */
	private static final Gson SETTINGS = new GsonBuilder().registerTypeHierarchyAdapter(Roi.class,
		(JsonSerializer<Roi>) (roi, type, context) -> new JsonPrimitive(describe(roi))).registerTypeHierarchyAdapter(Enum.class,
			(JsonSerializer<Enum<?>>) (word, type, context) -> new JsonPrimitive(word.toString())).registerTypeAdapter(
				Channel.class, (JsonSerializer<Channel>) (channel, type, context) -> channel.isNumber() ? new JsonPrimitive(channel
					.number()) : new JsonPrimitive(channel.toString())).registerTypeAdapter(Diameter.class,
						(JsonSerializer<Diameter>) (diameter, type, context) -> diameter.isLength() ? new JsonPrimitive(diameter
							.length()) : new JsonPrimitive(diameter.toString())).create();
	private static final int HASH_DIGITS = 16;

	private final String methods;
	private final Program program;
	private final Model model;
	private final JsonObject settings;
	private final String settingsHash;

	private SegmentationRecord(final Model model, final JsonObject settings, final String methods) {
		this.methods = methods;
		program = new Program();
		this.model = model;
		this.settings = settings;
		settingsHash = Sha256.of(settings.toString()).substring(0, HASH_DIGITS);
	}

	/**
	 * Reads what there is to say of a model, and its hash.
	 *
	 * @param modelFile a model zip
	 * @throws IOException if it can't be read or is no model
	 */
	public static SegmentationRecord of(final Path modelFile, final SegmentationOptions options) throws IOException {
		return of(modelFile, modelFile.toAbsolutePath().normalize().toString(), options);
	}

	/**
	 * As {@link #of(Path, SegmentationOptions)}, of a copy of a model.
	 *
	 * @param place of the original, as it is written
	 */
	public static SegmentationRecord of(final Path copy, final String place, final SegmentationOptions options)
		throws IOException
	{
		return of(ModelFile.readInfo(copy), place, Sha256.of(copy), options);
	}

	static SegmentationRecord of(final ModelInfo info, final String file, final String hash,
		final SegmentationOptions options)
	{
		final JsonObject settings = settings(options);
		put(settings, "threshold", new JsonPrimitive(Separators.threshold(info, options)));
		put(settings, "confidence", new JsonPrimitive(Separators.confidence(info, options)));
		put(settings, "separation", new JsonPrimitive(Separators.method(info, options).toString()));
		if (!options.overlap().isPresent()) put(settings, "overlap", new JsonPrimitive(Automatic.WORD));
		return new SegmentationRecord(new Model(info, file, hash), settings, MethodsText.of(info, hash, options, settings));
	}

	/** This with the settings of further columns of the table of nuclei; itself if there are none. */
	SegmentationRecord with(final List<NucleusColumns> columns) {
		if (columns.isEmpty()) return this;
		final JsonObject all = settings.deepCopy();
		put(all, "columns", new JsonPrimitive(columns.toString()));
		return new SegmentationRecord(model, all, methods);
	}

	/** At the end, wherever it was before: the order counts for the hash. */
	private static void put(final JsonObject settings, final String name, final JsonPrimitive value) {
		settings.remove(name);
		settings.add(name, value);
	}

	private static JsonObject settings(final SegmentationOptions options) {
		final JsonObject fields = SETTINGS.toJsonTree(options).getAsJsonObject();
		final JsonElement only = fields.size() == 1 ? fields.entrySet().iterator().next().getValue() : fields;
		return only.isJsonObject() ? only.getAsJsonObject() : fields;
	}

	private static String describe(final Roi roi) {
		final byte[] bytes = RoiEncoder.saveAsByteArray(roi);
		return roi.getTypeAsString() + " " + roi.getBounds() + " " + Sha256.of(Arrays.toString(bytes)).substring(0, HASH_DIGITS);
	}

	/** Sentences for a methods section: program, model, threshold, scaling, separation and what was left out. */
	public String methods() {
		return methods;
	}

	/** All of it as JSON. */
	public String json() {
		return GSON.toJson(this);
	}

	/** Makes this the image's info, which Image &gt; Show Info shows and ImageJ saves with the image. */
	public void attachTo(final ImagePlus image) {
		image.setProperty("Info", json());
	}

	/** The model's name. */
	public String modelName() {
		return model.name;
	}

	/** SHA-256 of the model's file, 64 hexadecimal digits. */
	public String modelHash() {
		return model.sha256;
	}

	/** 16 hexadecimal digits, the same for the same settings. */
	public String settingsHash() {
		return settingsHash;
	}

	/** Whether another record, which may have been read from a damaged file, promises the same results. */
	boolean isSameAs(final SegmentationRecord other) {
		return other != null && other.model != null && other.program != null && model.sha256.equals(other.model.sha256) &&
			settingsHash.equals(other.settingsHash) && program.version.equals(other.program.version);
	}

	/** What ran. */
	private static final class Program {

		private final String name = "Nuclei4J";
		private final String version = Version.current();
		private final String java = System.getProperty("java.version") + ", " + System.getProperty("java.vm.name");
		private final String imagej = IJ.getVersion();
		private final String system = System.getProperty("os.name") + " " + System.getProperty("os.version") + ", " + System
			.getProperty("os.arch");
	}

	/** What model was used. */
	private static final class Model {

		private final String name;
		private final String architecture;
		private final String file;
		private final String sha256;
		private final String created;
		private final String codeVersion;

		Model(final ModelInfo info, final String file, final String sha256) {
			name = info.name();
			architecture = info.architecture();
			this.file = file;
			this.sha256 = sha256;
			created = info.created();
			codeVersion = info.codeVersion();
		}
	}
}
