package dev.tocsin.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes answers to {@code /api/v1/targets} of the size and look of real ones: about 1 kB a target. */
public final class TargetAnswers {
    private TargetAnswers() {}

    /** An answer of that many targets in an order of its own; a tenth of them down. Only the times differ by round. */
    public static byte[] answer(int targets, int round, long orderSeed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < targets; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(orderSeed));
        StringBuilder out = new StringBuilder(targets * 1024);
        out.append("{\"status\":\"success\",\"data\":{\"activeTargets\":[");
        for (int n = 0; n < targets; n++) {
            out.append(n == 0 ? "" : ",");
            target(order.get(n), round, out);
        }
        out.append("],\"droppedTargets\":[],\"droppedTargetCounts\":null}}");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void target(int i, int round, StringBuilder out) {
        String pool = "serviceMonitor/team-" + i % 7 + "/exporter/" + i % 5;
        String address = "10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256 + ":9100";
        boolean down = i % 10 == 0;
        out.append("{\"discoveredLabels\":{\"__address__\":\"").append(address);
        out.append("\",\"__metrics_path__\":\"/metrics\",\"__scheme__\":\"http\",\"__scrape_interval__\":\"15s\",");
        out.append("\"__scrape_timeout__\":\"10s\",\"__meta_filepath\":\"/etc/prometheus/targets/")
                .append(pool);
        out.append(".json\",\"__meta_datacenter\":\"eu-west-1\",\"__meta_rack\":\"r")
                .append(i % 40);
        out.append("\",\"team\":\"team-")
                .append(i % 7)
                .append("\",\"zone\":\"eu-west-1a\",\"job\":\"")
                .append(pool);
        out.append("\"},\"labels\":{\"env\":\"prod\",\"instance\":\"").append(address);
        out.append("\",\"job\":\"exporter-")
                .append(i % 5)
                .append("\",\"namespace\":\"team-")
                .append(i % 7);
        out.append("\",\"zone\":\"eu-west-1a\"},\"scrapePool\":\"").append(pool);
        out.append("\",\"scrapeUrl\":\"http://").append(address).append("/metrics\",\"globalUrl\":\"http://");
        out.append(address).append("/metrics\",\"lastError\":\"");
        if (down) {
            out.append("Get \\\"http://")
                    .append(address)
                    .append("/metrics\\\": dial tcp ")
                    .append(address);
            out.append(": connect: connection refused");
        }
        out.append("\",\"lastScrape\":\"2026-11-20T04:")
                .append(10 + round % 50)
                .append(':')
                .append(10 + i % 50);
        out.append(".")
                .append(100_000_000 + i)
                .append("Z\",\"lastScrapeDuration\":0.00")
                .append(10_000 + i % 1000);
        out.append(",\"health\":\"").append(down ? "down" : "up");
        out.append("\",\"scrapeInterval\":\"15s\",\"scrapeTimeout\":\"10s\"}");
    }
}
