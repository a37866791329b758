package io.github.nuclei4j.spark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A cluster of Spark on this computer: a master and workers of one core each, in virtual machines of their own, on loopback. */
final class StandaloneCluster implements AutoCloseable {

	private static final String HOST = "127.0.0.1";

	private final Path folder;
	private final String url;
	private final Process master;
	private final List<Process> workers = new ArrayList<>();

	/** @param folder for logs and what a Spark installation would hold */
	StandaloneCluster(final Path folder, final int size) throws IOException {
		this.folder = folder;
		final Path jars = Files.createDirectories(folder.resolve("home").resolve("jars"));
		for (final String entry : classPath()) {
			final Path file = Paths.get(entry);
			if (entry.endsWith(".jar")) Files.createSymbolicLink(jars.resolve(file.getFileName()), file.toAbsolutePath());
		}
		final int port;
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
			port = free.getLocalPort();
		}
		url = "spark://" + HOST + ":" + port;
		master = start("master", "org.apache.spark.deploy.master.Master", "--host", HOST, "--port", Integer.toString(port),
			"--webui-port", "0");
		for (int i = 0; i < size; i++) {
			workers.add(start("worker" + i, "org.apache.spark.deploy.worker.Worker", "--host", HOST, "--cores", "1", "--memory",
				"2g", "--webui-port", "0", "--work-dir", folder.resolve("work" + i).toString(), url));
		}
	}

	private static List<String> classPath() {
		return Arrays.asList(System.getProperty("java.class.path").split(System.getProperty("path.separator")));
	}

	/**
	 * Starts the program on the cluster, in a virtual machine of its own.
	 *
	 * @param arguments such as {@code segment --input ...}
	 */
	Process submit(final String... arguments) throws IOException {
		final List<String> all = new ArrayList<>(Arrays.asList(arguments));
		all.addAll(1, Arrays.asList("--master", url));
		return start("driver", Nuclei4jSpark.class.getName(), all.toArray(new String[0]));
	}

	private Process start(final String name, final String main, final String... arguments) throws IOException {
		final List<String> command = new ArrayList<>();
		command.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(argument -> argument.startsWith(
			"--add-opens")).collect(Collectors.toList()));
		command.addAll(Arrays.asList("-Xmx1g", "-Djava.awt.headless=true", "-Dspark.executor.memory=1500m",
			"-Dspark.driver.host=" + HOST, "-Dspark.ui.enabled=false", "-Dspark.executor.extraClassPath=" + classPath().stream()
				.filter(entry -> !entry.endsWith(".jar")).map(entry -> Paths.get(entry).toAbsolutePath().toString()).collect(Collectors
					.joining(":")), "-cp", System.getProperty("java.class.path"), main));
		command.addAll(Arrays.asList(arguments));
		final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve(name +
			".log").toFile());
		builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
		builder.environment().put("SPARK_LOCAL_IP", HOST);
		builder.environment().put("SPARK_SCALA_VERSION", "2.12");
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		builder.environment().put("OMP_NUM_THREADS", "1");
		return builder.start();
	}

	/** Kills a worker and its executors, as a computer does whose power fails. */
	void kill(final int worker) {
		final Process process = workers.get(worker);
		process.descendants().forEach(ProcessHandle::destroyForcibly);
		process.destroyForcibly();
	}

	/** Whether a worker has started an executor. */
	boolean hasExecutor(final int worker) {
		return workers.get(worker).descendants().findAny().isPresent();
	}

	/** What a process has printed: master, worker0, worker1, driver. */
	String log(final String name) throws IOException {
		return new String(Files.readAllBytes(folder.resolve(name + ".log")), java.nio.charset.StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		for (int i = 0; i < workers.size(); i++) kill(i);
		master.destroyForcibly();
	}
}
