package io.github.nuclei4j.spark.training;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.training.TrainingOptions;

/** What every executor has to know of a training: the images and the settings, from which it builds its networks. */
final class TrainingJob implements Serializable {

	private static final long serialVersionUID = 1L;

	private final String id = UUID.randomUUID().toString();
	private final TrainingData data;
	private final int images;
	private final int idsHash;
	private final TrainingOptions options;

	/** @param ids of the images, as the driver found them */
	TrainingJob(final TrainingData data, final List<String> ids, final TrainingOptions options) {
		this.data = data;
		this.options = options;
		images = ids.size();
		idsHash = ids.hashCode();
	}

	/** Different for each run of the program. */
	String id() {
		return id;
	}

	TrainingOptions options() {
		return options;
	}

	/**
	 * Opens the images.
	 *
	 * @throws IOException if they can't be opened, or are others than those of the driver
	 */
	NucleusDataset open() throws IOException {
		final NucleusDataset found = data.open();
		if (found.ids().hashCode() == idsHash) return found;
		final int size = found.size();
		found.close();
		throw new IOException("The training images " + data + " differ between computers: " + size + " on an executor, " +
			images + " on the driver, or other names. Copy them anew.");
	}
}
