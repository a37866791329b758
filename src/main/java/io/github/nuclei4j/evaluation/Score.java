package io.github.nuclei4j.evaluation;

import java.util.function.ToDoubleFunction;

/** The scores of an image by name: the columns of its table row. Whole numbers are counts. */
public enum Score {
		/** Mean IoU of the pixels of background and nucleus. */
		MEAN_IOU("MeanIoU", false, s -> s.semantic().meanIou()),
		/** IoU of the nucleus pixels. */
		NUCLEUS_IOU("NucleusIoU", false, s -> s.semantic().nucleusIou()),
		/** Dice coefficient of the nucleus pixels. */
		DICE("Dice", false, s -> s.semantic().dice()),
		/** {@link #MEAN_IOU} of the image scaled to the size of training. */
		SCALED_MEAN_IOU("ScaledMeanIoU", false, s -> s.scaled().map(SemanticScores::meanIou).orElse(Double.NaN)),
		/** {@link #NUCLEUS_IOU} of the image scaled to the size of training. */
		SCALED_NUCLEUS_IOU("ScaledNucleusIoU", false, s -> s.scaled().map(SemanticScores::nucleusIou).orElse(Double.NaN)),
		/** {@link #DICE} of the image scaled to the size of training. */
		SCALED_DICE("ScaledDice", false, s -> s.scaled().map(SemanticScores::dice).orElse(Double.NaN)),
		/** Mean average precision over the thresholds 0.5 to 0.95: the DSB2018 score. */
		AP("AP", false, s -> s.instance().meanAveragePrecision()),
		/** Average precision at IoU above 0.5. */
		AP_50("AP50", false, s -> s.instance().at(0.5).averagePrecision()),
		/** Average precision at IoU above 0.55. */
		AP_55("AP55", false, s -> s.instance().at(0.55).averagePrecision()),
		/** Average precision at IoU above 0.6. */
		AP_60("AP60", false, s -> s.instance().at(0.6).averagePrecision()),
		/** Average precision at IoU above 0.65. */
		AP_65("AP65", false, s -> s.instance().at(0.65).averagePrecision()),
		/** Average precision at IoU above 0.7. */
		AP_70("AP70", false, s -> s.instance().at(0.7).averagePrecision()),
		/** Average precision at IoU above 0.75. */
		AP_75("AP75", false, s -> s.instance().at(0.75).averagePrecision()),
		/** Average precision at IoU above 0.8. */
		AP_80("AP80", false, s -> s.instance().at(0.8).averagePrecision()),
		/** Average precision at IoU above 0.85. */
		AP_85("AP85", false, s -> s.instance().at(0.85).averagePrecision()),
		/** Average precision at IoU above 0.9. */
		AP_90("AP90", false, s -> s.instance().at(0.9).averagePrecision()),
		/** Average precision at IoU above 0.95. */
		AP_95("AP95", false, s -> s.instance().at(0.95).averagePrecision()),
		/** Precision at IoU above 0.5. */
		PRECISION("Precision", false, s -> s.instance().at(0.5).precision()),
		/** Recall at IoU above 0.5. */
		RECALL("Recall", false, s -> s.instance().at(0.5).recall()),
		/** F1 at IoU above 0.5. */
		F1("F1", false, s -> s.instance().at(0.5).f1()),
		/** Mean IoU of the matches at IoU above 0.5. */
		MATCHED_IOU("MatchedIoU", false, s -> s.instance().at(0.5).meanMatchedIou()),
		/** Matches at IoU above 0.5. */
		TP("TP", true, s -> s.instance().at(0.5).truePositives()),
		/** Predicted nuclei without a match at IoU above 0.5. */
		FP("FP", true, s -> s.instance().at(0.5).falsePositives()),
		/** True nuclei without a match at IoU above 0.5. */
		FN("FN", true, s -> s.instance().at(0.5).falseNegatives()),
		/** Number of true nuclei. */
		TRUE_COUNT("True", true, s -> s.instance().trueCount()),
		/** Number of predicted nuclei. */
		PREDICTED_COUNT("Predicted", true, s -> s.instance().predictedCount()),
		/** Predicted minus true number. */
		COUNT_ERROR("CountError", true, s -> s.instance().countError()),
		/** Predicted minus true number, relative to the true one. */
		RELATIVE_COUNT_ERROR("RelativeCountError", false, s -> s.instance().relativeCountError()),
		/** True nuclei that were split. */
		SPLITS("Splits", true, s -> s.instance().splits()),
		/** Predicted nuclei that merge several true ones. */
		MERGES("Merges", true, s -> s.instance().merges()),
		/** Seconds that the segmentation took. */
		SECONDS("Seconds", false, ImageScores::seconds);

	private final String column;
	private final boolean whole;
	private final ToDoubleFunction<ImageScores> formula;

	Score(final String column, final boolean whole, final ToDoubleFunction<ImageScores> formula) {
		this.column = column;
		this.whole = whole;
		this.formula = formula;
	}

	/** Its name in tables, one word. */
	public String column() {
		return column;
	}

	/** Whether an image's value is a whole number. */
	public boolean isWhole() {
		return whole;
	}

	/** Its value for an image; NaN where it is undefined or was not computed. */
	public double of(final ImageScores image) {
		return formula.applyAsDouble(image);
	}
}
