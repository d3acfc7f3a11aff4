package dev.tocsin.kafka;

import java.io.IOException;

/** Another process of our node has taken over, or takes over at this moment; the message says so to the user. */
final class Fenced extends IOException {
    private static final long serialVersionUID = 1;

    Fenced(String message) {
        super(message);
    }
}
