// Segments every TIFF, PNG and JPEG image of a folder. Writes a CSV file with the nuclei of each image, and "summary.csv"
// with a row per image. An empty file, as a broken copy leaves it, gets a row, too, and the others go on. Runs in Fiji without
// a display, too.

paths = split(getArgument(), "\n");
if (paths.length < 2) paths = newArray(getDirectory("Folder of images"), getDirectory("Folder for the CSV files"));
input = paths[0] + File.separator;
output = paths[1] + File.separator;

files = getFileList(input);
Array.sort(files);
setBatchMode(true);
summary = "Image,Status,Nuclei\n";
for (i = 0; i < files.length; i++) {
	if (!matches(toLowerCase(files[i]), ".*\\.(tif|tiff|png|jpg|jpeg)")) continue;
	showProgress(i, files.length);
	if (File.length(input + files[i]) == 0) {
		summary = summary + "\"" + files[i] + "\",empty file,NaN\n";
	} else {
		open(input + files[i]);
		title = getTitle();
		run("Segment Nuclei...", "model=nuclei overlay=false table=true");
		nuclei = title + " nuclei";
		call("io.github.nuclei4j.Numbers.save", nuclei, output + files[i] + ".csv");
		summary = summary + "\"" + files[i] + "\",done," + call("io.github.nuclei4j.Numbers.count") + "\n";
		if (isOpen(nuclei)) close(nuclei);
		close(title);
	}
}
File.saveString(summary, output + "summary.csv");
