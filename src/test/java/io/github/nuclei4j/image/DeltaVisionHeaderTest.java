package io.github.nuclei4j.image;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DeltaVision files that are shorter than their header says are refused. */
class DeltaVisionHeaderTest {

	private static final int EXTENDED = 512;
	private static final int PLANE = 2 * 20 * 10;

	@TempDir
	Path folder;

	/** Four planes of 20 x 10 16-bit pixels. */
	private static byte[] file(final ByteOrder order, final int planes) {
		final ByteBuffer bytes = ByteBuffer.allocate(1024 + EXTENDED + 4 * PLANE).order(order);
		bytes.putInt(0, 20).putInt(4, 10).putInt(8, planes).putInt(12, 6).putInt(92, EXTENDED).putShort(96, (short) 0xc0a0);
		return bytes.array();
	}

	private Path write(final byte[] bytes, final int length) throws IOException {
		return Files.write(folder.resolve("cells.dv"), Arrays.copyOf(bytes, length));
	}

	@Test
	void shorterFilesAreRefused() throws IOException {
		for (final ByteOrder order : new ByteOrder[] { ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN }) {
			final byte[] bytes = file(order, 4);
			assertDoesNotThrow(() -> DeltaVisionHeader.requireWhole(write(bytes, bytes.length)));
			assertDoesNotThrow(() -> DeltaVisionHeader.requireWhole(write(bytes, bytes.length + 100)));
			final Path cut = write(bytes, bytes.length - PLANE - 1);
			final String message = assertThrows(IOException.class, () -> DeltaVisionHeader.requireWhole(cut)).getMessage();
			for (final String part : new String[] { "cells.dv", "cut short: 2735 bytes, expected 3136", "4 planes of 20 x 10", "; 2 of them " +
				"are complete" }) assertTrue(message.contains(part), message);
		}
	}

	@Test
	void damagedSizesAreNoOverflow() throws IOException {
		final byte[] bytes = file(ByteOrder.LITTLE_ENDIAN, Integer.MAX_VALUE);
		ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, Integer.MAX_VALUE).putInt(4, Integer.MAX_VALUE);
		final Path file = write(bytes, bytes.length);
		assertTrue(assertThrows(IOException.class, () -> DeltaVisionHeader.requireWhole(file)).getMessage().contains("cut short"));
	}

	@Test
	void otherFilesPass() throws IOException {
		final byte[] bytes = file(ByteOrder.LITTLE_ENDIAN, 4);
		bytes[96] = 0;
		assertDoesNotThrow(() -> DeltaVisionHeader.requireWhole(write(bytes, 1100)));
		assertDoesNotThrow(() -> DeltaVisionHeader.requireWhole(write(bytes, 10)));
	}
}
