// Segments every TIFF, PNG and JPEG image of a folder. Writes a CSV file with the nuclei of each image, and "summary.csv"
// with a row per image. An empty file, as a broken copy leaves it, gets a row, too, and the others go on.

paths = split(getArgument(), "\n");
if (paths.length < 2) paths = newArray(getDirectory("Folder of images"), getDirectory("Folder for the CSV files"));
input = paths[0] + File.separator;
output = paths[1] + File.separator;

files = getFileList(input);
Array.sort(files);
setBatchMode(true);
Table.create("Summary");
row = 0;
for (i = 0; i < files.length; i++) {
	if (!matches(toLowerCase(files[i]), ".*\\.(tif|tiff|png|jpg|jpeg)")) continue;
	showProgress(i, files.length);
	Table.set("Image", row, files[i], "Summary");
	if (File.length(input + files[i]) == 0) {
		Table.set("Status", row, "empty file", "Summary");
		Table.set("Nuclei", row, NaN, "Summary");
	} else {
		open(input + files[i]);
		title = getTitle();
		run("Segment Nuclei...", "model=nuclei overlay=false table=true");
		nuclei = title + " nuclei";
		Table.save(output + files[i] + ".csv", nuclei);
		Table.set("Status", row, "done", "Summary");
		Table.set("Nuclei", row, Table.size(nuclei), "Summary");
		close(nuclei);
		close(title);
	}
	row++;
}
Table.save(output + "summary.csv", "Summary");
close("Summary");
