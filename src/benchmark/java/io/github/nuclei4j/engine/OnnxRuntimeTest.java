package io.github.nuclei4j.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.network.NativeBackend;

/** All implementations, ONNX Runtime among them, give what DL4J gives. */
class OnnxRuntimeTest {

	@BeforeAll
	static void initialize() {
		NativeBackend.initialize();
	}

	@ParameterizedTest
	@CsvSource({ "UNET, 48, 112", "UNET, 80, 80", "HRNET, 96, 160", "HRNET, 64, 64" })
	void agreesWithRandomWeights(final Architecture architecture, final int height, final int width) {
		assertAgreement(new Workload(Workload.random(architecture), height, width));
	}

	@ParameterizedTest
	@EnumSource
	void agreesWithReleasedWeights(final Architecture architecture) throws IOException {
		final NucleusModel model = Workload.released(architecture).orElse(null);
		assumeTrue(model != null, "There is no released " + architecture.id() + ".");
		assertAgreement(new Workload(model, 160, 96));
	}

	@Test
	void anotherNetworkIsNoticed() {
		final Workload workload = new Workload(Workload.random(Architecture.UNET), 48, 48);
		final Agreement agreement = new Agreement(workload);
		final float[] output = workload.expected();
		output[output.length - 1] += 2e-4f;
		assertThrows(IllegalStateException.class, () -> agreement.check(Implementation.ONNX, output));
		output[output.length - 1] = Float.NaN;
		assertThrows(IllegalStateException.class, () -> agreement.check(Implementation.ONNX, output));
	}

	private static void assertAgreement(final Workload workload) {
		final Agreement agreement = new Agreement(workload);
		final Map<Implementation, Contender> contenders = InferenceBenchmark.open(workload, Arrays.asList(
			Implementation.values()));
		try {
			assertTrue(contenders.containsKey(Implementation.ONNX));
			contenders.forEach((implementation, contender) -> {
				contender.run();
				agreement.check(implementation, contender.output());
			});
		}
		finally {
			contenders.values().forEach(Contender::close);
		}
	}
}
