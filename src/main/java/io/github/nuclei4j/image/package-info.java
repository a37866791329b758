/**
 * Opens images: one reader per format behind {@link io.github.nuclei4j.image.ImageFiles}, with planes, channels,
 * dimensions, calibration and limits against damaged files; large images are read by area. Never annotations,
 * never what a network makes of an image.
 */
package io.github.nuclei4j.image;
