package io.github.nuclei4j.engine;

import java.util.List;

/**
 * Decides in which types and layouts a network's operations run for one image size. Used within a {@code PointerScope}.
 */
interface Planner {

	/**
	 * Turns operations into steps.
	 *
	 * @param operations in an order in which they can run, the first is the input and the last the output
	 * @param primitives makes the steps
	 * @param height of the input in pixels
	 * @param width of the input in pixels
	 */
	Plan plan(List<Operation> operations, Primitives primitives, int height, int width);
}
