package io.github.nuclei4j.evaluation;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.nuclei4j.measure.PlanePicture;

/**
 * The nuclei of a plane coloured by what became of them, with a legend below: predicted nuclei are outlined; true ones that
 * were not found correctly are outlined and tinted. Works without a screen.
 */
public final class OutcomePicture {

	/** Smaller images are enlarged to about this size, so that outlines don't hide the nuclei. */
	private static final int SMALLEST = 512;

	/** Outlines are one pixel wide for each so many pixels of the picture's longer side. */
	private static final int PIXELS_PER_WIDTH = 1024;

	private static final double TINT = 0.4;
	private static final int MARGIN = 6;

	private OutcomePicture() {}

	/** The picture of the plane with the most nuclei, true and predicted; without an image, on the true nuclei in grey. */
	public static BufferedImage paint(final LabelComparison comparison) {
		int best = 0;
		for (int i = 1; i < comparison.planes().size(); i++) {
			if (nuclei(comparison, i) > nuclei(comparison, best)) best = i;
		}
		final InstanceMatching matching = comparison.planes().get(best);
		final ImageProcessor truth = comparison.truth().getStack().getProcessor(best + 1);
		final ImageProcessor predicted = comparison.predicted().getStack().getProcessor(best + 1);
		final int scale = scale(truth.getWidth(), truth.getHeight());
		final List<NucleusMatch> trueNuclei = matching.trueNuclei(LabelComparison.THRESHOLD);
		final List<NucleusMatch> predictedNuclei = matching.predictedNuclei(LabelComparison.THRESHOLD);
		final BufferedImage nuclei = enlarged(background(comparison, best, truth), scale);
		final Map<Integer, Color> wrong = colors(trueNuclei);
		for (final NucleusMatch match : trueNuclei) {
			if (match.outcome() == NucleusMatch.Outcome.CORRECT) wrong.remove(match.label());
		}
		draw(nuclei, truth, scale, wrong, TINT);
		draw(nuclei, predicted, scale, colors(predictedNuclei), 0);
		return withLegend(nuclei, legend(trueNuclei, predictedNuclei));
	}

	private static int nuclei(final LabelComparison comparison, final int plane) {
		final InstanceMatching matching = comparison.planes().get(plane);
		return matching.trueCount() + matching.predictedCount();
	}

	/** How much the picture of an image is enlarged. */
	static int scale(final int width, final int height) {
		return Math.max(1, Math.min(4, SMALLEST / Math.max(width, height)));
	}

	private static Map<Integer, Color> colors(final List<NucleusMatch> nuclei) {
		final Map<Integer, Color> colors = new HashMap<>();
		for (final NucleusMatch match : nuclei) colors.put(match.label(), OutcomeColors.of(match.outcome()));
		return colors;
	}

	private static BufferedImage background(final LabelComparison comparison, final int plane, final ImageProcessor truth) {
		if (comparison.image().isPresent()) {
			final ImagePlus image = comparison.image().get();
			final int[] position = comparison.truth().convertIndexToPosition(plane + 1);
			return PlanePicture.of(image, 0, position[1], position[2]);
		}
		final BufferedImage picture = new BufferedImage(truth.getWidth(), truth.getHeight(), BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < truth.getHeight(); y++) {
			for (int x = 0; x < truth.getWidth(); x++) if (truth.getf(x, y) != 0) picture.setRGB(x, y, 0x606060);
		}
		return picture;
	}

	private static BufferedImage enlarged(final BufferedImage picture, final int scale) {
		if (scale == 1) return picture;
		final BufferedImage large = new BufferedImage(picture.getWidth() * scale, picture.getHeight() * scale,
			BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < large.getHeight(); y++) {
			for (int x = 0; x < large.getWidth(); x++) large.setRGB(x, y, picture.getRGB(x / scale, y / scale));
		}
		return large;
	}

