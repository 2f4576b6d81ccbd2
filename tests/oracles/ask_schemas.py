"""Whether what was said is as a document describes it. JSON on standard input and output.

A field that the document does not name is wrong too: every object is closed before it is looked at.
"""
import json
import re
import sys

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

WRONG_MAX = 20


def close(schema):
    """Closes every object that says what it holds."""
    if isinstance(schema, dict):
        if "properties" in schema and "additionalProperties" not in schema:
            schema["additionalProperties"] = False
        for each in schema.values():
            close(each)
    elif isinstance(schema, list):
        for each in schema:
            close(each)


asked = json.load(sys.stdin)
document = asked["document"]
close(document["components"]["schemas"])
registry = Registry().with_resource("urn:document", Resource.from_contents(document, DRAFT202012))
wrong, unseen, kept = [], [], {}


def escape(part):
    return part.replace("~", "~0").replace("/", "~1")


def look(what, place, value):
    pointer = "urn:document#/" + "/".join(escape(part) for part in place)
    checker = kept.setdefault(
        pointer, Draft202012Validator({"$ref": pointer}, registry=registry))
    for error in list(checker.iter_errors(value))[:1]:
        while error.context:
            error = max(error.context, key=lambda each: len(each.absolute_path))
        path = "/".join(str(part) for part in error.absolute_path)
        told = f"{what}: {path}: {error.message[:200]}"
        if told not in wrong and len(wrong) < WRONG_MAX:
            wrong.append(told)


if asked["kind"] == "openapi":
    routes = []
    for path, methods in document["paths"].items():
        pattern = re.compile("^" + re.sub(r"\\\{[^/]+\\\}", "[^/]+", re.escape(path)) + "$")
        # What is spelled out comes before what is left open.
        routes += [(path.count("{"), method, path, pattern) for method in methods]
    routes.sort(key=lambda route: route[0])
    answered = set()
    for said in asked["said"]:
        path = said["path"].split("?")[0]
        found = next((route for route in routes
                      if route[1] == said["method"] and route[3].match(path)), None)
        what = f"{said['method'].upper()} {path} {said['status']}"
        if found is None:
            wrong.append(f"{what}: no such route is described")
            continue
        if said["status"] < 300:
            answered.add((found[1], found[2]))
        responses = document["paths"][found[2]][found[1]]["responses"]
        response = responses.get(str(said["status"]))
        if response is None:
            told = f"{found[1].upper()} {found[2]}: {said['status']} is not described ({said['body']})"
            wrong.append(told[:300])
            continue
        content = response.get("content", {})
        if said["body"] is None and not content:
            continue
        if said["type"] not in content:
            wrong.append(f"{what}: {said['type']} is not described")
            continue
        look(what, ["paths", found[2], found[1], "responses", str(said["status"]), "content",
                    said["type"], "schema"], said["body"])
    unseen = [f"{method.upper()} {path}" for _, method, path, _ in routes
              if (method, path) not in answered]
else:
    channels = []
    for name, channel in document["channels"].items():
        pattern = re.compile("^" + re.sub(r"\\\{[^/]+\\\}", "[^/]+", re.escape(channel["address"])) + "$")
        channels.append((pattern, list(channel["messages"])[0]))
    for topic, payload in asked["said"]:
        found = next((message for pattern, message in channels
                      if topic.startswith("hall/") and pattern.match(topic)),
                     "Webhook" if topic == "webhook" else None)
        if found is None:
            wrong.append(f"{topic}: no such topic is described")
            continue
        look(topic, ["components", "schemas", found], payload)

print(json.dumps({"wrong": wrong[:WRONG_MAX], "unseen": unseen}, ensure_ascii=False))
