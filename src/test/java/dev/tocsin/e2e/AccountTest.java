package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AccountTest {
    private static final Event UP = health("a", 1, 1, 0);
    private static final Event DOWN = health("a", 1, 2, 0);
    private static final Event UP_AGAIN = health("a", 2, 3, 0);
    private static final Event OPENED = outage("o-1", "opened", 1);
    private static final Event CHANGED = outage("o-1", "changed", 2);
    private static final Event RESOLVED = outage("o-1", "resolved", 3);
    private static final List<Event> HEALTH = List.of(UP, DOWN, UP_AGAIN);
    private static final List<Event> OUTAGES = List.of(OPENED, CHANGED, RESOLVED);

    @Test
    void topicsThatHaveTheLogHaveNoMistakes() {
        Account account = account(HEALTH, OUTAGES);

        assertThat(account.mistakes()).isEmpty();
        assertThat(account.records()).isEqualTo(6);
        assertThat(account.opened()).isEqualTo(1);
        assertThat(account.starts()).isEqualTo(2);
    }

    @Test
    void aKeyStartsAgainAfterItsTombstone() {
        List<Event> lives = List.of(UP, tombstone("a", 1, 2), UP);

        assertThat(Account.of(topics(lives, OUTAGES), topics(lives, OUTAGES)).mistakes())
                .isEmpty();
    }

    @Test
    void aChangeThatIsCountedInTheNextIsNotLostAndOneThatIsNotIs() {
        Account counted = account(List.of(UP, health("a", 2, 3, 1)), OUTAGES);
        Account missing = account(List.of(UP, UP_AGAIN), OUTAGES);

        assertThat(counted.mistakes()).isEmpty();
        assertThat(missing.lost()).hasSize(1);
    }

    @Test
    void aLastWordThatIsMissingIsLost() {
        assertThat(account(List.of(UP, DOWN), OUTAGES).lost()).hasSize(1);
    }

    @Test
    void aRecordThatIsThereTwiceIsDuplicated() {
        Account account = account(List.of(UP, DOWN, DOWN, UP_AGAIN), OUTAGES);

        assertThat(account.duplicated()).hasSize(1);
        assertThat(account.lost()).isEmpty();
    }

    @Test
    void aRecordBehindALaterOneIsOutOfOrder() {
        assertThat(account(List.of(UP, UP_AGAIN, DOWN), OUTAGES).outOfOrder()).hasSize(1);
    }

    @Test
    void outagesInAnotherOrderThanTheLogsAreOutOfOrder() {
        Event other = outage("o-2", "opened", 1);
        List<Event> log = List.of(OPENED, other);
        List<Event> topic = List.of(other, OPENED);

        assertThat(Account.of(topics(HEALTH, topic), topics(HEALTH, log)).outOfOrder())
                .hasSize(1);
    }

    @Test
    void anOutageThatOpensWhileAnotherOfItsScopeIsOpenIsADoubleOpen() {
        Event second = event("outage", "job", 2, 2, """
                {"outage": "o-9", "change": "opened"}""");
        List<Event> topic = List.of(event("outage", "job", 1, 1, """
                {"outage": "o-8", "change": "opened"}"""), second);

        assertThat(account(HEALTH, topic).doubleOpens()).containsExactly(second.brief());
    }

    @Test
    void anEndThatTheTopicsLackIsALostResolve() {
        Account account = account(HEALTH, List.of(OPENED, CHANGED));

        assertThat(account.lostResolves()).containsExactly("o-1");
        assertThat(account(HEALTH, OUTAGES).lostResolves()).isEmpty();
    }

    @Test
    void anOutageThatIsStillOpenHasLostNoEnd() {
        List<Event> open = List.of(OPENED, CHANGED);

        assertThat(Account.of(topics(HEALTH, open), topics(HEALTH, open)).mistakes())
                .isEmpty();
    }

    private static Account account(List<Event> health, List<Event> outages) {
        return Account.of(topics(health, outages), topics(HEALTH, OUTAGES));
    }

    private static Map<String, List<Event>> topics(List<Event> health, List<Event> outages) {
        return Map.of("health", new ArrayList<>(health), "outages", outages, "findings", List.of());
    }

    private static Event health(String key, long epoch, long seq, int coalesced) {
        return event("health", key, epoch, seq, """
                {"coalesced": %d}""".formatted(coalesced));
    }

    /* One scope for each. */
    private static Event outage(String id, String change, long seq) {
        return event("outage", "job of " + id, 1, seq, """
                {"outage": "%s", "change": "%s"}""".formatted(id, change));
    }

    private static Event tombstone(String key, long epoch, long seq) {
        return event("health", key, epoch, seq, "null");
    }

    private static Event event(String kind, String key, long epoch, long seq, String data) {
        String body = data.equals("null")
                ? data
                : data.replaceFirst("\\{", "{\"epoch\": %d, \"seq\": %d, ".formatted(epoch, seq));
        return Event.parse("""
                {"id": "%s %s %d/%d", "type": "dev.tocsin.%s.v1", "subject": "%s", "sequence": "%020d", "tocsinepoch": %d,
                 "partitionkey": "lab", "data": %s}""".formatted(kind, key, epoch, seq, kind, key, seq, epoch, body));
    }
}
