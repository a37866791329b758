/**
 * Reads the layers of a model once and compiles them for floats, integers and training on oneDNN. Never
 * Deeplearning4j or ND4J, so that predicting needs neither.
 */
package io.github.nuclei4j.engine;
