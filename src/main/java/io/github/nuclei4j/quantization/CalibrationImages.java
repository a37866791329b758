package io.github.nuclei4j.quantization;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.tensor.ImageTensors;
import io.github.nuclei4j.tensor.Tensor;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.NumericType;

/**
 * Images as a model's inputs, on which the quantization is based: of each image the middle, at most 256 x 256 pixels.
 */
public final class CalibrationImages {

	/** Number of images that are enough; of more, this many are taken evenly. */
	public static final int MOST = 32;

	private static final int SIZE = 256;

	private final List<Tensor> tensors;

	private CalibrationImages(final List<Tensor> tensors) {
		this.tensors = Collections.unmodifiableList(tensors);
	}

	/**
	 * The middles of images.
	 *
	 * @param images at least one, axes (x, y) or (x, y, channel)
	 * @param model that is to be quantized
	 */
	public static CalibrationImages of(final List<? extends RandomAccessibleInterval<? extends NumericType<?>>> images,
		final ModelInfo model)
	{
		if (images.isEmpty()) throw new IllegalArgumentException(
			"There are no images to calibrate on. Give at least one image of the kind the model is for; 10 to 30 are better.");
		final List<Tensor> tensors = new ArrayList<>();
		for (int i = 0; i < Math.min(MOST, images.size()); i++) {
			tensors.add(tensor(images.get((int) ((long) i * images.size() / Math.min(MOST, images.size()))), model));
		}
		return new CalibrationImages(tensors);
	}

	/**
	 * The middles of a data set's images.
	 *
	 * @throws IOException if an image can't be read
	 */
	public static CalibrationImages of(final NucleusDataset data, final ModelInfo model) throws IOException {
		final List<RandomAccessibleInterval<? extends NumericType<?>>> images = new ArrayList<>();
		final int count = Math.min(MOST, data.size());
		for (int i = 0; i < count; i++) images.add(data.get((int) ((long) i * data.size() / count)).image());
		return of(images, model);
	}

	private static Tensor tensor(final RandomAccessibleInterval<? extends NumericType<?>> image,
		final ModelInfo model)
	{
		final NormalizedImage pixels = NormalizedImage.of(image);
		final int width = Math.min(SIZE, model.layout().padded(pixels.width()));
		final int height = Math.min(SIZE, model.layout().padded(pixels.height()));
		final long x = Math.max(0, (pixels.width() - width) / 2);
		final long y = Math.max(0, (pixels.height() - height) / 2);
		return ImageTensors.toTensor(pixels, FinalInterval.createMinSize(x, y, width, height), model.normalizer().fit(pixels));
	}

	/** Tensors [1, 3, height, width], normalised. */
	List<Tensor> tensors() {
		return tensors;
	}

	/** Number of images. */
	public int count() {
		return tensors.size();
	}
}
