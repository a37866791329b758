/**
 * Checks an installation: Java, libraries, natives, models and their known answers. Never repairs anything.
 */
package io.github.nuclei4j.check;
