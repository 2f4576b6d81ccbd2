//! The false broker and the connections to it: at least once and in order while a connection lasts;
//! what was on its way when it broke is lost; a restarted broker has forgotten everything.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use queue_server::outbox::postroom::Post;
use wire::{
    device::{BridgeState, Wanted},
    topics::{DeviceTopic, Place, Topic},
};

use crate::{
    faults::Fault,
    world::{Deed, Outcome, World},
};

/// Who is connected to the broker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Client {
    /// The server.
    Server,
    /// The bridge.
    Bridge,
    /// The hall screen.
    Screen,
}

const PAUSE_MIN: Duration = Duration::from_millis(100);
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// Messages that the server's client holds while the broker is away.
const WAITING_MAX: usize = 4_096;

/// Messages that the broker holds for the server while it is away.
const HELD_MAX: usize = 4_096;

/// A message.
#[derive(Debug, Clone)]
pub struct Message {
    /// Where.
    pub topic: Topic,
    /// Whether the broker keeps it.
    pub retain: bool,
    /// What.
    pub payload: Vec<u8>,
    /// What its sender calls it, to hear that the broker has it.
    pub tag: Option<u64>,
}

/// What goes from a client to the broker.
#[derive(Debug, Clone)]
pub enum Packet {
    /// The client wants its topics.
    Subscribe,
    /// A message.
    Publish(Box<Message>),
    /// The client has this message.
    Has(u64),
}

/// What the broker sends.
#[derive(Debug, Clone)]
pub enum FromBroker {
    /// Connected.
    Connected,
    /// A message; how it came to the broker's hands, and its number.
    Message(Box<Message>, Kept, u64),
    /// The broker has the message with this tag.
    Has(u64),
}

/// Whether the broker had a message before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It came just now.
    No,
    /// It is retained.
    Retained,
    /// It waited for a client that was away.
    Waited,
}

/// The broker.
#[derive(Debug, Default)]
pub struct Broker {
    up: bool,
    retained: BTreeMap<Topic, Message>,
    sessions: BTreeMap<Client, Session>,
    conns: u64,
    messages: u64,
}

/// What the broker knows of a client.
#[derive(Debug, Default)]
struct Session {
    conn: Option<u64>,
    subscribed: bool,
    /// Messages for the server while it is away.
    held: VecDeque<Message>,
    /// Messages that it has not acknowledged.
    unacknowledged: BTreeMap<u64, Message>,
    will: Option<Message>,
}

/// A client's side of its connection.
#[derive(Debug, Default)]
pub struct Link {
    /// The process goes on connecting.
    wanted: bool,
    epoch: u64,
    conn: Option<u64>,
    pause: Duration,
    waiting: VecDeque<Message>,
    up_until: Duration,
    down_until: Duration,
}

impl Broker {
    /// True while it runs.
    #[must_use]
    pub const fn is_up(&self) -> bool {
        self.up
    }
}

impl World {
    /// The broker starts, remembering nothing.
    pub fn start_broker(&mut self) {
        let (conns, messages) = (self.broker.conns, self.broker.messages);
        self.broker = Broker { up: true, conns, messages, ..Broker::default() };
    }

    /// The broker ends; every connection breaks.
    pub fn broker_stops(&mut self) {
        self.broker.up = false;
        for client in [Client::Server, Client::Bridge, Client::Screen] {
            self.link_breaks(client);
        }
    }

    /// A process begins to connect.
    pub fn start_link(&mut self, client: Client) {
        let link = self.links.entry(client).or_default();
        let epoch = link.epoch + 1;
        let (up_until, down_until) = (link.up_until, link.down_until);
        *link =
            Link { wanted: true, epoch, pause: PAUSE_MIN, up_until, down_until, ..Link::default() };
        self.after(Duration::from_millis(5), Deed::Connect(client, epoch));
    }

    /// A process has ended: its connection breaks, and the broker says its will.
    pub fn link_ends(&mut self, client: Client) {
        self.link_breaks(client);
        if let Some(link) = self.links.get_mut(&client) {
            link.wanted = false;
            link.epoch += 1;
        }
    }

