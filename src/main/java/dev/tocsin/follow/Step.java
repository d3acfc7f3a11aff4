package dev.tocsin.follow;

/** What a record is to a reader who knows those before it. */
public sealed interface Step {
    /** It is the key's state now. @param missing changes before it that were neither read nor merged into it */
    record News(long missing) implements Step {}

    /** It was read before, or is older than what was. */
    record Repeat() implements Step {}

    /** It is of a writer that another has followed. @param after the epoch of the other */
    record Late(long after) implements Step {}
}
