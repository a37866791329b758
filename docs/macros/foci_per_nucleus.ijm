// Counts the foci in each nucleus of an image with two channels or more. Prints the mean number, writes a table with a row per
// nucleus as CSV, and a table of how many nuclei have how many foci. Runs in Fiji without a display, too.

arguments = split(getArgument(), "\n");
if (arguments.length < 3) {
	arguments = newArray(File.openDialog("An image of nuclei and foci"), getDirectory("Where to save the tables"),
		getString("Channel of the foci, number or name", "2"));
}

open(arguments[0]);
title = getTitle();
run("Count Foci in Nuclei...", "model=nuclei channel=1 foci=[" + arguments[2] + "] spot=auto strength=5");

table = title + " foci";
columns = split(call("io.github.nuclei4j.Numbers.columns", table), "\n");
number = "";
for (i = 0; i < columns.length; i++) if (endsWith(columns[i], ": Number") && number == "") number = columns[i];
numbers = split(call("io.github.nuclei4j.Numbers.column", table, number), "\n");

sum = 0;
most = 0;
for (i = 0; i < numbers.length; i++) {
	n = parseInt(numbers[i]);
	sum += n;
	most = maxOf(most, n);
}
nuclei = newArray(most + 1);
for (i = 0; i < numbers.length; i++) {
	n = parseInt(numbers[i]);
	nuclei[n] = nuclei[n] + 1;
}
rows = "Foci,Nuclei\n";
for (n = 0; n <= most; n++) rows = rows + n + "," + nuclei[n] + "\n";

name = arguments[1] + File.separator + File.getNameWithoutExtension(title);
call("io.github.nuclei4j.Numbers.save", table, name + "_foci.csv");
File.saveString(rows, name + "_foci_counts.csv");
print(sum + " foci in " + numbers.length + " nuclei, " + d2s(sum / numbers.length, 2) + " in each");