    /// A connection breaks, with all that was on its way.
    pub fn link_breaks(&mut self, client: Client) {
        self.broker_loses(client);
        let Some(link) = self.links.get_mut(&client).filter(|link| link.conn.is_some()) else {
            return;
        };
        link.conn = None;
        link.epoch += 1;
        link.pause = PAUSE_MIN;
        // A new client takes the place of the old one, and what waited in that is gone.
        link.waiting.clear();
        let epoch = link.epoch;
        self.counts.breaks += 1;
        self.after(PAUSE_MIN, Deed::Connect(client, epoch));
        match client {
            Client::Server => {}
            Client::Bridge => self.bridge_lost(),
            Client::Screen => self.screen_lost(),
        }
    }

    /// A client tries to connect.
    pub fn connect(&mut self, client: Client, epoch: u64) {
        let up = self.broker.up;
        let Some(link) = self.links.get_mut(&client) else { return };
        if !link.wanted || link.epoch != epoch || link.conn.is_some() {
            return;
        }
        if !up {
            link.pause = (link.pause * 2).min(PAUSE_MAX);
            let pause = link.pause;
            self.after(pause, Deed::Connect(client, epoch));
            return;
        }
        self.broker_loses(client);
        self.broker.conns += 1;
        let conn = self.broker.conns;
        if let Some(link) = self.links.get_mut(&client) {
            link.conn = Some(conn);
        }
        let will = (client == Client::Bridge).then(|| self.bridge_will()).flatten();
        let session = self.broker.sessions.entry(client).or_default();
        session.conn = Some(conn);
        session.will = will;
        if client != Client::Server {
            *session =
                Session { conn: Some(conn), will: session.will.take(), ..Session::default() };
        }
        self.down(client, conn, FromBroker::Connected);
        let session = self.broker.sessions.entry(client).or_default();
        let again: Vec<_> = session.unacknowledged.clone().into_iter().collect();
        let held: Vec<_> = session.held.drain(..).collect();
        for (id, message) in again {
            self.down(client, conn, FromBroker::Message(Box::new(message), Kept::Waited, id));
        }
        for message in held {
            self.deliver(client, &message, Kept::Waited);
        }
    }

    /// Something of a client reaches the broker.
    pub fn up(&mut self, client: Client, conn: u64, packet: Packet) {
        let session = self.broker.sessions.get_mut(&client);
        let Some(session) = session.filter(|session| session.conn == Some(conn)) else { return };
        match packet {
            Packet::Subscribe => {
                session.subscribed = true;
                let mut kept: Vec<_> = self.broker.retained.values().cloned().collect();
                kept.retain(|message| self.reads(client, message.topic));
                for message in kept {
                    self.deliver(client, &message, Kept::Retained);
                }
            }
            Packet::Publish(message) => {
                if let Some(tag) = message.tag {
                    self.down(client, conn, FromBroker::Has(tag));
                }
                self.route(*message);
            }
            Packet::Has(id) => {
                session.unacknowledged.remove(&id);
            }
        }
    }

    /// Something of the broker reaches a client.
    ///
    /// # Errors
    /// If what the client does then may not be.
    pub fn from_broker(&mut self, client: Client, conn: u64, from: FromBroker) -> Outcome {
        let link = self.links.get_mut(&client).filter(|link| link.conn == Some(conn));
        let Some(link) = link else { return Ok(()) };
        match from {
            FromBroker::Connected => {
                link.pause = PAUSE_MIN;
                let waiting: Vec<_> = link.waiting.drain(..).collect();
                self.send(client, conn, Packet::Subscribe);
                for message in waiting {
                    self.send(client, conn, Packet::Publish(Box::new(message)));
                }
                match client {
                    Client::Server => self.server_connected(),
                    Client::Bridge => self.bridge_connected(),
                    Client::Screen => self.screen_connected(),
                }
            }
            FromBroker::Message(message, kept, id) => {
                let Message { topic, payload, .. } = *message;
                match client {
                    Client::Server => {
                        let waited = kept == Kept::Waited;
                        self.server_receives((conn, id), topic, &payload, waited);
                    }
                    Client::Bridge => {
                        self.acknowledge(client, conn, id);
                        self.bridge_receives(topic, payload);
                    }
                    Client::Screen => {
                        self.acknowledge(client, conn, id);
                        self.screen_receives(&payload, kept == Kept::Retained);
                    }
                }
            }
            FromBroker::Has(tag) => {
                if client == Client::Bridge {
                    self.bridge_acknowledged(tag);
                }
            }
        }
        Ok(())
    }

    /// A client tells the broker that it has a message.
    pub fn acknowledge(&mut self, client: Client, conn: u64, message: u64) {
        self.send(client, conn, Packet::Has(message));
    }

