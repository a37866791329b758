package io.github.nuclei4j.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * The weights of a network in the types and layouts that oneDNN asked for, each once however many image sizes use it. Native
 * memory is freed by {@link #close()}.
 */
final class PackedWeights implements AutoCloseable {

	private final OneDnn oneDnn;
	private final Map<Object, List<memory>> packed = new IdentityHashMap<>();
	private final Map<String, QuantizedWeights> quantized = new HashMap<>();
	private final Map<Weights, Weights> pointwise = new IdentityHashMap<>();
	private final List<Pointer> owned = new ArrayList<>();

	PackedWeights(final OneDnn oneDnn) {
		this.oneDnn = oneDnn;
	}

	/**
	 * The quantized weights of a convolution, made the first time.
	 *
	 * @param key names the convolution and what its input is
	 */
	QuantizedWeights quantized(final String key, final Supplier<QuantizedWeights> maker) {
		return quantized.computeIfAbsent(key, name -> maker.get());
	}

	/** The 1x1 kernels of a transposed convolution, made the first time. */
	Weights pointwise(final Weights original) {
		return pointwise.computeIfAbsent(original, Weights::pointwise);
	}

	/** Floats in another layout; {@code plain} and {@code wanted} are the layouts of {@code values} and of the result. */
	memory get(final float[] values, final memory.desc plain, final memory.desc wanted) {
		return get(values, () -> new FloatPointer(values), plain, wanted);
	}

	/** Signed bytes in another layout, which may come with what oneDNN adds for signed inputs. */
	memory get(final byte[] values, final memory.desc plain, final memory.desc wanted) {
		return get(values, () -> new BytePointer(values), plain, wanted);
	}

	private memory get(final Object key, final Supplier<Pointer> values, final memory.desc plain,
		final memory.desc wanted)
	{
		final List<memory> known = packed.computeIfAbsent(key, v -> new ArrayList<>());
		for (final memory candidate : known) {
			if (candidate.get_desc().equals(wanted)) return candidate;
		}
		try (PointerScope scope = new PointerScope()) {
			final memory result = new memory(wanted, oneDnn.engine());
			result.retainReference();
			owned.add(result);
			known.add(result);
			final memory source = new memory(plain, oneDnn.engine(), values.get());
			final stream stream = oneDnn.stream();
			new reorder(source, result).execute(stream, source, result);
			stream._wait();
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
