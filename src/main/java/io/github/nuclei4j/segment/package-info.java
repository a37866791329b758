/**
 * From an image of any size to labels: options, choice of channel, size of the nuclei, notes of doubt, areas and
 * seams. Never measures nuclei and never writes results.
 */
package io.github.nuclei4j.segment;
