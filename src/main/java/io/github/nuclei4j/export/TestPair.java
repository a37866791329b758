package io.github.nuclei4j.export;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

import javax.imageio.ImageIO;

import ij.process.ImageProcessor;
import io.github.nuclei4j.check.CheckImage;
import io.github.nuclei4j.inference.Backend;
import io.github.nuclei4j.inference.Predictor;
import io.github.nuclei4j.inference.Predictors;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.onnx.OnnxRuntime;
import io.github.nuclei4j.tensor.Normalizer;
import io.github.nuclei4j.tensor.Tensor;

/** A small image of discs and a model's answer to it, by which other programs can tell whether they run the model right. */
final class TestPair {

	/** As numbers of percent; what the package's description names. */
	static final double LOW = 1;
	static final double HIGH = 99.8;
	/** Added to the range of the percentiles, bioimage.io's default. */
	static final double EPSILON = 1e-6;
	/** What 8-bit values are multiplied by where the model takes the range of their type. */
	static final double UNIT = 1 / 255.0;

	private final Tensor input;
	private final Tensor output;

	private TestPair(final Tensor input, final Tensor output) {
		this.input = input;
		this.output = output;
	}

	/** Runs a model in ONNX Runtime if that is installed, otherwise in what runs models here. */
	static TestPair of(final NucleusModel model) {
		final ImageProcessor image = CheckImage.create().getProcessor();
		final int pixels = image.getPixelCount();
		final Tensor raw = Tensor.zeros(1, model.info().layout().channels(), image.getHeight(), image.getWidth());
		for (int i = 0; i < raw.values().length; i++) raw.values()[i] = image.get(i % pixels);
		final Backend backend = OnnxRuntime.obstacle().isPresent() ? Backend.AUTO : Backend.ONNX;
		try (Predictor predictor = Predictors.of(model, backend)) {
			return new TestPair(raw, predictor.predict(prepared(raw, model.info().normalizer())));
		}
	}

	/** The input after the steps that the package's description names. */
	static Tensor prepared(final Tensor raw, final Normalizer normalizer) {
		final float[] values = raw.values().clone();
		final double low = normalizer == Normalizer.UNIT_RANGE ? 0 : percentile(values, LOW);
		final double factor = normalizer == Normalizer.UNIT_RANGE ? UNIT : 1 / (percentile(values, HIGH) - low + EPSILON);
		for (int i = 0; i < values.length; i++) values[i] = (float) ((values[i] - low) * factor);
		return new Tensor(values, raw.batch(), raw.channels(), raw.height(), raw.width());
	}

	/** Between the two nearest values in proportion, as NumPy's default. */
	private static double percentile(final float[] values, final double percent) {
		final float[] sorted = values.clone();
		Arrays.sort(sorted);
		final double place = percent / 100 * (sorted.length - 1);
		final int lower = (int) place;
		final int upper = Math.min(sorted.length - 1, lower + 1);
		return sorted[lower] + (place - lower) * (sorted[upper] - sorted[lower]);
	}

	/** [1, 3, height, width], 0 to 255, as an 8-bit image has them. */
	Tensor input() {
		return input;
	}

	/** [1, channels, height, width], probabilities. */
	Tensor output() {
		return output;
	}

	/** A PNG file: the image, and beside it the probability of nucleus. */
	byte[] cover() throws IOException {
		final int width = input.width();
		final BufferedImage picture = new BufferedImage(2 * width, input.height(), BufferedImage.TYPE_BYTE_GRAY);
		for (int y = 0; y < input.height(); y++) {
			for (int x = 0; x < width; x++) {
				picture.getRaster().setSample(x, y, 0, (int) input.values()[y * width + x]);
				picture.getRaster().setSample(width + x, y, 0, Math.round(255 * output.values()[y * width + x]));
			}
		}
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		ImageIO.write(picture, "png", bytes);
		return bytes.toByteArray();
	}
}
