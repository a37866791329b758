package io.github.nuclei4j.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

import io.github.nuclei4j.util.Messages;

/** How the pixels of one image of a TIFF file lie in it, and what they mean. */
final class TiffLayout {

	/** What a plane's pixels are in memory. */
	enum Values {
			/** 8 bits without sign, also of fewer bits. */
			BYTE(1),
			/** 16 bits without sign; signed ones are raised by 32768, as ImageJ does. */
			SHORT(2),
			/** 32-bit floats, also of other floats and integers of more than 16 bits. */
			FLOAT(4),
			/** 8-bit red, green and blue. */
			COLOR(4);

		private final int bytes;

		Values(final int bytes) {
			this.bytes = bytes;
		}

		int bytes() {
			return bytes;
		}
	}

	/** Cells that have to be unpacked as a whole may be so large, bytes. */
	static final long LARGEST = 1 << 28;

	private static final int WHITE_IS_ZERO = 0;
	private static final int RGB = 2;
	private static final int PALETTE = 3;
	private static final int CMYK = 5;
	private static final int YCBCR = 6;

	/** Compressions that exist but aren't read here. */
	private static final Map<Integer, String> UNREAD = Map.ofEntries(Map.entry(6, "old JPEG"), Map.entry(9, "JBIG"), Map.entry(
		10, "JBIG"), Map.entry(32766, "NeXT"), Map.entry(32809, "ThunderScan"), Map.entry(32909, "PixarLog"), Map.entry(33003,
			"JPEG 2000"), Map.entry(33004, "JPEG 2000"), Map.entry(33005, "JPEG 2000"), Map.entry(34661, "JBIG"), Map.entry(34676,
				"SGI Log"), Map.entry(34677, "SGI Log"), Map.entry(34712, "JPEG 2000"), Map.entry(34887, "LERC"), Map.entry(34892,
					"lossy JPEG of DNG"), Map.entry(34925, "LZMA"), Map.entry(34926, "ZSTD of an old form"), Map.entry(34927, "WebP"), Map
						.entry(34934, "JPEG XR"), Map.entry(22610, "JPEG XR"), Map.entry(50001, "WebP"), Map.entry(50002, "JPEG XL"), Map
							.entry(52546, "JPEG XL"));

	private final TiffDirectory directory;
	private final int width;
	private final int height;
	private final int samples;
	private final int bits;
	private final int format;
	private final int photometric;
	private final int compression;
	private final int predictor;
	private final boolean planar;
	private final boolean tiled;
	private final int tileWidth;
	private final int tileHeight;
	private final Values values;

	/**
	 * @param fileBytes size of the file, which has to be large enough for the pixels
	 * @throws IOException if the image is damaged
	 * @throws UnreadImageException if it is of a kind that isn't read here
	 */
	TiffLayout(final TiffDirectory directory, final long fileBytes) throws IOException {
		this.directory = directory;
		final long claimedWidth = directory.value(TiffDirectory.WIDTH, 0);
		final long claimedHeight = directory.value(TiffDirectory.HEIGHT, 0);
		compression = (int) directory.value(TiffDirectory.COMPRESSION, 1);
		final long claimedSamples = directory.value(TiffDirectory.SAMPLES, 1);
		if (claimedSamples < 1 || claimedSamples > 0xffff) throw new IOException("its header says " + claimedSamples +
			" samples per pixel");
		samples = (int) claimedSamples;
		bits = bitsOf(directory);
		format = (int) directory.value(TiffDirectory.SAMPLE_FORMAT, 1);
		photometric = (int) directory.value(TiffDirectory.PHOTOMETRIC, samples >= 3 ? RGB : 1);
		planar = samples > 1 && directory.value(TiffDirectory.PLANAR, 1) == 2;
		predictor = compression == 1 ? 1 : (int) directory.value(TiffDirectory.PREDICTOR, 1);
		ImageSize.checkClaim(claimedWidth, claimedHeight, 1, samples * bits / 8.0, fileBytes, TiffUnpacking.expansion(compression));
		width = (int) claimedWidth;
		height = (int) claimedHeight;
		requireKnown();
		values = kind();
		tiled = directory.values(TiffDirectory.TILE_OFFSETS) != null;
		final long rows = tiled ? directory.value(TiffDirectory.TILE_HEIGHT, 0) : Math.min(height, directory.value(
			TiffDirectory.ROWS_PER_STRIP, height));
		final long columns = tiled ? directory.value(TiffDirectory.TILE_WIDTH, 0) : width;
		if (rows < 1 || columns < 1 || columns > Integer.MAX_VALUE || rows > Integer.MAX_VALUE) throw new IOException(
			"its tiles or strips have " + columns + " x " + rows + " pixels");
		tileWidth = (int) columns;
		tileHeight = (int) rows;
	}

	/** Bits of a sample; all of them must have as many. */
	private static int bitsOf(final TiffDirectory directory) throws IOException {
		final long[] all = directory.values(TiffDirectory.BITS);
		if (all == null) return 1;
		if (Arrays.stream(all).anyMatch(bit -> bit != all[0])) throw new UnreadImageException("its samples have different numbers of bits (" +
			Messages.quoted(Arrays.toString(all)) + ")");
		if (all[0] < 1 || all[0] > 64) throw new IOException("its header says " + all[0] + " bits per sample");
		return (int) all[0];
	}

