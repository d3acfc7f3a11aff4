package dev.tocsin.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Answers to {@code /api/v1/targets} as Prometheus 2.42 writes them for targets of EC2 discovery: eight {@code __meta}
 * labels, about 1,015 bytes a target (measured: 10.25 MB for 10,100). Confined.
 *
 * <p>Between two answers the order and the times differ, and nothing else: so does the real one.
 */
public final class Documents {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int PER_JOB = 500;

    /** How each target does. */
    interface Scrapes {
        boolean up(int target);

        /** When it was scraped last. */
        Instant last(int target);
    }

    private final Random random;
    private final List<Integer> order = new ArrayList<>();

    public Documents(int targets, long seed) {
        random = new Random(seed);
        for (int i = 0; i < targets; i++) {
            order.add(i);
        }
    }

    /** The names of the pools of that many targets, as a JSON list. */
    static String pools(int targets) {
        StringBuilder names = new StringBuilder("[");
        for (int i = 0; i < targets; i += PER_JOB) {
            names.append(i == 0 ? "" : ",").append("\"job-").append(i / PER_JOB).append('"');
        }
        return names.append(']').toString();
    }

    /** The next answer, all targets up, scraped within the 15 s before {@code now}. */
    public byte[] next(Instant now) {
        return next(new Scrapes() {
            @Override
            public boolean up(int target) {
                return true;
            }

            @Override
            public Instant last(int target) {
                return now.minusNanos(random.nextInt(1_000_000_000) * 15L);
            }
        });
    }

    byte[] next(Scrapes scrapes) {
        Collections.shuffle(order, random);
        StringBuilder text = new StringBuilder(1_040 * order.size() + 100);
        text.append("{\"status\":\"success\",\"data\":{\"activeTargets\":[");
        for (int n = 0; n < order.size(); n++) {
            text.append(n == 0 ? "" : ",");
            target(text, order.get(n), scrapes);
        }
        text.append("],\"droppedTargets\":[]}}");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The label {@code instance} of a target. */
    static String instance(int i) {
        return "10." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255) + ":9100";
    }

    private void target(StringBuilder text, int i, Scrapes scrapes) {
        String address = instance(i);
        String job = "job-" + i / PER_JOB;
        String url = "http://" + address + "/metrics";
        String hex = Integer.toHexString(0x5F3A_0000 + i);
        text.append("{\"discoveredLabels\":{\"__address__\":\"").append(address);
        text.append("\",\"__meta_ec2_ami\":\"ami-0c55b159cb").append(hex);
        text.append("\",\"__meta_ec2_availability_zone\":\"eu-central-1").append("abc".charAt(i % 3));
        text.append("\",\"__meta_ec2_instance_id\":\"i-0a1b2c3d4").append(hex);
        text.append("\",\"__meta_ec2_instance_type\":\"m5.2xlarge");
        text.append("\",\"__meta_ec2_private_dns_name\":\"ip-10-0-")
                .append(i)
                .append(".production.monitoring.eu-central-1.compute.internal");
        text.append("\",\"__meta_ec2_subnet_id\":\",subnet-0bb1c79de3,subnet-0f1e2d3c4b,subnet-0a9b8c7d6e,");
        text.append("\",\"__meta_ec2_tag_Name\":\"").append(job).append('-').append(i);
        text.append("\",\"__meta_ec2_vpc_id\":\"vpc-0e9801d129");
        text.append("\",\"__metrics_path__\":\"/metrics\",\"__scheme__\":\"http\",\"__scrape_interval__\":\"15s\"");
        text.append(",\"__scrape_timeout__\":\"10s\",\"job\":\"").append(job).append("\"}");
        text.append(",\"labels\":{\"instance\":\"")
                .append(address)
                .append("\",\"job\":\"")
                .append(job);
        text.append("\",\"region\":\"eu-central-1\",\"team\":\"team-")
                .append(i % 37)
                .append("\"}");
        text.append(",\"scrapePool\":\"")
                .append(job)
                .append("\",\"scrapeUrl\":\"")
                .append(url);
        text.append("\",\"globalUrl\":\"").append(url).append("\",\"lastError\":\"");
        boolean up = scrapes.up(i);
        if (!up) {
            text.append("Get \\\"").append(url).append("\\\": dial tcp ").append(address);
            text.append(": connect: connection refused");
        }
        text.append("\",\"lastScrape\":\"");
        STAMP.formatTo(scrapes.last(i), text);
        text.append("\",\"lastScrapeDuration\":0.00").append(random.nextInt(1_000_000) + 1_000_000);
        text.append(",\"health\":\"").append(up ? "up" : "down");
        text.append("\",\"scrapeInterval\":\"15s\",\"scrapeTimeout\":\"10s\"}");
    }
}
