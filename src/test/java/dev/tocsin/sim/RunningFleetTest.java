package dev.tocsin.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.bus.Clock;
import dev.tocsin.scenario.Command;
import dev.tocsin.scenario.JobRef;
import dev.tocsin.scenario.Setting;
import dev.tocsin.scenario.Sickness;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server does on its port. */
final class RunningFleetTest {
    private static final List<String> PROMS = List.of("prom-a");

    private final RunningFleet fleet = started();
    private final URI url = fleet.urls().get("prom-a");
    private final HttpClient http = HttpClient.newHttpClient();

    private static RunningFleet started() {
        Setting.Scrape scrape = new Setting.Scrape(Duration.ofSeconds(15), Duration.ofSeconds(10));
        Map<JobRef, List<String>> jobs = Map.of(new JobRef("eu", "api"), List.of("10.0.0.1:8080"));
        Setting setting = new Setting(Map.of("prom-a", "eu"), jobs, scrape, Map.of(), Duration.ofSeconds(5), List.of());
        try {
            return RunningFleet.start(setting, 1, Clock.system());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() throws IOException {
        fleet.close();
    }

    @Test
    void itListensOnLoopbackAndDatesItsAnswers() throws Exception {
        HttpResponse<String> answer = get("/api/v1/scrape_pools");

        assertThat(url.getHost()).isEqualTo("127.0.0.1");
        assertThat(answer.body()).isEqualTo("{\"status\":\"success\",\"data\":{\"scrapePools\":[\"api\"]}}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                answer.headers().firstValue("Date").orElseThrow(), Instant::from);
        assertThat(Duration.between(date, Instant.now()).abs()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whileItsProcessIsGoneItsPortRefusesAndIsStillItsOwn() throws Exception {
        fleet.perform(new Command.Sick(PROMS, Sickness.REFUSES));
        assertThatThrownBy(() -> get("/-/ready")).isInstanceOf(ConnectException.class);

        fleet.perform(new Command.Well(PROMS));

        assertThat(get("/-/ready").statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/scrape_pools").body()).contains("[]");
    }

    @Test
    void aServerThatIsNotReachedEndsTheConnection() throws Exception {
        fleet.perform(new Command.Sick(PROMS, Sickness.BLIND));

        assertThatThrownBy(() -> get("/api/v1/targets"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class)
                .isNotInstanceOf(ConnectException.class);
    }

    @Test
    void aServerThatHangsAnswersWhenItIsWellAgain() throws Exception {
        fleet.perform(new Command.Sick(PROMS, Sickness.HANGS));
        var answer = http.sendAsync(request("/-/ready"), HttpResponse.BodyHandlers.ofString());
        assertThatThrownBy(() -> get("/-/ready", Duration.ofMillis(300))).isInstanceOf(HttpTimeoutException.class);
        assertThat(answer).isNotDone();

        fleet.perform(new Command.Well(PROMS));

        assertThat(answer.get().statusCode()).isEqualTo(200);
    }

    @Test
    void aServerThatWantsCredentialsOrIsBrokenSaysSo() throws Exception {
        fleet.perform(new Command.Sick(PROMS, Sickness.UNAUTHORIZED));
        assertThat(get("/api/v1/targets").statusCode()).isEqualTo(401);
        fleet.perform(new Command.Well(PROMS));
        fleet.perform(new Command.Sick(PROMS, Sickness.BROKEN));
        assertThat(get("/api/v1/targets").statusCode()).isEqualTo(500);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(path, Duration.ofSeconds(10));
    }

    private HttpResponse<String> get(String path, Duration within) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve(path)).timeout(within).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).build();
    }
}
