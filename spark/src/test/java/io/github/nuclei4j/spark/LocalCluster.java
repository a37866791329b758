package io.github.nuclei4j.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone cluster of separate virtual machines on this computer: a master, and workers of one core each, all on
 * loopback, with the class path of this program.
 */
public final class LocalCluster implements AutoCloseable {

	private static final String HOST = "127.0.0.1";
	private static final int PATIENCE_MILLISECONDS = 30_000;

	private final Path folder;
	private final String url;
	private final List<Process> processes = new ArrayList<>();

	/**
	 * Starts a cluster.
	 *
	 * @param folder for logs and the workers' files
	 * @param workers how many
	 * @param memory of each, such as {@code 3g}
	 */
	public LocalCluster(final Path folder, final int workers, final String memory) throws IOException {
		this.folder = folder;
		// Spark's scripts look for its jars there; here they are on the class path
		Files.createDirectories(folder.resolve("home/jars"));
		final int port = freePort();
		url = "spark://" + HOST + ":" + port;
		boolean started = false;
		try {
			start("master", "org.apache.spark.deploy.master.Master", "--host", HOST, "--port", "" + port, "--webui-port", "" +
				freePort());
			await(port);
			for (int i = 1; i <= workers; i++) start("worker" + i, "org.apache.spark.deploy.worker.Worker", "--host", HOST,
				"--cores", "1", "--memory", memory, "--webui-port", "" + freePort(), "--work-dir", folder.resolve("work" + i)
					.toString(), url);
			started = true;
		}
		finally {
			if (!started) close();
		}
	}

	/** What a program needs to run on it, with executors that take a worker each and use one thread. */
	public SparkConf conf() {
		return new SparkConf().setMaster(url).set("spark.driver.host", HOST).set("spark.driver.bindAddress", HOST).set(
			"spark.ui.enabled", "false").set("spark.executor.cores", "1").set("spark.executor.memory", "2g").set(
				"spark.executor.extraClassPath", System.getProperty("java.class.path")).set("spark.executorEnv.OMP_NUM_THREADS",
					"1").set("spark.executor.extraJavaOptions", "-XX:ActiveProcessorCount=1 -Djava.awt.headless=true");
	}

	/** The master's address. */
	public String url() {
		return url;
	}

	/** Kills a worker, from 1, with its executor, without warning. */
	public void kill(final int worker) {
		end(processes.get(worker));
	}

	private void start(final String name, final String... command) throws IOException {
		final List<String> all = new ArrayList<>();
		all.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
		all.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
		Collections.addAll(all, "-Xmx512m", "-cp", System.getProperty("java.class.path"));
		Collections.addAll(all, command);
		final ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(folder.resolve(name +
			".log").toFile());
		builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
		builder.environment().put("SPARK_SCALA_VERSION", "2.12");
		builder.environment().put("SPARK_LOCAL_IP", HOST);
		builder.directory(new File(folder.toString()));
		processes.add(builder.start());
	}

	private static void await(final int port) throws IOException {
		final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLISECONDS);
		while (true) {
			try (Socket socket = new Socket()) {
				socket.connect(new InetSocketAddress(HOST, port), 1000);
				return;
			}
			catch (final IOException e) {
				if (System.nanoTime() > end) throw new IOException("The master did not start within " + PATIENCE_MILLISECONDS +
					" ms: see its log.", e);
				try {
					Thread.sleep(100);
				}
				catch (final InterruptedException f) {
					Thread.currentThread().interrupt();
					throw new IOException(f);
				}
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
			return socket.getLocalPort();
		}
	}

	private static void end(final Process process) {
		process.descendants().forEach(ProcessHandle::destroyForcibly);
		process.destroyForcibly();
	}

	/** Ends all processes. */
	@Override
	public void close() {
		for (int i = processes.size() - 1; i >= 0; i--) end(processes.get(i));
	}
}
