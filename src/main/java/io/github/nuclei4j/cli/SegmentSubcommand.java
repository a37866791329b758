package io.github.nuclei4j.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import io.github.nuclei4j.instance.SegmentationOptions;
import io.github.nuclei4j.network.ModelFile;
import io.github.nuclei4j.network.ModelStore;
import io.github.nuclei4j.network.NucleusModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Subcommand {@code segment}: finds, counts and measures the nuclei of many images. */
@Command(name = "segment", mixinStandardHelpOptions = true, versionProvider = VersionText.class, sortOptions = false,
	description = { "Finds, counts and measures the nuclei in images.", "",
		"Writes nuclei.csv (all nuclei of all images), images.csv (one row per image) and, for every image, the files " +
			"asked for below; if none is asked for, all but the probabilities. Files of these names are replaced. " +
			"Where two images have the same name, their files begin with the folder's name as well; the column 'name' " +
			"of images.csv tells which is which." })
final class SegmentSubcommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "IMAGE-OR-FOLDER", arity = "1..*",
		description = "Images, and folders of images. In folders, results of earlier runs are left out.")
	private List<Path> inputs;

	@Option(names = { "-m", "--model" }, paramLabel = "NAME-OR-FILE", defaultValue = "nuclei",
		description = "Name of an installed model ('nuclei4j info' lists them) or a model's file (default: nuclei).")
	private String model;

	@Option(names = { "-o", "--output" }, paramLabel = "FOLDER", required = true,
		description = "Where the results go; made if needed.")
	private Path output;

	@Mixin
	private SeparationMixin separation;

	@Option(names = "--channel", paramLabel = "N", defaultValue = "0",
		description = "Channel to segment, from 1; 0 uses all as colours (default: ${DEFAULT-VALUE}).")
	private int channel;

	@Option(names = "--drop-border", description = "Leave out nuclei that touch the image's border.")
	private boolean dropBorder;

	@Option(names = "--labels", description = "Write <name>_labels.tif: each nucleus' pixels have its number.")
	private boolean labels;

	@Option(names = "--rois", description = "Write <name>_rois.zip for ImageJ's ROI Manager.")
	private boolean rois;

	@Option(names = "--overlay", description = "Write <name>_overlay.png: the image with the nuclei's outlines (of a " +
		"stack, the plane with the most nuclei).")
	private boolean overlay;

	@Option(names = "--probabilities", description = "Write <name>_probabilities.tif: the network's answer.")
	private boolean probabilities;

	@Option(names = { "-r", "--recursive" }, description = "Search folders in folders, too.")
	private boolean recursive;

	@Override
	public Integer call() throws IOException {
		final SegmentationOptions options = options();
		final List<InputImage> images = images();
		final Set<OutputKind> kinds = outputs();
		refuseToReplaceInputs(images, kinds);
		final Path modelFile = modelFile();
		makeFolder();
		try (TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr(), TerminalProgress.isTerminal())) {
			final NucleusModel network = ModelFile.read(modelFile);
			try (ImageSegmenter segmenter = new ImageSegmenter(network, options, channel, kinds, output)) {
				final SegmentBatch batch = new SegmentBatch(output, network.info().name(), spec.commandLine().getOut(), spec
					.commandLine().getErr(), Nuclei4jCli.verbose(spec), workers(images.size()));
				return batch.run(images, segmenter, progress) ? 0 : 1;
			}
		}
	}

	/** As many images at a time as there are processors: the network, which takes them all, runs on one image at a time. */
	static int workers(final int images) {
		return Math.max(1, Math.min(images, Runtime.getRuntime().availableProcessors()));
	}

	private SegmentationOptions options() {
		try {
			return separation.options().channel(channel).dropBorder(dropBorder);
		}
		catch (final IllegalArgumentException e) {
			throw wrong(e.getMessage());
		}
	}

	private List<InputImage> images() throws IOException {
		final List<InputImage> images = InputImages.find(inputs, recursive);
		if (images.isEmpty()) {
			throw wrong("There are no images in " + inputs.stream().map(Path::toString).collect(Collectors.joining(", ")) +
				". Images end in " + String.join(", ", InputImages.EXTENSIONS) + (recursive ? "." :
					"; folders in folders are searched with --recursive."));
		}
		return images;
	}

	private Path modelFile() {
		try {
			return ModelStore.find(model);
		}
		catch (final IOException e) {
			throw wrong(Messages.of(e));
		}
	}

	private void makeFolder() {
		try {
			Files.createDirectories(output);
		}
		catch (final FileAlreadyExistsException e) {
			throw wrong("The results cannot go to " + output + ": that is a file. Give a folder with --output.");
		}
		catch (final IOException e) {
			throw wrong("The folder " + output + " cannot be made: " + e.getClass().getSimpleName() + " " + Messages.of(e) +
				" Give another one with --output.");
		}
	}

	/** The files to write for each image. */
	private Set<OutputKind> outputs() {
		final Set<OutputKind> kinds = EnumSet.noneOf(OutputKind.class);
		if (labels) kinds.add(OutputKind.LABELS);
		if (rois) kinds.add(OutputKind.ROIS);
		if (overlay) kinds.add(OutputKind.OVERLAY);
		if (probabilities) kinds.add(OutputKind.PROBABILITIES);
		return kinds.isEmpty() ? EnumSet.of(OutputKind.LABELS, OutputKind.ROIS, OutputKind.OVERLAY) : kinds;
	}

	private void refuseToReplaceInputs(final List<InputImage> images, final Set<OutputKind> kinds) {
		final Set<Path> originals = images.stream().map(image -> InputImages.identity(image.file())).collect(Collectors
			.toSet());
		for (final InputImage image : images) {
			for (final OutputKind kind : kinds) {
				final Path file = kind.file(output, image.name());
				if (originals.contains(InputImages.identity(file))) {
					throw wrong("The result " + file + " would replace an image that is to be segmented. Choose another " +
						"folder with --output.");
				}
			}
		}
	}

	private ParameterException wrong(final String message) {
		return new ParameterException(spec.commandLine(), message);
	}
}
