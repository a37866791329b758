package io.github.nuclei4j.training;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.model.TrainingRecord;
import io.github.nuclei4j.model.TrainingState;
import io.github.nuclei4j.model.ValidationScores;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.NormalizationStatistics;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.network.Widening;
import io.github.nuclei4j.tensor.PixelLoss;
import io.github.nuclei4j.tensor.SampleIterator;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.Progress;
import io.github.nuclei4j.util.RunLock;
import io.github.nuclei4j.util.Version;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Trains a network on a data set: splits it, goes through the training images in random order with augmentation, scores
 * the validation images after every epoch, and keeps the weights of the best epoch. Checkpoints of the best and of the last
 * epoch stand beside the model file, so that a training goes on where it was stopped, or in another round from its best
 * epoch. The same options, data and number of threads give the same model.
 */
public final class Trainer {

	private static final int NORMALIZATION_BATCHES = 8;

	private final TrainingOptions options;
	private final NucleusDataset validation;
	private final Checkpoints checkpoints;
	private final HistoryFiles historyFiles;
	private final TrainableModel start;
	private final TrainingRecord record;
	private final TrainingBatches batches;
	private final Learner learner;
	private final EpochTrainer epochs;

	/** @param elsewhere makes the steps; null to make them here */
	private Trainer(final NucleusDataset data, final TrainingOptions given, final EpochTrainer elsewhere,
		final Progress progress) throws IOException
	{
		options = given.fineTune() == null ? given : likeItsStart(given);
		if (options.samples() > 0 && options.diameter() == 0) throw new IllegalArgumentException(options.samples() +
			" patches per epoch were asked for, but no diameter of nuclei: give both, or neither for whole images.");
		if (options.augmentation().needsPatches() && options.diameter() == 0) throw new IllegalArgumentException("The augmentation '" +
			options.augmentation().name() + "' is for training on patches: give a diameter of nuclei as well, or choose 'standard'.");
		options.mixture().check(data.sets());
		final NucleusDataset.Split split = TrainingBatches.split(data, options);
		validation = split.validation();
		checkpoints = new Checkpoints(options.output());
		historyFiles = new HistoryFiles(checkpoints);
		final Optional<TrainableModel> first = options.fineTune() == null || options.resume() ? Optional.empty() : Optional.of(
			TrainableModel.of(ModelFile.read(options.fineTune())));
		final Path resumed = options.resume() ? checkpoints.resumed() : null;
		start = resumed == null ? fresh(first) : TrainableModel.of(ModelFile.read(resumed));
		if (resumed != null) checkSameTraining(start.info());
		final TrainingState state = resumed == null ? new TrainingState(null, null, null) : ModelFile.readState(resumed);
		learner = new Learner(start, options.size(start.info().layout().trainingSize()), state);
		final String startedFrom = first.map(m -> m.info().name()).orElseGet(() -> start.info().training().flatMap(
			TrainingRecord::startedFrom).orElse(null));
		epochs = elsewhere == null ? this::trainHere : elsewhere;
		record = epochs.describe(new TrainingRecord(data.name(), split.training().ids(), validation.ids(), options.seed(), options.batchSize(),
			options.learningRate(), options.schedule(), TrainingBatches.describe(options), options.epochs(), roundStart(),
			startedFrom).steps(options.optimizer(), options.averaging(), options.samples()));
		batches = TrainingBatches.of(split, learner.options(), progress);
	}

	/**
	 * Trains and writes the best model to the output file, with checkpoints and the history (CSV and PNG) beside it.
	 *
	 * @param data is split into training and validation images
	 * @param options what to train and how; the output file must be set
	 * @param epochListener receives the history after each epoch
	 * @param progress told after each batch; when canceled, training stops after the current batch and what was finished
	 *          stays on disk
	 * @throws IOException if data can't be read or files can't be written
	 * @throws CancellationException if canceled
	 * @throws IllegalArgumentException if the data are too few or do not fit the checkpoint to resume from
	 */
	public static TrainingResult train(final NucleusDataset data, final TrainingOptions options,
		final Consumer<TrainingHistory> epochListener, final Progress progress) throws IOException
	{
		return train(data, options, null, epochListener, progress);
	}

