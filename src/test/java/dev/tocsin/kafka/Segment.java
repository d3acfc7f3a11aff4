package dev.tocsin.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** A partition's file on the disk of a broker that is stopped, to be damaged batch by batch. Confined: the test. */
final class Segment {
    private static final int LENGTH = 8; // after the base offset
    private static final int HEAD = 12; // before what the length counts
    private static final int MAGIC = 16;
    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21; // from here on the checksum counts
    private static final int NO_COMPRESSION = 7;

    private final Path file;
    private final byte[] bytes;
    private final List<Integer> batches = new ArrayList<>();

    Segment(Path file) throws IOException {
        this.file = file;
        this.bytes = Files.readAllBytes(file);
        ByteBuffer read = ByteBuffer.wrap(bytes);
        for (int at = 0; at < bytes.length; at += HEAD + read.getInt(at + LENGTH)) {
            batches.add(at);
        }
    }

    int batches() {
        return batches.size();
    }

    /** The disk changed one bit of what was written. */
    void flip(int batch) {
        bytes[end(batch) - 1] ^= 1;
    }

    /** Whoever wrote it has a form of records that is not known. */
    void unknownMagic(int batch) {
        bytes[batches.get(batch) + MAGIC] = 9;
    }

    /** Whoever wrote it has a compression that is not known. */
    void unknownCompression(int batch) {
        int at = batches.get(batch);
        bytes[at + ATTRIBUTES + 1] |= NO_COMPRESSION;
        CRC32C sum = new CRC32C();
        sum.update(bytes, at + ATTRIBUTES, end(batch) - at - ATTRIBUTES);
        ByteBuffer.wrap(bytes).putInt(at + CRC, (int) sum.getValue());
    }

    private int end(int batch) {
        return batch + 1 < batches.size() ? batches.get(batch + 1) : bytes.length;
    }

    void write() throws IOException {
        Files.write(file, bytes);
    }
}
