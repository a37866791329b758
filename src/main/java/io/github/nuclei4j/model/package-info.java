/**
 * The model file with its documents, the layers of each architecture, and the store of installed models. Never
 * runs a network; no Deeplearning4j.
 */
package io.github.nuclei4j.model;
