package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.List;
import java.awt.ScrollPane;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import ij.ImageJ;

/** What every command's dialog has to keep to, and how it is used; needs a display, a virtual one will do. */
@Tag("display")
class CommandDialogTest {

	private static final long PATIENCE = 20_000;
	private static final int MOST_FIELDS = 9;

	private static ImageJ imagej;

	private CommandDialog dialog;
	private Thread user;
	private Boolean answer;

	static Stream<Class<?>> commands() throws IOException {
		return CommandMenuTest.commands().stream().filter(command -> !CommandParameters.of(command).values().isEmpty());
	}

	@BeforeAll
	static void start() {
		assumeFalse(GraphicsEnvironment.isHeadless(), "needs a display");
		imagej = new ImageJ(ImageJ.NO_SHOW);
	}

	@AfterAll
	static void stop() {
		if (imagej != null) imagej.dispose();
	}

	@AfterEach
	void close() throws Exception {
		if (user != null && user.isAlive()) press(1);
	}

	private <C> C open(final C command) throws Exception {
		user = new Thread(() -> answer = CommandDialog.edit(command));
		user.start();
		await("the dialog", () -> {
			for (final Window window : Window.getWindows()) {
				if (window instanceof CommandDialog && window.isShowing()) dialog = (CommandDialog) window;
			}
			return dialog != null;
		});
		return command;
	}

	private static void await(final String what, final BooleanSupplier condition) throws InterruptedException {
		final long end = System.currentTimeMillis() + PATIENCE;
		while (!condition.getAsBoolean()) {
			assertTrue(System.currentTimeMillis() < end, "waited for " + what);
			Thread.sleep(20);
		}
	}

	private void click(final Button button) throws Exception {
		EventQueue.invokeAndWait(() -> Stream.of(button.getActionListeners()).forEach(listener -> listener.actionPerformed(
			new ActionEvent(button, ActionEvent.ACTION_PERFORMED, button.getLabel()))));
	}

	/** 0 for OK, 1 for Cancel. */
	private void press(final int button) throws Exception {
		click(dialog.getButtons()[button]);
	}

	private void end() throws InterruptedException {
		user.join(PATIENCE);
		assertFalse(user.isAlive(), "the dialog is still open: " + dialog.info().text());
	}

	private FormField field(final String key) {
		return dialog.form().fields().entrySet().stream().filter(entry -> entry.getKey().key().equals(key)).map(
			Map.Entry::getValue).findFirst().orElseThrow(AssertionError::new);
	}

	private void type(final String key, final String text) throws Exception {
		EventQueue.invokeAndWait(() -> ((TextField) field(key).input()).setText(text));
		// the text event comes after it
		EventQueue.invokeAndWait(() -> {});
	}

	private long visible() {
		return dialog.form().fields().values().stream().filter(field -> field.input().isShowing()).count();
	}

	private void assertFits(final String state) {
		final String size = state + ": " + dialog.getWidth() + " x " + dialog.getHeight();
		assertTrue(dialog.getWidth() <= 600 && dialog.getHeight() <= 700, size);
		final Component parent = dialog.form().getParent();
		final int right = parent instanceof ScrollPane ? ((ScrollPane) parent).getViewportSize().width : dialog.form().getWidth();
		assertTrue(dialog.form().getPreferredSize().width <= right, size + ", a field is cut off at " + right);
	}

	@ParameterizedTest
	@MethodSource("commands")
	void nineFieldsAtMostAndTheRestOnRequest(final Class<?> type) throws Exception {
		open(type.getDeclaredConstructor().newInstance());
		final int all = dialog.form().fields().size();
		assertEquals(CommandParameters.of(type).values().size(), all, "every key has a field");
		final long few = visible();
		assertTrue(few >= 3 && few <= MOST_FIELDS, few + " fields");
		assertFits("few settings");
		if (few < all) {
			click(dialog.more());
			assertEquals(CommandDialog.FEWER, dialog.more().getLabel());
			assertEquals(all, visible());
			assertFits("all settings");
			click(dialog.more());
			assertEquals(few, visible());
		}
		press(1);
		end();
		assertFalse(answer);
	}