	/** Outlines, inside each nucleus, and tints the nuclei that have a colour. */
	private static void draw(final BufferedImage picture, final ImageProcessor labels, final int scale,
		final Map<Integer, Color> colors, final double tint)
	{
		final int width = picture.getWidth();
		final int height = picture.getHeight();
		final int reach = Math.max(scale > 1 ? 2 : 1, Math.round(Math.max(width, height) / (float) PIXELS_PER_WIDTH));
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				final int label = (int) labels.getf(x / scale, y / scale);
				final Color color = label == 0 ? null : colors.get(label);
				if (color == null) continue;
				if (isEdge(labels, x, y, scale, label, reach)) picture.setRGB(x, y, color.getRGB());
				else if (tint > 0) picture.setRGB(x, y, mixed(picture.getRGB(x, y), color.getRGB(), tint));
			}
		}
	}

	private static boolean isEdge(final ImageProcessor labels, final int x, final int y, final int scale, final int label,
		final int reach)
	{
		return differs(labels, x - reach, y, scale, label) || differs(labels, x + reach, y, scale, label) || differs(labels, x,
			y - reach, scale, label) || differs(labels, x, y + reach, scale, label);
	}

	private static boolean differs(final ImageProcessor labels, final int x, final int y, final int scale, final int label) {
		return x < 0 || y < 0 || x >= labels.getWidth() * scale || y >= labels.getHeight() * scale || labels.getf(x / scale, y /
			scale) != label;
	}

	private static int mixed(final int below, final int above, final double share) {
		int result = 0;
		for (int shift = 16; shift >= 0; shift -= 8) {
			result = result << 8 | (int) Math.round((below >> shift & 0xff) * (1 - share) + (above >> shift & 0xff) * share);
		}
		return result;
	}

	/** What the colours mean and how many nuclei it is: missed and split ones of the truth, other ones of the prediction. */
	static Map<NucleusMatch.Outcome, String> legend(final List<NucleusMatch> trueNuclei,
		final List<NucleusMatch> predictedNuclei)
	{
		final Map<NucleusMatch.Outcome, String> legend = new EnumMap<>(NucleusMatch.Outcome.class);
		for (final NucleusMatch.Outcome outcome : NucleusMatch.Outcome.values()) {
			final boolean ofTruth = outcome == NucleusMatch.Outcome.MISSED || outcome == NucleusMatch.Outcome.SPLIT;
			final long count = (ofTruth ? trueNuclei : predictedNuclei).stream().filter(match -> match.outcome() == outcome)
				.count();
			if (count > 0 || outcome != NucleusMatch.Outcome.IGNORED) legend.put(outcome, NucleusOutcomes.text(outcome) + " " + count);
		}
		return legend;
	}

	private static BufferedImage withLegend(final BufferedImage nuclei, final Map<NucleusMatch.Outcome, String> legend) {
		final Font font = new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(13, Math.max(nuclei.getWidth(), nuclei.getHeight()) /
			60));
		final Graphics2D measuring = nuclei.createGraphics();
		final FontMetrics metrics = measuring.getFontMetrics(font);
		measuring.dispose();
		final int line = metrics.getHeight() + MARGIN;
		final List<int[]> places = new ArrayList<>();
		int x = MARGIN;
		int row = 0;
		for (final String text : legend.values()) {
			final int width = line + metrics.stringWidth(text) + 2 * MARGIN;
			if (x > MARGIN && x + width > nuclei.getWidth()) {
				x = MARGIN;
				row++;
			}
			places.add(new int[] { x, nuclei.getHeight() + MARGIN + row * line });
			x += width;
		}
		final BufferedImage picture = new BufferedImage(nuclei.getWidth(), nuclei.getHeight() + (row + 1) * line + MARGIN,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D graphics = picture.createGraphics();
		graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		graphics.drawImage(nuclei, 0, 0, null);
		graphics.setFont(font);
		int i = 0;
		for (final Map.Entry<NucleusMatch.Outcome, String> entry : legend.entrySet()) {
			final int[] place = places.get(i++);
			graphics.setColor(OutcomeColors.of(entry.getKey()));
			graphics.fillRect(place[0], place[1], line - MARGIN, line - MARGIN);
			graphics.setColor(Color.WHITE);
			graphics.drawString(entry.getValue(), place[0] + line, place[1] + metrics.getAscent());
		}
		graphics.dispose();
		return picture;
	}
}
