package dev.tocsin.wire;

/** A record that we cannot read; the message says where, what came and what was wanted. Immutable. */
public final class RecordRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean newer;

    RecordRefused(String message) {
        this(message, false);
    }

    private RecordRefused(String message, boolean newer) {
        super(message, null, false, false); // expected: no stack trace
        this.newer = newer;
    }

    /** @param message where, what came, what was wanted */
    public static RecordRefused of(String message) {
        return new RecordRefused(message);
    }

    static RecordRefused newerType(String type, String ours) {
        return new RecordRefused(
                "type: got \"" + type + "\", want at most \"" + ours
                        + "\": written by a newer Tocsin; read it with that version",
                true);
    }

    /** Whether nothing is wrong with it but that it is of a version after ours. */
    public boolean newer() {
        return newer;
    }
}
