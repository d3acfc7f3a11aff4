package dev.tocsin.source;

/**
 * Decodes one body that arrives in chunks, without ever holding it whole. Confined: the poller of one source. Used once.
 */
public interface BodyDecoder<T> {
    /** Takes the next bytes; it does not keep the array. */
    void feed(byte[] bytes, int offset, int length) throws AnswerRefused;

    /** The decoded body, when no more bytes come. Refuses a body that is not complete. */
    T finish() throws AnswerRefused;
}
