//! `/api/asyncapi.json`: every topic of MQTT and every webhook, made of the types that cross the wire.

use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use wire::{
    board::Board,
    device::{BridgeState, DeviceState, Job, Picture, Press, Report, Wanted},
    metrics::Metrics,
    screens::Screens,
    spoken::Claim,
    topics::{DeviceTopic, Topic},
    webhook::{Webhook, WebhookKind},
};

/// The messages' bodies, with everything that they hold.
#[derive(OpenApi)]
#[openapi(components(schemas(
    BridgeState,
    Board,
    Claim,
    DeviceState,
    Job,
    Metrics,
    Picture,
    Press,
    Report,
    Screens,
    Wanted,
    Webhook
)))]
struct Messages;

/// What is said on a topic, and how.
struct Channel {
    name: &'static str,
    /// With the hall and the device left open.
    address: String,
    /// The body's type.
    message: &'static str,
    is_retained: bool,
    /// Whether the server says it, or hears it.
    is_ours: bool,
    summary: &'static str,
}

/// The description; empty if the placeholders are no ids, which a test would see.
#[must_use]
pub fn description() -> Value {
    let channels = channels().unwrap_or_default();
    let schemas = Messages::openapi().components.map(|components| components.schemas);
    let mut names: Vec<&str> = channels.iter().map(|channel| channel.message).collect();
    names.push("Webhook");
    let message = |name: &str| {
        let mut message = json!({
            "name": name,
            "contentType": "application/json",
            "payload": { "$ref": format!("#/components/schemas/{name}") },
        });
        if name == "Webhook" {
            message["headers"] = signed();
        }
        (name.to_owned(), message)
    };
    let messages: Map<String, Value> = names.into_iter().map(message).collect();
    let mut places: Map<String, Value> =
        channels.iter().map(|channel| (channel.name.to_owned(), channel.place())).collect();
    places.insert("webhook".to_owned(), webhook_place());
    let mut acts: Map<String, Value> =
        channels.iter().map(|channel| (channel.name.to_owned(), channel.act())).collect();
    acts.insert(
        "webhook".to_owned(),
        json!({
            "action": "send",
            "channel": { "$ref": "#/channels/webhook" },
            "summary": "What happened, told to a receiver of the server's own file.",
            "bindings": { "http": { "method": "POST", "bindingVersion": "0.3.0" } },
        }),
    );
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Paihao",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The service hall's MQTT topics and webhooks. Nothing in them identifies a citizen.",
        },
        "defaultContentType": "application/json",
        "servers": {
            "broker": { "host": "hall.example:1883", "protocol": "mqtt", "protocolVersion": "3.1.1 and 5" },
            "receiver": { "host": "receiver.example", "protocol": "https" },
        },
        "channels": places,
        "operations": acts,
        "components": { "messages": messages, "schemas": schemas },
    })
}

impl Channel {
    fn place(&self) -> Value {
        let named = |name: &str| self.address.contains(&format!("{{{name}}}"));
        let parameters: Map<String, Value> =
            [("hall", "The hall."), ("id", "The device, or the bridge.")]
                .into_iter()
                .filter(|(name, _)| named(name))
                .map(|(name, what)| (name.to_owned(), json!({ "description": what })))
                .collect();
        json!({
            "address": self.address,
            "servers": [{ "$ref": "#/servers/broker" }],
            "parameters": parameters,
            "messages": { self.message: { "$ref": format!("#/components/messages/{}", self.message) } },
        })
    }

    fn act(&self) -> Value {
        json!({
            "action": if self.is_ours { "send" } else { "receive" },
            "channel": { "$ref": format!("#/channels/{}", self.name) },
            "summary": self.summary,
            "bindings": { "mqtt": { "qos": 1, "retain": self.is_retained, "bindingVersion": "0.2.0" } },
        })
    }
}

