package io.github.nuclei4j.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import javax.imageio.ImageIO;

/**
 * Draws the architectures and prints what {@code docs/models.md} says of them, all read or computed from the layers that
 * are built: parameters, multiply-adds, memory and receptive field. Argument: the folder for the pictures (docs/images).
 */
public final class ArchitectureFigures {

	private static final String[] NAMES = { "U-Net", "HRNet", "Residual U-Net", "Wider residual U-Net" };

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
		return String.format(Locale.ROOT, "%s, %,d parameters", NAMES[architecture.ordinal()],
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

	/** A Markdown table of all architectures side by side. */
	static List<String> overview() {
		final List<String> lines = new ArrayList<>();
		lines.add("| | U-Net (`unet`) | HRNet (`hrnet`) | residual U-Net (`resunet`) | the same, wider (`resunet-large`) |");
		lines.add("|---|---|---|---|---|");
		lines.add(line("parameters", "%,.0f", a -> total(a).parameters));
		lines.add(line("of these trained", "%,.0f", a -> total(a).trainable));
		lines.add(line("multiply-adds per image of 256 x 256, billions", "%.2f", a -> total(a).multiplyAdds / 1e9));
		lines.add(line("parameters as 32-bit floats (a model file is slightly smaller), MiB", "%.1f", a -> mebibytes(total(a).parameters)));
		lines.add(line("the same as 16-bit floats, MiB", "%.1f", a -> mebibytes(total(a).parameters) / 2));
		lines.add(line("training: parameters, gradient and Adam's two averages, MiB", "%.0f", a -> 4 * mebibytes(total(a).parameters)));
		lines.add(line("training: outputs of all layers per image of 256 x 256, MiB", "%.0f", a -> mebibytes(total(a).outputs)));
		lines.add(line("receptive field to one side, pixels", "%,.0f", a -> a.receptiveField().reach()));
		lines.add(line("height and width must be multiples of, pixels", "%.0f", a -> a.layout().divisor()));
		return lines;
	}

	private static ArchitectureMap.Stage total(final Architecture architecture) {
		return new ArchitectureMap(architecture).total();
	}

	private static String line(final String what, final String format, final ToDoubleFunction<Architecture> value) {
		final StringBuilder line = new StringBuilder("| " + what + " |");
		for (final Architecture architecture : Architecture.values()) line.append(String.format(Locale.ROOT, " " + format + " |",
			value.applyAsDouble(architecture)));
		return line.toString();
	}

	private static double mebibytes(final long floats) {
		return floats * 4 / (1024.0 * 1024.0);
	}
}
