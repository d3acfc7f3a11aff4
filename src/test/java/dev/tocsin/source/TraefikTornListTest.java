package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.HealthRules;
import dev.tocsin.health.HealthTable;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.WaitClock;
import dev.tocsin.source.TraefikService.Protocol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Nobody joins or leaves by a list that a reload tore (traefik/written/page-tear): its first page is of before tenant-007
 * was removed, its second of after, so that tenant-096 is on neither.
 */
class TraefikTornListTest {
    private static final Source EDGE = new Source("edge-5", "edge-5", SourceKind.TRAEFIK);
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
    private static final Instant START = Instant.parse("2026-07-24T10:00:00Z");
    private static final String FOLDER = "traefik/written/page-tear/";
    private static final String GONE = "tenant-007@docker";
    private static final String SHIFTED = "tenant-096@docker";

    private final TraefikServers servers = new TraefikServers(EDGE, Map.of(), EVERY_SECOND, service -> false);
    private final WaitClock waits = new WaitClock();
    private final HealthTable table = new HealthTable(EDGE, HealthRules.DEFAULT, ScrapeErrors.load(), waits, 1);
    private final ToldLines told = new ToldLines();
    private int second;

    @Test
    void aListThatAReloadToreRemovesNobody() throws AnswerRefused {
        for (int i = 0; i < 30; i++) {
            poll(before(), 41, 41);
        }
        for (int i = 0; i < 30; i++) {
            poll(torn(), 41 + i, 42 + i);
        }

        assertThat(told.lines()).noneMatch(line -> line.contains(" gone "));
        assertThat(told.lines()).contains("30\treloading");
    }

    @Test
    void theWholeListAfterItRemovesWhoIsGoneAndNobodyElse() throws AnswerRefused {
        for (int i = 0; i < 30; i++) {
            poll(before(), 41, 41);
        }
        poll(torn(), 41, 42);
        for (int i = 0; i < 30; i++) {
            poll(after(), 42, 42);
        }

        assertThat(jobs(" gone ")).containsExactly(GONE);
    }

    /* What a client that walks the pages gets when the list shrank below the page: facts/traefik.md section 3. */
    @Test
    void aRefusedPageRemovesNobody() throws AnswerRefused {
        String text = new String(Fixtures.bytes(FOLDER + "page2-after-shrink.txt"), StandardCharsets.UTF_8);
        for (int i = 0; i < 30; i++) {
            poll(before(), 41, 41);
        }
        for (int i = 0; i < 30; i++) {
            poll(new Exchange.Refused<>(400, false, null, "text/plain; charset=utf-8", text), 42, 42);
        }

        assertThat(told.lines()).contains("30\tblind");
        assertThat(jobs(" gone ")).isEmpty();
    }

    private Set<String> jobs(String what) {
        Set<String> jobs = new TreeSet<>();
        told.lines().stream().filter(line -> line.contains(what)).forEach(line -> jobs.add(line.split("[\t ]", 3)[1]));
        return jobs;
    }

    private void poll(List<TraefikService> services, long reloads, long reloadsAfter) {
        poll(new Exchange.Answered<>(services, null), reloads, reloadsAfter);
    }

    private void poll(Exchange<List<TraefikService>> http, long reloads, long reloadsAfter) {
        Moment now = new Moment(777_000 + second * 1_000L, START.plusSeconds(second));
        waits.beat(now.monoMillis());
        TraefikRound round = new TraefikRound(
                second + 1,
                now,
                metrics(reloads),
                http,
                null,
                null,
                null,
                null,
                metrics(reloadsAfter),
                TraefikAside.NONE);
        told.add(second, table.poll(servers.read(round), EVERY_SECOND));
        second++;
    }

    private static Exchange<TraefikMetrics> metrics(long reloads) {
        return new Exchange.Answered<>(new TraefikMetrics(reloads, 0, Map.of()), null);
    }

    private static List<TraefikService> before() throws AnswerRefused {
        List<TraefikService> all = torn();
        all.add(shifted());
        return all;
    }

    private static List<TraefikService> after() throws AnswerRefused {
        List<TraefikService> all = before();
        all.removeIf(service -> service.name().equals(GONE));
        return all;
    }

    /* Both pages, one after the other. */
    private static List<TraefikService> torn() throws AnswerRefused {
        List<TraefikService> all = new ArrayList<>(page("page1-before-reload.json"));
        all.addAll(page("page2-after-reload.json"));
        return all;
    }

    private static TraefikService shifted() throws AnswerRefused {
        String page = new String(Fixtures.bytes(FOLDER + "page2-after-reload.json"), StandardCharsets.UTF_8);
        String one = page.replace("tenant-097@docker", SHIFTED).replace("http://172.30.0.19", "http://172.30.1.19");
        return decode(one.getBytes(StandardCharsets.UTF_8)).get(0);
    }

    private static List<TraefikService> page(String name) throws AnswerRefused {
        return decode(Fixtures.bytes(FOLDER + name));
    }

    private static List<TraefikService> decode(byte[] page) throws AnswerRefused {
        return Fixtures.decode(TraefikAnswers.services(Protocol.HTTP, SourceLimits.DEFAULT, new TraefikMemo()), page);
    }
}
