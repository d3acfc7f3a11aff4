/**
 * The proof by real parts: a real Prometheus, exporters that obey, the shaded jar as a child process, and a reader of
 * what it says. Everything runs on loopback ports of its own, in folders of its own.
 */
package dev.tocsin.e2e;
