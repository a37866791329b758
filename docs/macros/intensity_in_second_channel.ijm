// Finds the nuclei in channel 1 of an image with two channels or more, and tells which of them are bright in channel 2:
// those whose mean is above a threshold. Prints how many, and writes the label, the mean and whether it is positive of each
// nucleus as CSV. Runs in Fiji without a display, too.

arguments = split(getArgument(), "\n");
if (arguments.length < 3) {
	arguments = newArray(File.openDialog("An image with two channels"), getDirectory("Where to save the table"),
		getNumber("Nuclei are positive from a mean of", 100));
}
threshold = parseFloat(arguments[2]);

open(arguments[0]);
title = getTitle();
getDimensions(width, height, channels, slices, frames);
if (channels < 2) exit(title + " has one channel only");
run("Segment Nuclei...", "model=nuclei channel=1 table=true");

nuclei = title + " nuclei";
labels = split(call("io.github.nuclei4j.Numbers.column", nuclei, "Label"), "\n");
means = split(call("io.github.nuclei4j.Numbers.column", nuclei, "Mean2"), "\n");
x = split(call("io.github.nuclei4j.Numbers.column", nuclei, "X"), "\n");
positive = 0;
rows = "Label,X,Mean2,Positive\n";
for (i = 0; i < labels.length; i++) {
	isPositive = parseFloat(means[i]) >= threshold;
	rows = rows + labels[i] + "," + x[i] + "," + means[i] + "," + isPositive + "\n";
	positive += isPositive;
}
File.saveString(rows, arguments[1] + File.separator + File.getNameWithoutExtension(title) + "_nuclei.csv");
print(positive + " of " + labels.length + " nuclei are positive");
