package io.github.nuclei4j.spark.segmentation;

import java.io.Serializable;
import java.util.Set;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

import io.github.nuclei4j.batch.OutputKind;
import io.github.nuclei4j.segment.SegmentationOptions;

/** What all tasks of a run have in common, shipped to the executors. Immutable. */
final class Job implements Serializable {

	private static final long serialVersionUID = 1;

	private final String output;
	private final Broadcast<byte[]> model;
	private final String modelPlace;
	private final String key;
	private final SegmentationOptions options;
	private final Set<OutputKind> outputs;
	private final Broadcast<SerializableConfiguration> hadoop;
	private final long splitPixels;

	/**
	 * @param output folder for the results
	 * @param model bytes of the model's file
	 * @param modelPlace of the file, as records tell it
	 * @param key the same for the same model, settings and kinds of files
	 */
	Job(final String output, final Broadcast<byte[]> model, final String modelPlace, final String key,
		final SegmentationOptions options, final Set<OutputKind> outputs,
		final Broadcast<SerializableConfiguration> hadoop)
	{
		this(output, model, modelPlace, key, options, outputs, hadoop, 0);
	}

	private Job(final String output, final Broadcast<byte[]> model, final String modelPlace, final String key,
		final SegmentationOptions options, final Set<OutputKind> outputs, final Broadcast<SerializableConfiguration> hadoop,
		final long splitPixels)
	{
		this.splitPixels = splitPixels;
		this.output = output;
		this.model = model;
		this.modelPlace = modelPlace;
		this.key = key;
		this.options = options;
		this.outputs = outputs;
		this.hadoop = hadoop;
	}

	/** This with images of more pixels split into parts of about so many; 0 splits none. */
	Job splitting(final long pixels) {
		return new Job(output, model, modelPlace, key, options, outputs, hadoop, pixels);
	}

	long splitPixels() {
		return splitPixels;
	}

	byte[] model() {
		return model.value();
	}

	String modelPlace() {
		return modelPlace;
	}

	String key() {
		return key;
	}

	SegmentationOptions options() {
		return options;
	}

	Set<OutputKind> outputs() {
		return outputs;
	}

	Configuration hadoop() {
		return hadoop.value().value();
	}

	/** Where the results are. */
	OutputStore store() {
		return new OutputStore(output, hadoop());
	}
}
