package dev.tocsin;

import dev.tocsin.cli.Company;
import dev.tocsin.cli.LineWriter;
import dev.tocsin.cli.Monitor;
import dev.tocsin.cli.Output;
import dev.tocsin.cli.Stdout;
import dev.tocsin.cli.Terminal;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.config.TocsinConfig;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a node until a signal, a stdout that nobody reads, or a log that cannot go on. Immutable. */
final class MonitorProcess implements Monitor {
    private static final Logger LOG = LoggerFactory.getLogger(MonitorProcess.class);
    private static final long STOP_SECONDS = 9; // with the last lines of stdout within 10
    private static final int STOPPED = 0;
    private static final int CANNOT_GO_ON = 1;

    @Override
    public int run(TocsinConfig config, Output output, Company company) throws Exception {
        CompletableFuture<Integer> ending = new CompletableFuture<>();
        Signals.on(() -> ending.complete(STOPPED), () -> Runtime.getRuntime().halt(CANNOT_GO_ON));
        List<String> names = config.sources().stream()
                .map(SourceConfig::source)
                .map(source -> source.name())
                .toList();
        /* The stream itself: System.out swallows errors, so a closed pipe would go unnoticed. */
        try (FileOutputStream stream = new FileOutputStream(FileDescriptor.out);
                LineWriter stdout = new LineWriter(stream, why -> ending.complete(unheard(why)))) {
            List<Deployable> consumers = new ArrayList<>(company.listeners());
            consumers.add(new Terminal(output, names, stdout, System.err));
            Node node = new Node(config, consumers, company.clock());
            node.over().onFailure(why -> ending.complete(givenUp(why)));
            Future<Void> started = node.start()
                    .onSuccess(any -> company.began(() -> ending.complete(STOPPED)))
                    .onFailure(ending::completeExceptionally);
            int status = await(ending, config);
            return stop(started.transform(any -> node.stop())) ? status : CANNOT_GO_ON;
        }
    }

    private static int await(CompletableFuture<Integer> ending, TocsinConfig config) throws Exception {
        try {
            return ending.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FileSystemException refused) {
                System.err.println("data folder " + config.data() + " cannot be used: " + plain(refused)
                        + "; want a folder that we may write, see --data");
                return CANNOT_GO_ON;
            }
            if (e.getCause() instanceof IOException refused) {
                System.err.println(refused.getMessage());
                return CANNOT_GO_ON;
            }
            throw e;
        }
    }

    /* A reader that went has seen enough; a file or device that takes no more is somebody's loss. */
    private static int unheard(IOException why) {
        if (Stdout.readerGone()) {
            return STOPPED;
        }
        System.err.println(
                "stdout cannot be written: " + why.getMessage() + "; want a place that takes the events, or -o none");
        return CANNOT_GO_ON;
    }

    private static int givenUp(Throwable why) {
        System.err.println(
                why instanceof OutOfMemoryError
                        ? "out of memory (" + why.getMessage() + "): give more with java -Xmx, or lower"
                                + " limits.targets_per_source"
                        : "cannot go on: " + why.getMessage());
        return CANNOT_GO_ON;
    }

    private static String plain(FileSystemException refused) {
        String file = refused.getFile() + ": ";
        if (refused instanceof FileAlreadyExistsException) {
            return file + "is a file";
        } else if (refused instanceof AccessDeniedException) {
            return file + "permission denied";
        } else if (refused instanceof NoSuchFileException) {
            return file + "cannot be made there";
        }
        return file + refused.getReason();
    }

    /** Whether the node stopped in time. */
    private static boolean stop(Future<Void> stopped) throws Exception {
        try {
            stopped.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException late) {
            LOG.atError().setCause(late).log("the stop took too long");
        } catch (ExecutionException e) {
            LOG.atError().setCause(e.getCause()).log("the stop failed");
        }
        return false;
    }
}
