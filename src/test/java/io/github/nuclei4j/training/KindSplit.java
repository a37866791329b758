package io.github.nuclei4j.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.nuclei4j.dataset.ImageKind;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.util.Progress;

/**
 * The parts of a data set in a demonstration of fine-tuning: a model is trained on all kinds of images but one, then
 * fine-tuned on a few images of that kind and tested on all its other images. The images that the whole data set's
 * validation split has of that kind are always tested on, so that figures can be compared with those of other models.
 */
final class KindSplit {

	private static final TrainingOptions REFERENCE = TrainingOptions.defaults();

	private final ImageKind kind;
	private final Map<ImageKind, List<String>> ids;
	private final NucleusDataset others;
	private final NucleusDataset few;
	private final NucleusDataset test;

	/**
	 * @param kind left out
	 * @param count of images to fine-tune on
	 * @param seed by which these are drawn
	 * @throws IOException if an image can't be read
	 * @throws IllegalArgumentException if there are too few images
	 */
	KindSplit(final NucleusDataset data, final ImageKind kind, final int count, final long seed) throws IOException {
		this.kind = kind;
		ids = ImageKind.ids(data, Progress.NONE);
		final List<String> ofKind = ids.get(kind);
		final List<String> rest = new ArrayList<>(data.ids());
		rest.removeAll(ofKind);
		final List<String> candidates = new ArrayList<>(ofKind);
		candidates.removeAll(data.split(REFERENCE.validation(), REFERENCE.seed()).validation().ids());
		if (count < 2 || candidates.size() < count || ofKind.size() == count || rest.size() < 2) {
			throw new IllegalArgumentException("Fine-tuning on " + count + " images of the kind '" + kind.id() + "': '" + data
				.name() + "' has " + ofKind.size() + " of them, of which " + candidates.size() + " are not for validation, and " +
				rest.size() + " of other kinds. At least 2 to train on, 1 to test on and 2 of other kinds are needed: choose " +
				"another number or kind.");
		}
		Collections.sort(candidates);
		Collections.shuffle(candidates, new Random(seed));
		final List<String> drawn = new ArrayList<>(candidates.subList(0, count));
		Collections.sort(drawn);
		final List<String> unseen = new ArrayList<>(ofKind);
		unseen.removeAll(drawn);
		others = data.subset(data.name() + " without " + kind.id(), rest);
		few = data.subset(count + " images of " + kind.id(), drawn);
		test = data.subset(data.name() + ", other images of " + kind.id(), unseen);
	}

	/** The kind left out of the first training. */
	ImageKind kind() {
		return kind;
	}

	/** Number of images of a kind in the whole data set. */
	int count(final ImageKind other) {
		return ids.get(other).size();
	}

	/** All images of the other kinds, for the first training. */
	NucleusDataset others() {
		return others;
	}

	/** The images of the other kinds that the first training only validates with. */
	NucleusDataset otherValidation() {
		return others.split(REFERENCE.validation(), REFERENCE.seed()).validation();
	}

	/** The few images of the kind to fine-tune on. */
	NucleusDataset few() {
		return few;
	}

	/** All images of the kind but the few. */
	NucleusDataset test() {
		return test;
	}
}