	@ParameterizedTest
	@MethodSource("commands")
	void filesHaveBrowseAndChoicesAreLists(final Class<?> type) throws Exception {
		final NucleiCommand command = (NucleiCommand) open(type.getDeclaredConstructor().newInstance());
		dialog.form().fields().forEach((parameter, field) -> {
			assertEquals(parameter.isFile(), field.browse() != null, parameter.key());
			final Component input = field.input();
			if (parameter.isBoolean()) assertTrue(input instanceof Checkbox, parameter.key());
			else if (parameter.isSeveral()) assertTrue(((List) input).getItemCount() > 1, parameter.key());
			else if (!parameter.choices().isEmpty()) assertEquals(parameter.choices().size(), ((Choice) input).getItemCount());
			else assertEquals(command.suggestions(parameter.key()).isEmpty(), input instanceof TextField, parameter.key());
			assertEquals(parameter.text(command), field.text(), "shows the command's value of " + parameter.key());
		});
		final Map<String, Long> labels = dialog.form().fields().keySet().stream().collect(Collectors.groupingBy(
			CommandParameter::label, Collectors.counting()));
		labels.forEach((label, times) -> assertEquals(1, times, label + " names several fields"));
	}

	@Test
	void whatIsEnteredArrives() throws Exception {
		final BatchSegment command = open(new BatchSegment());
		final String folder = System.getProperty("user.dir").replace('\\', '/');
		type("input", folder);
		type("output", folder + "/target/out");
		type("diameter", "17.5");
		type("threshold", "0.3");
		EventQueue.invokeAndWait(() -> field("separation").choose("watershed"));
		press(0);
		end();
		assertTrue(answer);
		final Map<String, String> values = CommandParameters.of(BatchSegment.class).texts(command);
		assertEquals(folder, values.get("input"));
		assertEquals("17.5", values.get("diameter"));
		assertEquals("0.3", values.get("threshold"));
		assertEquals("watershed", values.get("separation"));
		assertEquals("auto", values.get("channel"));
	}

	@Test
	void aWrongValueIsNamedWhileTheDialogStaysAsItIs() throws Exception {
		open(new BatchSegment());
		press(0);
		assertTrue(dialog.isShowing() && dialog.info().isError() && dialog.info().text().contains("'input' is empty"), dialog.info()
			.text());
		type("input", System.getProperty("user.dir"));
		type("output", "target");
		assertFalse(dialog.info().isError());
		type("diameter", "-1");
		press(0);
		assertTrue(dialog.isShowing() && dialog.info().text().contains("auto to find it in the image"), dialog.info().text());
		assertEquals("-1", field("diameter").text());
		type("size", "many");
		assertTrue(dialog.info().isError() && dialog.info().text().contains("size=many"), dialog.info().text());
	}

	@Test
	void escapeCancels() throws Exception {
		open(new TrainModel());
		final Component input = field("epochs").input();
		EventQueue.invokeAndWait(() -> dialog.keyPressed(new KeyEvent(input, KeyEvent.KEY_PRESSED, 0, 0, KeyEvent.VK_ESCAPE,
			KeyEvent.CHAR_UNDEFINED)));
		end();
		assertFalse(answer);
	}

	@Test
	void enterIsOkIfAllIsWell() throws Exception {
		open(new SummarizeNuclei());
		type("bins", "0");
		final Component input = field("bins").input();
		final Runnable enter = () -> dialog.keyPressed(new KeyEvent(input, KeyEvent.KEY_PRESSED, 0, 0, KeyEvent.VK_ENTER, '\n'));
		EventQueue.invokeAndWait(enter);
		assertTrue(dialog.isShowing() && dialog.info().text().contains("bins=0"), dialog.info().text());
		type("bins", "12");
		EventQueue.invokeAndWait(enter);
		end();
		assertTrue(answer);
	}

	@Test
	void theUnitFollowsAndTheUsedFieldIsExplained() throws Exception {
		open(new BatchSegment());
		type("size", "7");
		assertTrue(dialog.info().text().contains("Smaller objects are removed"), dialog.info().text());
		assertNull(field("size").browse());
		assertNotNull(field("model").browse());
	}

	@Test
	void aBoxThatStandsAloneBeginsWhereTheFieldsDo() throws Exception {
		open(new TrainModel());
		dialog.form().fields().forEach((parameter, field) -> {
			if (parameter.key().equals("resume")) assertEquals(0, field.panel().getX(), "in the column of the fields");
		});
		press(1);
		end();
	}
}
