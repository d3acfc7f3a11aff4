/** The poller against servers that misbehave to the byte, and its plan in virtual time. */
package dev.tocsin.poll;
