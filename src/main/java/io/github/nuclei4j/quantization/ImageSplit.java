package io.github.nuclei4j.quantization;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.TrainingRecord;

/**
 * Which images a quantization is calibrated on and which it is measured on; the same images and model always give the same
 * split. Immutable.
 * <ul>
 * <li>If the model was trained on some of the images, by their ids, it is calibrated on those and measured on the others,
 * which are new to both.</li>
 * <li>Otherwise, of at least 16 images, at most half and at most {@link CalibrationImages#MOST}, taken evenly, are for
 * calibration; the rest is measured.</li>
 * <li>Fewer images are used for both. Then the measurement is a little too good, and {@link #sentence()} says so.</li>
 * </ul>
 */
public final class ImageSplit {

	/** Fewer images are not divided: ranges from too few images cut off what others need. */
	static final int LEAST_DIVIDED = 16;

	private final List<Integer> calibration;
	private final List<Integer> measured;
	private final String sentence;

	private ImageSplit(final List<Integer> calibration, final List<Integer> measured, final String sentence) {
		this.calibration = Collections.unmodifiableList(calibration);
		this.measured = Collections.unmodifiableList(measured);
		this.sentence = sentence;
	}

	/**
	 * Divides images.
	 *
	 * @param ids of the images
	 * @param model original
	 * @param calibrated false if no image is needed for calibration
	 */
	static ImageSplit of(final List<String> ids, final ModelInfo model, final boolean calibrated) {
		final Set<String> trained = new HashSet<>(model.training().map(TrainingRecord::trainingIds).orElse(Collections
			.emptyList()));
		final List<Integer> known = IntStream.range(0, ids.size()).filter(i -> trained.contains(ids.get(i))).boxed().collect(
			Collectors.toList());
		final List<Integer> all = IntStream.range(0, ids.size()).boxed().collect(Collectors.toList());
		final List<Integer> fresh = without(all, known);
		if (!known.isEmpty() && !fresh.isEmpty()) {
			final List<Integer> taken = calibrated ? evenly(known, CalibrationImages.MOST) : Collections.emptyList();
			final Set<String> chose = new HashSet<>(model.training().map(TrainingRecord::validationIds).orElse(Collections
				.emptyList()));
			final long choosing = fresh.stream().filter(i -> chose.contains(ids.get(i))).count();
			return new ImageSplit(taken, fresh, (calibrated ? "Calibrated on " + count(taken) + " that the model was trained on. "
				: "") + "Measured on " + count(fresh) + " that the model was not trained on" + (choosing == 0 ? "" : " (" +
					choosing + " of them chose the best epoch of its training)") + ".");
		}
		final String warning = known.isEmpty() ? "" :
			" The model was trained on all of them: scores on new images are lower, before and after.";
		if (!calibrated) return new ImageSplit(Collections.emptyList(), all, "Measured on " + count(all) + "." + warning);
		if (ids.size() < LEAST_DIVIDED) {
			return new ImageSplit(all, all, "Calibrated and measured on the same " + count(all) +
				": on new images the difference may be larger. " + LEAST_DIVIDED + " images or more are split." + warning);
		}
		final List<Integer> taken = evenly(all, Math.min(CalibrationImages.MOST, ids.size() / 2));
		final List<Integer> rest = without(all, taken);
		return new ImageSplit(taken, rest, "Calibrated on " + count(taken) + ", measured on the other " + count(rest) + "." +
			warning);
	}

	private static List<Integer> evenly(final List<Integer> from, final int most) {
		final int count = Math.min(most, from.size());
		return IntStream.range(0, count).mapToObj(i -> from.get((int) ((long) i * from.size() / count))).collect(Collectors
			.toList());
	}

	private static List<Integer> without(final List<Integer> all, final List<Integer> some) {
		final List<Integer> left = new ArrayList<>(all);
		left.removeAll(new HashSet<>(some));
		return left;
	}

	private static String count(final List<Integer> images) {
		return images.size() + (images.size() == 1 ? " image" : " images");
	}

	/** Indices of the images for calibration, ascending. */
	public List<Integer> calibration() {
		return calibration;
	}

	/** Indices of the images to measure on, ascending; at least one. */
	public List<Integer> measured() {
		return measured;
	}

	/** What was chosen, for a person. */
	public String sentence() {
		return sentence;
	}
}
