/**
 * The architectures as Deeplearning4j graphs, with own layers, losses and initialisation. Besides {@code training}
 * the only room where Deeplearning4j is used; never needed to predict where the engine runs.
 */
package io.github.nuclei4j.network;
