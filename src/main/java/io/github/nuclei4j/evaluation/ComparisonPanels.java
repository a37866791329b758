package io.github.nuclei4j.evaluation;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import ij.process.LUT;
import io.github.nuclei4j.dataset.NucleusSample;
import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.separate.LabelImages;

/** Pictures of single images: a row for each, with the image, the true nuclei, and those that each model found with its score. */
final class ComparisonPanels {

	private static final int TILE = 200;
	private static final int GAP = 8;
	private static final int TEXT = 20;
	private static final int FONT = 12;
	/** Share of the brightest values that become white. */
	private static final double SATURATED = 0.002;
	/** Images with values above this are shown as they are. */
	private static final float BRIGHT_ENOUGH = 0.5f;

	private ComparisonPanels() {}

	/**
	 * Draws images below each other.
	 *
	 * @param images their indices, at least one
	 * @throws IOException if an image can't be read
	 */
	static BufferedImage draw(final ComparisonResult result, final List<Integer> images) throws IOException {
		final int columns = 2 + result.models().size();
		final int rowHeight = TEXT + TILE + GAP;
		final BufferedImage picture = new BufferedImage(GAP + columns * (TILE + GAP), GAP + images.size() * rowHeight,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D graphics = picture.createGraphics();
		graphics.setColor(Color.WHITE);
		graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
		graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT));
		for (int row = 0; row < images.size(); row++) {
			drawRow(graphics, result, images.get(row), GAP + row * rowHeight);
		}
		graphics.dispose();
		return picture;
	}

	private static void drawRow(final Graphics2D graphics, final ComparisonResult result, final int image, final int y)
		throws IOException
	{
		final NucleusSample sample = result.data().get(image);
		final ImageScores first = result.scores(0, image);
		final BufferedImage pixels = picture(sample);
		final int width = pixels.getWidth();
		graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
		drawTile(graphics, pixels, sample.id(), "", 0, y);
		// labels have no values in between
		graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
		drawTile(graphics, picture(LabelPixels.of(sample.labels()), width), "truth", ": " + first.instance()
			.trueCount() + " nuclei", 1, y);
		for (int m = 0; m < result.models().size(); m++) {
			final double score = result.score().of(result.scores(m, image));
			drawTile(graphics, picture(result.labels(m, image), width), result.models().get(m).name(), String.format(
				Locale.ROOT, ": %.4f", score) + (result.winner(image) == m ? " *" : ""), 2 + m, y);
		}
	}

	/** Draws a picture and above it its name, shortened if need be, and what is said of it. */
	private static void drawTile(final Graphics2D graphics, final BufferedImage tile, final String name, final String said,
		final int column, final int y)
	{
		final int x = GAP + column * (TILE + GAP);
		graphics.setColor(Color.BLACK);
		graphics.drawString(fit(name, said, graphics.getFontMetrics()), x, y + TEXT - 6);
		final double scale = (double) TILE / Math.max(tile.getWidth(), tile.getHeight());
		final int width = Math.max(1, (int) Math.round(scale * tile.getWidth()));
		final int height = Math.max(1, (int) Math.round(scale * tile.getHeight()));
		graphics.drawImage(tile, x, y + TEXT, width, height, null);
	}

	/** The name and what is said of it; of a name that is too long for the tile only the beginning. */
	private static String fit(final String name, final String said, final FontMetrics metrics) {
		if (metrics.stringWidth(name + said) <= TILE) return name + said;
		int length = name.length();
		while (length > 0 && metrics.stringWidth(name.substring(0, length) + "..." + said) > TILE) length--;
		return name.substring(0, length) + "..." + said;
	}

	/** The image in colour; dark ones are made brighter. */
	private static BufferedImage picture(final NucleusSample sample) {
		final NormalizedImage pixels = NormalizedImage.of(sample.image());
		final int width = pixels.width();
		final int height = pixels.height();
		final int size = Math.multiplyExact(width, height);
		final float[] values = new float[3 * size];
		pixels.copy(0, 0, width, height, values);
		final float[] sorted = values.clone();
		Arrays.sort(sorted);
		final float high = sorted[(int) ((1 - SATURATED) * (sorted.length - 1))];
		final float factor = high > 0 && high < BRIGHT_ENOUGH ? 255 / high : 255;
		final BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		final int[] rgb = new int[size];
		for (int i = 0; i < size; i++) {
			for (int c = 0; c < 3; c++) {
				final int level = Math.max(0, Math.min(255, Math.round(values[c * size + i] * factor)));
				rgb[i] |= level << 16 - 8 * c;
			}
		}
		picture.setRGB(0, 0, width, height, rgb, 0, width);
		return picture;
	}

	/** Labels in colours of their own on black. */
	private static BufferedImage picture(final int[] labels, final int width) {
		final LUT lut = LabelImages.lut();
		final BufferedImage picture = new BufferedImage(width, labels.length / width, BufferedImage.TYPE_INT_RGB);
		final int[] rgb = new int[labels.length];
		for (int i = 0; i < rgb.length; i++) if (labels[i] != 0) rgb[i] = lut.getRGB(1 + (labels[i] - 1) % 255);
		picture.setRGB(0, 0, width, labels.length / width, rgb, 0, width);
		return picture;
	}
}
