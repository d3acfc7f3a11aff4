package dev.tocsin.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bus.History;
import dev.tocsin.bus.Told;
import dev.tocsin.health.Stream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastTest {
    private static final int RECORDS = 50;

    @TempDir
    Path folder;

    @Test
    void pagesFollowEachOtherOverAllFiles() throws IOException {
        Opened opened = Opened.at(folder, FaultyDisk.quick(), 4_000);
        List<Told> told = append(opened, RECORDS);
        Past past = new Past(folder, FaultyDisk.quick());
        assertThat(Opened.files(folder, Stream.HEALTH)).hasSizeGreaterThan(3);

        List<Told> read = new ArrayList<>();
        History.Page page = new History.Page(List.of(), 0, false);
        while (!page.end()) {
            page = past.page(new History(Stream.HEALTH, page.next(), 7), RECORDS);
            read.addAll(page.records());
        }

        assertThat(read).isEqualTo(told);
        assertThat(page.next()).isEqualTo(RECORDS);
        past.close();
        opened.log.close();
    }

    @Test
    void aPageBeginsAnywhereAndEndsWhereRecordsAreSafe() throws IOException {
        Opened opened = Opened.at(folder, FaultyDisk.quick(), 4_000);
        append(opened, RECORDS);
        Past past = new Past(folder, FaultyDisk.quick());

        History.Page page = past.page(new History(Stream.HEALTH, 31, 100), 40);

        assertThat(page.records())
                .extracting(Told::offset)
                .containsExactlyElementsOf(LongStream.range(31, 40).boxed().toList());
        assertThat(page.end()).isTrue();
        assertThat(past.page(new History(Stream.HEALTH, 40, 100), 40).records()).isEmpty();
        assertThat(past.page(new History(Stream.OUTAGES, 0, 100), 0)).isEqualTo(new History.Page(List.of(), 0, true));
        past.close();
        opened.log.close();
    }

    @Test
    void whatIsAppendedMeanwhileIsReadNext() throws IOException {
        Opened opened = Opened.quick(folder);
        append(opened, 3);
        Past past = new Past(folder, FaultyDisk.quick());
        assertThat(past.page(new History(Stream.HEALTH, 0, 2), 3).end()).isFalse();

        append(opened, 4);

        assertThat(past.page(new History(Stream.HEALTH, 2, 100), 7).records())
                .extracting(Told::offset)
                .containsExactly(2L, 3L, 4L, 5L, 6L);
        past.close();
        opened.log.close();
    }

    private static List<Told> append(Opened opened, int records) {
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            told.addAll(opened.append(Samples.health(i % 3, i + 1)));
        }
        return told;
    }
}
