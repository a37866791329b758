/**
 * From maps to a label image: one class per way of telling touching nuclei apart, and the tools for labels that
 * they share. Never reads images, never runs a network.
 */
package io.github.nuclei4j.separate;
