/**
 * The ONNX file format, written and inspected without a library, and ONNX Runtime, which runs such files if its jar is
 * installed. Knows nothing of nuclei, model files or images.
 */
package io.github.nuclei4j.onnx;
