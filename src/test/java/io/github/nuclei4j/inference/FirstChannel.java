package io.github.nuclei4j.inference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

import io.github.nuclei4j.network.Architecture;
import io.github.nuclei4j.network.ModelInfo;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.tensor.Normalizer;

/** A network that answers with its first input channel, so that whatever happens to pixels on the way is seen. */
public final class FirstChannel implements Predictor {

	private final List<String> shapes = Collections.synchronizedList(new ArrayList<>());
	private boolean closed;

	public FirstChannel() {
		NativeBackend.initialize();
	}

	/** The U-Net's layout, pixel values as they are. */
	public static ModelInfo model() {
		return ModelInfo.builder("test", Architecture.UNET).normalizer(Normalizer.UNIT_RANGE).threshold(0.5).build();
	}

	@Override
	public INDArray predict(final INDArray input) {
		model().layout().checkShape(input.shape());
		shapes.add(input.size(3) + "x" + input.size(2));
		return input.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 1), NDArrayIndex.all(), NDArrayIndex.all());
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
