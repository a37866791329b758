package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.event.KeyEvent;
import java.io.IOException;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ImageProcessor;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.reliability.Leftovers;

/** Commands that run twice at once, or whose image is closed or replaced, or that are cancelled, while they run. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ConcurrentCommandsTest {

	private static final String MODEL = Paths.get("models", "unet-int8.zip").toString();
	private static final String OPTIONS = "table=false model=[" + MODEL + "]";
	private static final String AT_WORK = "Finding nuclei";

	private static ImageProcessor clusters;
	private static ImageProcessor round;

	@BeforeAll
	static void readImages() throws IOException {
		clusters = part("fluorescence-clusters.png");
		round = part("tissue-round.png");
	}

	@BeforeEach
	void noDialogs() {
		IJ.redirectErrorMessages();
	}

	@AfterEach
	void noImage() {
		WindowManager.setTempCurrentImage(null);
		IJ.redirectErrorMessages(false);
		IJ.resetEscape();
	}

	private static ImageProcessor part(final String sample) throws IOException {
		final ImageProcessor whole = ImagePlanes.open(Paths.get("samples", sample)).getProcessor();
		whole.setRoi(0, 0, 128, 128);
		return whole.crop();
	}

	private static ImagePlus image(final String title, final ImageProcessor... planes) {
		final ImageStack stack = new ImageStack(128, 128);
		for (final ImageProcessor plane : planes) stack.addSlice(plane.duplicate());
		return new ImagePlus(title, stack);
	}

	private static SegmentNuclei segment(final ImagePlus image, final Consumer<String> hook) {
		WindowManager.setTempCurrentImage(image);
		return Hooks.run(new SegmentNuclei(), OPTIONS, hook);
	}

	/** The outlines on an image, as text that differs if a single pixel does. */
	private static List<String> outlines(final ImagePlus image) {
		return image.getOverlay() == null ? new ArrayList<>() : Arrays.stream(image.getOverlay().toArray()).map(roi -> roi
			.getName() + roi.getBounds() + roi.size() + roi.getLength()).collect(Collectors.toList());
	}

	private static List<String> alone(final ImageProcessor... planes) {
		final ImagePlus image = image("alone", planes);
		assertNull(segment(image, message -> {}).getCancelReason());
		assertTrue(outlines(image).size() > 3, "nuclei: " + outlines(image).size());
		return outlines(image);
	}

	@Test
	void twoRunsAtOnceGiveEachImageItsOwnNuclei() throws Exception {
		final List<String> expectedFirst = alone(clusters);
		final List<String> expectedSecond = alone(round);
		final ImagePlus first = image("first", clusters);
		final ImagePlus second = image("second", round);
		final CyclicBarrier meeting = new CyclicBarrier(2);
		final Runnable meet = () -> {
			try {
				meeting.await(30, TimeUnit.SECONDS);
			}
			catch (final InterruptedException | BrokenBarrierException | TimeoutException e) {
				throw new IllegalStateException("The two never worked at the same time.", e);
			}
		};
		final ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			final Future<SegmentNuclei> one = threads.submit(() -> segment(first, Hooks.at(AT_WORK, meet)));
			final Future<SegmentNuclei> other = threads.submit(() -> segment(second, Hooks.at(AT_WORK, meet)));
			assertEquals(expectedFirst.size(), one.get().count());
			assertEquals(expectedSecond.size(), other.get().count());
		}
		finally {
			threads.shutdownNow();
		}
		assertEquals(expectedFirst, outlines(first));
		assertEquals(expectedSecond, outlines(second));
	}

	@Test
	void resultsGoToTheImageThatWasActiveAtTheStart() {
		final List<String> expected = alone(clusters);
		final ImagePlus image = image("first", clusters);
		final ImagePlus later = image("later", round);
		final SegmentNuclei command = segment(image, Hooks.at(AT_WORK, () -> WindowManager.setTempCurrentImage(later)));
		assertNull(command.getCancelReason());
		assertEquals(expected, outlines(image));
		assertNull(later.getOverlay());
	}

	@Test
	void anImageClosedMeanwhileEndsTheRunWithOneMessage() {
		final ImagePlus other = image("other", round);
		for (final ImageProcessor[] planes : Arrays.asList(new ImageProcessor[] { clusters }, new ImageProcessor[] { clusters,
			round, clusters }))
		{
			for (final String moment : Arrays.asList(AT_WORK, "Separating")) {
				final ImagePlus image = image("closed one", planes);
				final SegmentNuclei command = segment(image, Hooks.at(moment, () -> {
					image.close();
					image.flush();
					WindowManager.setTempCurrentImage(other);
				}));
				final String reason = command.getCancelReason();
				assertNotNull(reason, "closed at '" + moment + "', " + planes.length + " planes");
				assertTrue(reason.contains("'closed one' was closed"), reason);
				assertEquals(-1, command.count());
				assertNull(image.getOverlay());
				assertNull(other.getOverlay());
			}
		}
	}

	@Test
	void aCountInAnImageClosedMeanwhileEndsWithOneMessage() {
		final ImagePlus image = image("closed one", clusters);
		WindowManager.setTempCurrentImage(image);
		final CountNuclei command = Hooks.run(new CountNuclei(), "model=[" + MODEL + "]", Hooks.at(AT_WORK, image::flush));
		assertTrue(command.getCancelReason().contains("'closed one' was closed"), command.getCancelReason());
		assertEquals(0, command.counts().size());
	}

	@Test
	void aCancelledRunChangesNothingAndTheNextIsAsEver() throws InterruptedException {
		final List<String> expected = alone(clusters, round);
		final Roi arrow = new Roi(1, 1, 3, 3);
		arrow.setName("arrow");
		final ImagePlus image = image("cancelled", clusters, round);
		image.setOverlay(new Overlay(arrow));
		final Leftovers leftovers = new Leftovers();
		int messages = 0;
		for (boolean canceled = true; canceled; messages++) {
			final SegmentNuclei command = new SegmentNuclei();
			final int[] left = { messages };
			WindowManager.setTempCurrentImage(image);
			Hooks.run(command, OPTIONS, message -> {
				if (left[0]-- == 0) command.cancel("");
			});
			canceled = command.count() < 0;
			assertEquals(canceled ? 1 : 1 + expected.size(), image.getOverlay().size(), "cancelled at message " + messages);
			assertEquals("arrow", image.getOverlay().get(0).getName());
		}
		assertTrue(messages > 6, "only " + messages + " moments");
		leftovers.check();
		assertEquals(expected, alone(clusters, round));
	}

	@Test
	void escapeIsForTheCommandThatRunsNotForTheNext() {
		final ImagePlus image = image("first", clusters);
		final ImagePlus second = image("second", round);
		final SegmentNuclei[] next = new SegmentNuclei[1];
		final SegmentNuclei command = segment(image, Hooks.at(AT_WORK, () -> {
			IJ.setKeyDown(KeyEvent.VK_ESCAPE);
			WindowManager.setTempCurrentImage(second);
			next[0] = new SegmentNuclei();
			Hooks.run(next[0], OPTIONS, message -> {});
		}));
		assertTrue(next[0].count() > 3, "the next one runs");
		assertFalse(IJ.escapePressed());
		assertTrue(command.isCanceled());
		assertNull(image.getOverlay());
	}
}
