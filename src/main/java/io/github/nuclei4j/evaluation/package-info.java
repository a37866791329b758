/**
 * Scores of models on annotated images and their comparison. Never changes a model.
 */
package io.github.nuclei4j.evaluation;
