//! 事件推送: an administrator's page and nobody else's.

use axum::http::StatusCode;

use super::{Hall, OURS};
use crate::access::Role;

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_who_is_told_and_nobody_else_does() {
    let hall = Hall::open();
    let admin = hall.cookie_of("9101", Role::Admin);
    let page = hall.get("/webhooks", &admin).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("没有接收方") && page.text.contains("secret_file"));
    let order = "receiver=office";
    let unknown = hall.post("/webhooks", &admin, OURS, order).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let foreign = hall.post("/webhooks", &admin, "http://elsewhere.test", order).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    for (no, role) in [("9102", Role::Office), ("9103", Role::Auditor), ("9104", Role::Operator)] {
        let cookie = hall.cookie_of(no, role);
        assert_ne!(hall.get("/webhooks", &cookie).await.status, StatusCode::OK, "{role:?}");
        let posted = hall.post("/webhooks", &cookie, OURS, order).await;
        assert!(!posted.status.is_success() && posted.status != StatusCode::NOT_FOUND, "{role:?}");
    }
}
