//! The thread that polls: nothing moves in the client unless it does, and nothing else may wait here.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::SyncSender,
    },
    time::Instant,
};

use rumqttc::{Client, Connection, Event, Outgoing, Packet, Publish, QoS};
use wire::{
    ids::{DeviceId, HallId},
    metrics::Metrics,
    pause::Pause,
    spoken::Claim,
    topics::{DeviceTopic, Place, Topic},
};

use super::{FromBroker, Input, Reads, Sink, trouble::Trouble};
use crate::voice::turn::SharedTurn;

/// Polls the client and tells what came.
pub struct Poller {
    pub client: Client,
    pub hall: HallId,
    pub device: DeviceId,
    pub reads: Reads,
    pub turn: Option<Arc<SharedTurn>>,
    pub inputs: SyncSender<Input>,
    pub sink: Sink,
    pub stop: Arc<AtomicBool>,
}

impl Poller {
    /// Polls until the display ends.
    pub fn run(self, mut connection: Connection) {
        let (mut pause, mut connected) = (Pause::default(), None::<Instant>);
        let mut trouble = Trouble::default();
        while let Ok(event) = connection.recv() {
            match event {
                Ok(Event::Incoming(Packet::ConnAck(_))) => {
                    connected = Some(Instant::now());
                    trouble = Trouble::default();
                    self.subscribe();
                    self.tell(Input::Connected);
                    (self.sink)(FromBroker::Connected);
                }
                Ok(Event::Incoming(Packet::Publish(message))) => self.take(&message),
                Ok(Event::Incoming(Packet::PubAck(ack))) => {
                    self.tell(Input::Acknowledged(ack.pkid))
                }
                // What is not acknowledged has no number.
                Ok(Event::Outgoing(Outgoing::Publish(pkid))) if pkid != 0 => {
                    self.tell(Input::Sent(pkid))
                }
                Ok(Event::Outgoing(Outgoing::Disconnect)) => return,
                Ok(Event::Incoming(_) | Event::Outgoing(_)) => {}
                Err(error) => {
                    if self.stop.load(Ordering::Acquire) {
                        return;
                    }
                    let stood = connected.take().map(|since| since.elapsed());
                    if stood.is_some() {
                        tracing::warn!(%error, device = %self.device, "the connection broke");
                        self.tell(Input::Disconnected);
                        (self.sink)(FromBroker::Lost);
                    } else {
                        trouble.tell(&error);
                    }
                    // The client would connect again at once, thousands of times a second.
                    let wait = pause.after(stood);
                    if stood.is_some() && pause.looks_thrown_out() {
                        tracing::warn!(
                            device = %self.device,
                            "connections break as soon as they are made: another program may be \
                             showing the same device under the same name"
                        );
                    }
                    std::thread::sleep(wait);
                }
            }
            if self.stop.load(Ordering::Acquire) && connected.is_none() {
                return;
            }
        }
    }

    fn subscribe(&self) {
        let device = |topic| Topic::device(self.hall, self.device, topic);
        let topics = match self.reads {
            Reads::Screen => vec![
                device(DeviceTopic::Wanted),
                device(DeviceTopic::Job),
                Topic::metrics(self.hall),
            ],
            Reads::Voice => vec![device(DeviceTopic::Job), device(DeviceTopic::Claim)],
        };
        for topic in topics {
            if self.client.try_subscribe(topic.to_string(), QoS::AtLeastOnce).is_err() {
                tracing::warn!(%topic, "a subscription could not be asked for");
            }
        }
    }

    /// False of a voice for which another program speaks.
    fn is_ours(&self) -> bool {
        self.turn.as_ref().is_none_or(|turn| turn.is_ours())
    }

    fn tell(&self, input: Input) {
        if self.inputs.try_send(input).is_err() {
            tracing::debug!("the owner of the reports is behind or gone");
        }
    }

    fn take(&self, message: &Publish) {
        let Some(topic) = Topic::parse(&message.topic) else { return };
        let read = match topic.place {
            Place::Device(_, DeviceTopic::Wanted) => serde_json::from_slice(&message.payload)
                .map(|wanted| FromBroker::Face(Box::new(wanted), message.retain)),
            // A job that the broker kept was retained by mistake; it must not be done again.
            Place::Device(_, DeviceTopic::Job) if message.retain => return,
            Place::Device(_, DeviceTopic::Job) if !self.is_ours() => return,
            Place::Device(_, DeviceTopic::Claim) => {
                let claim: Result<Claim, _> = serde_json::from_slice(&message.payload);
                match (&self.turn, claim) {
                    (Some(turn), Ok(claim)) if turn.heard(&claim.by) => self.tell(Input::Claim),
                    (Some(_) | None, Ok(_)) => {}
                    (_, Err(error)) => tracing::warn!(%topic, %error, "no claim"),
                }
                return;
            }
            Place::Device(_, DeviceTopic::Job) => {
                serde_json::from_slice(&message.payload).map(FromBroker::Job)
            }
            Place::Metrics if message.retain => return,
            Place::Metrics => serde_json::from_slice(&message.payload)
                .map(|metrics: Metrics| FromBroker::Heartbeat(metrics.clock)),
            Place::Device(
                _,
                DeviceTopic::Report
                | DeviceTopic::State
                | DeviceTopic::Picture
                | DeviceTopic::Press,
            )
            | Place::BridgeState(_)
            | Place::Board
            | Place::Screens => return,
        };
        match read {
            Ok(told) => (self.sink)(told),
            Err(error) => tracing::warn!(%topic, %error, "a message could not be read"),
        }
    }
}
