package io.github.nuclei4j.util;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Collects reports of problems that don't stop the work, each once, and hands them on as they occur. Thread-safe.
 */
public final class WarningLog {

	private final Set<String> reports = new LinkedHashSet<>();
	private final Consumer<String> listener;

	/** @param listener is given every new report, on the thread that found the problem; may be null */
	public WarningLog(final Consumer<String> listener) {
		this.listener = listener;
	}

	public void add(final String report) {
		synchronized (reports) {
			if (!reports.add(report)) return;
		}
		if (listener != null) listener.accept(report);
	}

	public List<String> list() {
		synchronized (reports) {
			return List.copyOf(new ArrayList<>(reports));
		}
	}
}
