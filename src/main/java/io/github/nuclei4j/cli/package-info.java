/**
 * The command line: options, help and printed lines. Never its own way to do a thing: it calls the same services
 * as the menu.
 */
package io.github.nuclei4j.cli;
