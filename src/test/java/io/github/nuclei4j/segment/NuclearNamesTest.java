package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NuclearNamesTest {

	@ParameterizedTest
	@ValueSource(strings = { "DAPI", "dapi 405", "DAPI405", "Hoechst 33342", "hoechst33342", "img_w1DAPI.tif", "DRAQ5", "To-Pro-3",
		"SYTOX Green", "SiR-DNA", "NucBlue", "C1-DAPI", "anti-tubulin + DAPI", "Haematoxylin" })
	void stains(final String name) {
		assertEquals(NuclearNames.Evidence.STAIN, NuclearNames.of(name), name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "DNA", "H2B-GFP", "mCherry-H2B", "H2BmCherry", "nuclei", "Nuclear stain", "NLS-RFP", "histone H3", "nuc" })
	void markers(final String name) {
		assertEquals(NuclearNames.Evidence.MARKER, NuclearNames.of(name), name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "405", "Blue", "UV" })
	void weak(final String name) {
		assertEquals(NuclearNames.Evidence.WEAK, NuclearNames.of(name), name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "GFP", "anti-DNA", "anti-H2B", "\u03b1-histone", "DNA-PK", "DNA damage", "nuclear pore", "no DAPI",
		"Cy5", "nucleolin", "cytosol", "\u03b3H2AX", "phospho-histone H3", "cDNA", "mtDNA", "Lamin A/C", "4057", "indigo" })
	void others(final String name) {
		assertEquals(NuclearNames.Evidence.NONE, NuclearNames.of(name), name);
	}
}
