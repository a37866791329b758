package io.github.nuclei4j.command;

import java.awt.BorderLayout;
import java.awt.Button;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Insets;
import java.awt.Panel;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.ScrollPane;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.KeyEvent;

import javax.swing.SwingUtilities;

import org.scijava.command.Previewable;

import ij.WindowManager;
import ij.gui.GUI;
import ij.gui.NonBlockingGenericDialog;

/**
 * The dialog of a command in plain ImageJ and in Fiji, drawn from the command's parameters. It stands beside the current
 * image, doesn't block ImageJ, and closes with OK only if all values are possible; otherwise it says which one is not.
 */
final class CommandDialog extends NonBlockingGenericDialog {

	/** Largest size of a dialog, pixels of a display without scaling. */
	static final Dimension LARGEST = new Dimension(600, 700);

	static final String MORE = "More settings";
	static final String FEWER = "Fewer settings";

	private static final long serialVersionUID = 1;

	/** Width and height of a scroll bar with its border, pixels. */
	private static final int BAR = 24;

	/** Height of title, text and buttons, until the window has its size; pixels. */
	private static final int OTHER = 190;

	private final transient Object command;
	private final transient CommandParameters parameters;
	private final CommandForm form;
	private final Panel content = new Panel(new BorderLayout());
	private final InfoArea info = new InfoArea();
	private final Button more = new Button(MORE);
	private ScrollPane scroll;

	private CommandDialog(final Object command, final CommandParameters parameters) {
		super(PlainRunner.title(command.getClass()));
		this.command = command;
		this.parameters = parameters;
		form = new CommandForm(parameters, command);
		form.fields().forEach(this::listen);
		content.add(form, BorderLayout.CENTER);
		final Panel below = new Panel(new BorderLayout());
		if (form.hasMore()) {
			final Panel row = new Panel(new FlowLayout(FlowLayout.LEFT, 8, 2));
			row.add(more);
			more.addKeyListener(this);
			more.addActionListener(event -> {
				form.showMore(!form.isMoreShown());
				more.setLabel(form.isMoreShown() ? FEWER : MORE);
				fit();
			});
			below.add(row, BorderLayout.NORTH);
		}
		below.add(info, BorderLayout.CENTER);
		content.add(below, BorderLayout.SOUTH);
		addPanel(content);
		addHelp(HelpPage.of(command.getClass()));
		form.showUnits();
		form.fields().keySet().stream().filter(parameter -> !parameter.isBoolean()).findFirst().ifPresent(first -> info.show(
			form.about(first), false));
		fit();
	}

	/**
	 * Lets the user change a command's values. A command that can be previewed is called after every change, as SciJava does.
	 *
	 * @return false if the user canceled
	 */
	static boolean edit(final Object command) {
		final CommandDialog dialog = new CommandDialog(command, CommandParameters.of(command.getClass()));
		dialog.showDialog();
		if (dialog.wasOKed()) return true;
		if (command instanceof Previewable) ((Previewable) command).cancel();
		return false;
	}

	private void listen(final CommandParameter parameter, final FormField field) {
		final Component input = field.input();
		input.addKeyListener(this);
		input.addFocusListener(new FocusAdapter() {

			@Override
			public void focusGained(final FocusEvent event) {
				if (!info.isError()) info.show(form.about(parameter), false);
				bringIntoSight(input);
			}
		});
		if (field.browse() != null) field.browse().addKeyListener(this);
		field.whenChanged(() -> changed(parameter));
	}

	private void changed(final CommandParameter parameter) {
		try {
			parameters.setFromTexts(command, form.texts());
			form.showUnits();
			info.show(form.about(parameter), false);
			if (!(command instanceof Previewable)) return;
			if (command instanceof NucleiCommand) ((NucleiCommand) command).validate();
			((Previewable) command).preview();
		}
		catch (final IllegalArgumentException e) {
			info.show(e.getMessage(), true);
		}
	}

