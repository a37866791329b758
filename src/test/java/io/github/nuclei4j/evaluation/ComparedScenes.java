package io.github.nuclei4j.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.dataset.NucleusSample;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.inference.Predictor;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separation;
import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.util.Progress;
import net.imglib2.img.array.ArrayImgs;

/**
 * Thirteen images and two models whose scores are known. Each image has a bright nucleus that both models find. Images
 * {@code i00} to {@code i11} also have a faint one of {@code 3 i} rows (none in {@code i00}) that only the model "full" finds;
 * {@code spot} has a faint spot that is no nucleus, which "full" takes for one.
 */
public final class ComparedScenes {

	public static final String FULL = "full";
	/** Has to be escaped in HTML. */
	public static final String WEAK = "weak <7>";
	public static final int IMAGES = 13;
	public static final int SPOT = 12;

	private static final int SIZE = 256;
	private static final int BRIGHT = 1600;
	private static final int FAINT_VALUE = 140;

	private static ComparisonResult result;

	private ComparedScenes() {}

	/** Area of the faint nucleus or spot of an image, pixels. */
	public static int faint(final int image) {
		return 40 * (image == SPOT ? 5 : 3 * image);
	}

	/** Mean IoU of the model that is wrong about the faint pixels of an image, on paper. */
	public static double meanIouOfTheWrong(final int image) {
		final double background = SIZE * SIZE - BRIGHT;
		return (BRIGHT / (double) (BRIGHT + faint(image)) + (background - faint(image)) / background) / 2;
	}

	/** Dice of the model that is wrong about the faint pixels of an image, on paper. */
	public static double diceOfTheWrong(final int image) {
		return 2.0 * BRIGHT / (2.0 * BRIGHT + faint(image));
	}

	public static NucleusDataset data() {
		final List<NucleusSample> samples = new ArrayList<>();
		for (int i = 0; i < IMAGES; i++) {
			final byte[] image = new byte[SIZE * SIZE];
			final int[] labels = new int[SIZE * SIZE];
			draw(image, labels, 10, 40, 255, 1);
			draw(image, labels, 100, faint(i) / 40, FAINT_VALUE, i == SPOT ? 0 : 2);
			samples.add(new NucleusSample(i == SPOT ? "spot" : String.format("i%02d", i), ArrayImgs.unsignedBytes(image, SIZE,
				SIZE), ArrayImgs.ints(labels, SIZE, SIZE)));
		}
		return NucleusDataset.of("made", samples);
	}

	private static void draw(final byte[] image, final int[] labels, final int x0, final int rows, final int value,
		final int label)
	{
		for (int y = 100; y < 100 + rows; y++) {
			for (int x = x0; x < x0 + 40; x++) {
				image[y * SIZE + x] = (byte) value;
				labels[y * SIZE + x] = label;
			}
		}
	}

	/** The two models, "full" first. */
	public static List<ComparedModel> models() {
		return Arrays.asList(model(FULL, 1, 3 << 20, FirstChannel.model()), model(WEAK, 0.7, 1 << 19, FirstChannel.model()));
	}

	/** A model that answers with the image times a factor. */
	static ComparedModel model(final String name, final double gain, final long fileSize, final ModelInfo info) {
		return new ComparedModel(name, info, fileSize, () -> new ModelEvaluator(new Gain(gain), info, SegmentationOptions
			.defaults().separation(Separation.COMPONENTS)));
	}

	/** Both models on all images; computed once for all tests, for it takes seconds and does not change. */
	public static synchronized ComparisonResult result() throws IOException {
		if (result == null) result = ModelComparison.defaults().run(models(), data(), Progress.NONE);
		return result;
	}

	private static final class Gain implements Predictor {

		private final FirstChannel network = new FirstChannel();
		private final double gain;

		private Gain(final double gain) {
			this.gain = gain;
		}

		@Override
		public Tensor predict(final Tensor input) {
			final Tensor output = network.predict(input);
			for (int i = 0; i < output.values().length; i++) output.values()[i] *= gain;
			return output;
		}

		@Override
		public void close() {
			network.close();
		}
	}
}
