package dev.tocsin.log;

import java.io.IOException;

/** A data folder that we must not use; the message is for the operator: which, why, what to do. */
public final class FolderRefused extends IOException {
    private static final long serialVersionUID = 1L;

    FolderRefused(String message) {
        super(message);
    }
}
