package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ImageProcessor;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.inference.Predictor;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.segment.Diameter;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separation;
import io.github.nuclei4j.tensor.Tensor;

/** The preview without a display, of a network that answers with the image. */
class NucleusPreviewTest {

	private static final SegmentationOptions OPTIONS = SegmentationOptions.defaults().size(1);
	private static final String NONE = "none";

	/** What is shown, in order: the number of outlines, or none. */
	private final BlockingQueue<Object> shown = new LinkedBlockingQueue<>();
	private final BlockingQueue<String> loads = new LinkedBlockingQueue<>();
	private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
	private final CountingPredictor predictor = new CountingPredictor();
	private ImagePlus image;
	private volatile Rectangle visible = new Rectangle(100, 40, 100, 60);
	private NucleusPreview preview;

	private static final class CountingPredictor implements Predictor {

		private final FirstChannel channel = new FirstChannel();
		private final AtomicInteger calls = new AtomicInteger();
		private final CountDownLatch closed = new CountDownLatch(1);
		private volatile CountDownLatch begun;
		private volatile CountDownLatch mayGoOn;

		@Override
		public Tensor predict(final Tensor input) {
			calls.incrementAndGet();
			if (begun != null) begun.countDown();
			try {
				if (mayGoOn != null) assertTrue(mayGoOn.await(20, TimeUnit.SECONDS));
			}
			catch (final InterruptedException e) {
				throw new IllegalStateException(e);
			}
			return channel.predict(input);
		}

		@Override
		public void close() {
			closed.countDown();
		}
	}

	@BeforeEach
	void open() {
		image = IJ.createImage("cells", "8-bit black", 400, 200, 2);
		for (int slice = 1; slice <= 2; slice++) {
			final ImageProcessor plane = image.getStack().getProcessor(slice);
			for (int y = 4; y < 200; y += 20 * slice) {
				for (int x = 4; x < 400; x += 20) {
					plane.setValue(x % 40 == 4 ? 255 : 180);
					plane.fillOval(x, y, 12, 12);
				}
			}
		}
		final ModelInfo model = FirstChannel.model().toBuilder().nucleusDiameter(12.0).build();
		preview = new NucleusPreview(image, () -> visible, overlay -> shown.add(overlay == null ? NONE : overlay), name -> {
			loads.add(name);
			if (name.equals("lost")) throw new IOException("no such model");
			return new NucleusSegmenter(predictor, model).remembering(1 << 24);
		}, told::add);
	}

	@AfterEach
	void close() {
		preview.close();
	}

	private void show(final SegmentationOptions options) {
		preview.show("model", () -> options);
	}

	private Object next() throws InterruptedException {
		final Object next = shown.poll(20, TimeUnit.SECONDS);
		assertTrue(next != null, "nothing is shown");
		return next;
	}

	private Overlay nextOverlay() throws InterruptedException {
		return (Overlay) next();
	}

	@Test
	void aQuickLookThenTheThoroughOneThenNoNetworkForOtherThresholdsAndSizes() throws InterruptedException {
		show(OPTIONS);
		assertEquals(15, nextOverlay().size());
		assertTrue(told.take().endsWith("15 nuclei in the visible part, first look"));
		final int quick = predictor.calls.get();
		assertTrue(quick > 0);
		assertEquals(15, nextOverlay().size());
		assertTrue(told.take().endsWith("the visible part"));
		final int calls = predictor.calls.get();
		assertTrue(calls > quick);
		final SegmentationOptions[] others = { OPTIONS.threshold(0.8), OPTIONS.size(1000), OPTIONS.separation(
			Separation.COMPONENTS), OPTIONS.dropBorder(true), OPTIONS.confidence(0.75), OPTIONS };
		for (final SegmentationOptions other : others) {
			show(other);
			final int count = nextOverlay().size();
			if (other == others[0] || other == others[4]) assertTrue(count > 0 && count < 15, count + " bright ones");
			else assertEquals(other == others[1] ? 0 : 15, count);
		}
		assertEquals(calls, predictor.calls.get(), "the network ran again");
		show(OPTIONS.augment(8));
		nextOverlay();
		nextOverlay();
		assertTrue(predictor.calls.get() > calls);
	}

