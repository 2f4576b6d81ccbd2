//! The HTTP side's door: so many connections at once, so many of one address, and a head that comes
//! in time. Whoever idles or dribbles is closed; a live stream stays, for it has asked.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{Router, extract::ConnectInfo};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::{JoinHandle, JoinSet},
};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use super::{ServeFault, tls::Secured};
use crate::{access, app::App, http};

/// How long accepting rests when the system has no connection to give.
const REST: Duration = Duration::from_millis(100);

/// Listens, without answering yet; raises the bound of open files to what the system allows.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, ServeFault> {
    raise_open_files();
    TcpListener::bind(address).await.map_err(|source| ServeFault::Listen { address, source })
}

/// The usual 1,024 open files are fewer than a full hall's connections.
fn raise_open_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        tracing::warn!(%error, "the bound of open files stays low");
    }
}

/// The doors that are open.
pub struct Doors {
    /// Where HTTP listens.
    pub http: SocketAddr,
    /// Where HTTPS listens.
    pub https: Option<SocketAddr>,
    /// Answers until the server stops.
    pub serving: JoinHandle<()>,
}

/// Came by a door with TLS: put into every request that did.
#[derive(Debug, Clone, Copy)]
pub struct OverTls;

/// Answers until the server stops.
pub fn open(
    app: Arc<App>,
    listener: TcpListener,
    secured: Option<(TcpListener, Secured)>,
    pages: Router<Arc<App>>,
) -> Result<Doors, ServeFault> {
    let http = bound(&listener)?;
    let door = Door {
        tls: None,
        places: Arc::new(Semaphore::new(app.limits.connections_max)),
        addresses: Arc::default(),
        per_address_max: app.limits.connections_per_address_max,
        header_within: app.limits.header_within,
        stopping: app.stopping.clone(),
        service: http::service(app, pages),
    };
    let Some((other, secured)) = secured else {
        return Ok(Doors { http, https: None, serving: tokio::spawn(door.stand(listener)) });
    };
    let https = bound(&other)?;
    // One house with two doors: its places and the shares of each address are the same.
    let second = Door { tls: Some(secured.acceptor), ..door.clone() };
    let both = async move {
        tokio::join!(door.stand(listener), second.stand(other));
    };
    Ok(Doors { http, https: Some(https), serving: tokio::spawn(both) })
}

fn bound(listener: &TcpListener) -> Result<SocketAddr, ServeFault> {
    let unknown = SocketAddr::from(([0, 0, 0, 0], 0));
    listener.local_addr().map_err(|source| ServeFault::Listen { address: unknown, source })
}

#[derive(Clone)]
struct Door {
    tls: Option<TlsAcceptor>,
    places: Arc<Semaphore>,
    addresses: Addresses,
    per_address_max: usize,
    header_within: Duration,
    stopping: watch::Receiver<bool>,
    service: Router,
}

/// Connections of each address.
type Addresses = Arc<Mutex<BTreeMap<IpAddr, usize>>>;

/// One connection's part of its address's share; given back when it ends.
struct Share {
    addresses: Addresses,
    address: IpAddr,
}

impl Share {
    fn take(addresses: &Addresses, address: IpAddr, most: usize) -> Option<Self> {
        let mut open = addresses.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Self { addresses: addresses.clone(), address })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut open = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.address);
            }
        }
    }
}

impl Door {
    async fn stand(mut self, listener: TcpListener) {
        let mut connections = JoinSet::new();
        loop {
            // Whoever comes while the house is full waits in the system's own line.
            let Ok(place) = self.places.clone().acquire_owned().await else { return };
            let accepted = tokio::select! {
                () = stopped(&mut self.stopping) => break,
                accepted = listener.accept() => accepted,
            };
            while connections.try_join_next().is_some() {}
            match accepted {
                Ok((stream, from)) => {
                    let address = access::network(from.ip());
                    let share = Share::take(&self.addresses, address, self.per_address_max);
                    if let Some(share) = share {
                        connections.spawn(self.serve(stream, from, (place, share)));
                    } else {
                        tracing::debug!(%address, "too many connections of one address");
                    }
                }
                Err(error) => {
                    tracing::debug!(%error, "a connection could not be accepted");
                    tokio::time::sleep(REST).await;
                }
            }
        }
        drop(listener);
        while connections.join_next().await.is_some() {}
    }

    fn serve(
        &self,
        stream: TcpStream,
        from: SocketAddr,
        held: (OwnedSemaphorePermit, Share),
    ) -> impl Future<Output = ()> + Send + use<> {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
        let (tls, within) = (self.tls.clone(), self.header_within);
        let is_tls = tls.is_some();
        let service = self.service.clone().map_request(
            move |mut request: axum::http::Request<hyper::body::Incoming>| {
                request.extensions_mut().insert(ConnectInfo(from));
                if is_tls {
                    request.extensions_mut().insert(OverTls);
                }
                request.map(axum::body::Body::new)
            },
        );
        let mut http = hyper::server::conn::http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(self.header_within);
        let stopping = self.stopping.clone();
        async move {
            let _held = held;
            let Some(tls) = tls else { return converse(&http, stream, service, stopping).await };
            match tokio::time::timeout(within, tls.accept(stream)).await {
                Ok(Ok(stream)) => converse(&http, stream, service, stopping).await,
                Ok(Err(error)) => tracing::debug!(%error, "a greeting of TLS failed"),
                Err(_) => tracing::debug!("a greeting of TLS did not come in time"),
            }
        }
    }
}

/// Answers on one connection until it ends or the server stops.
async fn converse<S>(
    http: &hyper::server::conn::http1::Builder,
    stream: impl AsyncRead + AsyncWrite + Unpin,
    service: S,
    mut stopping: watch::Receiver<bool>,
) where
    S: tower::Service<
            axum::http::Request<hyper::body::Incoming>,
            Response = axum::response::Response,
            Error = std::convert::Infallible,
        > + Clone,
{
    let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopped(&mut stopping) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that whoever could stop us is gone.
    stopping.wait_for(|stopping| *stopping).await.ok();
}
