package io.github.nuclei4j.util;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

/** What our libraries may write to the log: errors only. */
class LibraryLogsTest {

	@Test
	void aLoggerWithoutALevelOfItsOwnIsLimitedToErrors() {
		final LikeLogback logger = new LikeLogback(Level.DEBUG);
		LibraryLogs.errorsOnly(logger);
		assertEquals(Level.ERROR, logger.getLevel());
		assertFalse(logger.isWarnEnabled());
	}

	@Test
	void aConfiguredLevelStays() {
		final LikeLogback logger = new LikeLogback(Level.DEBUG);
		logger.setLevel(Level.TRACE);
		LibraryLogs.errorsOnly(logger);
		assertEquals(Level.TRACE, logger.getLevel());
	}

	@Test
	void aLoggerThatIsQuietAlreadyDoesNotBecomeLouder() {
		final LikeLogback logger = new LikeLogback(null);
		LibraryLogs.errorsOnly(logger);
		assertNull(logger.getLevel());
		assertFalse(logger.isErrorEnabled());
	}

	@Test
	void otherLoggersStayAsTheyAre() {
		final Logger simple = LoggerFactory.getLogger("io.github.nuclei4j.LibraryLogsTest");
		LibraryLogs.errorsOnly(simple);
		assertTrue(simple.isWarnEnabled());
	}

	/** The methods that logback's logger has, too. */
	public static final class LikeLogback extends LegacyAbstractLogger {

		private static final long serialVersionUID = 1;

		private final Level inherited;
		private Level level;

		LikeLogback(final Level inherited) {
			this.inherited = inherited;
		}

		/** Null if it is the parent's. */
		public Level getLevel() {
			return level;
		}

		public void setLevel(final Level newLevel) {
			level = newLevel;
		}

		private boolean shows(final Level asked) {
			final Level effective = level == null ? inherited : level;
			return effective != null && asked.toInt() >= effective.toInt();
		}

		@Override
		public boolean isTraceEnabled() {
			return shows(Level.TRACE);
		}

		@Override
		public boolean isDebugEnabled() {
			return shows(Level.DEBUG);
		}

		@Override
		public boolean isInfoEnabled() {
			return shows(Level.INFO);
		}

		@Override
		public boolean isWarnEnabled() {
			return shows(Level.WARN);
		}

		@Override
		public boolean isErrorEnabled() {
			return shows(Level.ERROR);
		}

		@Override
		protected String getFullyQualifiedCallerName() {
			return null;
		}

		@Override
		protected void handleNormalizedLoggingCall(final Level asked, final Marker marker, final String message,
			final Object[] arguments, final Throwable cause)
		{
			// only levels are of interest
		}
	}
}
