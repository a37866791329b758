/**
 * Models for other programs: as an ONNX file, or as a package of bioimage.io with tests, a picture and a description. Never
 * reads what others made.
 */
package io.github.nuclei4j.export;
