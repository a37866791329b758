package io.github.nuclei4j.spark;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone cluster of separate virtual machines on this computer: a master and workers, all on loopback, with the class
 * path of this program, or with nothing but Spark.
 */
public final class LocalCluster implements AutoCloseable {

	private static final String HOST = "127.0.0.1";
	private static final int PATIENCE_MILLISECONDS = 60_000;

	/** Of masters, workers and submitted programs. */
	private static final String HEAP = "-Xmx1g";

	private final Path folder;
	private final int cores;
	private final String memory;
	private final boolean installed;
	private final String classPath;
	private final String url;
	private final Map<String, String> settings = new LinkedHashMap<>();
	private final List<Path> links = new ArrayList<>();
	private final List<Process> workers = new ArrayList<>();
	private Process master;

	/**
	 * Starts a cluster.
	 *
	 * @param folder for logs and the workers' files
	 * @param size how many workers
	 * @param memory heap of each worker's executor, such as {@code 2g}
	 */
	public LocalCluster(final Path folder, final int size, final String memory) throws IOException {
		this(folder, size, 1, memory);
	}

	/**
	 * Starts a cluster whose workers say that they have so many cores, and get as many tasks; returns when the master knows them.
	 *
	 * @param cores of each worker, whatever this computer has
	 * @see #LocalCluster(Path, int, String)
	 */
	public LocalCluster(final Path folder, final int size, final int cores, final String memory) throws IOException {
		this(folder, size, cores, memory, Collections.emptyList());
	}

	/**
	 * Starts a cluster like that of a Spark installation.
	 *
	 * @param jars of Spark, all that masters, workers and executors know; none for the class path of this program
	 * @see #LocalCluster(Path, int, int, String)
	 */
	public LocalCluster(final Path folder, final int size, final int cores, final String memory, final List<Path> jars)
		throws IOException
	{
		this.folder = folder;
		this.cores = cores;
		this.memory = memory;
		// where Spark looks for its jars
		final Path home = Files.createDirectories(folder.resolve("home/jars"));
		for (final Path jar : jars) links.add(Files.createSymbolicLink(home.resolve(jar.getFileName()), jar));
		installed = !jars.isEmpty();
		classPath = installed ? home + "/*" : System.getProperty("java.class.path");
		final int port = freePort();
		final int page = freePort();
		url = "spark://" + HOST + ":" + port;
		boolean started = false;
		try {
			master = start("master", Collections.emptyList(), "org.apache.spark.deploy.master.Master", "--host", HOST, "--port",
				"" + port, "--webui-port", "" + page);
			await("The master did not start", () -> connects(port));
			for (int i = 1; i <= size; i++) {
				workers.add(start("worker" + i, Collections.emptyList(), "org.apache.spark.deploy.worker.Worker", "--host", HOST,
					"--cores", "" + cores, "--memory", memory, "--webui-port", "0", "--work-dir", folder.resolve("work" +
						i).toString(), url));
			}
			await("The workers did not start", () -> tells(page, "\"aliveworkers\" : " + size));
			started = true;
		}
		finally {
			if (!started) close();
		}
	}

	/** Gives the programs that are submitted from now on a setting of Spark. */
	public LocalCluster set(final String key, final String value) {
		settings.put(key, value);
		return this;
	}

	/** What a program needs to run on it, with executors that take a worker each and use one thread in each task. */
	public SparkConf conf() {
		final SparkConf conf = new SparkConf().setMaster(url).set("spark.driver.host", HOST).set("spark.driver.bindAddress", HOST).set(
			"spark.ui.enabled", "false").set("spark.executor.cores", "" + cores).set("spark.executor.memory", memory).set(
				"spark.executorEnv.OMP_NUM_THREADS", "1").set("spark.executor.extraJavaOptions", "-XX:ActiveProcessorCount=1 -Djava.awt.headless=true");
		if (!installed) conf.set("spark.executor.extraClassPath", classPath);
		settings.forEach(conf::set);
		return conf;
	}

	/** The master's address. */
	public String url() {
		return url;
	}

	/**
	 * Starts this project's program on the cluster, in a virtual machine of its own whose log is {@code driver}.
	 *
	 * @param arguments such as {@code segment --input ...}
	 */
	public Process submit(final String... arguments) throws IOException {
		final List<String> properties = settings().stream().map(setting -> "-D" + setting).collect(Collectors.toList());
		final List<String> all = new ArrayList<>(Arrays.asList(Nuclei4jSpark.class.getName(), arguments[0], "--master", url));
		all.addAll(Arrays.asList(arguments).subList(1, arguments.length));
		return start("driver", properties, all.toArray(new String[0]));
	}

