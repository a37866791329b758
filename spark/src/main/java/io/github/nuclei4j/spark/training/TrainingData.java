package io.github.nuclei4j.spark.training;

import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.util.Messages;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Where annotated images lie, for every computer that trains. A zip archive of the computer that starts the training is sent
 * to all; what lies on a Hadoop file system is copied by each; a local folder has to be on all under the same path.
 */
public final class TrainingData implements Serializable {

	private static final long serialVersionUID = 1L;

	private final String location;
	private final String sentFile;
	private final SerializableConfiguration hadoop;

	private TrainingData(final String location, final String sentFile, final SerializableConfiguration hadoop) {
		this.location = location;
		this.sentFile = sentFile;
		this.hadoop = hadoop;
	}

	/**
	 * Annotated images, not opened yet.
	 *
	 * @param location a zip archive or folder: a path, or the URI of a Hadoop file system such as {@code hdfs:}
	 */
	public static TrainingData of(final JavaSparkContext context, final String location) {
		final URI uri = new org.apache.hadoop.fs.Path(location).toUri();
		if (uri.getScheme() != null && !uri.getScheme().equals("file")) {
			return new TrainingData(location, null, new SerializableConfiguration(context.hadoopConfiguration()));
		}
		final Path path = Paths.get(uri.getPath()).toAbsolutePath();
		if (context.isLocal() || !Files.isRegularFile(path)) return new TrainingData(path.toString(), null, null);
		context.addFile(path.toUri().toString());
		return new TrainingData(path.toString(), path.getFileName().toString(), null);
	}

	/**
	 * Opens the images on this computer.
	 *
	 * @throws IOException if they can't be read; the message names the computer
	 */
	public NucleusDataset open() throws IOException {
		try {
			return NucleusDataset.open(here());
		}
		catch (final IOException e) {
			throw new IOException("The training images " + location + " can't be opened on " + InetAddress.getLocalHost()
				.getHostName() + ": " + Messages.of(e) + " A folder has to be there under the same path on every computer of the " +
				"cluster; or give a zip archive, which is sent to all, or the URI of a Hadoop file system.", e);
		}
	}

	private Path here() throws IOException {
		if (sentFile != null) return Paths.get(SparkFiles.get(sentFile));
		if (hadoop == null) return Paths.get(location);
		final org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(location);
		// Spark removes this folder when the program ends.
		final Path folder = Files.createTempDirectory(Paths.get(SparkFiles.getRootDirectory()), "images");
		final Path copy = folder.resolve(source.getName());
		final FileSystem files = source.getFileSystem(hadoop.value());
		files.copyToLocalFile(false, source, new org.apache.hadoop.fs.Path(copy.toUri()), true);
		return copy;
	}

	@Override
	public String toString() {
		return location;
	}
}
