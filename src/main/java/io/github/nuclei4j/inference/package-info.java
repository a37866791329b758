/**
 * From an image to maps of probability, distance and direction: predictors, tiles, scales, views. Never decides
 * which pixels are one nucleus.
 */
package io.github.nuclei4j.inference;
