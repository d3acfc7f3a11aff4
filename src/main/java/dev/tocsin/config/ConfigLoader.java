package dev.tocsin.config;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.tocsin.health.SourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads configurations: a file, the command line, or both. Immutable. */
public final class ConfigLoader {
    private static final int FILE_BYTES_MAX = 4 * YamlReader.CODE_POINTS_MAX; // UTF-8 has at most 4 bytes a code point

    private final ConfigReader reader;
    private final Path workingDirectory;

    /**
     * @param environment the variables that {@code ${NAME}} may name
     * @param hostName the node's name where a file gives none
     * @param workingDirectory absolute
     */
    public ConfigLoader(Map<String, String> environment, String hostName, Path workingDirectory) {
        this.reader = new ConfigReader(new Secrets(environment), hostName, workingDirectory);
        this.workingDirectory = workingDirectory;
    }

    /** The JSON Schema of the file, as it ships in the jar. */
    public static String schema() {
        return SchemaCheck.text();
    }

    /** A file alone. */
    public LoadResult load(Path file) {
        return load(file, Overrides.NONE);
    }

    /** A file and what the command line says over it. Mistakes of both are found at once. */
    public LoadResult load(Path file, Overrides overrides) {
        List<Mistake> mistakes = new ArrayList<>();
        Optional<Yaml> root = content(file, mistakes).flatMap(text -> YamlReader.read(file.toString(), text, mistakes));
        if (root.isEmpty()) {
            return result(mistakes, fromUrls(overrides));
        }
        mistakes.addAll(TheSchema.CHECK.check(root.get()));
        Path base =
                Optional.ofNullable(workingDirectory.resolve(file).getParent()).orElse(workingDirectory);
        Spot spot = new Spot(root.get(), root.get().at(), "", base, mistakes);
        TocsinConfig config = reader.read(spot);
        boolean noSources = root.get().get("sources") == null
                || (root.get().get("sources") instanceof Yaml.Sequence list
                        && list.items().isEmpty());
        if (noSources && !overrides.namesSources() && root.get() instanceof Yaml.Mapping) {
            spot.child("sources").mistake("got none, want at least one source (or --prometheus URL, --traefik URL)");
        }
        if (overrides.namesSources()) {
            TocsinConfig urls = commandLine(overrides, mistakes);
            config = config.withSources(urls.sources());
        }
        return result(mistakes, new LoadResult.Loaded(overridden(config, overrides, mistakes)));
    }

    /** The command line alone, with defaults for all it does not say. */
    public LoadResult fromUrls(Overrides overrides) {
        List<Mistake> mistakes = new ArrayList<>();
        TocsinConfig config = commandLine(overrides, mistakes);
        return result(mistakes, new LoadResult.Loaded(overridden(config, overrides, mistakes)));
    }

    private TocsinConfig overridden(TocsinConfig config, Overrides overrides, List<Mistake> mistakes) {
        TocsinConfig moved = overrides.data() == null
                ? config
                : config.withData(workingDirectory.resolve(overrides.data()).normalize());
        String kafka = overrides.kafka();
        if (kafka == null) {
            return moved;
        }
        if (kafka.equals(Overrides.NO_KAFKA) || kafka.equals(Overrides.EMBEDDED_KAFKA)) {
            return moved.withKafka(null);
        }
        List<Mistake> wrong = new ArrayList<>();
        Yaml text = new Yaml.Scalar(Place.COMMAND_LINE, TextNode.valueOf(kafka));
        Optional<String> brokers =
                KafkaReader.bootstrap(new Spot(text, Place.COMMAND_LINE, "", workingDirectory, wrong));
        wrong.forEach(mistake -> mistakes.add(new Mistake(Place.COMMAND_LINE, "--kafka", mistake.text())));
        KafkaConfig of = moved.kafka();
        return brokers.map(to -> moved.withKafka(of == null ? KafkaConfig.at(to) : of.withBootstrap(to)))
                .orElse(moved);
    }

    private TocsinConfig commandLine(Overrides overrides, List<Mistake> mistakes) {
        Place place = Place.COMMAND_LINE;
        SourceReader sources = new SourceReader(reader.secrets());
        List<SourceConfig> read = new ArrayList<>();
        read.addAll(urls(SourceKind.PROMETHEUS, overrides.prometheus(), sources, mistakes));
        read.addAll(urls(SourceKind.TRAEFIK, overrides.traefik(), sources, mistakes));
        return reader.read(new Spot(null, place, "", workingDirectory, new ArrayList<>()))
                .withSources(List.copyOf(read));
    }

    private List<SourceConfig> urls(SourceKind kind, List<String> urls, SourceReader sources, List<Mistake> mistakes) {
        Place place = Place.COMMAND_LINE;
        List<SourceConfig> read = new ArrayList<>();
        List<Mistake> wrong = new ArrayList<>();
        for (String url : urls) {
            Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
            entries.put("kind", new Yaml.Entry(place, new Yaml.Scalar(place, TextNode.valueOf(kind.text()))));
            entries.put("url", new Yaml.Entry(place, new Yaml.Scalar(place, TextNode.valueOf(url))));
            Yaml source = new Yaml.Mapping(place, entries, 2);
            sources.read(new Spot(source, place, "", workingDirectory, wrong)).ifPresent(read::add);
        }
        wrong.forEach(mistake -> mistakes.add(new Mistake(place, "--" + kind.text(), mistake.text())));
        return read;
    }

    private static LoadResult result(List<Mistake> mistakes, LoadResult otherwise) {
        if (mistakes.isEmpty()) {
            return otherwise;
        }
        List<Mistake> all = new ArrayList<>(mistakes);
        if (otherwise instanceof LoadResult.Mistakes more) {
            all.addAll(more.mistakes());
        }
        return new LoadResult.Mistakes(all.stream()
                .distinct()
                .sorted(Comparator.comparing(Mistake::place))
                .toList());
    }

    private Optional<String> content(Path file, List<Mistake> mistakes) {
        Place whole = new Place(file.toString(), 0, 0);
        try (InputStream in = Files.newInputStream(workingDirectory.resolve(file))) {
            byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.codePointCount(0, text.length()) <= YamlReader.CODE_POINTS_MAX) {
                return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
            }
            mistakes.add(new Mistake(whole, "", "got more than 1 MiB, want a smaller file"));
        } catch (NoSuchFileException e) {
            mistakes.add(new Mistake(whole, "", "got no such file, want a YAML file"));
        } catch (CharacterCodingException e) {
            mistakes.add(new Mistake(whole, "", "got bytes that are no UTF-8, want UTF-8 text of at most 1 MiB"));
        } catch (IOException e) {
            mistakes.add(new Mistake(
                    whole,
                    "",
                    "got a file that cannot be read (" + Paths.printable(String.valueOf(e.getMessage()), 200)
                            + "), want a YAML file"));
        }
        return Optional.empty();
    }

    /** Compiled at the first file: what needs no file does not wait for it. */
    private static final class TheSchema {
        static final SchemaCheck CHECK = new SchemaCheck();
    }
}
