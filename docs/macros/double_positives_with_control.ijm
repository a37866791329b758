// Which nuclei are positive for two markers? The thresholds are the 99th percentile of a negative control, an image of nuclei
// without the markers. Writes the classes of all nuclei and the percentages as CSV. Runs in Fiji without a display, too.

arguments = split(getArgument(), "\n");
if (arguments.length < 3) {
	arguments = newArray(File.openDialog("An image with nuclei and two markers"), File.openDialog("The negative control"),
		getDirectory("Where to save the tables"));
}

open(arguments[1]);
control = getTitle();
open(arguments[0]);
title = getTitle();
if (title == control) exit("Image and control have the same name, " + title + ". Rename one of the files.");
run("Classify Nuclei...", "model=nuclei channel=1 marker=2 cutoff=control:99 others=[3:nucleus:mean=control:99] control=[" + control + "]");

name = arguments[2] + File.separator + File.getNameWithoutExtension(title);
call("io.github.nuclei4j.Numbers.save", title + " classes", name + "_classes.csv");
call("io.github.nuclei4j.Numbers.save", title + " percentages", name + "_percentages.csv");
classes = split(call("io.github.nuclei4j.Numbers.column", title + " percentages", "Class"), "\n");
counts = split(call("io.github.nuclei4j.Numbers.column", title + " percentages", "Count"), "\n");
percent = split(call("io.github.nuclei4j.Numbers.column", title + " percentages", "Percent"), "\n");
// after the two markers comes the combination of both
print(classes[2] + ": " + counts[2] + " nuclei, " + percent[2] + " %");
