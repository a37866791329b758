package io.github.nuclei4j.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.imageio.ImageIO;

/**
 * Draws the architectures and prints what {@code docs/models.md} says of them, all read or computed from the layers that
 * are built: parameters, multiply-adds, memory and receptive field. Argument: the folder for the pictures (docs/images).
 */
public final class ArchitectureFigures {

	private ArchitectureFigures() {}

	/** Draws and prints. */
	public static void main(final String... args) throws IOException {
		final Path folder = Files.createDirectories(Paths.get(args.length > 0 ? args[0] : "docs/images"));
		for (final Architecture architecture : Architecture.values()) {
			final ArchitectureMap map = new ArchitectureMap(architecture);
			final Path file = folder.resolve(architecture.id() + "-architecture.png");
			ImageIO.write(new ArchitectureDrawing(map).draw(title(architecture)), "png", file.toFile());
			System.out.println("Wrote " + file);
			stages(map).forEach(System.out::println);
		}
		overview().forEach(System.out::println);
	}

	private static String title(final Architecture architecture) {
		return String.format(Locale.ROOT, "%s, %,d parameters", architecture == Architecture.UNET ? "U-Net" : "HRNet",
			new ArchitectureMap(architecture).total().parameters);
	}

	/** A Markdown table of an architecture's stages. */
	static List<String> stages(final ArchitectureMap map) {
		final List<String> lines = new ArrayList<>();
		lines.add("| stage | parameters | trained | multiply-adds, millions | receptive field to one side, pixels |");
		lines.add("|---|---|---|---|---|");
		map.stages.forEach((name, stage) -> lines.add(row(name, stage)));
		lines.add(row("all", map.total()));
		return lines;
	}

	private static String row(final String name, final ArchitectureMap.Stage stage) {
		return String.format(Locale.ROOT, "| %s | %,d | %,d | %,.0f | %,d |", name, stage.parameters, stage.trainable,
			stage.multiplyAdds / 1e6, stage.reach);
	}

	/** A Markdown table of both architectures side by side. */
	static List<String> overview() {
		final List<String> lines = new ArrayList<>();
		lines.add("| | U-Net (`unet`) | HRNet (`hrnet`) |");
		lines.add("|---|---|---|");
		final ArchitectureMap.Stage[] totals = { new ArchitectureMap(Architecture.UNET).total(), new ArchitectureMap(
			Architecture.HRNET).total() };
		lines.add(line("parameters", "%,.0f", totals[0].parameters, totals[1].parameters));
		lines.add(line("of these trained", "%,.0f", totals[0].trainable, totals[1].trainable));
		lines.add(line("multiply-adds per image of 256 x 256, billions", "%.2f", totals[0].multiplyAdds / 1e9, totals[1].multiplyAdds / 1e9));
		lines.add(line("parameters as 32-bit floats (a model file is slightly smaller), MiB", "%.1f", mebibytes(totals[0].parameters),
			mebibytes(totals[1].parameters)));
		lines.add(line("the same as 16-bit floats, MiB", "%.1f", mebibytes(totals[0].parameters) / 2, mebibytes(totals[1].parameters) / 2));
		lines.add(line("training: parameters, gradient and Adam's two averages, MiB", "%.0f", 4 * mebibytes(totals[0].parameters), 4 *
			mebibytes(totals[1].parameters)));
		lines.add(line("training: outputs of all layers per image of 256 x 256, MiB", "%.0f", mebibytes(totals[0].outputs), mebibytes(
			totals[1].outputs)));
		lines.add(line("receptive field to one side, pixels", "%,.0f", Architecture.UNET.receptiveField().reach(), Architecture.HRNET
			.receptiveField().reach()));
		lines.add(line("height and width must be multiples of, pixels", "%.0f", Architecture.UNET.layout().divisor(), Architecture.HRNET
			.layout().divisor()));
		return lines;
	}

	private static String line(final String what, final String format, final double unet, final double hrnet) {
		return String.format(Locale.ROOT, "| " + what + " | " + format + " | " + format + " |", unet, hrnet);
	}

	private static double mebibytes(final long floats) {
		return floats * 4 / (1024.0 * 1024.0);
	}
}
