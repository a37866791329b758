package io.github.nuclei4j.engine;

import io.github.nuclei4j.engine.Operation.Activation;
import java.util.LinkedHashMap;
import java.util.Map;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/**
 * What a primitive does to its result before it writes it: additions of other slots, changes of unit, an activation. Keeps
 * track of the unit that the result is in.
 */
final class PostOperations {

	private final post_ops operations = new post_ops();
	private final Map<Integer, Slot> added = new LinkedHashMap<>();
	private float unit;

	/**
	 * @param unit the number that 1 stands for in the primitive's own result
	 */
	PostOperations(final float unit) {
		this.unit = unit;
	}

	/** Adds the values of a slot of the same shape. */
	PostOperations add(final Slot addend) {
		in(addend.scale());
		added.put(operations.len(), addend);
		operations.append_binary(dnnl.dnnl_binary_add, addend.shape());
		return this;
	}

	/** Adds what the destination holds, which is in the same unit. */
	PostOperations addDestination() {
		operations.append_sum();
		return this;
	}

	/** Changes to another unit. */
	PostOperations in(final float next) {
		if (unit != next) operations.append_eltwise(1, dnnl.dnnl_eltwise_linear, unit / next, 0);
		unit = next;
		return this;
	}

	/** Applies an activation; the sigmoid needs the unit 1. */
	PostOperations then(final Activation activation) {
		if (activation == Activation.RELU) operations.append_eltwise(1, dnnl.dnnl_eltwise_relu, 0, 0);
		if (activation == Activation.SIGMOID) operations.append_eltwise(1, dnnl.dnnl_eltwise_logistic, 0, 0);
		return this;
	}

	/** Puts them into a primitive's attributes. */
	void into(final primitive_attr attributes) {
		attributes.set_post_ops(operations);
	}

	/** Gives a step the slots that are added. */
	Step arguments(final Step step) {
		added.forEach((index, slot) -> step.with(dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (index + 1) |
			dnnl.DNNL_ARG_SRC_1, slot));
		return step;
	}
}
