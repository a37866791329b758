package io.github.nuclei4j.display;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs all tests with the tag {@code display}, in a JVM of their own, and prints what failed; the last line is
 * {@code N passed, N skipped, N failed}. Argument: a pattern of class names, by default all.
 */
final class DisplayRun implements TestExecutionListener {

	private final AtomicInteger passed = new AtomicInteger();
	private final AtomicInteger skipped = new AtomicInteger();
	private final AtomicInteger failed = new AtomicInteger();

	private DisplayRun() {}

	/** See the class. */
	public static void main(final String[] arguments) {
		final LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors
			.selectPackage("io.github.nuclei4j")).filters(TagFilter.includeTags("display"), ClassNameFilter
				.includeClassNamePatterns(arguments.length > 0 ? arguments[0] : ".*Test")).build();
		final DisplayRun run = new DisplayRun();
		LauncherFactory.create().execute(request, run);
		System.out.println(run.passed + " passed, " + run.skipped + " skipped, " + run.failed + " failed");
		// ImageJ's windows would keep the JVM alive
		System.exit(run.failed.get() > 0 ? 1 : 0);
	}

	@Override
	public void executionSkipped(final TestIdentifier test, final String reason) {
		skipped.incrementAndGet();
	}

	@Override
	public void executionFinished(final TestIdentifier test, final TestExecutionResult result) {
		final TestExecutionResult.Status status = result.getStatus();
		if (status == TestExecutionResult.Status.SUCCESSFUL) {
			if (test.isTest()) passed.incrementAndGet();
			return;
		}
		(status == TestExecutionResult.Status.ABORTED ? skipped : failed).incrementAndGet();
		System.out.println(status + " " + test.getUniqueId().replaceAll(".*?class:", ""));
		result.getThrowable().ifPresent(thrown -> {
			System.out.println("  " + thrown);
			for (final StackTraceElement line : thrown.getStackTrace()) {
				if (line.getClassName().contains("nuclei4j")) System.out.println("    " + line);
			}
		});
	}
}
