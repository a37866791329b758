// For each image of a folder, which nuclei are positive in a channel? Writes a table with a row per image: nuclei, positive ones,
// percentage and its 95 % interval, all with the same threshold. Runs in Fiji without a display, too.

arguments = split(getArgument(), "\n");
if (arguments.length < 4) {
	arguments = newArray(getDirectory("Images"), getDirectory("Where to save the table"),
		getString("Channel of the marker, number or name", "2"), getString("Nuclei are positive from a mean of", "100"));
}
folder = arguments[0];
if (!endsWith(folder, File.separator)) folder = folder + File.separator;

rows = "Image,Nuclei,Positive,Percent,Lower95,Upper95\n";
files = getFileList(folder);
for (i = 0; i < files.length; i++) {
	if (!endsWith(files[i], ".tif")) continue;
	open(folder + files[i]);
	title = getTitle();
	run("Classify Nuclei...", "model=nuclei channel=1 marker=[" + arguments[2] + "] cutoff=" + arguments[3] + " table=false");
	table = title + " percentages";
	row = files[i];
	columns = newArray("Nuclei", "Count", "Percent", "Lower95", "Upper95");
	for (c = 0; c < columns.length; c++) {
		values = split(call("io.github.nuclei4j.Numbers.column", table, columns[c]), "\n");
		row = row + "," + values[0];
	}
	rows = rows + row + "\n";
	selectImage(title);
	close();
}
File.saveString(rows, arguments[1] + File.separator + "percent_positive.csv");
print(rows);
