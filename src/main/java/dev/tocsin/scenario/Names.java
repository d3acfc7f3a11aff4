package dev.tocsin.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The sources, jobs and instances that a story has named so far. Confined: the reader of its file. */
final class Names {
    private final SettingDraft setting;

    /** Who is listed now. */
    private final Map<JobRef, List<String>> listed = new LinkedHashMap<>();

    /** All that ever were, in the order in which they were named: {@code checkout/3} is the third. */
    private final Map<JobRef, Set<String>> ever = new LinkedHashMap<>();

    Names(SettingDraft setting) {
        this.setting = setting;
    }

    List<String> sources() {
        return List.copyOf(setting.sources.keySet());
    }

    /** Those of them that are Traefiks. */
    List<String> traefiks() {
        return List.copyOf(setting.traefiks);
    }

    /** Whether a source looks at such targets: a Traefik at the servers of its services, the others at instances of jobs. */
    boolean looksAt(String source, TargetRef target) {
        return target.job().cluster().equals(setting.sources.get(source))
                && setting.traefiks.contains(source) == target.job().service();
    }

    List<String> clusters() {
        return setting.sources.values().stream().distinct().toList();
    }

    List<String> listed(JobRef job) {
        return listed.getOrDefault(job, List.of());
    }

    void lists(JobRef job, List<String> instances) {
        listed.put(job, instances);
        ever.computeIfAbsent(job, key -> new LinkedHashSet<>()).addAll(instances);
        if (!instances.isEmpty()) {
            serve(job);
        }
    }

    /** The services in front of a job lead to whom it lists now. */
    void serve(JobRef job) {
        setting.services.forEach((name, service) -> {
            if (service.job().equals(job)) {
                lists(name, service.servers(listed(job)));
            }
        });
    }

    /** The job of which the line speaks: its name, and its cluster where more than one has it. */
    Optional<JobRef> job(Cursor cursor) {
        Token token = cursor.peek();
        String name = token == null || token.quoted() ? "" : token.text();
        List<String> known = ever.keySet().stream().map(JobRef::name).distinct().toList();
        if (!known.contains(name)) {
            return cursor.refuse("a job: " + String.join(", ", known), known);
        }
        cursor.skip();
        return in(name, cursor);
    }

    private Optional<JobRef> in(String name, Cursor cursor) {
        List<JobRef> found =
                ever.keySet().stream().filter(job -> job.name().equals(name)).toList();
        List<String> in = found.stream().map(JobRef::cluster).toList();
        if (cursor.take("in")) {
            return Slot.known(cursor, in, "a cluster that has it").map(cluster -> new JobRef(cluster, name));
        }
        return found.size() == 1
                ? Optional.of(found.get(0))
                : cursor.refuse("in and a cluster: " + String.join(", ", in), List.of());
    }

    /** {@code target checkout/1..6, node/2}, {@code job checkout} or {@code host 10.0.0.7}. */
    Optional<List<TargetRef>> targets(Cursor cursor) {
        if (cursor.take("job")) {
            Optional<List<TargetRef>> all = job(cursor).map(job -> refs(job, listed(job)));
            return all.filter(List::isEmpty).isPresent()
                    ? cursor.refuse("a job that lists targets now", List.of())
                    : all;
        }
        if (cursor.take("host")) {
            return host(cursor);
        }
        if (!cursor.take("target")) {
            List<String> words = List.of("target", "job", "host");
            words.forEach(word -> cursor.refuse(word, words));
            return Optional.empty();
        }
        return refs(cursor);
    }

