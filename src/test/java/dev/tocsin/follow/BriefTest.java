package dev.tocsin.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BriefTest {
    @Test
    void anOutageSaysWhatUsersFeelWhereThatIsKnown() throws Exception {
        assertThat(outage("\"impact\":\"none_known\",").detail())
                .isEqualTo("members changed, connection refused, impact: none known, o-1");
        assertThat(outage("").detail()).isEqualTo("members changed, connection refused, o-1");
    }

    private static Brief outage(String impact) throws Exception {
        String data = """
                {"outage":"o-1","change":"changed","state":"open","verdict":"job","reason":"members_changed",%s
                 "scope":{"kind":"job","cluster":"eu","job":"checkout"},"counts":{"expected":2,"down":2,"gone":0},
                 "cause":{"family":"transport","subCause":"connection_refused"}}""".formatted(impact);
        return Brief.of(new Entry(Topic.OUTAGES, "job:1", Map.of(), 1, 1, Entry.JSON.readTree(data)));
    }
}
