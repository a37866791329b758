/**
 * Nuclei corrected by hand: delete, merge, split, add, redraw and renumber on label images, each undone and redone without
 * limit, and as text that is recorded and replayed.
 */
package io.github.nuclei4j.edit;