	@Test
	void outlinesLieWhereTheNucleiAreInTheImageAndFollowTheView() throws InterruptedException {
		show(OPTIONS.augment(1).diameter(Diameter.NONE));
		final Roi first = nextOverlay().get(0);
		assertTrue(first.contains(110, 50), first.toString());
		assertEquals(1, first.getPosition());
		visible = new Rectangle(200, 100, 40, 40);
		assertTrue(nextOverlay().get(0).contains(210, 110));
		image.setSlice(2);
		final Overlay second = nextOverlay();
		assertEquals(2, second.get(0).getPosition());
		assertEquals(2, second.size());
		image.setRoi(200, 100, 20, 40);
		assertEquals(2, nextOverlay().size());
		final int calls = predictor.calls.get();
		preview.hide();
		assertEquals(NONE, next());
		visible = new Rectangle(0, 0, 40, 40);
		assertNull(shown.poll(1, TimeUnit.SECONDS), "follows while it is off");
		assertEquals(calls, predictor.calls.get());
	}

	@Test
	void theNewestRequestStopsTheOneBefore() throws InterruptedException {
		final CountDownLatch mayGoOn = new CountDownLatch(1);
		predictor.mayGoOn = mayGoOn;
		predictor.begun = new CountDownLatch(1);
		show(OPTIONS);
		assertTrue(predictor.begun.await(20, TimeUnit.SECONDS));
		show(OPTIONS.threshold(0.99));
		show(OPTIONS.size(1000));
		mayGoOn.countDown();
		assertEquals(0, nextOverlay().size());
		assertEquals(0, nextOverlay().size());
		assertNull(shown.poll(500, TimeUnit.MILLISECONDS));
	}

	@Test
	void nothingIsShownAfterItIsClosedAndTheNetworkIsClosedToo() throws InterruptedException {
		final CountDownLatch mayGoOn = new CountDownLatch(1);
		predictor.mayGoOn = mayGoOn;
		predictor.begun = new CountDownLatch(1);
		show(OPTIONS);
		assertTrue(predictor.begun.await(20, TimeUnit.SECONDS));
		preview.close();
		assertEquals(NONE, next());
		assertFalse(predictor.closed.await(50, TimeUnit.MILLISECONDS), "closed while it is used");
		mayGoOn.countDown();
		assertTrue(predictor.closed.await(20, TimeUnit.SECONDS));
		assertTrue(shown.isEmpty());
		assertTrue(told.isEmpty());
	}

	@Test
	void anExpectedModelIsReadOnceAndNothingIsShownOfIt() throws InterruptedException {
		preview.expect("model");
		assertEquals("model", loads.poll(20, TimeUnit.SECONDS));
		show(OPTIONS.augment(1).diameter(Diameter.NONE));
		assertEquals(15, nextOverlay().size());
		assertTrue(loads.isEmpty(), "read twice");
		preview.close();
		assertTrue(predictor.closed.await(20, TimeUnit.SECONDS));
	}

	@Test
	void anExpectedModelThatIsntThereIsToldWhenAPreviewIsAskedFor() throws InterruptedException {
		preview.expect("lost");
		assertEquals("lost", loads.poll(20, TimeUnit.SECONDS));
		assertTrue(told.isEmpty() && shown.isEmpty());
		preview.show("lost", () -> OPTIONS);
		assertEquals(NONE, next());
		assertEquals("No preview: no such model", told.take());
	}

	@Test
	void whatGoesWrongIsToldAndTheOutlinesGo() throws InterruptedException {
		show(OPTIONS.augment(1).diameter(Diameter.NONE));
		assertEquals(15, nextOverlay().size());
		told.take();
		preview.show("model", () -> {
			throw new IllegalArgumentException("draw a line first");
		});
		assertEquals(NONE, next());
		assertEquals("No preview: draw a line first", told.take());
		preview.show("lost", () -> OPTIONS);
		assertEquals(NONE, next());
		assertEquals("No preview: no such model", told.take());
		show(OPTIONS.augment(1).diameter(Diameter.NONE));
		assertEquals(15, nextOverlay().size());
	}

	@Test
	void ofALargeViewTheMiddleIsShown() throws InterruptedException {
		image = IJ.createImage("large", "8-bit black", 2000, 1200, 1);
		image.getProcessor().setValue(255);
		image.getProcessor().fillOval(1000, 600, 12, 12);
		image.getProcessor().fillOval(20, 600, 12, 12);
		visible = new Rectangle(2000, 1200);
		preview.close();
		preview = new NucleusPreview(image, () -> visible, overlay -> shown.add(overlay == null ? NONE : overlay),
			name -> new NucleusSegmenter(predictor, FirstChannel.model()), told::add);
		assertEquals(NONE, next());
		show(OPTIONS.augment(1));
		assertEquals(1, nextOverlay().size());
		assertTrue(told.take().contains("1 nucleus in the middle of the visible part"));
	}
}
