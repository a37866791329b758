package io.github.nuclei4j.cells;

/**
 * Intensities of some pixels as ImageJ measures them: the standard deviation is that of a sample (n - 1); the median of an even
 * number of pixels is the upper of the two in the middle in images of whole numbers, their mean in 32-bit images. All are NaN
 * without pixels, or if one of them is no number.
 */
public final class CellStatistics {

	/** Of no pixels. */
	static final CellStatistics NONE = new CellStatistics(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

	private final int pixels;
	private final double sum;
	private final double median;
	private final double deviation;
	private final double min;
	private final double max;

	private CellStatistics(final int pixels, final double sum, final double median, final double deviation, final double min,
		final double max)
	{
		this.pixels = pixels;
		this.sum = sum;
		this.median = median;
		this.deviation = deviation;
		this.min = min;
		this.max = max;
	}

	/**
	 * The statistics of values from an index to before another, whose order is changed.
	 *
	 * @param averaged whether the median of an even number is the mean of two
	 */
	static CellStatistics of(final float[] values, final int start, final int end, final boolean averaged) {
		final int n = end - start;
		if (n == 0) return NONE;
		double sum = 0;
		float min = Float.POSITIVE_INFINITY;
		float max = Float.NEGATIVE_INFINITY;
		for (int i = start; i < end; i++) {
			sum += values[i];
			min = Math.min(min, values[i]);
			max = Math.max(max, values[i]);
		}
		final double mean = sum / n;
		if (!Double.isFinite(mean)) return new CellStatistics(n, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
		double squares = 0;
		for (int i = start; i < end; i++) squares += (values[i] - mean) * (values[i] - mean);
		return new CellStatistics(n, sum, median(values, start, end, averaged), n == 1 ? 0 : Math.sqrt(squares / (n - 1)), min,
			max);
	}

	/**
	 * The value below which a share of all values that are numbers lies, of the nearest rank; NaN if none is a number.
	 *
	 * @param percent 0 to 100
	 */
	static double percentile(final float[] values, final double percent) {
		final float[] numbers = new float[values.length];
		int n = 0;
		for (final float value : values) if (!Float.isNaN(value)) numbers[n++] = value;
		return n == 0 ? Double.NaN : select(numbers, 0, n - 1, (int) Math.min(n - 1, Math.floor(n * percent / 100)));
	}

	private static double median(final float[] values, final int start, final int end, final boolean averaged) {
		final int middle = start + (end - start) / 2;
		final float upper = select(values, start, end - 1, middle);
		if (!averaged || (end - start) % 2 == 1) return upper;
		float lower = values[start];
		for (int i = start; i < middle; i++) lower = Math.max(lower, values[i]);
		return ((double) lower + upper) / 2;
	}

	/** The value that sorting would bring to an index (Hoare 1961); smaller ones are before it then, larger ones behind. */
	static float select(final float[] values, final int first, final int last, final int index) {
		int low = first;
		int high = last;
		while (low < high) {
			final float pivot = middle(values[low], values[(low + high) >>> 1], values[high]);
			int i = low;
			int j = high;
			while (i <= j) {
				while (values[i] < pivot) i++;
				while (values[j] > pivot) j--;
				if (i > j) break;
				final float swapped = values[i];
				values[i++] = values[j];
				values[j--] = swapped;
			}
			if (index <= j) high = j;
			else if (index >= i) low = i;
			else break;
		}
		return values[index];
	}

	private static float middle(final float a, final float b, final float c) {
		return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
	}

	/** These after a constant was taken away from every pixel. */
	CellStatistics minus(final double background) {
		return background == 0 ? this : new CellStatistics(pixels, sum - pixels * background, median - background, deviation, min -
			background, max - background);
	}

	/** Number of pixels. */
	public int pixels() {
		return pixels;
	}

	/** Mean. */
	public double mean() {
		return pixels == 0 ? Double.NaN : sum / pixels;
	}

	/** Median. */
	public double median() {
		return median;
	}

	/** Standard deviation of a sample; 0 of a single pixel. */
	public double deviation() {
		return deviation;
	}

	/** Lowest value. */
	public double min() {
		return min;
	}

	/** Highest value. */
	public double max() {
		return max;
	}

	/** Sum over all pixels. */
	public double sum() {
		return sum;
	}
}
