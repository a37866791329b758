package io.github.nuclei4j.engine;

import java.util.List;
import java.util.Map;

/** The steps of a network for one image size, and the slots of its input and output, which lie outside the work memory. */
final class Plan {

	private final List<Step> steps;
	private final Slot input;
	private final Slot output;
	private final Map<Operation, Slot> slots;

	/**
	 * @param steps in the order in which they run
	 * @param input floats [1, channels, height, width], row by row
	 * @param output likewise
	 * @param slots where each operation's output lies after the step of its name
	 */
	Plan(final List<Step> steps, final Slot input, final Slot output, final Map<Operation, Slot> slots) {
		this.steps = steps;
		this.input = input;
		this.output = output;
		this.slots = slots;
	}

	List<Step> steps() {
		return steps;
	}

	Slot input() {
		return input;
	}

	Slot output() {
		return output;
	}

	/** Where each operation's output lies after the step of its name. */
	Map<Operation, Slot> slots() {
		return slots;
	}
}