	private void requireKnown() throws IOException {
		if (UNREAD.containsKey(compression)) throw new UnreadImageException("its pixels are compressed as " + UNREAD.get(
			compression) + " (TIFF compression " + compression + "), which is not read here; uncompressed, LZW, deflate, PackBits, " +
			"ZSTD, JPEG and fax compression are");
		if (!TiffUnpacking.isKnown(compression)) throw new UnreadImageException("its pixels are compressed in an unknown way " +
			"(TIFF compression " + compression + ")");
		final boolean fax = TiffUnpacking.isFax(compression);
		if (fax && (bits != 1 || samples != 1)) throw new IOException("its pixels of " + samples + " x " + bits +
			" bits can't be compressed as fax");
		if (compression == TiffUnpacking.JPEG && bits != 8) throw new UnreadImageException("its pixels are compressed as JPEG of " +
			bits + " bits, which is not read here; 8 bits are");
		if (predictor < 1 || predictor > 3) throw new UnreadImageException("its pixels are differences of an unknown kind (TIFF predictor " +
			predictor + ")");
		if (predictor == 2 && bits % 8 != 0 || predictor == 3 && (format != 3 || bits % 8 != 0)) throw new IOException(
			"its predictor " + predictor + " doesn't fit pixels of " + bits + " bits");
	}

	private Values kind() throws IOException {
		final String is = "its pixels are of " + samples + " x " + bits + " bits, sample format " + format + ", photometric " +
			photometric;
		if (photometric == YCBCR || photometric == CMYK) {
			if (bits == 8 && samples == (photometric == CMYK ? 4 : 3) && (photometric == CMYK ? compression != TiffUnpacking.JPEG
				: !planar && predictor == 1 && TiffUnpacking.isJavas(compression))) return Values.COLOR;
			throw new UnreadImageException(is + " (" + (photometric == CMYK ? "CMYK" : "YCbCr") + "), which is not read here in this form");
		}
		if (photometric > CMYK && photometric != 32803) throw new UnreadImageException(is + ", a way to tell colours that is not read here; " +
			"grey, RGB, palettes, YCbCr and CMYK are");
		if (photometric == RGB && bits == 8 && format == 1 && samples >= 3) return Values.COLOR;
		switch (format) {
			case 1:
			case 4:
				return bits <= 8 ? Values.BYTE : bits <= 16 ? Values.SHORT : bits == 24 || bits == 32 || bits == 64 ? Values.FLOAT
					: unread(is);
			case 2:
				return bits == 8 || bits == 16 ? Values.SHORT : bits == 32 || bits == 64 ? Values.FLOAT : unread(is);
			case 3:
				return bits == 16 || bits == 24 || bits == 32 || bits == 64 ? Values.FLOAT : unread(is);
			default:
				return unread(is);
		}
	}

	private static Values unread(final String is) throws IOException {
		throw new UnreadImageException(is + ", which is not read here; integers of 1 to 16, 32 and 64 bits and floats of 16 to 64 bits are");
	}

	TiffDirectory directory() {
		return directory;
	}

	int width() {
		return width;
	}

	int height() {
		return height;
	}

	/** Samples of a pixel in the file. */
	int samples() {
		return samples;
	}

	/** Samples of a pixel that lie beside each other. */
	int samplesTogether() {
		return planar ? 1 : samples;
	}

	/** Channels: 1 of a colour image, and without transparency. */
	int channels() {
		if (values == Values.COLOR) return 1;
		final long[] extra = directory.values(TiffDirectory.EXTRA_SAMPLES);
		final long transparent = extra == null ? 0 : Arrays.stream(extra).filter(kind -> kind == 1 || kind == 2).count();
		// some programs don't say what the fourth one is
		if (photometric == RGB && samples >= 3) return samples == 4 ? 3 : (int) Math.max(3, samples - transparent);
		return (int) Math.max(1, samples - transparent);
	}

	int bits() {
		return bits;
	}

	/** Whether numbers have a sign. */
	boolean isSigned() {
		return format == 2;
	}

	/** Whether integers of 16 bits with sign have to be made numbers without. */
	boolean isRaised() {
		return isSigned() && values == Values.SHORT;
	}

	boolean isFloat() {
		return format == 3;
	}

	/** Whether 0 is white: the values stay as they are and get an inverted look-up table, as in ImageJ. */
	boolean isInverted() {
		return photometric == WHITE_IS_ZERO && values != Values.COLOR;
	}

	/** Whether pixels are red, green and blue of more than 8 bits, which are channels. */
	boolean isDeepColor() {
		return photometric == RGB && values != Values.COLOR && channels() == 3;
	}

	/** Whether pixels are numbers of colours. */
	boolean isPalette() {
		return photometric == PALETTE;
	}

	boolean isCmyk() {
		return photometric == CMYK;
	}

	int compression() {
		return compression;
	}

	/** 1 for none, 2 for differences, 3 for those of floats' bytes. */
	int predictor() {
		return predictor;
	}

	/** Whether Java's own TIFF reader unpacks tiles and strips, which also turns YCbCr into RGB. */
	boolean isUnpackedByJava() {
		return photometric == YCBCR || compression == TiffUnpacking.JPEG || TiffUnpacking.isFax(compression);
	}

	boolean isPlanar() {
		return planar;
	}

	boolean isTiled() {
		return tiled;
	}

	int tileWidth() {
		return tileWidth;
	}

	int tileHeight() {
		return tileHeight;
	}

	Values values() {
		return values;
	}

	/** Bytes of one row of so many pixels, of the samples that lie together. */
	long rowBytes(final int pixels) {
		return ((long) pixels * samplesTogether() * bits + 7) / 8;
	}
}
