package dev.tocsin.source;

import dev.tocsin.health.Target;

/** A target that an answer named, with what we need to say it again without new objects. Confined: its cache. */
final class KnownTarget {
    final Target target;
    /** The first answer that named it. */
    final long first;
    /** The last answer that named it, and where in that answer's list it stands. */
    long answer;

    int index;
    private String error = "";
    private long error1;
    private long error2;

    KnownTarget(Target target, long first) {
        this.target = target;
        this.first = first;
    }

    /** The error text: the same String as long as the source says the same. */
    String error(char[] chars, int offset, int length, SeededHash hash, int bytesMax) {
        if (length == 0) {
            return "";
        }
        hash.start().add(chars, offset, length);
        if (error.isEmpty() || error1 != hash.first() || error2 != hash.second()) {
            error1 = hash.first();
            error2 = hash.second();
            error = CleanText.of(chars, offset, length, bytesMax);
        }
        return error;
    }
}
