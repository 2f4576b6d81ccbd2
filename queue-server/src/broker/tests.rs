//! The embedded broker as clients meet it: one that floods is slowed down, a revoked one sent away.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use rumqttc::{AsyncClient, Event, EventLoop, MqttOptions, Packet, QoS};

use super::{Broker, Permissions, ServerSecret};
use crate::{
    access::{Access, Role},
    testing::county,
};

const WITHIN: Duration = Duration::from_secs(60);

struct Hall {
    _data: tempfile::TempDir,
    access: Access,
    broker: Broker,
    server: ServerSecret,
}

async fn hall() -> Hall {
    let data = tempfile::tempdir().unwrap();
    let access = Access::open(data.path()).unwrap();
    let server = ServerSecret::fresh().unwrap();
    let county = county();
    let permissions =
        Permissions::new(county.setup.id(), access.clone(), server.clone(), &county.devices);
    let any = "127.0.0.1:0".parse().unwrap();
    let broker = Broker::start(any, Arc::new(permissions)).await.unwrap();
    Hall { _data: data, access, broker, server }
}

async fn connect(hall: &Hall, name: &str, secret: &str) -> (AsyncClient, EventLoop) {
    let mut options = MqttOptions::new(name, "127.0.0.1", hall.broker.address().port());
    options.set_credentials(name, secret).set_inflight(100);
    let (client, mut line) = AsyncClient::new(options, 64);
    let first = tokio::time::timeout(WITHIN, line.poll()).await.unwrap();
    assert!(matches!(first, Ok(Event::Incoming(Packet::ConnAck(_)))), "{first:?}");
    (client, line)
}

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_quick_messages_are_slowed_down_and_every_acknowledged_one_arrives() {
    const COUNT: usize = 5_000;
    let hall = hall().await;
    let (name, secret) = hall.server.credentials();
    let (server, mut hears) = connect(&hall, name, secret).await;
    let id = county().setup.id();
    server.subscribe(wire::topics::everything(id), QoS::AtLeastOnce).await.unwrap();
    while !matches!(hears.poll().await, Ok(Event::Incoming(Packet::SubAck(_)))) {}

    let bridge = Some("bridge-1".parse().unwrap());
    let (_, secret) = hall.access.add_credential(Role::Bridge, bridge, None).unwrap();
    let (client, mut line) = connect(&hall, "bridge-1", &secret).await;
    let topic = wire::topics::Topic::device(
        id,
        "strip-1".parse().unwrap(),
        wire::topics::DeviceTopic::Report,
    );
    let flood = tokio::spawn(async move {
        for number in 0..COUNT {
            let payload = number.to_string();
            client.publish(topic.to_string(), QoS::AtLeastOnce, false, payload).await.unwrap();
        }
        client
    });
    let acknowledged = tokio::spawn(async move {
        let mut count = 0;
        while count < COUNT {
            match line.poll().await {
                Ok(Event::Incoming(Packet::PubAck(_))) => count += 1,
                Ok(_) => {}
                Err(error) => panic!("after {count}: {error}"),
            }
        }
    });
    let mut came = BTreeSet::new();
    let all = async {
        while came.len() < COUNT {
            if let Event::Incoming(Packet::Publish(message)) = hears.poll().await.unwrap() {
                came.insert(String::from_utf8_lossy(&message.payload).into_owned());
            }
        }
    };
    let in_time = tokio::time::timeout(WITHIN, all).await;
    assert!(in_time.is_ok(), "only {} of {COUNT} arrived", came.len());
    tokio::time::timeout(WITHIN, acknowledged).await.unwrap().unwrap();
    drop(flood.await.unwrap());
    hall.broker.stop().await;
}

#[test]
fn a_broker_that_others_can_reach_is_told_of_and_one_for_this_machine_is_not() {
    let said = |address: &str| super::in_the_clear(address.parse().unwrap());
    assert_eq!(said("127.0.0.1:1883").or(said("[::1]:1883")), None);
    let warning = said("0.0.0.0:1883").unwrap();
    assert!(warning.contains("0.0.0.0:1883") && warning.contains("明文"), "{warning}");
    assert!(warning.contains("in the clear"), "{warning}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_whose_credential_is_revoked_is_sent_away_and_stays_out() {
    let hall = hall().await;
    let bridge = "bridge-1".parse().unwrap();
    let (_, secret) = hall.access.add_credential(Role::Bridge, Some(bridge), None).unwrap();
    let (_client, mut line) = connect(&hall, "bridge-1", &secret).await;
    hall.access.revoke(bridge).unwrap();
    let gone =
        tokio::time::timeout(Duration::from_secs(5), async { while line.poll().await.is_ok() {} });
    gone.await.unwrap();
    let again = tokio::time::timeout(WITHIN, line.poll()).await.unwrap();
    assert!(again.is_err(), "{again:?}");
    hall.broker.stop().await;
}
