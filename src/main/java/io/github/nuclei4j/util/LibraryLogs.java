package io.github.nuclei4j.util;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what libraries remark while they load and calculate out of the log: Fiji's logback comes without a configuration,
 * so that it would print everything from DEBUG on, thousands of lines, into Fiji's Console.
 */
public final class LibraryLogs {

	private static final String JAVACPP_LOGGER = "org.bytedeco.javacpp.logger";

	/** JavaCPP and its presets, ND4J, Deeplearning4j, and this program, whose commands tell the user themselves. */
	private static final List<String> LOGGERS = List.of("org.bytedeco", "org.nd4j", "org.deeplearning4j", "io.github.nuclei4j");

	private static boolean quiet;

	private LibraryLogs() {}

	/**
	 * Limits the log to errors, unless logback's configuration says otherwise for one of the loggers; of other loggers than
	 * logback's only JavaCPP is affected, which then logs instead of printing. To be called before JavaCPP is touched.
	 */
	public static synchronized void quiet() {
		if (quiet) return;
		quiet = true;
		if (System.getProperty(JAVACPP_LOGGER) == null) System.setProperty(JAVACPP_LOGGER, "slf4j");
		LOGGERS.forEach(name -> errorsOnly(LoggerFactory.getLogger(name)));
	}

	/** By reflection, because logback is there in Fiji only. */
	static void errorsOnly(final Logger logger) {
		if (!logger.isWarnEnabled()) return;
		try {
			final Class<?> level = logger.getClass().getMethod("getLevel").getReturnType();
			if (logger.getClass().getMethod("getLevel").invoke(logger) != null) return;
			logger.getClass().getMethod("setLevel", level).invoke(logger, level.getField("ERROR").get(null));
		}
		catch (final ReflectiveOperationException e) {
			logger.trace("Not logback, and configured by itself", e);
		}
	}
}
