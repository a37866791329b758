// Ki67 index of a section stained with haematoxylin and DAB: the percentage of nuclei with a mean optical density of DAB from a
// threshold on, and the H-score with three grades. Writes classes and percentages as CSV. Check the overlay before you trust
// the numbers. Runs in Fiji without a display, too.

arguments = split(getArgument(), "\n");
if (arguments.length < 3) {
	arguments = newArray(File.openDialog("A section, RGB"), getDirectory("Where to save the tables"),
		getString("Optical density of 1+, 2+ and 3+", "0.2,0.4,0.6"));
}

open(arguments[0]);
title = getTitle();
run("Classify Nuclei...", "model=nuclei channel=all stains=h-dab marker=DAB cutoff=[" + arguments[2] + "]");

name = arguments[1] + File.separator + File.getNameWithoutExtension(title);
call("io.github.nuclei4j.Numbers.save", title + " classes", name + "_classes.csv");
call("io.github.nuclei4j.Numbers.save", title + " percentages", name + "_percentages.csv");
percent = split(call("io.github.nuclei4j.Numbers.column", title + " percentages", "Percent"), "\n");
lower = split(call("io.github.nuclei4j.Numbers.column", title + " percentages", "Lower95"), "\n");
upper = split(call("io.github.nuclei4j.Numbers.column", title + " percentages", "Upper95"), "\n");
scores = split(call("io.github.nuclei4j.Numbers.column", title + " percentages", "HScore"), "\n");
print("Ki67 index " + percent[0] + " % (95 % interval " + lower[0] + " to " + upper[0] + " %), H-score " + scores[0]);
