/**
 * From nuclei to answers about cells: what is measured around a nucleus, which nuclei are positive, which stains they have. Nothing
 * here looks for nuclei, reads files or opens windows.
 */
package io.github.nuclei4j.cells;