    /** {@code checkout/1..6, node/2 in eu}; without a cluster those of all that have them. */
    private Optional<List<TargetRef>> refs(Cursor cursor) {
        List<TargetRef> all = new ArrayList<>();
        do {
            Token token = cursor.peek();
            String text = token == null || token.quoted() ? "" : token.text();
            if (refs(text, Optional.empty()).isEmpty()) {
                return cursor.refuse(
                        "a known target such as checkout/7, checkout/1..6 or checkout/10.0.0.7:8080", everyTarget());
            }
            cursor.skip();
            Optional<String> cluster =
                    cursor.take("in") ? Slot.known(cursor, clusters(), "a cluster") : Optional.of("");
            List<TargetRef> some = refs(text, cluster.filter(name -> !name.isEmpty()));
            if (cluster.isEmpty() || some.isEmpty()) {
                return cursor.refuse("a cluster that has this target", List.of());
            }
            all.addAll(some);
        } while (cursor.take(","));
        return Optional.of(all);
    }

    private List<String> everyTarget() {
        return ever.entrySet().stream()
                .flatMap(job ->
                        job.getValue().stream().map(instance -> job.getKey().name() + "/" + instance))
                .toList();
    }

    private Optional<List<TargetRef>> host(Cursor cursor) {
        Token token = cursor.peek();
        List<TargetRef> on = new ArrayList<>();
        listed.forEach((job, instances) -> instances.stream()
                .filter(instance ->
                        token != null && instance.replaceFirst(":[0-9]+$", "").equals(token.text()))
                .forEach(instance -> on.add(new TargetRef(job, instance))));
        if (on.isEmpty()) {
            return cursor.refuse("a host that some target is on", List.of());
        }
        cursor.skip();
        return Optional.of(on);
    }

    private static List<TargetRef> refs(JobRef job, List<String> instances) {
        return instances.stream().map(instance -> new TargetRef(job, instance)).toList();
    }

    /* JOB/INSTANCE, JOB/NUMBER or JOB/FROM..TO; none when there is no such. */
    private List<TargetRef> refs(String text, Optional<String> cluster) {
        int slash = text.lastIndexOf('/');
        String name = slash < 0 ? "" : text.substring(0, slash);
        String which = text.substring(slash + 1);
        List<TargetRef> found = new ArrayList<>();
        ever.forEach((job, instances) -> {
            if (job.name().equals(name) && cluster.map(job.cluster()::equals).orElse(true)) {
                found.addAll(refs(job, chosen(job, which, List.copyOf(instances))));
            }
        });
        return found;
    }

    /* A number is that of its name, or else its place in the list. */
    private static List<String> chosen(JobRef job, String which, List<String> instances) {
        List<String> names = named(job, which);
        if (instances.containsAll(names)) {
            return names;
        }
        List<Integer> numbers = numbers(which);
        return !numbers.isEmpty() && numbers.get(numbers.size() - 1) <= instances.size()
                ? instances.subList(numbers.get(0) - 1, numbers.get(numbers.size() - 1))
                : List.of();
    }

    /** The instances of a target's name, or the name itself. */
    List<String> instances(String text) {
        List<TargetRef> refs = refs(text, Optional.empty());
        return refs.isEmpty()
                ? List.of(text)
                : refs.stream().map(TargetRef::instance).toList();
    }

    /** The names that a list of instances stands for; {@code 3} is {@code checkout-3:9100}. */
    static List<String> named(JobRef job, List<String> texts) {
        return texts.stream()
                .flatMap(text -> named(job, text).stream())
                .distinct()
                .toList();
    }

    private static List<String> named(JobRef job, String text) {
        List<Integer> numbers = numbers(text);
        return numbers.isEmpty()
                ? List.of(text)
                : numbers.stream()
                        .map(number -> job.name() + "-" + number + ":9100")
                        .toList();
    }

    /* The numbers of 7 or of 1..6; none when it is something else. */
    private static List<Integer> numbers(String text) {
        if (!text.matches("[1-9][0-9]{0,4}(\\.\\.[1-9][0-9]{0,4})?")) {
            return List.of();
        }
        String[] ends = text.split("\\.\\.");
        return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                .boxed()
                .toList();
    }
}
