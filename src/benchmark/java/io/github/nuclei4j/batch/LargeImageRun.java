package io.github.nuclei4j.batch;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.Callable;

import javax.imageio.ImageIO;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import io.github.nuclei4j.cli.Nuclei4jCli;
import io.github.nuclei4j.engine.Machine;
import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.image.TiffImage;
import io.github.nuclei4j.inference.Predictor;
import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.util.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/** Segments a mosaic of a sample that is larger than memory, and prints the time and the most memory that it took. */
@Command(name = "LargeImageRun", mixinStandardHelpOptions = true, showDefaultValues = true, description =
	"Segments a mosaic of a sample, of any size, and prints time and memory.")
public final class LargeImageRun implements Callable<Integer> {

	private static final String MANY = "samples/fluorescence-many.png";

	@Option(names = "--size", defaultValue = "16384", description = "Width and height, pixels.")
	private int size;

	@Option(names = "--height", defaultValue = "0", description = "Height, pixels, if it is another: memory depends on the width.")
	private int height;

	@Option(names = "--file", defaultValue = "runs/mosaic.tif", description = "8-bit TIFF, made if it isn't there.")
	private Path file;

	@Option(names = "--model", defaultValue = "nuclei", description =
		"Name or file of the model; 'none' for a stand-in that answers with the image, to look at memory without waiting.")
	private String model;

	@Option(names = "--augment", defaultValue = "1", description = "As of 'segment'.")
	private int augment;

	@Option(names = "--cli", description = "Through the command line tool rather than the Java API.")
	private boolean cli;

	@Option(names = "--make-only", description = "Only makes the file.")
	private boolean makeOnly;

	@Option(names = "--output", defaultValue = "runs/large", description = "Folder of the results.")
	private Path output;

	/** Runs; {@code --help} lists the options. */
	public static void main(final String... args) {
		final int code = new CommandLine(new LargeImageRun()).execute(args);
		if (code != CommandLine.ExitCode.OK) throw new IllegalStateException("The run failed, see above.");
	}

	@Override
	public Integer call() throws Exception {
		if (height == 0) height = size;
		if (!Files.exists(file)) write();
		if (makeOnly) return CommandLine.ExitCode.OK;
		System.out.println(Machine.describe().trim());
		final long start = System.nanoTime();
		if (cli) {
			final int code = Nuclei4jCli.run(new String[] { "segment", file.toString(), "--model", model, "--augment", Integer.toString(
				augment), "--output", output.toString(), "--overwrite", "--labels", "--overlay", "--rois" });
			if (code != 0) return code;
		}
		else segment();
		final double seconds = (System.nanoTime() - start) / 1e9;
		final double pixels = (double) size * height;
		System.out.printf("%d x %d pixels in %.0f s, %.2f million pixels a second; heap limit %d MB, most resident memory %.0f MB%n", size,
			height, seconds, pixels / seconds / 1e6, Runtime.getRuntime().maxMemory() >> 20, MemoryLog.resident("VmHWM") / (1 << 20));
		return CommandLine.ExitCode.OK;
	}

	private void segment() throws IOException {
		final SegmentationOptions options = SegmentationOptions.defaults().augment(augment);
		try (NucleusSegmenter segmenter = segmenter();
				LargeImage image = TiffImage.open(file, Runtime.getRuntime().maxMemory() / 8))
		{
			final Progress progress = new Progress() {

				private long told;

				@Override
				public synchronized void update(final double fraction, final String message) {
					if (System.nanoTime() - told < 5_000_000_000L) return;
					told = System.nanoTime();
					System.err.printf("%5.1f %% %s; heap %d MB%n", 100 * fraction, message, Runtime.getRuntime().totalMemory() - Runtime
						.getRuntime().freeMemory() >> 20);
				}

				@Override
				public boolean isCanceled() {
					return false;
				}
			};
			final LargeImageWriter.Result result = LargeImageWriter.run(image, segmenter, options, EnumSet.copyOf(
				OutputKind.DEFAULTS), output, "mosaic", progress);
			System.out.println(result.count() + " nuclei");
			result.notes().forEach(System.out::println);
		}
	}

	private NucleusSegmenter segmenter() throws IOException {
		if (!model.equals("none")) return new NucleusSegmenter(ModelFile.read(ModelStore.find(model)));
		final ModelInfo info = ModelFile.readInfo(ModelStore.find("nuclei"));
		return new NucleusSegmenter(new StandIn(info.target().channels()), info);
	}

	private void write() throws IOException {
		final BufferedImage sample = ImageIO.read(new File(MANY));
		final ByteProcessor pixels = new ByteProcessor(size, height);
		final byte[] array = (byte[]) pixels.getPixels();
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < size; x++) {
				array[y * size + x] = (byte) (sample.getRGB(NormalizedImage.mirror(x, sample.getWidth()), NormalizedImage.mirror(y, sample
					.getHeight())) >> 8);
			}
		}
		ImageWriter.tiff(new ImagePlus("mosaic", pixels), file);
	}

	/** Answers with the image as probability and distance, and no flow. */
	private static final class StandIn implements Predictor {

		private final int channels;

		StandIn(final int channels) {
			this.channels = channels;
		}

		@Override
		public Tensor predict(final Tensor input) {
			final int plane = input.height() * input.width();
			final float[] pixels = input.values();
			final float[] maps = new float[channels * plane];
			for (int c = 0; c < channels; c++) {
				for (int i = 0; i < plane; i++) {
					final float value = Math.max(0, Math.min(1, pixels[i]));
					maps[c * plane + i] = c == 1 ? 0 : c > 2 ? 0.5f : value;
				}
			}
			return new Tensor(maps, 1, channels, input.height(), input.width());
		}

		@Override
		public void close() {
			// nothing is held
		}
	}
}
