//! What may stand in the file of an authority.

use super::*;

#[test]
fn a_file_without_a_certificate_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.pem");
    for (text, why) in [
        ("", "holds no certificate"),
        ("a password", "holds no certificate"),
        ("-----BEGIN CERTIFICATE-----\n***\n-----END CERTIFICATE-----\n", "is no certificate"),
    ] {
        std::fs::write(&path, text).unwrap();
        let fault = trusting(&path).err().map(|fault| fault.to_string()).unwrap_or_default();
        assert!(fault.contains(why), "{text:?}: {fault}");
    }
    assert!(trusting(&folder.path().join("absent.pem")).is_err());
}
