/**
 * Segments many files into a folder of results, resumable, with one row per image. Never shows a window.
 */
package io.github.nuclei4j.batch;
