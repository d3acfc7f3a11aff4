package dev.tocsin.broker;

import java.nio.file.Path;
import java.util.Map;

/** The program of a parent that is killed: starts a broker, says its process id, and waits. */
public final class BrokerParent {
    private BrokerParent() {}

    public static void main(String[] args) throws Exception {
        BrokerProcess broker = BrokerProcess.start(Path.of(args[0]), Integer.parseInt(args[1]), Map.of());
        System.out.println(broker.process().pid());
        Thread.currentThread().join();
    }
}
