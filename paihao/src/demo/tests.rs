use super::{address, leads_out};

#[test]
fn a_slip_names_an_address_that_can_be_opened() {
    assert_eq!(address("127.0.0.1:8080".parse().unwrap()), "http://127.0.0.1:8080");
    let everywhere = address("0.0.0.0:8080".parse().unwrap());
    assert_eq!(everywhere, format!("http://{}:8080", leads_out()));
    assert!(!leads_out().is_unspecified(), "{everywhere}");
}
