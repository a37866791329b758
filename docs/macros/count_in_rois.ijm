// Counts the nuclei in regions that were drawn before and saved from the ROI Manager (More > Save...). Segments the image
// once, and counts by two rules: a nucleus belongs where its centre is, or only where all of it is. Writes a CSV file.
// Needs a display, because the ROI Manager is a window.

paths = split(getArgument(), "\n");
if (paths.length < 3) {
	paths = newArray(File.openDialog("The image"), File.openDialog("The regions (.roi or .zip)"),
		getDirectory("Folder for the table"));
}

open(paths[0]);
image = getTitle();
run("Segment Nuclei...", "model=nuclei labels=true table=false");
labels = image + " labels";

selectImage(image);
roiManager("open", paths[1]);
run("Count Nuclei in ROIs...", "regions=manager rule=inside labelimage=[" + labels + "]");
counts = image + " counts"; // the second run replaces the table of the first
whole = split(call("io.github.nuclei4j.Numbers.column", counts, "Count"), "\n");
run("Count Nuclei in ROIs...", "regions=manager rule=centroid labelimage=[" + labels + "]");

for (i = 0; i < whole.length; i++) {
	Table.set("WholeNuclei", i, whole[i], counts);
	print(Table.getString("Label", i, counts) + ": " + Table.get("Count", i, counts) + " nuclei, " + whole[i] + " of them whole");
}
Table.update(counts);
Table.save(paths[2] + File.separator + File.getNameWithoutExtension(image) + "_counts.csv", counts);
