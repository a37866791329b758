// Finds the nuclei in channel 1 of an image with two channels or more, and tells which of them are bright in channel 2:
// those whose mean is above a threshold. Adds a column "Positive" to the table of nuclei, which is saved as CSV.

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
positive = 0;
for (i = 0; i < Table.size(nuclei); i++) {
	isPositive = Table.get("Mean2", i, nuclei) >= threshold;
	Table.set("Positive", i, isPositive, nuclei);
	positive += isPositive;
}
Table.update(nuclei);
Table.save(arguments[1] + File.separator + File.getNameWithoutExtension(title) + "_nuclei.csv", nuclei);
print(positive + " of " + Table.size(nuclei) + " nuclei are positive");
