/**
 * Trains a model: steps, schedules, checkpoints, averaging of weights, validation. Never scores nuclei; that is
 * {@code evaluation}.
 */
package io.github.nuclei4j.training;
