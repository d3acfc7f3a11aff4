package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TraefikMemoTest {
    private static final List<String> TYPED = List.of(
            "http://10.0.0.1:80", "HTTP://h/a b", "http://u:secret@h", "http://h?token=secret", "10.0.0.1:5432");

    private final TraefikMemo memo = new TraefikMemo();

    @Test
    void whatATextComesToIsTheSameAtEachTimeAndInEachOrder() {
        for (int time = 0; time < 3; time++) {
            for (int i = 0; i < TYPED.size(); i++) {
                String typed = TYPED.get((i * (time + 1)) % TYPED.size());

                assertThat(memo.urls.of(typed)).isEqualTo(ServerUrl.of(typed));
                assertThat(memo.gaugeUrls.of(typed)).isEqualTo(ServerUrl.of(typed));
            }
        }
    }

    @Test
    void anAddressIsOneStringInAllListsAndAnswers() {
        String first = memo.urls.of(new String("http://10.0.0.1:80"));

        assertThat(memo.urls.of(new String("http://10.0.0.1:80"))).isSameAs(first);
        assertThat(memo.statuses.of(new String("http://10.0.0.1:80"))).isSameAs(first);
        assertThat(memo.gaugeUrls.of(new String("http://10.0.0.1:80"))).isSameAs(first);
    }

    @Test
    void whatHoldsASecretIsNotRemembered() {
        String first = memo.urls.of("http://u:secret@h");

        assertThat(memo.urls.of("http://u:secret@h")).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void textsThatNeverRepeatAreForgotten() {
        String first = memo.names.of(new String("a@file"));
        for (int i = 0; i <= TraefikMemo.Texts.REMEMBERED_MAX; i++) {
            memo.names.of("service-" + i);
        }

        assertThat(memo.names.of(new String("a@file"))).isEqualTo(first).isNotSameAs(first);
    }
}