	/** Whether the command can run with what was entered; says why if not. */
	private boolean accept() {
		try {
			parameters.setFromTexts(command, form.texts());
			if (command instanceof NucleiCommand) ((NucleiCommand) command).validate();
			// a preview ends with the dialog, and is none in the macro that is recorded
			parameters.values().stream().filter(CommandParameter::isTransient).forEach(parameter -> parameter.set(command, false));
			return true;
		}
		catch (final IllegalArgumentException e) {
			info.show(e.getMessage(), true);
			return false;
		}
	}

	/** Sizes the window for the fields that are visible; those that don't fit on the screen are scrolled. */
	private void fit() {
		final Rectangle screen = GUI.getMaxWindowBounds(this);
		final int most = Math.min(LARGEST.height, screen.height);
		final int room = most - (isShowing() ? getHeight() - room().height : OTHER);
		fit(room, screen);
		// what is beside the fields may need more than before, such as a longer text below them
		if (getHeight() > most) fit(room - getHeight() + most, screen);
		setLocation(place(getSize(), screen));
	}

	/** Gives the fields at most a height. */
	private void fit(final int highest, final Rectangle screen) {
		final Dimension fields = form.getPreferredSize();
		final Insets insets = getInsets();
		final int widest = Math.min(LARGEST.width, screen.width) - insets.left - insets.right - BAR;
		if (scroll == null && (fields.height > highest || fields.width > widest + BAR)) {
			content.remove(form);
			scroll = new ScrollPane();
			scroll.add(form);
			scroll.getVAdjustable().setUnitIncrement(BAR);
			content.add(scroll, BorderLayout.CENTER);
		}
		if (scroll != null) scroll.setPreferredSize(new Dimension(Math.min(fields.width + BAR, widest), Math.min(fields.height +
			4, highest)));
		content.invalidate();
		pack();
	}

	private Dimension room() {
		return scroll == null ? form.getSize() : scroll.getSize();
	}

	/** Beside the current image, to the right if there is room; else where it covers least of it. */
	private static Point place(final Dimension size, final Rectangle screen) {
		final Window image = WindowManager.getCurrentWindow();
		final int right = screen.x + screen.width - size.width;
		final int lowest = Math.max(screen.y, screen.y + screen.height - size.height);
		if (image == null || !image.isShowing()) {
			return new Point(Math.max(screen.x, screen.x + (screen.width - size.width) / 2), Math.max(screen.y, screen.y + (lowest -
				screen.y) / 2));
		}
		final Rectangle bounds = image.getBounds();
		final int y = Math.max(screen.y, Math.min(bounds.y, lowest));
		if (bounds.x + bounds.width <= right) return new Point(bounds.x + bounds.width, y);
		final boolean left = bounds.x - screen.x > screen.x + screen.width - bounds.x - bounds.width;
		return new Point(left ? Math.max(screen.x, bounds.x - size.width) : Math.max(screen.x, right), y);
	}

	private void bringIntoSight(final Component input) {
		if (scroll == null) return;
		final int top = SwingUtilities.convertPoint(input.getParent(), input.getLocation(), form).y;
		final Point shown = scroll.getScrollPosition();
		final int room = scroll.getViewportSize().height - input.getHeight();
		if (top < shown.y || top > shown.y + room) scroll.setScrollPosition(shown.x, Math.max(0, top - room / 2));
	}

	@Override
	public synchronized void actionPerformed(final ActionEvent event) {
		final Object source = event.getSource();
		if (source instanceof Button && ((Button) source).getLabel().trim().equals("Help")) HelpWindow.open(command.getClass());
		else if (source != getButtons()[0] || accept()) super.actionPerformed(event);
	}

	@Override
	public synchronized void keyPressed(final KeyEvent event) {
		if (event.getKeyCode() != KeyEvent.VK_ENTER || accept()) super.keyPressed(event);
	}

	/** What is said below the fields. */
	InfoArea info() {
		return info;
	}

	/** The fields. */
	CommandForm form() {
		return form;
	}

	/** The button that shows or hides the further settings. */
	Button more() {
		return more;
	}
}