	/**
	 * As {@link #train(NucleusDataset, TrainingOptions, Consumer, Progress)}, with steps that are made elsewhere.
	 *
	 * @param epochs makes the steps; all else, such as validation and files, is done here
	 */
	public static TrainingResult train(final NucleusDataset data, final TrainingOptions options, final EpochTrainer epochs,
		final Consumer<TrainingHistory> epochListener, final Progress progress) throws IOException
	{
		if (options.output() == null) throw new IllegalArgumentException(
			"No output file was given. Name the model zip to write, such as models/my-model.zip.");
		NativeBackend.initialize();
		try (RunLock lock = new Checkpoints(options.output()).lock()) {
			final Trainer trainer = new Trainer(data, options, epochs, progress);
			try (Learner closed = trainer.learner) {
				return trainer.run(epochListener, progress);
			}
		}
	}

	private TrainingResult run(final Consumer<TrainingHistory> epochListener, final Progress progress)
		throws IOException
	{
		TrainingHistory history = start.info().history();
		for (int epoch = history.epochs().size() + 1; epoch <= options.epochs(); epoch++) {
			final long begin = System.nanoTime();
			final double trainingLoss = trainEpoch(epoch, progress);
			final float[] raw = learner.takeAverage().orElse(null);
			if (NormalizationStatistics.has(start.layers())) measureNormalization(epoch);
			final ValidationScores scores = validate();
			final boolean best = isBest(scores, history);
			history = history.plus(new TrainingHistory.Epoch(epoch, RateSchedule.rate(options, epoch, record.roundStart(), 0,
				batches.perEpoch()), trainingLoss, scores, (System.nanoTime() - begin) / 1e9, best));
			final boolean last = isStale(history);
			final TrainableModel model = new TrainableModel(start.info().toBuilder().trained(last ? record.endingAt(epoch)
				: record, scores, history).created(
				Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()).codeVersion(Version.current()).build(), start.network());
			save(model, raw, best, last || epoch == options.epochs());
			epochListener.accept(history);
			if (last) break;
		}
		return new TrainingResult(options.output(), history);
	}

	/**
	 * Writes what there is after an epoch. A training that is killed meanwhile does this epoch again, from the checkpoint of the
	 * one before, and writes the same.
	 *
	 * @param raw the weights to train on with, if those of the model are averages, or else null
	 */
	private void save(final TrainableModel model, final float[] raw, final boolean best, final boolean last)
		throws IOException
	{
		final TrainingHistory history = model.info().history();
		try {
			if (history.epochs().size() == 1) checkpoints.forget();
			if (best) checkpoints.writeModel(model.model());
			if (raw != null) learner.setParameters(raw, 0);
			final TrainingState state = learner.checkpoint();
			if (best) checkpoints.writeBest(model.model(), state);
			historyFiles.write(history);
			if (last) checkpoints.writeHistory(history);
			checkpoints.writeLast(model.model(), state);
		}
		catch (final IOException e) {
			final int kept = history.epochs().size() - 1;
			throw new IOException(Messages.of(e) + (kept == 0 ? "" : " Epochs 1 to " + kept + " are kept: resume the training to continue " +
				"from there."), e);
		}
	}

	private boolean isBest(final ValidationScores scores, final TrainingHistory history) {
		final boolean single = start.info().target().channels() == 1;
		return history.best().map(before -> single ? scores.meanIou() > before.validationMeanIou() : scores.loss() < before
			.validationLoss()).orElse(true);
	}

	private double trainHere(final Learner from, final EpochShare epoch, final Progress progress) {
		return from.train(batches, epoch, progress) / epoch.allBatches();
	}

	private double trainEpoch(final int epoch, final Progress progress) throws IOException {
		final double loss = epochs.train(learner, EpochShare.whole(epoch, record.roundStart(), batches.perEpoch()), progress);
		if (!Double.isFinite(loss)) throw new IOException("The training loss became " + loss + " in epoch " + epoch +
			". Resume from the last checkpoint with a smaller learning rate than " + options.learningRate() + ".");
		return loss;
	}

	/** Gives inference the statistics of training images without random changes, instead of those of the last few batches. */
	private void measureNormalization(final int epoch) {
		try (SampleIterator iterator = batches.plain(options.seed() + epoch)) {
			learner.measureNormalization(Stream.generate(() -> iterator.next().features()).limit(Math.min(NORMALIZATION_BATCHES,
				batches.perEpoch())).iterator());
		}
	}

