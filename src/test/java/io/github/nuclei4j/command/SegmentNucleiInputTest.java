package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;

/**
 * What images, selections, planes and units the command takes, with an untrained model; a threshold near 0 makes all that
 * is segmented one nucleus.
 */
class SegmentNucleiInputTest {

	private static final String ALL = "threshold=0.000001 separation=components ";

	@TempDir
	static Path folder;

	private static Path model;

	@BeforeAll
	static void writeModel() throws IOException {
		NativeBackend.initialize();
		model = folder.resolve("untrained.zip");
		final ModelInfo info = ModelInfo.builder("untrained", Architecture.of("unet")).nucleusDiameter(24.0).build();
		ModelFile.write(new TrainableModel(info, Networks.build(Architecture.UNET, 1, 1e-3)).model(), model);
	}

	@AfterEach
	void closeImage() {
		WindowManager.setTempCurrentImage(null);
	}

	private static SegmentNuclei run(final ImagePlus image, final String options) {
		WindowManager.setTempCurrentImage(image);
		final SegmentNuclei command = new SegmentNuclei();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(SegmentNuclei.class).setFromMacro(command, "table=false model=[" + model + "] " + options);
			IJ.redirectErrorMessages();
			command.run();
		}
		finally {
			IJ.redirectErrorMessages(false);
		}
		return command;
	}

	private static void assertRefused(final ImagePlus image, final String options, final String... parts) {
		final SegmentNuclei command = run(image, options);
		assertNotNull(command.getCancelReason(), options);
		for (final String part : parts) assertTrue(command.getCancelReason().contains(part), command.getCancelReason());
		assertEquals(-1, command.count());
		assertNull(image.getOverlay(), "nothing half made");
	}

	@ParameterizedTest
	@CsvSource({ "8-bit ramp", "16-bit ramp", "32-bit ramp", "RGB ramp", "8-bit black", "RGB black" })
	void everyType(final String type) {
		final ImagePlus image = IJ.createImage("cells", type, 48, 40, 1);
		final SegmentNuclei command = run(image, ALL);
		assertNull(command.getCancelReason());
		assertEquals(1, command.count());
		assertEquals(48 * 40, image.getOverlay().get(0).getStatistics().pixelCount);
	}

	@Test
	void anImageOfOnePixel() {
		final ImagePlus image = new ImagePlus("dot", new ByteProcessor(1, 1));
		assertEquals(1, run(image, ALL + "size=1").count());
		assertEquals(0, run(image, ALL).count());
	}

	@Test
	void theChannelsOfColourImages() {
		final ImagePlus image = new ImagePlus("colours", new ColorProcessor(32, 32));
		for (final String channel : new String[] { "auto", "all", "1", "2", "3" }) {
			assertNull(run(image, "channel=" + channel).getCancelReason());
		}
		image.setOverlay(null);
		assertRefused(image, "channel=4", "channel=4", "3 channels");
	}

	@Test
	void anAreaLimitsTheWorkAndLinesAndPointsDoNot() {
		final ImagePlus image = IJ.createImage("cells", "8-bit ramp", 60, 50, 1);
		image.setRoi(new OvalRoi(10, 20, 30, 20));
		run(image, ALL);
		final Roi found = image.getOverlay().get(0);
		assertEquals(image.getRoi().getBounds(), found.getBounds());
		assertEquals(image.getRoi().getStatistics().pixelCount, found.getStatistics().pixelCount);
		for (final Roi roi : new Roi[] { new Line(1, 1, 30, 30), new PointRoi(5, 5), null }) {
			image.setRoi(roi);
			run(image, ALL);
			assertEquals(60 * 50, image.getOverlay().get(0).getStatistics().pixelCount);
		}
	}

	@Test
	void thePlaneThatIsShown() {
		final ImagePlus image = IJ.createHyperStack("cells", 40, 30, 2, 3, 2, 8);
		assertEquals(6, run(image, ALL).count());
		image.setPosition(1, 3, 2);
		image.setOverlay(null);
		assertEquals(1, run(image, ALL + "planes=current").count());
		assertEquals(3, image.getOverlay().get(0).getZPosition());
		assertEquals(2, image.getOverlay().get(0).getTPosition());
		image.setPosition(1, 1, 1);
		run(image, ALL + "planes=current");
		assertEquals(2, image.getOverlay().size(), "the nuclei of other planes stay");
		run(image, ALL + "planes=current");
		assertEquals(2, image.getOverlay().size(), "those of the plane are replaced");
		final ImagePlus stack = IJ.createImage("stack", "8-bit ramp", 40, 30, 4);
		stack.setSlice(3);
		run(stack, ALL + "planes=current");
		assertEquals(3, stack.getOverlay().get(0).getPosition());
	}

	@Test
	void calibratedSizes() {
		final ImagePlus image = IJ.createImage("cells", "8-bit ramp", 40, 30, 1);
		assertRefused(image, ALL + "unit=calibrated size=2", "no unit of length", "Image > Properties");
		image.getCalibration().setUnit("um");
		image.getCalibration().pixelWidth = 0.5;
		image.getCalibration().pixelHeight = 0.5;
		assertEquals(1, run(image, ALL + "unit=calibrated size=300").count());
		assertEquals(0, run(image, ALL + "unit=calibrated size=300.5").count());
		assertEquals(1, run(image, ALL + "size=1200").count());
	}

	@Test
	void aNucleusThatIsSelectedGivesTheScaleAndDoesNotLimitTheWork() {
		final ImagePlus image = IJ.createImage("cells", "8-bit ramp", 60, 50, 1);
		image.getCalibration().setUnit("um");
		image.getCalibration().pixelWidth = 0.1;
		image.setRoi(new Line(10, 10, 22, 26));
		assertEquals(20, SelectedNucleus.diameter(image), 1e-9);
		run(image, ALL + "scale=selection unit=calibrated size=1 diameter=3");
		assertEquals(60 * 50, image.getOverlay().get(0).getStatistics().pixelCount);
		image.setRoi(new PolygonRoi(new float[] { 0, 3, 3 }, new float[] { 0, 0, 4 }, Roi.POLYLINE));
		assertEquals(7, SelectedNucleus.diameter(image), 1e-9);
		image.setRoi(new OvalRoi(5, 5, 20, 20));
		assertEquals(20, SelectedNucleus.diameter(image), 0.3);
		image.setRoi(new Roi(5, 5, 9, 16));
		assertEquals(12, SelectedNucleus.diameter(image), 1e-9);
		image.setOverlay(null);
		image.setRoi(new PointRoi(4, 4));
		assertRefused(image, "scale=selection", "type Point", "a line across one typical nucleus");
		image.deleteRoi();
		assertRefused(image, "scale=selection", "nothing is selected");
	}

	@ParameterizedTest
	@CsvSource({ "planes=some, planes=some", "unit=inch, unit=inch", "scale=big, scale=big", "size=-1, size=-1",
		"diameter=0.5, got 0.5", "augment=3, augment=3", "threshold=0, auto for the model's own", "channel=0, all for all channels",
		"confidence=-1, auto for what suits the model", "diameter=-1, auto to find it", "diameter=0, none to use the image" })
	void wrongValuesAreNamed(final String option, final String part) {
		final ImagePlus image = IJ.createImage("cells", "8-bit ramp", 40, 30, 1);
		String message;
		try {
			message = run(image, option).getCancelReason();
		}
		catch (final IllegalArgumentException e) {
			message = e.getMessage();
		}
		assertTrue(message != null && message.contains(part), message);
		assertNull(image.getOverlay());
	}
}
