package io.github.nuclei4j.network;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Binary cross-entropy of sigmoid outputs, averaged over all pixels and channels of the batch, computed from the logits so
 * that it never overflows: {@code max(z, 0) - z * y + log(1 + exp(-|z|))}. The arrays have one row per pixel and one column
 * per channel. The network must not divide the gradient by the batch size again ({@code miniBatch(false)}).
 */
final class SegmentationLoss implements ILossFunction {

	private static final long serialVersionUID = 1L;

	@Override
	public double computeScore(final INDArray labels, final INDArray logits, final IActivation activation,
		final INDArray mask, final boolean average)
	{
		return elementLoss(labels, logits).meanNumber().doubleValue();
	}

	@Override
	public INDArray computeScoreArray(final INDArray labels, final INDArray logits, final IActivation activation,
		final INDArray mask)
	{
		return elementLoss(labels, logits).mean(true, 1);
	}

	@Override
	public INDArray computeGradient(final INDArray labels, final INDArray logits, final IActivation activation,
		final INDArray mask)
	{
		return Transforms.sigmoid(logits, true).subi(labels).divi(logits.length());
	}

	@Override
	public Pair<Double, INDArray> computeGradientAndScore(final INDArray labels, final INDArray logits,
		final IActivation activation, final INDArray mask, final boolean average)
	{
		return new Pair<>(computeScore(labels, logits, activation, mask, average), computeGradient(labels, logits,
			activation, mask));
	}

	@Override
	public String name() {
		return "binary cross-entropy";
	}

	private static INDArray elementLoss(final INDArray labels, final INDArray logits) {
		final INDArray loss = Transforms.exp(Transforms.abs(logits, true).negi(), false);
		Transforms.log(loss.addi(1), false);
		return loss.addi(Transforms.relu(logits, true)).subi(logits.mul(labels));
	}
}
