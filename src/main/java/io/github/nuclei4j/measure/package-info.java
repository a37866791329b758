/**
 * From labels to outlines, values, tables and counts in regions. Never segments.
 */
package io.github.nuclei4j.measure;
