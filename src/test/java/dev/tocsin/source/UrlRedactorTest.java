package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlRedactorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "http://h:9100/metrics | http://h:9100/metrics",
                "http://user:pw@h:9100/metrics | http://h:9100/metrics",
                "http://us@er:p@w@h/ | http://h/",
                "http://h/a@b?c=1 | http://h/a@b?c=***",
                "https://h/probe?module=icmp&target=10.0.0.7&token=s3 | https://h/probe?module=icmp&target=10.0.0.7&token=***",
                "https://h/probe?target=http://u:p@x/ | https://h/probe?target=***",
                "https://h/probe?target=https%3A%2F%2Fx%2F%3Ftoken%3Dy | https://h/probe?target=***",
                "http://h/m?collect[]=cpu&collect%5B%5D=mem | http://h/m?collect[]=cpu&collect%5B%5D=mem",
                "http://h/m?s3cr3t | http://h/m?***",
                "http://h/m? | http://h/m?",
                "http://h/m?a=&b | http://h/m?a=***&***",
                "http://h/m#access_token=x | http://h/m#***",
                "http://h/m?a=1#b?c=d | http://h/m?a=***#***",
                "http://[::1]:9100/m | http://[::1]:9100/m",
                "//u:p@h/x | //h/x",
                "http:///x | http:///x",
                "http:// | http://",
                "`` | ``",
            })
    void anUrlLosesUserInfoAndQueryValues(String url, String expected) {
        assertThat(UrlRedactor.redact(url)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Get \"http://u:p@h/m?token=x\": EOF | Get \"http://h/m?token=***\": EOF",
                "parse \"http://u:p w@h/m\": net/url: invalid userinfo | parse \"http://h/m\": net/url: invalid userinfo",
                "see http://u:p@h/ and https://u@i/?q=1, twice | see http://h/ and https://i/?q=***",
                "failed to parse Location header \"/login?access_token=abc\": x | failed to parse Location header \"/login?access_token=***\": x",
                "{\"access_token\":\"abc\",\"x\":1} | {\"access_token\":\"***\",\"x\":1}",
                "oauth2: cannot fetch token: 401 Unauthorized | oauth2: cannot fetch token: 401 Unauthorized",
                "invalid value Bearer eyJhbGciOi.J9 here | invalid value Bearer *** here",
                "Get \"http://h/m\": net/http: invalid header field value for \"Authorization\" | Get \"http://h/m\": net/http: invalid header field value for \"Authorization\"",
                "password=hunter2&x | password=***&x",
                ":// :// | :// ://",
            })
    void aTextLosesTheSecretsOfItsUrls(String text, String expected) {
        assertThat(UrlRedactor.redactText(text)).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "http://u:p@h:9100/m, h:9100",
        "http://[::1]:1/x?y, [::1]:1",
        "//h, h",
        "http:h, ''",
        "/a//b, ''",
        "'', ''",
    })
    void theHostOfAnUrlIsToldWithItsPort(String url, String expected) {
        assertThat(UrlRedactor.hostPort(url)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"://", "a://", "\"://\\\"", "http://u:p@", "?&=#", "&token=", "Bearer "})
    void hostileTextsAreRedactedInLinearTime(String unit) {
        String text = unit.repeat(1_000_000 / unit.length());

        assertThat(UrlRedactor.redactText(text)).isNotNull();
        assertThat(UrlRedactor.redact(text)).isNotNull();
    }

    @Test
    void redactingTwiceChangesNothingMore() {
        String once = UrlRedactor.redact("http://u:p@h/m?token=x&module=a#f");

        assertThat(UrlRedactor.redact(once)).isEqualTo(once);
    }
}
