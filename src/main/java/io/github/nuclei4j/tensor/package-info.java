/**
 * Arrays for networks: from images to tensors and back, normalisation, training targets and their loss. Never a
 * network, and no Deeplearning4j.
 */
package io.github.nuclei4j.tensor;
