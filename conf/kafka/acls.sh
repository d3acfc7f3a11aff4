#!/bin/sh
# What Tocsin and its readers may do, and nothing beside it, for a cluster with an authorizer and the topics of topics.sh.
# Each line is needed: a test plays these commands against a broker and takes one away at a time.
#
#   BOOTSTRAP=kafka-1:9093 ADMIN=admin.properties sh conf/kafka/acls.sh          # Kafka's bin folder in the PATH
set -eu

# User:tocsin writes (idempotent, without transactions), and reads back what it wrote: it restores from the topics, and sees
# a second process of its name. Reading takes no group. To describe a topic needs no line: whoever reads or writes may.
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation Write --topic tocsin.health
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation Read --topic tocsin.health
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation DescribeConfigs --topic tocsin.health
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation Write --topic tocsin.outages
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation Read --topic tocsin.outages
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation DescribeConfigs --topic tocsin.outages
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation Write --topic tocsin.findings
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation Read --topic tocsin.findings
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation DescribeConfigs --topic tocsin.findings
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation Write --topic tocsin.watermarks
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation Read --topic tocsin.watermarks
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation DescribeConfigs --topic tocsin.watermarks

# Where it shall make the topics itself (topics.sh is not needed then):
# kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation Create --topic tocsin.health
# kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation Create --topic tocsin.outages
# kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation Create --topic tocsin.findings
# kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:tocsin --operation Create --topic tocsin.watermarks

# User:pipelines stands for a reader of the topics; the group is for those that commit offsets (follow does not).
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:pipelines --operation Read --topic tocsin.health
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:pipelines --operation Read --topic tocsin.outages
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:pipelines --operation Read --topic tocsin.findings
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:pipelines --operation Read --topic tocsin.watermarks
kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --allow-principal User:pipelines --operation Read --group pipelines
