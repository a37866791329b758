// Segments an image and compares the nuclei with a manual annotation of it: a label image, in which every nucleus has
// its own number and the background is 0. Prints how many nuclei are right, and shows the tables of scores. Runs in Fiji
// without a display, too.

paths = split(getArgument(), "\n");
if (paths.length < 2) {
	paths = newArray(File.openDialog("The image"), File.openDialog("Its annotation (a label image)"));
}

open(paths[0]);
image = getTitle();
run("Segment Nuclei...", "model=nuclei overlay=false table=false labels=true");
predicted = image + " labels";

open(paths[1]);
truth = getTitle();
run("Evaluate Segmentation...", "truth=[" + truth + "] predicted=[" + predicted + "] image=[" + image + "]");

scores = predicted + " evaluation";
f1 = parseFloat(call("io.github.nuclei4j.Numbers.value", scores, "F1", 0));
print("F1 of " + image + " is " + d2s(f1, 3));

// one row for each annotated nucleus and one for each nucleus that was found
nuclei = predicted + " evaluated nuclei";
isAnnotated = split(call("io.github.nuclei4j.Numbers.column", nuclei, "Labels"), "\n");
outcomes = split(call("io.github.nuclei4j.Numbers.column", nuclei, "Outcome"), "\n");
annotated = 0;
right = 0;
for (i = 0; i < outcomes.length; i++) {
	if (isAnnotated[i] == "true") {
		annotated++;
		if (outcomes[i] == "correct") right++;
	}
}
print(right + " of " + annotated + " annotated nuclei were found");
