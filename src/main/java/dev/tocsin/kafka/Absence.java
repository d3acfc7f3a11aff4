package dev.tocsin.kafka;

import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Kafka takes our records, said once when it changes, and how long to wait for it. Confined: its publisher. */
final class Absence {
    private static final Logger LOG = LoggerFactory.getLogger(Absence.class);
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final long AGAIN_MILLIS = 1_000;
    private static final long AGAIN_MILLIS_MAX = 5_000;
    private static final long REFUSED_MILLIS = 60_000; // credentials: brokers lock out those who insist

    private final String bootstrap;
    private final KafkaMeters meters;
    private long againMillis = AGAIN_MILLIS;
    private String why = "";

    Absence(String bootstrap, KafkaMeters meters) {
        this.bootstrap = bootstrap;
        this.meters = meters;
    }

    boolean away() {
        return !why.isEmpty();
    }

    /** A session failed, or did not begin; returns after how many ms the next one shall be tried. */
    long failed(Throwable failure) {
        Throwable cause = cause(failure);
        away(text(cause));
        long now = againMillis;
        againMillis = Math.min(2 * againMillis, AGAIN_MILLIS_MAX);
        boolean refused = cause instanceof AuthenticationException || cause instanceof AuthorizationException;
        return refused ? REFUSED_MILLIS : now;
    }

    void away(String because) {
        meters.away.set(1);
        if (!sameButForNumbers(why, because)) {
            why = because;
            LOG.atWarn()
                    .addKeyValue("bootstrap", bootstrap)
                    .addKeyValue("error", because)
                    .log("kafka away: the log goes on, and Kafka follows when it takes records");
        }
    }

    /** It acknowledged. Nothing else says so: a topic may be read, be as it must, and refuse every record. */
    void over() {
        againMillis = AGAIN_MILLIS;
        meters.away.set(0);
        if (away()) {
            why = "";
            LOG.atInfo().addKeyValue("bootstrap", bootstrap).log("kafka takes records again");
        }
    }

    /** What a failure says, with its cause. */
    static String text(Throwable failure) {
        Throwable why = cause(failure);
        Throwable cause = why.getCause();
        String said = String.valueOf(why.getMessage());
        return cause == null || cause.getMessage() == null || said.contains(cause.getMessage())
                ? said
                : said + ": " + cause.getMessage();
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /* Times, offsets and tries differ from one try to the next. */
    private static boolean sameButForNumbers(String one, String other) {
        return NUMBER.matcher(one).replaceAll("").equals(NUMBER.matcher(other).replaceAll(""));
    }
}
