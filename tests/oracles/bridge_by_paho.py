"""A bridge that is not ours, as docs/PROTOCOL.md describes one: paho says that it is there and presses keys.

Arguments: host port user password version(3|5). A grade is given when the evaluator of window 1 asks;
each report is sent twice, as a bridge does that did not hear the broker's answer. Prints what it
does, a line each, and ends after the grade was acknowledged."""

import json
import queue
import sys

import paho.mqtt.client as mqtt

HOST, PORT, USER, PASSWORD, VERSION = sys.argv[1:6]
DEVICES = ["strip-1", "pad-1", "evaluator-1"]
BOOT = 7_000 + int(VERSION)
PATIENCE = 30

news = queue.Queue(maxsize=100)


def device(name, what):
    return f"hall/yunxi/device/{name}/{what}"


def connected(client, userdata, flags, reason, properties=None):
    news.put(("connected", str(reason)))


def came(client, userdata, message):
    news.put((message.topic, message.payload))


def hear(wanted):
    while True:
        what, payload = news.get(timeout=PATIENCE)
        found = wanted(what, payload)
        if found:
            return found


versions = {"3": mqtt.MQTTv311, "5": mqtt.MQTTv5}
client = mqtt.Client(
    mqtt.CallbackAPIVersion.VERSION2, client_id=f"{USER}.paho{VERSION}", protocol=versions[VERSION]
)
client.username_pw_set(USER, PASSWORD)
bridge = f"hall/yunxi/bridge/{USER}/state"
gone = {"online": False, "boot": BOOT, "devices": []}
client.will_set(bridge, json.dumps(gone), qos=1, retain=True)
client.on_connect, client.on_message = connected, came
client.connect(HOST, int(PORT), keepalive=10)
client.loop_start()


def say(topic, what, retain=False):
    for _ in range(1 if retain else 2):
        client.publish(topic, json.dumps(what), qos=1, retain=retain).wait_for_publish(PATIENCE)


def asked(topic, payload):
    if topic != device("evaluator-1", "wanted"):
        return None
    return json.loads(payload)["face"]["evaluator"]["ask"]


def calling(topic, payload):
    if topic != device("strip-1", "wanted"):
        return None
    face = json.loads(payload)["face"]["strip"]
    return face["text"] if face["tone"] == "calling" else None


print("connected", hear(lambda what, reason: what == "connected" and reason), flush=True)
client.subscribe([(device(name, what), 1) for name in DEVICES for what in ("wanted", "job")])
say(bridge, {"online": True, "boot": BOOT, "devices": DEVICES}, retain=True)
well = {"health": "online", "why": "", "shown": None, "about": "paho", "counters": {}}
for name in DEVICES:
    say(device(name, "state"), well, retain=True)
say(device("pad-1", "report"), {"boot": BOOT, "count": 1, "what": {"pressed": "call_next"}})
print("calling", hear(calling), flush=True)
say(device("pad-1", "report"), {"boot": BOOT, "count": 2, "what": {"pressed": "start"}})
say(device("pad-1", "report"), {"boot": BOOT, "count": 3, "what": {"pressed": "finish"}})
ask = hear(asked)
grade = {"graded": {"level": 4, "scale": 5, "leg": ask["leg"]}}
say(device("evaluator-1", "report"), {"boot": BOOT, "count": 4, "what": grade})
print("graded", ask["no"], flush=True)
client.disconnect()
client.loop_stop()
