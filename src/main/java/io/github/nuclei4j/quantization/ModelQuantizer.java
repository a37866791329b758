package io.github.nuclei4j.quantization;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.model.Quantization;
import io.github.nuclei4j.model.WeightEncoding;
import io.github.nuclei4j.util.Progress;
import io.github.nuclei4j.util.StagedFiles;
import io.github.nuclei4j.util.Version;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.NumericType;

/**
 * Makes a model of 8-bit integers from a model file: weights only, for a file of a quarter of the size that runs in floats
 * everywhere; or in full, to be run in integers by the engine. Immutable.
 */
public final class ModelQuantizer {

	/** What becomes of the numbers. */
	private enum Kind {
			/** Weights in 16-bit floats: half the size, hardly a change. */
			HALF(WeightEncoding.FLOAT16, ""),
			/** Weights in integers, computed in floats. */
			WEIGHTS(WeightEncoding.INT8, "-int8-weights"),
			/** Everything in integers. */
			FULL(WeightEncoding.INT8, "-int8");

		private final WeightEncoding type;
		private final String suffix;

		Kind(final WeightEncoding type, final String suffix) {
			this.type = type;
			this.suffix = suffix;
		}
	}

	private final Kind kind;
	private final QuantizationImages images;

	private ModelQuantizer(final Kind kind, final QuantizationImages images) {
		this.kind = kind;
		this.images = images;
	}

	/**
	 * Stores the weights in 16-bit floats, which needs no engine: the model keeps its name and scores.
	 *
	 * @param images to measure on; null to measure the files only
	 */
	public static ModelQuantizer halfFloats(final QuantizationImages images) {
		return new ModelQuantizer(Kind.HALF, images);
	}

	/**
	 * Rounds the weights to integers with one scale per output channel, which needs no engine.
	 *
	 * @param images to measure on; null to measure the files only
	 */
	public static ModelQuantizer weightsOnly(final QuantizationImages images) {
		return new ModelQuantizer(Kind.WEIGHTS, images);
	}

	/**
	 * Rounds the weights and finds how to run everything in integers.
	 *
	 * @param images of the kind the model is for; calibrated and measured on parts of them, see {@link ImageSplit}
	 * @throws IllegalStateException if this computer has no engine, without which nothing can be measured
	 */
	public static ModelQuantizer full(final QuantizationImages images) {
		requireEngine(OneDnnNetwork.obstacle());
		return new ModelQuantizer(Kind.FULL, images);
	}

	/** @throws IllegalStateException if there is an obstacle; the message says what can be done instead */
	public static void requireEngine(final Optional<String> obstacle) {
		if (obstacle.isPresent()) throw new IllegalStateException("Full quantization is calibrated by running the model in " +
			"integers, which this computer can't do: " + obstacle.get() + " Quantize the weights only (on the command line: " +
			"--weights-only), or quantize on a computer with an x86-64 processor.");
	}

	/**
	 * Checks the files before any work is done.
	 *
	 * @throws IOException if the model can't be read
	 * @throws IllegalArgumentException if the model is quantized already, or the output would replace it
	 */
	public void check(final Path model, final Path output) throws IOException {
		final ModelInfo info = ModelFile.readInfo(model);
		if (info.quantization().isPresent()) throw new IllegalArgumentException("The model '" + info.name() + "' (" + model +
			") is quantized already: " + info.quantization().get().calibration() + ". Give the model it was made from.");
		if (kind != Kind.FULL && ModelFile.readNumberType(model) == WeightEncoding.INT8) throw new IllegalArgumentException(
			"The weights of the model '" + info.name() + "' (" + model + ") are 8-bit integers already. Give the model it was " +
				"made from, or quantize this one in full.");
		if (Files.isDirectory(output)) throw new IllegalArgumentException("The output " + output +
			" is a folder. Give the name of a file, such as " + info.name() + "-int8.zip.");
		if (Files.exists(output) && Files.isSameFile(model, output)) throw new IllegalArgumentException("The output " + output +
			" is the model itself, whose weights would be lost. Give another file.");
	}

	/**
	 * Writes the quantized model, atomically; an existing file is replaced. Its name is that of the original with
	 * {@code -int8} or {@code -int8-weights} behind it (in 16-bit floats the same). It keeps the training record; integers do
	 * not keep the scores, which are the original's.
	 *
	 * @throws IOException if a file can't be read or written
	 * @throws IllegalArgumentException as {@link #check}
	 * @throws CancellationException if the user asked to stop; nothing has been written then
	 */
	public void write(final Path model, final Path output, final Progress progress) throws IOException {
		check(model, output);
		progress.checkCanceled();
		progress.update(0, "Rounding the weights");
		final NucleusModel rounded = rounded(ModelFile.read(model));
		final ModelInfo.Builder info = rounded.info().toBuilder().name(rounded.info().name() + kind.suffix).codeVersion(Version.current()).created(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
		if (kind != Kind.HALF) rounded.info().training().ifPresent(record -> info.trained(record, null, rounded.info()
			.history()));
		if (kind == Kind.FULL) info.quantization(calibrate(rounded, progress.part(0.05, 0.98)));
		progress.checkCanceled();
		progress.update(0.98, "Writing " + output);
		ModelFile.write(rounded.with(info.build()), output, kind.type);
	}

	/** The model with the weights that the file will hold, so that what is measured is what will run. */
	private NucleusModel rounded(final NucleusModel model) throws IOException {
		final Path file = Files.createTempFile("nuclei4j", ".zip");
		try {
			ModelFile.write(model, file, kind.type);
			return ModelFile.read(file);
		}
		finally {
			Files.deleteIfExists(file);
		}
	}

	private Quantization calibrate(final NucleusModel model, final Progress progress) throws IOException {
		final List<RandomAccessibleInterval<? extends NumericType<?>>> chosen = new ArrayList<>();
		for (final int index : images.split(model.info(), true).calibration()) {
			progress.checkCanceled();
			progress.update(0, "Reading " + images.ids().get(index));
			chosen.add(images.image(index));
		}
		return Quantizer.quantize(model, CalibrationImages.of(chosen, model.info()), progress);
	}

	/**
	 * Measures a model that {@link #write} made against its original.
	 *
	 * @param report folder for {@code summary.csv}, {@code images.csv} and a disagreement map of each image
	 *          ({@code <name>_disagreement.png}), made if needed, files of these names are replaced; null for no files
	 * @param listener given each image when it is done
	 * @throws IOException if a file can't be read or written
	 * @throws CancellationException if the user asked to stop; no report has been written then
	 */
	public QuantizationReport measure(final Path model, final Path output, final Path report,
		final Consumer<MeasuredImage> listener, final Progress progress) throws IOException
	{
		try (StagedFiles maps = new StagedFiles(report)) {
			final QuantizationReport result = new QuantizationMeasurement(model, output, images, kind == Kind.FULL).run(
				report == null ? null : maps, listener, progress);
			progress.checkCanceled();
			if (report != null) result.write(report);
			maps.publish();
			return result;
		}
	}
}
