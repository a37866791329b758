package io.github.nuclei4j;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** Holds the graph of the packages: data flows one way, and a package uses only those it has an arrow to. */
class ArchitectureTest {

	private static final String ROOT = "io.github.nuclei4j";

	/** For each package those it has an arrow to; it may use them and what they have arrows to. A package that doesn't exist yet is no error. */
	private static final Map<String, List<String>> ARROWS = new LinkedHashMap<>();

	static {
		arrows("util");
		arrows("image", "util");
		arrows("dataset", "image");
		arrows("tensor", "dataset");
		arrows("model", "tensor");
		arrows("onnx");
		arrows("engine", "model", "onnx");
		arrows("network", "model");
		arrows("training", "engine", "network");
		arrows("inference", "engine", "network", "onnx");
		arrows("separate", "inference");
		arrows("segment", "separate");
		arrows("volume", "segment");
		arrows("measure", "segment", "volume");
		arrows("cells", "measure");
		arrows("batch", "cells");
		arrows("edit", "segment", "measure", "training");
		arrows("evaluation", "measure", "training");
		arrows("quantization", "evaluation");
		arrows("check", "batch", "quantization", "edit");
		arrows("export", "check");
	}

	private static final Set<String> STAGES = ARROWS.keySet();

	/** The programming interface for scripts, in the root package. It stands beside the entrances, and nobody uses it. */
	private static final String SCRIPTS = ROOT + ".Nuclei";

	/** What macros call, in the root package: it uses the commands, and nobody uses it. */
	private static final String MACROS = ROOT + ".Numbers";

	/** What people call; they stand side by side at the right end and don't use each other. */
	private static final List<String> ENTRANCES = Collections.unmodifiableList(Arrays.asList("command", "cli"));

	private static JavaClasses classes;