/// Every topic of `wire::topics`.
fn channels() -> Option<Vec<Channel>> {
    // Ids that no hall has, so that what stands for them can be found again.
    let (hall, id) = ("HALL", "ID");
    let (one, device) = (hall.parse().ok()?, id.parse().ok()?);
    let open = |topic: Topic| topic.to_string().replace(hall, "{hall}").replace(id, "{id}");
    let mut channels: Vec<Channel> = DeviceTopic::ALL
        .into_iter()
        .map(|topic| of_device(topic, open(Topic::device(one, device, topic))))
        .collect();
    channels.extend([
        Channel {
            name: "bridge_state",
            address: open(Topic::bridge_state(one, device)),
            message: "BridgeState",
            is_retained: true,
            is_ours: false,
            summary: "How a bridge is; its last will.",
        },
        Channel {
            name: "board",
            address: open(Topic::board(one)),
            message: "Board",
            is_retained: true,
            is_ours: true,
            summary: "The whole hall now, every five seconds.",
        },
        Channel {
            name: "screens",
            address: open(Topic::screens(one)),
            message: "Screens",
            is_retained: true,
            is_ours: true,
            summary: "Every screen that a program shows.",
        },
        Channel {
            name: "metrics",
            address: open(Topic::metrics(one)),
            message: "Metrics",
            is_retained: true,
            is_ours: true,
            summary: "What the office subscribes to, every ten seconds.",
        },
    ]);
    Some(channels)
}

fn of_device(topic: DeviceTopic, address: String) -> Channel {
    let (message, is_retained, is_ours, summary) = match topic {
        DeviceTopic::Wanted => ("Wanted", true, true, "The whole face that it must show."),
        DeviceTopic::Job => ("Job", false, true, "Something to do once."),
        DeviceTopic::Report => ("Report", false, false, "Something that it did."),
        DeviceTopic::State => ("DeviceState", true, false, "How it is."),
        DeviceTopic::Picture => ("Picture", true, false, "What a twin shows, made of its bytes."),
        DeviceTopic::Press => {
            ("Press", false, true, "A key pressed in the device room, for twins.")
        }
        DeviceTopic::Claim => ("Claim", true, false, "Which program speaks for a voice."),
    };
    Channel { name: topic.as_str(), address, message, is_retained, is_ours, summary }
}

fn webhook_place() -> Value {
    let kinds: Vec<&str> = WebhookKind::ALL.iter().map(|kind| kind.as_str()).collect();
    json!({
        "address": "{url}",
        "servers": [{ "$ref": "#/servers/receiver" }],
        "description": format!("The address of a [[webhook]]. Kinds: {}.", kinds.join(", ")),
        "parameters": { "url": { "description": "As it stands in the server's own file." } },
        "messages": { "Webhook": { "$ref": "#/components/messages/Webhook" } },
    })
}

/// The headers of Standard Webhooks.
fn signed() -> Value {
    json!({
        "type": "object",
        "required": ["webhook-id", "webhook-timestamp", "webhook-signature"],
        "properties": {
            "webhook-id": { "type": "string", "description": "Names the event; a repeat has the same." },
            "webhook-timestamp": { "type": "string", "description": "Seconds since 1970 of this try." },
            "webhook-signature": {
                "type": "string",
                "description": "v1, and base64 of HMAC-SHA256 over id.timestamp.body; one for each secret.",
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every reference in a document, wherever it stands.
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                let to = fields.get("$ref").and_then(Value::as_str);
                found.extend(to.map(ToOwned::to_owned));
                fields.values().for_each(|field| references(field, found));
            }
            Value::Array(all) => all.iter().for_each(|each| references(each, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    #[test]
    fn every_topic_is_described_and_every_reference_leads_somewhere() {
        let told = description();
        let ends = |name: &str, end: &str| {
            let address = told["channels"][name]["address"].as_str().unwrap();
            assert!(address.contains("/{hall}/") && address.ends_with(end), "{name}: {address}");
        };
        for topic in DeviceTopic::ALL {
            ends(topic.as_str(), &format!("/device/{{id}}/{}", topic.as_str()));
        }
        ends("bridge_state", "/bridge/{id}/state");
        for name in ["board", "metrics", "screens"] {
            ends(name, &format!("/{name}"));
        }
        let mut found = Vec::new();
        references(&told, &mut found);
        assert!(found.len() > 60, "{}", found.len());
        for to in found {
            let place = to.strip_prefix('#').unwrap();
            assert!(told.pointer(place).is_some(), "{to} leads nowhere");
        }
    }
}
