package io.github.nuclei4j.inference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.tensor.Normalizer;
import io.github.nuclei4j.tensor.Tensor;

/** A network that answers with its first input channel, so that whatever happens to pixels on the way is seen. */
public final class FirstChannel implements Predictor {

	private final List<String> shapes = Collections.synchronizedList(new ArrayList<>());
	private boolean closed;

	/** The U-Net's layout, pixel values as they are. */
	public static ModelInfo model() {
		return ModelInfo.builder("test", Architecture.UNET).normalizer(Normalizer.UNIT_RANGE).threshold(0.5).build();
	}

	@Override
	public Tensor predict(final Tensor input) {
		model().layout().checkShape(input.shape());
		shapes.add(input.width() + "x" + input.height());
		final int plane = input.height() * input.width();
		final float[] first = new float[input.batch() * plane];
		for (int i = 0; i < input.batch(); i++) {
			System.arraycopy(input.values(), i * input.channels() * plane, first, i * plane, plane);
		}
		return new Tensor(first, input.batch(), 1, input.height(), input.width());
	}

	/** Width and height of every input so far. */
	public List<String> shapes() {
		return shapes;
	}

	public boolean isClosed() {
		return closed;
	}

	@Override
	public void close() {
		closed = true;
	}
}
