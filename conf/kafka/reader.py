#!/usr/bin/env python3
"""Follows Tocsin's outages. pip install confluent-kafka; python3 reader.py [HOST:PORT [TOPIC]]"""
import json
import sys

from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition

bootstrap = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:9092"
topic = sys.argv[2] if len(sys.argv) > 2 else "tocsin.outages"
consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "reader", "enable.auto.commit": False})
partitions = consumer.list_topics(topic, 10).topics[topic].partitions
consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for partition in partitions])

last = {}  # key -> (epoch, seq) of its last record
while True:
    record = consumer.poll(1)
    if record is None or record.error():
        continue  # nothing new, or a broker that comes back
    headers = {name: value.decode() for name, value in record.headers()}
    mark = int(headers["ce_tocsinepoch"]), int(headers["ce_sequence"])
    key = record.key().decode()
    known = last.get(key)
    if known and mark <= known:
        continue  # read before, or of a writer that another has followed
    if record.value() is None:  # a tombstone: the key ends, and starts again at 1
        last.pop(key, None)
        print(json.dumps({"key": key, "state": None}), flush=True)
        continue
    data = json.loads(record.value())
    if known and not data.get("snapshot") and mark[1] - data.get("coalesced", 0) > known[1] + 1:
        print("gap before", key, *mark, file=sys.stderr, flush=True)
    last[key] = mark
    print(json.dumps({"key": key, "state": data["state"], "verdict": data.get("verdict")}), flush=True)
