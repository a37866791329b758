package io.github.nuclei4j.spark;

import java.io.IOException;
import java.net.URI;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.TaskContext;

/**
 * This computer's files under another scheme, {@code other:}, so that programs don't know that they are here. It can fail, and
 * a task that opens a file whose name begins with {@code deadly} ends its virtual machine.
 */
public final class OtherFileSystem extends RawLocalFileSystem {

	private static final URI NAME = URI.create("other:///");
	private static final Watch NOTHING = (operation, path) -> {};
	private static volatile Watch watch = NOTHING;

	/** Sees what is done, and can prevent it. */
	@FunctionalInterface
	public interface Watch {

		/** @param operation create, open, rename, delete */
		void before(String operation, Path path) throws IOException;
	}

	/** Makes the scheme known. */
	public static void register(final Configuration hadoop) {
		hadoop.set("fs.other.impl", OtherFileSystem.class.getName());
	}

	/** @param next sees everything from now on; null for none */
	public static void watch(final Watch next) {
		watch = next == null ? NOTHING : next;
	}

	/** The address of a file or folder. */
	public static String uri(final java.nio.file.Path path) {
		return NAME.getScheme() + "://" + path.toAbsolutePath();
	}

	@Override
	public URI getUri() {
		return NAME;
	}

	@Override
	public String getScheme() {
		return NAME.getScheme();
	}

	@Override
	public FSDataOutputStream create(final Path path, final FsPermission permission, final boolean overwrite, final int buffer,
		final short replication, final long block, final Progressable progress) throws IOException
	{
		watch.before("create", path);
		return super.create(path, permission, overwrite, buffer, replication, block, progress);
	}

	@Override
	public FSDataOutputStream create(final Path path, final boolean overwrite, final int buffer, final short replication,
		final long block, final Progressable progress) throws IOException
	{
		watch.before("create", path);
		return super.create(path, overwrite, buffer, replication, block, progress);
	}

	@Override
	public FSDataInputStream open(final Path path, final int buffer) throws IOException {
		watch.before("open", path);
		if (TaskContext.get() != null && path.getName().startsWith("deadly")) Runtime.getRuntime().halt(3);
		return super.open(path, buffer);
	}

	@Override
	public boolean rename(final Path from, final Path to) throws IOException {
		watch.before("rename", from);
		return super.rename(from, to);
	}

	@Override
	public boolean delete(final Path path, final boolean recursive) throws IOException {
		watch.before("delete", path);
		return super.delete(path, recursive);
	}
}
