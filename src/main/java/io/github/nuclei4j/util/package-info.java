/**
 * What any program needs: files written whole or not at all, locks, progress, parallel tasks, messages. Never
 * anything about images, nuclei or networks.
 */
package io.github.nuclei4j.util;
