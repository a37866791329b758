/**
 * Makes 8-bit models from models in floats and measures what it costs. Never decides how integers are computed;
 * that is {@code engine}.
 */
package io.github.nuclei4j.quantization;
