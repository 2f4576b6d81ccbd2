//! What the dashboard and the alert rules of `assets/metrics` name is what the server exposes, all of it.

use std::{collections::BTreeSet, fs, path::Path};

use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use tower::ServiceExt;

use super::Hall;

/// Every `paihao_…` of a text.
fn names(text: &str) -> BTreeSet<String> {
    let ends = |each: char| !(each.is_ascii_alphanumeric() || each == '_');
    let parts = text.split(ends).filter(|part| part.starts_with("paihao_"));
    parts.map(str::to_owned).collect()
}

fn file(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/metrics");
    fs::read_to_string(folder.join(name)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dashboard_shows_every_figure_that_is_exposed_and_nothing_names_another() {
    let hall = Hall::open();
    let asking = Request::get("/metrics").body(Body::empty()).unwrap();
    let answer = hall.service.clone().oneshot(asking).await.unwrap();
    let bytes = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let heads = text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    let exposed: BTreeSet<String> =
        heads.filter_map(|line| Some(line.split(' ').next()?.to_owned())).collect();
    assert!(exposed.len() > 30 && exposed.contains("paihao_matters_overdue"), "{exposed:?}");
    let dashboard = file("grafana-dashboard.json");
    let parsed: serde_json::Value = serde_json::from_str(&dashboard).unwrap();
    let panels = parsed["panels"].as_array().unwrap();
    let asked = panels.iter().flat_map(|panel| panel["targets"].as_array().into_iter().flatten());
    let asked: String =
        asked.map(|target| format!("{} ", target["expr"].as_str().unwrap())).collect();
    assert_eq!(names(&asked), exposed, "the dashboard and the server");
    let rules = file("prometheus-alerts.yml");
    let unknown: Vec<String> = names(&rules).difference(&exposed).cloned().collect();
    assert!(unknown.is_empty(), "the rules name what nobody exposes: {unknown:?}");
    // Indicators are asked for by their names.
    for text in [&dashboard, &rules] {
        for part in text.replace('\\', "").split("name=").skip(1) {
            let list = part.trim_start_matches('~').trim_start_matches('"');
            let list = list.split('"').next().unwrap();
            for name in list.split('|').filter(|name| !name.is_empty()) {
                let known = hall::words::indicator::Indicator::parse(name);
                assert!(known.is_some(), "no indicator is called {name}");
            }
        }
    }
}
