package dev.tocsin.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a Traefik answered in one story, recorded or written, by the second. Immutable. */
public final class Tape {
    private static final Path RECORDED = Path.of("src/test/resources/traefik/v3.7.9/scenarios");
    private static final String WRITTEN = "written/";

    /* Second 0 of each story by the clock of its Traefik: traefik_config_last_reload_success of a reload in it, less the
     * time at which truth.json says that it was caused. Of those that were written, as their tape says. */
    private static final Map<String, Long> ZERO = Map.ofEntries(
            Map.entry("written/reload-reset", 1_784_884_321L),
            Map.entry("written/disappearance", 1_784_884_321L),
            Map.entry("written/parents", 1_784_884_321L),
            Map.entry("written/restart", 1_784_887_340L),
            Map.entry("written/hashed-label", 1_784_884_321L),
            Map.entry("written/v2.11.53", 1_784_884_321L),
            Map.entry("reload-reset", 1_795_218_334L),
            Map.entry("restart", 1_795_218_364L),
            Map.entry("broken-reload", 1_795_218_382L),
            Map.entry("passive-stuck", 1_795_218_407L),
            Map.entry("server-removed", 1_795_218_682L));

    private final String story;
    private final List<Reply> replies = new ArrayList<>();

    /**
     * What it answered to one question from that second on.
     *
     * @param status 0 where the connection was refused
     */
    public record Reply(double at, String path, int status, String body) {}

    private Tape(String story) {
        this.story = story;
        try {
            for (String line : Files.readAllLines(folder(story).resolve("tape.tsv"))) {
                String[] cells = line.split("\t", -1);
                if (cells[0].equals(story)) {
                    int status = Integer.parseInt(cells[3]);
                    replies.add(new Reply(Double.parseDouble(cells[1]), cells[2], status, body(status, cells[4])));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Tape of(String story) {
        return new Tape(story);
    }

    public static List<String> stories() {
        return ZERO.keySet().stream().sorted().toList();
    }

    /** Where the tape and the expectations of a story are. */
    static Path folder(String story) {
        return story.startsWith(WRITTEN) ? Path.of("src/test/resources/traefik/written") : RECORDED;
    }

    /** What it was {@code Date} of at that second. */
    public Instant date(double at) {
        return Instant.ofEpochSecond(ZERO.get(story) + (long) at);
    }

    /** The answer at that second. What was not recorded: a list of nothing, as the stories have no TCP and no errors. */
    public Reply reply(String path, double at) {
        Reply last = new Reply(0, path, 200, path.equals(TraefikPaths.OVERVIEW) ? "{}" : "[]");
        boolean down = false;
        for (Reply each : replies) {
            if (each.at <= at && each.path.equals(path)) {
                last = each;
            } else if (each.at <= at && each.path.equals(TraefikPaths.VERSION)) {
                down = each.status != 200;
            }
        }
        boolean recorded = replies.stream().anyMatch(each -> each.path.equals(path));
        return recorded || !down ? last : reply(TraefikPaths.VERSION, at);
    }

    private String body(int status, String name) throws IOException {
        return status == 0
                ? ""
                : Files.readString(
                        folder(story).resolve(story.replace(WRITTEN, "")).resolve(name));
    }
}