    /// The server publishes; without a connection it waits in the client.
    pub fn server_posts(&mut self, post: &Post) {
        let topic = Topic::device(self.profile.setup.id(), post.device, post.topic());
        let payload = post.payload().expect("a post is text");
        let message = Message { topic, retain: post.is_retained(), payload, tag: None };
        let Some(link) = self.links.get_mut(&Client::Server) else { return };
        match link.conn {
            Some(conn) => self.send(Client::Server, conn, Packet::Publish(Box::new(message))),
            None if link.waiting.len() < WAITING_MAX => link.waiting.push_back(message),
            None => {}
        }
    }

    /// The bridge publishes; false if it has no connection.
    pub fn bridge_posts(&mut self, post: firmware_bridge::switchboard::Post) -> bool {
        let firmware_bridge::switchboard::Post { topic, retain, payload, tag } = post;
        let conn = self.links.get(&Client::Bridge).and_then(|link| link.conn);
        let Some(conn) = conn else { return false };
        let message = Message { topic, retain, payload, tag };
        self.send(Client::Bridge, conn, Packet::Publish(Box::new(message)));
        true
    }

    /// True if a client is connected.
    #[must_use]
    pub fn is_connected(&self, client: Client) -> bool {
        self.links.get(&client).is_some_and(|link| link.conn.is_some())
    }

    fn send(&mut self, client: Client, conn: u64, packet: Packet) {
        let delay = self.delay();
        let now = self.now;
        let Some(link) = self.links.get_mut(&client).filter(|link| link.conn == Some(conn)) else {
            return;
        };
        link.up_until = link.up_until.max(now + delay);
        let at = link.up_until;
        self.plan(at, Deed::Up(client, conn, packet));
    }

    fn down(&mut self, client: Client, conn: u64, from: FromBroker) {
        let delay = self.delay();
        let now = self.now;
        let Some(link) = self.links.get_mut(&client) else { return };
        link.down_until = link.down_until.max(now + delay);
        let at = link.down_until;
        if matches!(from, FromBroker::Message(..)) && self.strikes(Fault::MqttTwice, 30) {
            let late = self.luck.millis(0, 4_000);
            self.plan(at + late, Deed::Down(client, conn, from.clone()));
        }
        self.plan(at, Deed::Down(client, conn, from));
    }

    fn route(&mut self, message: Message) {
        if message.retain {
            self.broker.retained.insert(message.topic, message.clone());
        }
        for client in [Client::Server, Client::Bridge, Client::Screen] {
            if self.reads(client, message.topic) {
                self.deliver(client, &message, Kept::No);
            }
        }
    }

    fn deliver(&mut self, client: Client, message: &Message, kept: Kept) {
        let Some(session) = self.broker.sessions.get_mut(&client) else { return };
        let Some(conn) = session.conn else {
            if client == Client::Server && session.subscribed && session.held.len() < HELD_MAX {
                session.held.push_back(message.clone());
            }
            return;
        };
        if !session.subscribed {
            return;
        }
        self.broker.messages += 1;
        let id = self.broker.messages;
        session.unacknowledged.insert(id, message.clone());
        self.down(client, conn, FromBroker::Message(Box::new(message.clone()), kept, id));
    }

    fn broker_loses(&mut self, client: Client) {
        let Some(session) = self.broker.sessions.get_mut(&client) else { return };
        if session.conn.take().is_none() {
            return;
        }
        if let Some(will) = session.will.take() {
            self.route(will);
        }
    }

    fn reads(&self, client: Client, topic: Topic) -> bool {
        match (client, topic.place) {
            (Client::Server, Place::Device(_, DeviceTopic::Wanted | DeviceTopic::Job)) => false,
            (Client::Server, _) => true,
            (Client::Bridge, Place::Device(id, DeviceTopic::Wanted | DeviceTopic::Job)) => {
                self.bridge_carries(id)
            }
            (Client::Screen, Place::Device(id, DeviceTopic::Wanted)) => Some(id) == self.screen_id,
            (Client::Bridge | Client::Screen, _) => false,
        }
    }
}

/// Reads a face.
#[must_use]
pub fn face(payload: &[u8]) -> Option<Wanted> {
    serde_json::from_slice(payload).ok()
}

/// A will.
#[must_use]
pub fn will(post: firmware_bridge::switchboard::Post) -> Message {
    debug_assert!(serde_json::from_slice::<BridgeState>(&post.payload).is_ok());
    Message { topic: post.topic, retain: post.retain, payload: post.payload, tag: None }
}
