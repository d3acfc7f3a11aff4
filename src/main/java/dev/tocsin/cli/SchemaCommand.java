package dev.tocsin.cli;

import dev.tocsin.config.Nearest;
import dev.tocsin.health.Named;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code schema}: the JSON Schemas that ship with this version. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints a JSON Schema (2020-12) of what Tocsin reads or writes; without a NAME it lists them.",
        exitCodeList = {"0:printed", "2:no NAME, or none of them"},
        footer = {
            "  tocsin schema outage | jq .properties.reason.enum",
            "  tocsin schema config > ~/.config/tocsin.schema.json"
        })
final class SchemaCommand implements Callable<Integer> {
    private static final List<String> UNBUILT = List.of("openapi");

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "one of ${COMPLETION-CANDIDATES}")
    @Nullable
    String name;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        Optional<SchemaName> found = name == null ? Optional.empty() : Named.of(SchemaName.class, name);
        if (found.isPresent()) {
            spec.commandLine().getOut().print(found.get().json().stripTrailing() + "\n");
            return 0;
        }
        if (name == null) {
            err.println("schema: got no NAME, want one of");
            list(err);
        } else if (UNBUILT.contains(name)) {
            err.println("schema " + name + ": not in this version");
        } else {
            String meant = Nearest.to(name, SchemaName.names())
                    .map(near -> " (did you mean " + near + "?)")
                    .orElse("");
            err.println("schema: got \"" + Printable.of(name, 60) + "\"" + meant + ", want one of");
            list(err);
        }
        err.flush();
        return TocsinCommand.USAGE;
    }

    private static void list(PrintWriter err) {
        for (SchemaName known : SchemaName.values()) {
            err.println(String.format("  %-15s %s", known.text(), known.about()));
        }
    }

    /** The names, for help and completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return SchemaName.names().iterator();
        }
    }
}
