package dev.tocsin.cli;

/** The parts of a line, empty ones left out. Confined: the line's maker. */
final class Parts {
    private final StringBuilder line = new StringBuilder();

    Parts add(String part) {
        if (!part.isBlank()) {
            line.append(line.isEmpty() ? "" : " | ").append(part.strip());
        }
        return this;
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
