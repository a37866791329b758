#@ File (label = "Image") input
#@ File (label = "Folder for the results", style = "directory") output

// Segments an image, writes the table of its nuclei, and counts them in the four quarters of the image.

import ij.IJ
import ij.gui.Roi
import io.github.nuclei4j.Nuclei

def image = IJ.openImage(input.path)
def found = Nuclei.segment(image, Nuclei.options().size(30))
println found.count() + " nuclei in " + image.title

Nuclei.measure(image, found).save(new File(output, image.shortTitle + "_nuclei.csv").path)
IJ.saveAsTiff(found.labels(), new File(output, image.shortTitle + "_labels.tif").path)

int w = image.width.intdiv(2), h = image.height.intdiv(2)
def quarters = [[0, 0], [w, 0], [0, h], [w, h]].collect { x, y -> new Roi(x, y, w, h) }
def counts = Nuclei.countInRois(found.labels(), quarters, "centroid")
counts.save(new File(output, image.shortTitle + "_quarters.csv").path)
