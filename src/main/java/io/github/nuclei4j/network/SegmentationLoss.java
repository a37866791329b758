package io.github.nuclei4j.network;

import io.github.nuclei4j.tensor.PixelLoss;
import io.github.nuclei4j.tensor.TargetEncoder;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * {@link PixelLoss} as a loss function of Deeplearning4j. The arrays have one row per pixel and one column per channel. The
 * network must not divide the gradient by the batch size again ({@code miniBatch(false)}).
 */
public final class SegmentationLoss implements ILossFunction {

	private static final long serialVersionUID = 2L;

	private final TargetEncoder target;

	/** The loss of what an encoder makes. */
	public SegmentationLoss(final TargetEncoder target) {
		this.target = target;
	}

	/** What the network's output channels mean. */
	public TargetEncoder target() {
		return target;
	}

	@Override
	public double computeScore(final INDArray labels, final INDArray logits, final IActivation activation,
		final INDArray mask, final boolean average)
	{
		return computeGradientAndScore(labels, logits, activation, mask, average).getFirst();
	}

	@Override
	public INDArray computeScoreArray(final INDArray labels, final INDArray logits, final IActivation activation,
		final INDArray mask)
	{
		throw new UnsupportedOperationException("The loss is of a whole batch: it has no value per pixel.");
	}

	@Override
	public INDArray computeGradient(final INDArray labels, final INDArray logits, final IActivation activation,
		final INDArray mask)
	{
		return computeGradientAndScore(labels, logits, activation, mask, true).getSecond();
	}

	@Override
	public Pair<Double, INDArray> computeGradientAndScore(final INDArray labels, final INDArray logits,
		final IActivation activation, final INDArray mask, final boolean average)
	{
		final int pixels = (int) logits.size(0);
		final float[] slopes = new float[(int) logits.length()];
		final double score = PixelLoss.of(target).compute(byChannel(logits), byChannel(labels), pixels, slopes);
		final INDArray gradient = Nd4j.createFromArray(slopes).reshape('c', logits.size(1), pixels).transpose();
		return new Pair<>(score, gradient.dup('c'));
	}

	@Override
	public String name() {
		return "segmentation loss of " + target.id();
	}

	private static float[] byChannel(final INDArray rows) {
		return rows.transpose().dup('c').data().asFloat();
	}
}