	/**
	 * Starts what Spark's script {@code spark-submit} starts; its log is {@code driver}.
	 *
	 * @param mode {@code client}: the program runs in that virtual machine; {@code cluster}: in one that a worker starts
	 * @param arguments a jar and what its program takes
	 */
	public Process sparkSubmit(final String mode, final String... arguments) throws IOException {
		final List<String> all = new ArrayList<>(Arrays.asList("org.apache.spark.deploy.SparkSubmit", "--master", url,
			"--deploy-mode", mode));
		settings().forEach(setting -> Collections.addAll(all, "--conf", setting));
		Collections.addAll(all, arguments);
		return start("driver", Collections.emptyList(), all.toArray(new String[0]));
	}

	private List<String> settings() {
		return Arrays.stream(conf().getAll()).filter(setting -> !setting._1.equals("spark.master")).map(setting -> setting._1 +
			"=" + setting._2).collect(Collectors.toList());
	}

	/** Kills a worker, from 1, with its executors, without warning, as a computer ends whose power fails. */
	public void kill(final int worker) {
		end(workers.get(worker - 1));
	}

	/** Whether a worker, from 1, has started an executor. */
	public boolean hasExecutor(final int worker) {
		return workers.get(worker - 1).descendants().findAny().isPresent();
	}

	/** What a process has printed: {@code master}, {@code worker1}, ..., {@code driver}. */
	public String log(final String name) throws IOException {
		return new String(Files.readAllBytes(folder.resolve(name + ".log")), StandardCharsets.UTF_8);
	}

	/** What programs have printed that workers started, in the mode {@code cluster}. */
	public String logsOfWorkers() throws IOException {
		final StringBuilder text = new StringBuilder();
		try (Stream<Path> files = Files.find(folder, 4, (file, attributes) -> file.getFileName().toString().equals("stderr") &&
			file.getParent().getFileName().toString().startsWith("driver-")))
		{
			for (final Path file : files.collect(Collectors.toList())) text.append(new String(Files.readAllBytes(file),
				StandardCharsets.UTF_8));
		}
		return text.toString();
	}

	/** What the cluster's own processes have printed. */
	private String logs() throws IOException {
		final StringBuilder text = new StringBuilder();
		try (Stream<Path> files = Files.list(folder)) {
			for (final Path file : files.filter(file -> file.toString().endsWith(".log")).sorted().collect(Collectors.toList())) {
				text.append(file.getFileName()).append(":\n").append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
			}
		}
		return text.toString();
	}

	private Process start(final String name, final List<String> properties, final String... command) throws IOException {
		final ProcessBuilder builder = java(folder.resolve(name + ".log"), classPath, properties, command);
		builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
		builder.environment().put("SPARK_SCALA_VERSION", "2.12");
		builder.environment().put("SPARK_LOCAL_IP", HOST);
		return builder.start();
	}

	/**
	 * A virtual machine with the class path of this one, and one thread in the network.
	 *
	 * @param log what it prints
	 * @param properties options of Java
	 * @param command class and arguments
	 */
	public static ProcessBuilder java(final Path log, final List<String> properties, final String... command) {
		return java(log, System.getProperty("java.class.path"), properties, command);
	}

	private static ProcessBuilder java(final Path log, final String classPath, final List<String> properties,
		final String... command)
	{
		final List<String> all = new ArrayList<>();
		all.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
		all.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
		Collections.addAll(all, HEAP, "-Djava.awt.headless=true");
		all.addAll(properties);
		Collections.addAll(all, "-cp", classPath);
		Collections.addAll(all, command);
		final ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log
			.toFile());
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		builder.environment().put("OMP_NUM_THREADS", "1");
		return builder;
	}

	private void await(final String failure, final BooleanSupplier ready) throws IOException {
		final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLISECONDS);
		while (!ready.getAsBoolean()) {
			if (System.nanoTime() > end) throw new IOException(failure + " within " + PATIENCE_MILLISECONDS +
				" ms.\n" + logs());
			try {
				Thread.sleep(100);
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new IOException(e);
			}
		}
	}

	private static boolean connects(final int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(HOST, port), 1000);
			return true;
		}
		catch (final IOException e) {
			return false;
		}
	}

	/** Whether the master's page says something of the cluster. */
	private static boolean tells(final int page, final String what) {
		try (InputStream in = new URL("http://" + HOST + ":" + page + "/json/").openStream()) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(what);
		}
		catch (final IOException e) {
			return false;
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

	/** Ends all processes of the cluster; a submitted program is for its user to end. */
	@Override
	public void close() {
		workers.forEach(LocalCluster::end);
		if (master != null) end(master);
		// JUnit warns of each that it finds in a temporary folder
		links.forEach(link -> link.toFile().delete());
	}
}
