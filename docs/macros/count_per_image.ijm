// Counts the nuclei of every TIFF, PNG and JPEG image in a folder. Prints a line per image, and writes "counts.csv" with the
// number of nuclei and the median area of each into a second folder, or beside the images if only theirs is given. Runs in
// Fiji without a display, too.

paths = split(getArgument(), "\n");
if (getArgument() == "") paths = newArray(getDirectory("Folder of images"), getDirectory("Folder for the table"));
folder = paths[0] + File.separator;

files = getFileList(folder);
Array.sort(files);
setBatchMode(true);
counts = "Image,Nuclei,MedianArea\n";
for (i = 0; i < files.length; i++) {
	if (!matches(toLowerCase(files[i]), ".*\\.(tif|tiff|png|jpg|jpeg)")) continue;
	open(folder + files[i]);
	title = getTitle();
	run("Segment Nuclei...", "model=nuclei overlay=false table=true");
	run("Summarize Nuclei...", "summary=true");
	n = call("io.github.nuclei4j.Numbers.count");
	median = call("io.github.nuclei4j.Numbers.value", title + " summary", "MedianArea", 0);
	print(title + ": " + n + " nuclei");
	counts = counts + "\"" + title + "\"," + n + "," + median + "\n";
	if (isOpen(title + " nuclei")) close(title + " nuclei");
	if (isOpen(title + " summary")) close(title + " summary");
	close(title);
}
File.saveString(counts, paths[paths.length - 1] + File.separator + "counts.csv");
