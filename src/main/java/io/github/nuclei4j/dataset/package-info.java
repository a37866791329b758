/**
 * Annotated images: readers, groups and splits, samplers, augmentation. Never tensors; what is learnt from them is
 * decided in {@code training}.
 */
package io.github.nuclei4j.dataset;
