// Follows the ratio of a protein in the nucleus to that in a ring around it over the frames of a time series: one row per frame
// with the number of cells and the mean ratio, as CSV. Runs in Fiji without a display, too.

arguments = split(getArgument(), "\n");
if (arguments.length < 3) {
	arguments = newArray(File.openDialog("A time series of nuclei and a protein"), getDirectory("Where to save the table"),
		getNumber("Channel of the protein", 2));
}
channel = parseInt(arguments[2]);

open(arguments[0]);
title = getTitle();
getDimensions(width, height, channels, slices, frames);
if (channel < 1 || channel > channels) exit(title + " has " + channels + " channels, channel " + channel + " is none of them");
run("Measure Cells...", "model=nuclei channel=1 distance=8 gap=1");

table = title + " cells";
columns = split(call("io.github.nuclei4j.Numbers.columns", table), "\n");
found = 0;
for (i = 0; i < columns.length; i++) {
	if (startsWith(columns[i], "Nucleus/Ring: ")) {
		found++;
		if (found == channel) ratio = columns[i];
	}
}
at = split(call("io.github.nuclei4j.Numbers.column", table, "Frame"), "\n");
ratios = split(call("io.github.nuclei4j.Numbers.column", table, ratio), "\n");
cells = newArray(frames + 1);
sums = newArray(frames + 1);
for (i = 0; i < at.length; i++) {
	value = parseFloat(ratios[i]);
	if (!isNaN(value)) {
		frame = parseInt(at[i]);
		cells[frame] = cells[frame] + 1;
		sums[frame] = sums[frame] + value;
	}
}
rows = "Frame,Cells,Ratio\n";
for (frame = 1; frame <= frames; frame++) {
	rows = rows + frame + "," + cells[frame] + ",";
	if (cells[frame] > 0) rows = rows + sums[frame] / cells[frame];
	rows = rows + "\n";
}
File.saveString(rows, arguments[1] + File.separator + File.getNameWithoutExtension(title) + "_ratio.csv");
print(frames + " frames of " + title + ": " + ratio);