	@BeforeAll
	static void readClasses() {
		classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);
		assertFalse(classes.isEmpty(), "No classes found below " + ROOT);
	}

	@Test
	void aPackageUsesOnlyThoseItHasAnArrowTo() {
		for (final String user : STAGES) {
			final Set<String> others = new TreeSet<>(STAGES);
			others.addAll(ENTRANCES);
			others.removeAll(reachable(user));
			forbid(user, others);
		}
	}

	/** In inference it is the predictor for machines for which the engine has no library. Segmenting must need no Deeplearning4j where the engine runs; see WithoutDeeplearning4jTest, too. */
	@Test
	void deeplearning4jStaysInItsRooms() {
		noClasses().that().resideInAnyPackage(packages(STAGES)).and().resideOutsideOfPackages(packages(Arrays.asList("network", "training", "inference"))).should()
			.dependOnClassesThat().resideInAnyPackage("org.deeplearning4j..", "org.nd4j..").check(classes);
	}

	@Test
	void everyPackageSaysWhatItHolds() {
		final Path sources = Paths.get("src", "main", "java", "io", "github", "nuclei4j");
		final Set<String> silent = new TreeSet<>(STAGES);
		silent.addAll(ENTRANCES);
		silent.removeIf(name -> !Files.isDirectory(sources.resolve(name)) || Files.isRegularFile(sources.resolve(name).resolve("package-info.java")));
		assertEquals(Collections.emptySet(), silent, "Packages without package-info.java");
	}

	@Test
	void commandsAndCommandLineDoNotUseEachOther() {
		forbid("command", Collections.singleton("cli"));
		forbid("cli", Collections.singleton("command"));
	}

	@Test
	void everyPackageHasItsPlaceInTheOrder() {
		final Set<String> known = new TreeSet<>(STAGES);
		known.addAll(ENTRANCES);
		final Set<String> unknown = classes.stream().filter(type -> !type.getName().matches("(\\Q" + SCRIPTS + "\\E|\\Q" + MACROS + "\\E)(\\$.*)?")).map(type -> type.getPackageName()).filter(name -> name.startsWith(ROOT)).map(
			name -> name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).split("\\.")[0]).filter(name -> !known.contains(name)).collect(
				Collectors.toCollection(TreeSet::new));
		assertEquals(Collections.emptySet(), unknown, "Packages without a place in the order");
	}

	@Test
	void theInterfaceForScriptsUsesOnlyThePipelineAndNobodyUsesIt() {
		noClasses().that().haveFullyQualifiedName(SCRIPTS).should().dependOnClassesThat().resideInAnyPackage(packages(ENTRANCES)).allowEmptyShould(true)
			.check(classes);
		noClasses().that().doNotHaveFullyQualifiedName(SCRIPTS).should().dependOnClassesThat().haveFullyQualifiedName(SCRIPTS).check(classes);
		noClasses().that().resideInAPackage(ROOT + ".*").should().dependOnClassesThat().haveFullyQualifiedName(MACROS).check(classes);
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true).check(classes);
	}

	@Test
	void nothingBelowTheCommandsShowsWindows() {
		noClasses().that().resideInAnyPackage(packages(STAGES)).or().haveFullyQualifiedName(SCRIPTS).should().dependOnClassesThat(resideInAnyPackage(
			"javax.swing..", "ij.plugin.frame..")
			.or(nameMatching("ij\\.gui\\..*Dialog.*")).or(nameMatching("ij\\.gui\\..*(Window|Canvas).*")).or(nameMatching(
				"java\\.awt\\.(Window|Frame|Dialog|FileDialog|Toolkit)"))).because("it must run on servers and be called by programs").allowEmptyShould(true)
			.check(classes);
	}

	/** Model files, data sets and images are made by anybody: what they hold is data, and never decides which classes are made. */
	@Test
	void noFileNamesAClass() {
		final String why = "a file from others could have any class of the class path instantiated";
		noClasses().should().dependOnClassesThat(nameMatching("java\\.io\\.(ObjectInputStream|ObjectInput|Externalizable)|java\\.beans\\.XML.*|" +
			"javax\\.script\\..*|java\\.rmi\\..*|javax\\.naming\\..*|org\\.deeplearning4j\\.util\\.ModelSerializer|" +
			"org\\.nd4j\\.common\\.util\\.SerializationUtils|.*\\.SerDe.*|.*\\.yaml\\..*|org\\.nd4j\\.shade\\.jackson\\.databind\\..*")).because(why).check(
				classes);
		noClasses().should().callMethodWhere(calls("org\\.nd4j\\.linalg\\.factory\\.Nd4j", "read.*|load.*|fromByteArray|fromNp.*|createFromNp.*"))
			.because(why).check(classes);
		// the classes of Bio-Formats and of ZSTD, the commands of plugins.config, and what Check Installation looks for are named in the program
		noClasses().that().doNotHaveFullyQualifiedName(ROOT + ".image.BioFormats").and().doNotHaveFullyQualifiedName(ROOT + ".image.Zstd").and().doNotHaveFullyQualifiedName(ROOT +
			".command.PlainRunner").and().doNotHaveFullyQualifiedName(ROOT + ".check.Requirements").should().callMethodWhere(calls(
				"java\\.lang\\..*|java\\.util\\.ServiceLoader", "forName|loadClass|newInstance|defineClass|load")).because(why).check(classes);
	}

	private static DescribedPredicate<JavaCall<?>> calls(final String owners, final String methods) {
		return DescribedPredicate.describe(owners + " " + methods, call -> call.getTargetOwner().getName().matches(owners) && call.getName()
			.matches(methods));
	}

	private static void arrows(final String user, final String... used) {
		ARROWS.put(user, Arrays.asList(used));
	}

	/** A package and all it may use. */
	private static Set<String> reachable(final String user) {
		final Set<String> reachable = new TreeSet<>(Collections.singleton(user));
		for (final String used : ARROWS.get(user)) reachable.addAll(reachable(used));
		return reachable;
	}

	private static void forbid(final String user, final Set<String> used) {
		noClasses().that().resideInAnyPackage(packages(Collections.singleton(user))).should().dependOnClassesThat().resideInAnyPackage(packages(used))
			.because("it has no arrow to it: " + ARROWS).allowEmptyShould(true).check(classes);
	}

	private static String[] packages(final Collection<String> names) {
		return names.stream().map(name -> ROOT + "." + name + "..").toArray(String[]::new);
	}
}
