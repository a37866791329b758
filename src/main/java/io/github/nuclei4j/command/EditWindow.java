package io.github.nuclei4j.command;

import java.awt.BorderLayout;
import java.awt.GridLayout;
import java.awt.Rectangle;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import javax.swing.WindowConstants;

import ij.ImagePlus;
import ij.plugin.frame.Recorder;
import io.github.nuclei4j.edit.Edit;
import io.github.nuclei4j.edit.EditedLabels;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.measure.VolumeMeasurer;

/**
 * The window of Edit Nuclei beside an image: the user selects something on the image with ImageJ's own tools and presses a
 * button. Outlines follow at once; table and label image with <em>Done</em>. For the event thread.
 */
final class EditWindow extends JFrame {

	private static final long serialVersionUID = 1;

	/** The open window of each image. */
	private static final Map<ImagePlus, EditWindow> OPEN = new HashMap<>();

	private final transient ImagePlus image;
	private final transient EditedLabels nuclei;
	private final String labelimage;
	private final boolean table;
	private final boolean labels;
	private final JLabel message = new JLabel(" ");

	private EditWindow(final ImagePlus image, final EditedLabels nuclei, final String labelimage, final boolean table, final boolean labels) {
		super("Edit nuclei of " + image.getTitle());
		this.image = image;
		this.nuclei = nuclei;
		this.labelimage = labelimage;
		this.table = table;
		this.labels = labels;
		final JPanel buttons = new JPanel(new GridLayout(0, 3, 4, 4));
		edit(buttons, "Delete", KeyEvent.VK_D, "Removes the nuclei under points, on a line, or mostly in an area", () -> selection().delete());
		edit(buttons, "Merge", KeyEvent.VK_M, "Joins the nuclei that a line, points or an area hit", () -> selection().merge());
		edit(buttons, "Split", KeyEvent.VK_S, "Splits a nucleus along a straight line across it", () -> selection().split());
		edit(buttons, "Add", KeyEvent.VK_A, "Makes a nucleus of a drawn outline", () -> selection().add());
		edit(buttons, "Redraw", KeyEvent.VK_R, "Gives a nucleus the drawn outline", () -> selection().redraw());
		edit(buttons, "Renumber", KeyEvent.VK_N, "Numbers all nuclei from 1", Edit::renumber);
		button(buttons, "Undo", KeyEvent.VK_Z, "Undoes the latest edit (Ctrl+Z)", this::undo);
		button(buttons, "Redo", KeyEvent.VK_Y, "Does again what was undone (Ctrl+Y)", this::redo);
		button(buttons, "Done", KeyEvent.VK_ENTER, "Keeps the edits: table and label image follow", this::keep);
		key(KeyEvent.VK_Z, "Undo", this::undo);
		key(KeyEvent.VK_Y, "Redo", this::redo);
		final JPanel all = new JPanel(new BorderLayout(6, 6));
		all.setBorder(BorderFactory.createEmptyBorder(8, 8, 8, 8));
		all.add(new JLabel("<html>Select on the image with ImageJ's tools: points, a line or an area.<br>Then press a button.</html>"),
			BorderLayout.NORTH);
		all.add(buttons, BorderLayout.CENTER);
		all.add(message, BorderLayout.SOUTH);
		setContentPane(all);
		setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
		addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosing(final WindowEvent event) {
				ask();
			}
		});
		pack();
	}

	/**
	 * Opens a window, or brings that of the image to the front.
	 *
	 * @param labelimage title for the recorded line, may be empty
	 * @param table whether a table is opened at the end
	 * @param labels whether a label image is opened at the end
	 */
	static void open(final ImagePlus image, final EditedLabels nuclei, final String labelimage, final boolean table, final boolean labels) {
		java.awt.EventQueue.invokeLater(() -> {
			final EditWindow before = OPEN.get(image);
			if (before != null && before.isDisplayable()) {
				before.toFront();
				before.tell("These nuclei are already being edited here.");
				return;
			}
			final EditWindow window = new EditWindow(image, nuclei, labelimage, table, labels);
			OPEN.put(image, window);
			final Rectangle beside = image.getWindow().getBounds();
			final int right = window.getGraphicsConfiguration().getBounds().width;
			window.setLocation(beside.x + beside.width + window.getWidth() <= right ? beside.x + beside.width : Math.max(0, right - window
				.getWidth()), beside.y);
			window.showAll();
			window.tell(nuclei.count() + " nuclei");
			window.setVisible(true);
		});
	}

	/** The window of an image, or null; for tests. */
	static EditWindow of(final ImagePlus image) {
		return OPEN.get(image);
	}

	/** The edits made in it; for tests. */
	List<Edit> edits() {
		return nuclei.edits();
	}

	/** The latest message; for tests. */
	String message() {
		return message.getText();
	}

	private EditSelection selection() {
		return new EditSelection(image, nuclei);
	}

	private void edit(final JPanel buttons, final String name, final int mnemonic, final String about, final Supplier<Edit> edit) {
		button(buttons, name, mnemonic, about, () -> {
			final Edit done = edit.get();
			nuclei.apply(done);
			refresh(done.toString());
		});
	}

	private void button(final JPanel buttons, final String name, final int mnemonic, final String about, final Runnable action) {
		final JButton button = new JButton(name);
		button.setName(name);
		button.setToolTipText(about);
		if (mnemonic != KeyEvent.VK_ENTER) button.setMnemonic(mnemonic);
		button.addActionListener(event -> attempt(action));
		buttons.add(button);
	}

	private void key(final int key, final String name, final Runnable action) {
		getRootPane().getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).put(KeyStroke.getKeyStroke(key, getToolkit().getMenuShortcutKeyMask()), name);
		getRootPane().getActionMap().put(name, new javax.swing.AbstractAction() {

			private static final long serialVersionUID = 1;

			@Override
			public void actionPerformed(final java.awt.event.ActionEvent event) {
				attempt(action);
			}
		});
	}

	private void attempt(final Runnable action) {
		try {
			if (image.getWindow() == null) throw new IllegalArgumentException("The image was closed.");
			action.run();
		}
		catch (final IllegalArgumentException e) {
			tell(e.getMessage());
		}
	}

	private void undo() {
		final List<Edit> before = nuclei.edits();
		if (nuclei.undo()) refresh("undone: " + before.get(before.size() - 1));
		else tell("There is nothing to undo.");
	}

	private void redo() {
		if (nuclei.redo()) refresh("done again: " + nuclei.edits().get(nuclei.edits().size() - 1));
		else tell("There is nothing to redo.");
	}

	/** Outlines as the nuclei are now; other elements of the overlay stay. */
	private void refresh(final String what) {
		if (nuclei.touched().isPresent()) NucleusResults.replace(image, nuclei.touched().get(), nuclei.outlines(image, nuclei.touched().get()));
		else showAll();
		tell(nuclei.count() + " nuclei. " + what);
	}

	private void showAll() {
		final ImagePlus all = nuclei.labels();
		NucleusResults.showOverlay(image, VolumeMeasurer.goThroughSlices(all) ? VolumeMeasurer.outlines(all, image) : LabelRois.of(all, image));
	}

	private void tell(final String text) {
		message.setText("<html><div width=300>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</div></html>");
		pack();
	}

	private void keep() {
		final String text = Edit.text(nuclei.edits());
		if (image.getWindow() != null) EditNuclei.show(image, nuclei, table, labels);
		if (Recorder.record && !text.isEmpty()) Recorder.recordString("run(\"Edit Nuclei...\", \"" + (labelimage.isEmpty() ? ""
			: "labelimage=[" + labelimage + "] ") + "edits=[" + text + "]" + (table ? "" : " table=false") + (labels ? " labels=true" : "") +
			"\");\n");
		close();
	}

	private void close() {
		OPEN.remove(image);
		dispose();
	}

	/** Before edits are lost. */
	private void ask() {
		if (nuclei.edits().isEmpty() || image.getWindow() == null) {
			close();
			return;
		}
		final Object[] choices = { "Keep", "Discard", "Cancel" };
		final int choice = JOptionPane.showOptionDialog(this, "Keep the " + nuclei.edits().size() + " edits of '" + image.getTitle() + "'?", "Edit Nuclei",
			JOptionPane.DEFAULT_OPTION, JOptionPane.QUESTION_MESSAGE, null, choices, choices[0]);
		if (choice == 0) keep();
		else if (choice == 1) {
			while (nuclei.undo()) {
				// to the very first state
			}
			refresh("discarded");
			close();
		}
	}
}
