// Counts the nuclei of every TIFF, PNG and JPEG image in a folder.
// Shows a table "Counts" with a row per image: number of nuclei and median area.

folder = getArgument();
if (folder == "") folder = getDirectory("Choose a folder of images");
folder = folder + File.separator;

files = getFileList(folder);
Array.sort(files);
setBatchMode(true);
Table.create("Counts");
row = 0;
for (i = 0; i < files.length; i++) {
	if (!matches(toLowerCase(files[i]), ".*\\.(tif|tiff|png|jpg|jpeg)")) continue;
	open(folder + files[i]);
	title = getTitle();
	run("Segment Nuclei...", "model=nuclei overlay=false table=true");
	run("Summarize Nuclei...", "summary=true");
	n = Table.get("Count", 0, title + " summary");
	median = Table.get("MedianArea", 0, title + " summary");
	close(title + " nuclei");
	close(title + " summary");
	close(title);

	Table.set("Image", row, title, "Counts");
	Table.set("Nuclei", row, n, "Counts");
	Table.set("MedianArea", row, median, "Counts");
	row++;
}
Table.update("Counts");
