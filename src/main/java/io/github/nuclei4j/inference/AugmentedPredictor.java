package io.github.nuclei4j.inference;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import io.github.nuclei4j.tensor.ImageTensors;
import io.github.nuclei4j.tensor.TargetEncoder;

/**
 * Predicts eight views of every input (itself and mirrored, each in four quarter turns) and averages what comes back, turned
 * back to the input's orientation; a predicted flow is turned back with its picture. Eight times as slow, a little better.
 */
public final class AugmentedPredictor implements Predictor {

	private final Predictor predictor;
	private final int flowChannel;

	/**
	 * @param predictor run on the views; closed with this
	 * @param target what its output channels mean
	 */
	public AugmentedPredictor(final Predictor predictor, final TargetEncoder target) {
		this.predictor = predictor;
		flowChannel = target.flowChannel();
	}

	@Override
	public INDArray predict(final INDArray input) {
		final int batch = (int) input.size(0);
		final int height = (int) input.size(2);
		final int width = (int) input.size(3);
		final float[] pixels = ImageTensors.values(input);
		float[] sum = null;
		int channels = 0;
		for (int view = 0; view < 8; view++) {
			final boolean swapped = isSwapped(view);
			final int[] places = places(view, width, height);
			final INDArray turned = Nd4j.create(turn(pixels, places), new long[] { batch, input.size(1), swapped ? width
				: height, swapped ? height : width }, 'c');
			final INDArray output = predictor.predict(turned);
			final float[] answer = ImageTensors.values(output);
			channels = (int) output.size(1);
			PredictedMaps.close(output);
			PredictedMaps.close(turned);
			if (sum == null) sum = new float[answer.length];
			addBack(answer, places, view, channels, sum);
		}
		for (int i = 0; i < sum.length; i++) sum[i] /= 8;
		return Nd4j.create(sum, new long[] { batch, channels, height, width }, 'c');
	}

	/** Whether width and height change places. */
	private static boolean isSwapped(final int view) {
		return (view & 4) != 0;
	}

	/** For each pixel of the view, the pixel of the original that it shows: bit 0 mirrors x, bit 1 y, bit 2 transposes. */
	private static int[] places(final int view, final int width, final int height) {
		final int[] places = new int[width * height];
		final int viewWidth = isSwapped(view) ? height : width;
		for (int i = 0; i < places.length; i++) {
			final int u = i % viewWidth;
			final int v = i / viewWidth;
			final int x = isSwapped(view) ? v : u;
			final int y = isSwapped(view) ? u : v;
			places[i] = ((view & 2) != 0 ? height - 1 - y : y) * width + ((view & 1) != 0 ? width - 1 - x : x);
		}
		return places;
	}

	private static float[] turn(final float[] planes, final int[] places) {
		final float[] turned = new float[planes.length];
		for (int plane = 0; plane < planes.length; plane += places.length) {
			for (int i = 0; i < places.length; i++) turned[plane + i] = planes[plane + places[i]];
		}
		return turned;
	}

	private void addBack(final float[] answer, final int[] places, final int view, final int channels,
		final float[] sum)
	{
		for (int plane = 0; plane * places.length < answer.length; plane++) {
			final int channel = plane % channels;
			final boolean flow = flowChannel > 0 && (channel == flowChannel || channel == flowChannel + 1);
			final boolean vertical = channel == flowChannel + 1;
			// the view's vertical component shows the original's horizontal one where the view is transposed
			final int from = (flow && isSwapped(view) ? vertical ? plane - 1 : plane + 1 : plane) * places.length;
			final boolean reversed = flow && (view & (vertical ? 2 : 1)) != 0;
			final int to = plane * places.length;
			for (int i = 0; i < places.length; i++) {
				sum[to + places[i]] += reversed ? 1 - answer[from + i] : answer[from + i];
			}
		}
	}

	@Override
	public void close() {
		predictor.close();
	}
}
