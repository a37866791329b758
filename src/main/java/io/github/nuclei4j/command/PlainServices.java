package io.github.nuclei4j.command;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.app.event.StatusEvent;
import org.scijava.log.LogService;
import org.scijava.log.StderrLogService;
import org.scijava.plugin.PluginFinder;
import org.scijava.plugin.PluginIndex;
import org.scijava.plugin.PluginInfo;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;

import ij.IJ;

/**
 * The few SciJava services that our commands use, for plain ImageJ. They are named here instead of being looked for on
 * the class path, which is quick and independent of class loaders.
 */
final class PlainServices {

	private static final List<Class<? extends Service>> IMPLEMENTATIONS = Arrays.asList(StderrLogService.class,
		ImageJStatusService.class);

	private PlainServices() {}

	/** A new context with a {@link LogService} and a {@link StatusService}; to be closed. */
	static Context context() {
		final PluginFinder finder = plugins -> {
			IMPLEMENTATIONS.forEach(type -> plugins.add(new PluginInfo<>(type, Service.class)));
			final Map<String, Throwable> failures = Collections.emptyMap();
			return failures;
		};
		return new Context(Arrays.asList(LogService.class, StatusService.class), new PluginIndex(finder));
	}

	/** Shows messages and progress in ImageJ's status bar. */
	public static final class ImageJStatusService extends AbstractService implements StatusService {

		@Override
		public void showProgress(final int value, final int maximum) {
			IJ.showProgress(maximum <= 0 ? 1 : (double) value / maximum);
		}

		@Override
		public void showStatus(final String message) {
			IJ.showStatus(message);
		}

		@Override
		public void showStatus(final int progress, final int maximum, final String message) {
			showProgress(progress, maximum);
			showStatus(message);
		}

		@Override
		public void warn(final String message) {
			showStatus(message);
		}

		@Override
		public void showStatus(final int progress, final int maximum, final String message, final boolean warn) {
			showStatus(progress, maximum, message);
		}

		@Override
		public void clearStatus() {
			showStatus("");
		}

		@Override
		public String getStatusMessage(final String appName, final StatusEvent event) {
			return event.getStatusMessage();
		}
	}
}
