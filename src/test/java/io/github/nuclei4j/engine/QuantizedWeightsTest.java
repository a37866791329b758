package io.github.nuclei4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizedWeightsTest {

	private static final int OUTPUTS = 5;
	private static final int KERNEL = 3;
	private static final int AREA = KERNEL * KERNEL;

	private static Weights random(final int inputs) {
		final Random random = new Random(inputs);
		final float[] values = new float[OUTPUTS * inputs * AREA];
		for (int i = 0; i < values.length; i++) values[i] = (float) random.nextGaussian();
		// one output whose neighbours are all large, one of nothing
		for (int i = 0; i < inputs * AREA; i++) {
			values[i] = 1;
			values[inputs * AREA + i] = 0;
		}
		return new Weights(OUTPUTS, inputs, KERNEL, values, new float[OUTPUTS]);
	}

	private static Slot input(final int inputs) {
		final float[] scales = new float[inputs];
		for (int i = 0; i < inputs; i++) scales[i] = 0.01f + 0.001f * i;
		return Slot.bytes(new long[] { 1, inputs, 8, 8 }, false, scales);
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 8, 10, 32 })
	void twoProductsNeverOverflowSixteenBits(final int inputs) {
		final byte[] integers = new QuantizedWeights(random(inputs), input(inputs)::scale, true).values();
		for (int o = 0; o < OUTPUTS; o++) {
			for (int i = 0; i < inputs; i += 2) {
				for (int place = 0; place < AREA; place++) {
					final int first = integers[(o * inputs + i) * AREA + place];
					final int second = i + 1 < inputs ? integers[(o * inputs + i + 1) * AREA + place] : 0;
					assertTrue(255 * (Math.max(0, first) + Math.max(0, second)) <= Short.MAX_VALUE, first + " and " + second);
					assertTrue(255 * (Math.min(0, first) + Math.min(0, second)) >= Short.MIN_VALUE, first + " and " + second);
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 8, 32 })
	void integersTimesScalesAreTheWeights(final int inputs) {
		final Weights original = random(inputs);
		final Slot input = input(inputs);
		for (final boolean pairs : new boolean[] { false, true }) {
			final QuantizedWeights quantized = new QuantizedWeights(original, input::scale, pairs);
			for (int o = 0; o < OUTPUTS; o++) {
				int largest = 0;
				for (int k = 0; k < inputs * AREA; k++) {
					final int integer = quantized.values()[o * inputs * AREA + k];
					largest = Math.max(largest, Math.abs(integer));
					assertEquals(original.values()[o * inputs * AREA + k] * input.scale(k / AREA), integer * quantized.scales()[o],
						0.501f * quantized.scales()[o]);
				}
				if (!pairs && o != 1) assertEquals(127, largest);
				if (pairs && o > 1) assertTrue(largest > 63, "finer than if every weight were held below 64: " + largest);
			}
		}
	}

	@Test
	void noWeightsAreNoTrouble() {
		final QuantizedWeights quantized = new QuantizedWeights(random(8), input(8)::scale, true);
		assertEquals(1, quantized.scales()[1]);
	}
}
