package dev.tocsin.cli;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Told;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.wire.CloudEvents;
import dev.tocsin.wire.Event;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Collection;

/** Prints what is told to stdout and which sources can be seen to stderr. Confined: its event loop. */
public final class Terminal extends VerticleBase {
    private final Output output;
    private final LineWriter out;
    private final PrintStream err;
    private final EventText text;
    private final SourceProgress progress;

    /** @param sources names of all sources */
    public Terminal(Output output, Collection<String> sources, LineWriter out, PrintStream err) {
        this.output = output;
        this.out = out;
        this.err = err;
        this.text = new EventText(ZoneId.systemDefault(), output.colour(), output.width());
        this.progress = new SourceProgress(sources);
    }

    @Override
    public Future<?> start() {
        if (output.form() != Output.Form.NONE) {
            vertx.eventBus()
                    .<Told.Group>localConsumer(
                            Addresses.TOLD, message -> message.body().records().forEach(this::tell));
        }
        vertx.eventBus().<DeltaBatch>localConsumer(Addresses.BATCHES, message -> progress.on(message.body())
                .forEach(err::println));
        return Future.succeededFuture();
    }

    private void tell(Told told) {
        Event event = event(told);
        if (!output.streams().contains(event.stream())) {
            return;
        }
        if (output.form() == Output.Form.NDJSON) {
            out.write(CloudEvents.line(event, told.offset()));
        } else {
            text.line(told).ifPresent(line -> out.write(line.getBytes(StandardCharsets.UTF_8)));
        }
    }

    static Event event(Told told) {
        if (told instanceof Told.OfHealth of) {
            return new Event.OfHealth(of.delta());
        }
        if (told instanceof Told.OfOutage of) {
            return new Event.OfOutage(of.outage());
        }
        if (told instanceof Told.OfFinding of) {
            return new Event.OfFinding(of.finding());
        }
        if (told instanceof Told.OfWatermark of) {
            return new Event.OfWatermark(of.watermark());
        }
        return new Event.OfTombstone(((Told.OfTombstone) told).tombstone());
    }
}