	private ValidationScores validate() {
		try (SampleIterator iterator = batches.validation(); CurrentNetwork network = new CurrentNetwork(start)) {
			return new Validation(PixelLoss.of(start.info().target()), options.threshold()).score(network, iterator);
		}
	}

	private boolean isStale(final TrainingHistory history) {
		final int best = history.best().map(TrainingHistory.Epoch::epoch).orElse(0);
		return options.patience() > 0 && history.epochs().size() - Math.max(best, record.roundStart()) >= options
			.patience();
	}

	/**
	 * The options with normalizer, target and nucleus diameter of the model to fine-tune, and its architecture, which its
	 * weights belong to, or one that it is widened to.
	 */
	private static TrainingOptions likeItsStart(final TrainingOptions options) throws IOException {
		final ModelInfo info = ModelFile.readInfo(options.fineTune());
		final Architecture own = Architecture.of(info.architecture());
		final boolean widened = options.architecture().isWiderThan(own);
		final TrainingOptions like = (widened ? options : options.architecture(own.id())).target(info.target().id()).normalizer(options
			.isNormalizerOfStart() ? info.normalizer().id() : options.normalizer().id());
		return options.isDiameterOfStart() ? like.diameter(info.nucleusDiameter().orElse(0.0)) : like;
	}

	/** A network with new optimizer and history; its weights are those of the first model, if there is one, or random. */
	private TrainableModel fresh(final Optional<TrainableModel> first) {
		final String file = options.output().getFileName().toString();
		final ModelInfo info = ModelInfo.builder(file.replaceFirst("\\.zip$", ""), options.architecture()).normalizer(options
			.normalizer()).target(options.target()).nucleusDiameter(options.diameter() > 0 ? options.diameter()
				: null).layout(options.layout()).threshold(options.threshold()).build();
		final ComputationGraph network = Learner.build(options);
		first.ifPresent(model -> copy(model, network));
		return new TrainableModel(info, network);
	}

	private void copy(final TrainableModel model, final ComputationGraph network) {
		if (options.architecture().isWiderThan(Architecture.of(model.info().architecture()))) Widening.copy(model.network(),
			network, options.seed());
		else network.params().assign(model.network().params());
	}

	/** The epoch after which this round begins: where the checkpoint's round began if that one was interrupted. */
	private int roundStart() {
		final int done = start.info().history().epochs().size();
		return start.info().training().filter(t -> done < t.epochs() && t.epochs() == options.epochs()).map(
			TrainingRecord::roundStart).orElse(done);
	}

	private void checkSameTraining(final ModelInfo info) {
		final int done = info.history().epochs().size();
		if (done >= options.epochs()) {
			throw new IllegalArgumentException("The checkpoint beside " + options.output() + " is at epoch " + done +
				" already; to train on, ask for more than " + done + " epochs, got " + options.epochs() + ".");
		}
		if (!info.architecture().equals(options.architecture().id()) || info.normalizer() != options.normalizer()) {
			throw new IllegalArgumentException("The checkpoint beside " + options.output() + " is of architecture '" + info
				.architecture() + "' with normalizer '" + info.normalizer().id() + "', but '" + options.architecture().id() +
				"' with '" + options.normalizer().id() + "' was asked for. Resume with the same ones, or choose another output.");
		}
		final String before = steps(info.target(), info.nucleusDiameter().orElse(0.0), info.training().map(
			TrainingRecord::optimizer).orElse(TrainingOptions.ADAM));
		final String now = steps(options.target(), options.diameter(), options.optimizer());
		if (!before.equals(now)) throw new IllegalArgumentException("The checkpoint beside " + options.output() + " is of " +
			before + ", but " + now + " was asked for. Resume with the same ones, or choose another output.");
		final List<String> known = info.training().map(TrainingRecord::validationIds).orElse(Arrays.asList());
		if (!known.equals(validation.ids())) {
			throw new IllegalArgumentException("The checkpoint beside " + options.output() + " was trained with " + known
				.size() + " other validation images than this data set, share and seed give (" + validation.size() +
				"): scores would be of images it has seen. Resume with the same data, validation share and seed.");
		}
	}

	private static String steps(final TargetEncoder target, final double diameter, final String optimizer) {
		return "target '" + target.id() + "' with nucleus diameter " + diameter + " and optimizer '" + optimizer + "'";
	}
}
