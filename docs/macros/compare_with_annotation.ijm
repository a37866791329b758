// Segments an image and compares the nuclei with a manual annotation of it: a label image, in which every nucleus has
// its own number and the background is 0. Prints how many nuclei are right, and shows the tables of scores.

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
print("F1 of " + image + " is " + d2s(Table.get("F1", 0, scores), 3));

// one row for each annotated nucleus and one for each nucleus that was found
nuclei = predicted + " evaluated nuclei";
annotated = 0;
right = 0;
for (i = 0; i < Table.size(nuclei); i++) {
	if (Table.getString("Labels", i, nuclei) == "true") {
		annotated++;
		if (Table.getString("Outcome", i, nuclei) == "correct") right++;
	}
}
print(right + " of " + annotated + " annotated nuclei were found");
