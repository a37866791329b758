/**
 * The commands of the menu, for Fiji and for plain ImageJ, with one dialog for both. Never anything that a program
 * could need without a window: that is in the rooms below.
 */
package io.github.nuclei4j.command;
