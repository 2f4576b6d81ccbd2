use std::{path::Path, sync::Arc};

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;

use super::*;
use crate::{
    access::{Person, Role},
    serve::{ServeConfig, serve, tests::config},
};

const PASSWORD: &str = "a long enough password";

fn settings() -> HttpsSettings {
    let address = "127.0.0.1:0".parse().unwrap();
    HttpsSettings { address, own: None, names: vec!["hall.local".to_owned()] }
}

fn secured(data: &Path) -> ServeConfig {
    let mut config = config(data);
    config.settings.https = Some(settings());
    config
}

/// A client that trusts the certificate in a file, and nothing else.
fn client(trusts: &Path) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(trusts).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = ClientConfig::builder_with_provider(provider);
    let client = client.with_safe_default_protocol_versions().unwrap();
    TlsConnector::from(Arc::new(client.with_root_certificates(roots).with_no_client_auth()))
}

async fn ask(at: SocketAddr, trusts: &Path, name: &str, asking: &str) -> io::Result<String> {
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let stream = TcpStream::connect(at).await.unwrap();
    let mut stream = client(trusts).connect(name, stream).await?;
    stream.write_all(asking.as_bytes()).await?;
    let mut answer = Vec::new();
    // The end may come without a farewell.
    stream.read_to_end(&mut answer).await.ok();
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_made_once_and_whoever_trusts_it_reaches_the_hall() {
    let data = tempfile::tempdir().unwrap();
    let running = serve(secured(data.path())).await.unwrap();
    let (https, fingerprint) = running.https.clone().unwrap();
    let pem = data.path().join("tls/hall.pem");
    let asking = "GET /api/v1/health HTTP/1.1\r\nhost: hall\r\nconnection: close\r\n\r\n";
    for name in ["localhost", "127.0.0.1", "hall.local"] {
        let answer = ask(https, &pem, name, asking).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{name}: {answer}");
    }
    assert!(ask(https, &pem, "elsewhere.example", asking).await.is_err(), "it is not that one");
    let other = data.path().join("other.pem");
    std::fs::write(&other, make(vec!["localhost".to_owned()]).unwrap().0).unwrap();
    assert!(ask(https, &other, "localhost", asking).await.is_err(), "a stranger's is not trusted");
    let mode = {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(data.path().join("tls/hall.key")).unwrap().permissions().mode()
    };
    assert_eq!(mode & 0o077, 0, "the key is its owner's alone");
    running.stop().await;
    let again = serve(secured(data.path())).await.unwrap();
    assert_eq!(again.https.clone().unwrap().1, fingerprint, "it is kept");
    assert_eq!(fingerprint.len(), 32 * 3 - 1);
    again.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_that_came_by_tls_goes_by_tls_alone() {
    let data = tempfile::tempdir().unwrap();
    let running = serve(secured(data.path())).await.unwrap();
    let no = "9001".parse().unwrap();
    let person = Person { no, name: "N".into(), role: Role::Office, windows: Vec::new() };
    running.app.access.add_person(person, PASSWORD).unwrap();
    let body = format!("no=9001&password={}", PASSWORD.replace(' ', "+"));
    let asking = format!(
        "POST /signin HTTP/1.1\r\nhost: hall\r\norigin: https://hall\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let (https, _) = running.https.clone().unwrap();
    let pem = data.path().join("tls/hall.pem");
    let answer = ask(https, &pem, "localhost", &asking).await.unwrap();
    assert!(answer.contains("; Secure"), "{answer}");
    let mut plain = TcpStream::connect(running.http).await.unwrap();
    plain.write_all(asking.as_bytes()).await.unwrap();
    let mut answer = String::new();
    plain.read_to_string(&mut answer).await.unwrap();
    assert!(answer.contains("paihao_session=") && !answer.contains("; Secure"), "{answer}");
    running.stop().await;
}

#[test]
fn what_is_no_certificate_is_told_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.pem");
    std::fs::write(&path, "nothing").unwrap();
    let own = Some((path.clone(), path));
    let told = open(folder.path(), &HttpsSettings { own, ..settings() }).err().unwrap();
    assert!(told.to_string().contains("own.pem holds no certificate"), "{told}");
}
