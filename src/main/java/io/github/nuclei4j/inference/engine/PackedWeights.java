package io.github.nuclei4j.inference.engine;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * The weights of a network in the layouts that oneDNN asked for, each once however many image sizes use it. Native memory is
 * freed by {@link #close()}.
 */
final class PackedWeights implements AutoCloseable {

	private final OneDnn oneDnn;
	private final Map<float[], List<memory>> packed = new IdentityHashMap<>();
	private final List<Pointer> owned = new ArrayList<>();

	PackedWeights(final OneDnn oneDnn) {
		this.oneDnn = oneDnn;
	}

	/**
	 * The values in another layout.
	 *
	 * @param values in the layout {@code plain}
	 * @param plain shape and layout of the values
	 * @param wanted layout asked for
	 */
	memory get(final float[] values, final memory.desc plain, final memory.desc wanted) {
		final List<memory> known = packed.computeIfAbsent(values, v -> new ArrayList<>());
		for (final memory candidate : known) {
			if (candidate.get_desc().equals(wanted)) return candidate;
		}
		final memory result = allocate(wanted);
		known.add(result);
		try (PointerScope scope = new PointerScope()) {
			final memory source = new memory(plain, oneDnn.engine(), new FloatPointer(values));
			final stream stream = oneDnn.stream();
			new reorder(source, result).execute(stream, source, result);
			stream._wait();
		}
		return result;
	}

	private memory allocate(final memory.desc wanted) {
		try (PointerScope scope = new PointerScope()) {
			final memory result = new memory(wanted, oneDnn.engine());
			result.retainReference();
			owned.add(result);
			return result;
		}
	}

	@Override
	public void close() {
		packed.clear();
		owned.forEach(Pointer::releaseReference);
		owned.clear();
	}
}
