package dev.tocsin.e2e;

import java.time.Duration;

/** How an exporter answers. Immutable. */
sealed interface Conduct {
    /** 200 and one sample. */
    record Up() implements Conduct {}

    /** 200 and no sample. */
    record Empty() implements Conduct {}

    /** Nothing listens on its port. */
    record Refuse() implements Conduct {}

    /** That status, no sample. */
    record Status(int code) implements Conduct {}

    /** Takes the request and never answers. */
    record Hang() implements Conduct {}

    /** 200 and one sample, so much later. */
    record Slow(Duration by) implements Conduct {}
}
