/**
 * Nuclei in three dimensions: a network's answers for the planes of a volume become one label per nucleus, with outlines and
 * measurements. Nothing here trains, opens files or shows anything.
 */
package io.github.nuclei4j.volume;
