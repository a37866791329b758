package io.github.nuclei4j.cli;

import io.github.nuclei4j.util.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {

	@Override
	public String[] getVersion() {
		return new String[] { "Nuclei4J " + Version.current() };
	}
}
