package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.SourceKind;
import dev.tocsin.join.Rung;
import dev.tocsin.outage.BothViews;
import dev.tocsin.outage.BothViews.Joined;
import dev.tocsin.outage.Impact;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImpactTextTest {
    @Test
    void itSaysHowManyEndpointsAreHowAndByWhatThatIsKnown() {
        assertThat(text(Impact.USERS, joined("shop@docker", Rung.HOST_PORT, 4, 4, 0, 0, 0)))
                .isEqualTo("impact: users - 4 of 4 endpoints down in both views (shop@docker, by host:port)");
        assertThat(text(Impact.OBSERVABILITY, joined("shop@docker", Rung.MAPPING, 1, 0, 0, 1, 0)))
                .isEqualTo("impact: observability - 1 of 1 endpoint served well but not scraped (shop@docker, by the"
                        + " configuration)");
        assertThat(text(Impact.NONE_KNOWN, joined("checkout", Rung.HOST, 4, 1, 2, 0, 0)))
                .isEqualTo("impact: none known - 1 of 4 endpoints down in both views, 2 of 4 endpoints scraped well but"
                        + " out of rotation (checkout, inferred by host)");
    }

    @Test
    void theGravestIsNamedAndTheOthersAreCounted() {
        assertThat(text(
                        Impact.USERS,
                        joined("a@file", Rung.HOST_PORT, 4, 1, 0, 0, 0),
                        joined("b@file", Rung.HOST_PORT, 4, 3, 0, 0, 0),
                        joined("c@file", Rung.HOST_PORT, 4, 0, 0, 4, 0)))
                .isEqualTo(
                        "impact: users - 3 of 4 endpoints down in both views (b@file, by host:port) and 2 other jobs");
    }

    @Test
    void whatIsKnownOfTheWholeOnlyAndWhatStandsForManyIsSaid() {
        assertThat(text(Impact.USERS, joined("shop@kubernetes", Rung.KUBERNETES, 0, 0, 0, 0, 1)))
                .isEqualTo("impact: users - seen as a whole, a server is a name that may stand for many instances"
                        + " (shop@kubernetes, inferred by Kubernetes labels)");
        assertThat(text(Impact.USERS, joined("shop@file", Rung.HOST_PORT, 2, 0, 0, 0, 0)))
                .isEqualTo("impact: users - nothing known of its endpoints (shop@file, by host:port)");
    }

    @Test
    void withoutAWordOfTheOtherViewNothingIsSaid() {
        assertThat(ImpactText.of(BothViews.NONE)).isEmpty();
        assertThat(ImpactText.of(new BothViews(null, List.of(joined("a@file", Rung.HOST_PORT, 1, 0, 0, 0, 0)), 1)))
                .isEmpty();
    }

    @Test
    void aLookTellsThatItIsNotKnownAndThatAScrapeIsOfBefore() {
        Joined young = joined("a@file", Rung.HOST_PORT, 1, 0, 0, 0, 0);
        Joined out = joined("checkout", Rung.HOST, 4, 1, 2, 0, 0);

        assertThat(ImpactText.ofLook(new BothViews(null, List.of(young), 1)))
                .isEqualTo("impact: not known - nothing known of its endpoints (a@file, by host:port)");
        assertThat(ImpactText.ofLook(new BothViews(Impact.NONE_KNOWN, List.of(out), 1)))
                .isEqualTo("impact: none known - 1 of 4 endpoints down in both views, 2 of 4 endpoints scraped well the"
                        + " last time but out of rotation (checkout, inferred by host)");
        assertThat(ImpactText.ofLook(BothViews.NONE)).isEmpty();
    }

    @Test
    void ofARecordThatWasShortenedTheImpactIsLeft() {
        assertThat(ImpactText.of(new BothViews(Impact.USERS, List.of(), 3))).isEqualTo("impact: users");
    }

    private static String text(Impact impact, Joined... joined) {
        return ImpactText.of(new BothViews(impact, List.of(joined), joined.length));
    }

    private static Joined joined(
            String job, Rung rung, int endpoints, int bothDown, int outOfRotation, int notScraped, int named) {
        int rest = endpoints - bothDown - outOfRotation - notScraped;
        return new Joined(
                SourceKind.TRAEFIK, job, rung, endpoints, bothDown, outOfRotation, notScraped, 0, rest, named);
    }
}
