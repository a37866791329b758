package io.github.nuclei4j.model;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import io.github.nuclei4j.network.Widening;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.tensor.TensorLayout;

/**
 * The network architectures that this version can build. A model file names one of them; nothing else in a file decides
 * which classes are instantiated.
 */
public enum Architecture {
		/** The reference U-Net, 1,941,105 parameters. */
		UNET("unet", new TensorLayout(3, 16, 256), UNet::assemble),
		/** HRNet with branches of 32 to 256 channels, 28,608,608 parameters. */
		HRNET("hrnet", new TensorLayout(3, 32, 256), HRNet::assemble),
		/** A residual U-Net with batch normalisation and 16 to 256 channels, 3,970,945 parameters with one output channel. */
		RESUNET("resunet", new TensorLayout(3, 16, 256), ResUNet::assemble),
		/** The residual U-Net with 32 to 384 channels, 8,933,121 parameters with one output channel. */
		RESUNET_LARGE("resunet-large", new TensorLayout(3, 16, 256), ResUNet::assembleLarge);

	private static final String INPUT = "image";

	private final String id;
	private final TensorLayout layout;
	private final BiFunction<ConvBlocks, String, String> assembly;
	private ReceptiveField receptiveField;

	Architecture(final String id, final TensorLayout layout,
		final BiFunction<ConvBlocks, String, String> assembly)
	{
		this.id = id;
		this.layout = layout;
		this.assembly = assembly;
	}

	/** The name used in model files, macros and on the command line. */
	public String id() {
		return id;
	}

	/** Whether {@link Widening} makes it of the other one: both have the same layers, and this one more channels. */
	public boolean isWiderThan(final Architecture other) {
		return this == RESUNET_LARGE && other == RESUNET;
	}

	/** The input it takes and the size that it is trained at by default. */
	public TensorLayout layout() {
		return layout;
	}

	/** The layers for {@link TargetEncoder#NUCLEUS}. */
	public NetworkLayers layers() {
		return layers(TargetEncoder.NUCLEUS);
	}

	/** The layers with the output channels of a target. */
	public NetworkLayers layers(final TargetEncoder target) {
		return layers(new ConvBlocks(target));
	}

	/** The layers of other blocks. */
	public NetworkLayers layers(final ConvBlocks blocks) {
		assembly.apply(blocks, blocks.image(INPUT, layout.channels()));
		return blocks.layers();
	}

	/** How far an output pixel can depend on input pixels; computed from the layers, without weights, when first asked. */
	public synchronized ReceptiveField receptiveField() {
		if (receptiveField == null) receptiveField = ReceptiveField.of(layers());
		return receptiveField;
	}

	/**
	 * The architecture of that name.
	 *
	 * @throws IllegalArgumentException that lists the known names
	 */
	public static Architecture of(final String id) {
		return Arrays.stream(values()).filter(a -> a.id.equals(id)).findFirst().orElseThrow(
			() -> new IllegalArgumentException("Unknown architecture '" + id + "'; this version knows: " + Arrays.stream(
				values()).map(a -> a.id).collect(Collectors.joining(", ")) +
				". A model of another architecture needs a newer version of Nuclei4J."));
	}
}
