//! Accounts, passwords, the audit page, and what no page may do.

use wire::texts::{Language, Texts};

use super::*;
use crate::{
    access::SignInRefusal,
    audit::{Act, Kind, Outcome, Who},
    testing::wait_until,
};

/// The routes of the router's own text, with what stands behind each: no route is forgotten here.
fn routes() -> Vec<(String, String)> {
    let text = include_str!("../../pages.rs");
    let routes = text.split(".route(\"").skip(1).filter_map(|rest| {
        let (path, rest) = rest.split_once("\", ")?;
        Some((path.to_owned(), rest.split('\n').next()?.to_owned()))
    });
    routes.collect()
}

fn role_of(path: &str) -> Role {
    match path {
        "/accounts" => Role::Security,
        path if path.starts_with("/office/audit") => Role::Auditor,
        _ => Role::Admin,
    }
}

fn acts(hall: &Hall) -> Vec<Act> {
    let today = hall.app.clock.date(hall.app.now());
    let found = hall.app.audit.of_days((today, today), 1_000, |_| true);
    found.acts.into_iter().map(|each| each.act).collect()
}

/// The latest act of a kind, once it is written.
fn act_of(hall: &Hall, kind: Kind) -> Act {
    wait_until("the act is written", || acts(hall).iter().any(|act| act.kind == kind));
    acts(hall).into_iter().find(|act| act.kind == kind).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_form_of_another_site_does_anything_anywhere() {
    let hall = Hall::open();
    let routes = routes();
    let posts: Vec<_> = routes.iter().filter(|(_, rest)| rest.contains("post(")).collect();
    assert!(posts.len() > 25, "the router's text is read: {}", posts.len());
    for (path, _) in posts {
        if path.starts_with("/t/") {
            continue;
        }
        let cookie = hall.cookie(role_of(path), &[]);
        let theirs = hall.post(path, &cookie, THEIRS, "no=1&id=1").await;
        assert_eq!(theirs.status, StatusCode::FORBIDDEN, "{path}");
        assert!(theirs.text.is_empty(), "{path} is not even looked at");
        let silent = Request::post(path)
            .header(header::HOST, "hall.example")
            .header(header::COOKIE, &cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("no=1"));
        let silent = hall.send(silent.unwrap()).await;
        assert_eq!(silent.status, StatusCode::FORBIDDEN, "{path}, from who tells nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_has_the_strict_policy_and_nothing_of_its_own_runs() {
    let hall = Hall::open();
    hall.lives().await;
    let mut seen = 0;
    for (path, rest) in routes() {
        if !rest.contains("get(") || path.contains('{') {
            continue;
        }
        let cookie = hall.cookie(role_of(&path), &[]);
        let page = hall.get(&path, &cookie).await;
        let policy = page.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{path}: {policy}");
        assert_eq!(page.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        if page.status == StatusCode::OK {
            seen += 1;
            assert_eq!(page.header(header::CACHE_CONTROL), "no-store", "{path}");
        }
        let text = page.text.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        for forbidden in ["<script>", "<style", " style=\"", " onclick=", "javascript:", "=\"//"] {
            assert!(!text.contains(forbidden), "{path} has {forbidden}");
        }
    }
    assert!(seen > 20, "{seen} pages were looked at");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_three_administrators_are_kept_apart() {
    let hall = Hall::open();
    for (role, sees, led_to) in [
        (Role::Admin, "/room", "/board"),
        (Role::Security, "/accounts", "/accounts"),
        (Role::Auditor, "/office/audit", "/office/audit"),
    ] {
        let cookie = hall.cookie(role, &[]);
        assert_eq!(hall.get(sees, &cookie).await.status, StatusCode::OK, "{}", role.as_str());
        assert_eq!(hall.get("/", &cookie).await.to(), led_to);
        let reads_trail = Role::READS_TRAIL.contains(&role);
        let audit = hall.get("/office/audit", &cookie).await.status;
        assert_eq!(audit == StatusCode::OK, reads_trail, "{}", role.as_str());
        if role != Role::Admin {
            for path in ["/board", "/office", "/room", "/desk", "/guide", "/office.csv"] {
                let page = hall.get(path, &cookie).await;
                assert_eq!((page.status, page.to()), (StatusCode::SEE_OTHER, led_to), "{path}");
            }
        }
        if role != Role::Security {
            let page = hall.post("/accounts", &cookie, OURS, "act=lock&no=9001&confirm=1").await;
            assert_eq!((page.status, page.to()), (StatusCode::SEE_OTHER, led_to));
        }
    }
    let denied = act_of(&hall, Kind::Account);
    assert_eq!(denied.outcome, Outcome::Refused("not_allowed".to_owned()));
}

fn once(page: &Page) -> String {
    let (_, rest) = page.text.split_once("class=\"once\">").unwrap();
    let told = rest.split('<').next().unwrap();
    told.split_whitespace().last().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_account_must_change_its_password_before_anything_else() {
    let hall = Hall::open();
    let security = hall.cookie_of("9101", Role::Security);
    let form = "act=open&no=4001&name=&role=office&windows=";
    let page = hall.post("/accounts", &security, OURS, form).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let given = once(&page);
    let enter = |password: &str| format!("no=4001&password={}", password.replace(' ', "+"));
    let page = hall.post("/signin", "", OURS, &enter(&given)).await;
    let cookie = page.header(header::SET_COOKIE).split(';').next().unwrap().to_owned();
    for path in ["/board", "/office", "/office.csv"] {
        assert_eq!(hall.get(path, &cookie).await.to(), "/password", "{path}");
    }
    let api = hall.get("/api/v1/tally", &cookie).await;
    assert_eq!(api.status, StatusCode::UNAUTHORIZED, "the interface does not know them yet");
    assert!(hall.get("/password", &cookie).await.text.contains("class=\"notice\""));
    let change = |now: &str, new: &str, again: &str| format!("now={now}&new={new}&again={again}");
    for (now, new, again) in [
        (&*given, "short", "short"),
        (&*given, "has-my-4001-in-it", "has-my-4001-in-it"),
        (&*given, "aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaa"),
        (&*given, "Password-2026", "Password-2026"),
        (&*given, &*given, &*given),
        (&*given, "four+words+of+mine", "four+words+of+his"),
        ("wrong", "four+words+of+mine", "four+words+of+mine"),
    ] {
        let page = hall.post("/password", &cookie, OURS, &change(now, new, again)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
        assert!(page.text.contains("role=\"alert\""), "{new}");
    }
    let good = change(&given, "four+words+of+mine", "four+words+of+mine");
    let page = hall.post("/password", &cookie, OURS, &good).await;
    assert_eq!((page.status, page.to()), (StatusCode::SEE_OTHER, "/board"));
    let fresh = page.header(header::SET_COOKIE).split(';').next().unwrap().to_owned();
    assert_eq!(hall.get("/board", &fresh).await.status, StatusCode::OK);
    assert_eq!(hall.get("/board", &cookie).await.to(), "/signin", "the old session is over");
    let trail = format!("{:?}", acts(&hall));
    assert!(!trail.contains(&given) && !trail.contains("four words"), "{trail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_security_administrator_locks_ends_and_frees_but_never_themselves() {
    let hall = Hall::open();
    let security = hall.cookie_of("9101", Role::Security);
    let office = hall.cookie(Role::Office, &[]);
    let ask = async |form: &str| hall.post("/accounts", &security, OURS, form).await;
    assert_eq!(ask("act=end&no=9001").await.to(), "/accounts");
    assert_eq!(hall.get("/board", &office).await.to(), "/signin");
    let enter = format!("no=9001&password={}", PASSWORD.replace(' ', "+"));
    assert_eq!(ask("act=lock&no=9001&confirm=1").await.to(), "/accounts");
    let page = hall.post("/signin", "", OURS, &enter).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(hall.get("/accounts", &security).await.text.contains("已停用"));
    assert_eq!(ask("act=unlock&no=9001").await.to(), "/accounts");
    assert_eq!(hall.post("/signin", "", OURS, &enter).await.to(), "/board");
    for _ in 0..6 {
        hall.post("/signin", "", OURS, "no=9001&password=wrong").await;
    }
    let page = hall.post("/signin", "", OURS, &enter).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(hall.get("/accounts", &security).await.text.contains("锁定中"));
    assert_eq!(act_of(&hall, Kind::LockOut).outcome, Outcome::Refused("wait".to_owned()));
    assert_eq!(ask("act=free&no=9001").await.to(), "/accounts");
    assert_eq!(hall.post("/signin", "", OURS, &enter).await.to(), "/board");
    for form in [
        "act=lock&no=9101&confirm=1",
        "act=remove&no=9101&confirm=1",
        "act=role&no=9101&role=admin",
    ] {
        assert_eq!(ask(form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
    }
    assert_eq!(ask("act=remove&no=9001").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ask("act=remove&no=9001&confirm=1").await.to(), "/accounts");
    assert!(!hall.app.access.has_person("9001".parse().unwrap()));
    assert_eq!(ask("act=lock&no=7777&confirm=1").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_two_of_the_three() {
    let hall = Hall::open();
    let security = hall.cookie_of("9101", Role::Security);
    hall.cookie(Role::Admin, &[]);
    let ask = async |form: &str| hall.post("/accounts", &security, OURS, form).await.status;
    assert_eq!(ask("act=role&no=9001&role=auditor").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ask("act=role&no=9001&role=office").await, StatusCode::SEE_OTHER);
    let same_name = "act=open&no=4002&name=N&role=auditor";
    assert_eq!(ask(same_name).await, StatusCode::UNPROCESSABLE_ENTITY, "N is security already");
    assert_eq!(ask("act=open&no=4002&name=Other&role=auditor").await, StatusCode::OK);
    assert_eq!(ask("act=open&no=4003&name=K&role=kiosk").await, StatusCode::UNPROCESSABLE_ENTITY);
    let window = "act=open&no=4004&name=W&role=desk&windows=999";
    assert_eq!(ask(window).await, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_everywhere_ends_every_session_and_the_sign_in_says_why_one_stands_there() {
    let hall = Hall::open();
    let one = hall.cookie(Role::Office, &[]);
    let other =
        format!("{SESSION_COOKIE}={}", hall.app.access.begin_session("9001".parse().unwrap()));
    assert_eq!(hall.get("/board", &other).await.status, StatusCode::OK);
    assert!(!hall.get("/signin", "").await.text.contains("class=\"notice\""));
    assert_eq!(hall.post("/signout/all", &one, OURS, "").await.to(), "/signin");
    for cookie in [&one, &other] {
        assert_eq!(hall.get("/board", cookie).await.to(), "/signin");
        assert!(hall.get("/signin", cookie).await.text.contains("class=\"notice\""));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_ins_are_in_the_trail_with_who_from_where_and_what_came_of_it() {
    let hall = Hall::open();
    hall.cookie(Role::Office, &[]);
    hall.post("/signin", "", OURS, "no=my-password-by-mistake&password=x").await;
    hall.post("/signin", "", OURS, "no=9001&password=wrong").await;
    let enter = format!("no=9001&password={}", PASSWORD.replace(' ', "+"));
    let page = hall.post("/signin", "", OURS, &enter).await;
    let cookie = page.header(header::SET_COOKIE).split(';').next().unwrap().to_owned();
    hall.get("/office.csv?table=queues", &cookie).await;
    hall.post("/signout", &cookie, OURS, "").await;
    act_of(&hall, Kind::SignOut);
    let told: Vec<_> =
        acts(&hall).into_iter().rev().map(|act| (act.kind, act.about, act.outcome)).collect();
    let no = |why: &str| Outcome::Refused(why.to_owned());
    let expected = [
        (Kind::SignIn, "POST /signin no=?", no("wrong")),
        (Kind::SignIn, "POST /signin no=9001", no("wrong")),
        (Kind::SignIn, "POST /signin no=9001", Outcome::Done),
        (Kind::Export, "/office.csv?table=queues", Outcome::Done),
        (Kind::SignOut, "POST /signout", Outcome::Done),
    ];
    assert_eq!(told, expected.map(|(kind, about, outcome)| (kind, about.to_owned(), outcome)));
    let act = act_of(&hall, Kind::SignOut);
    let no = "9001".parse().unwrap();
    assert_eq!((act.by, &*act.from), (Who::Staff { no, role: Role::Office }, "127.0.0.1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_the_trail_finds_by_day_person_and_kind_and_says_that_the_chain_holds() {
    let hall = Hall::open();
    let auditor = hall.cookie_of("9102", Role::Auditor);
    hall.cookie(Role::Office, &[]);
    hall.post("/signin", "", OURS, "no=9001&password=wrong").await;
    let by = Who::Staff { no: "9001".parse().unwrap(), role: Role::Office };
    let act = Act::new(Kind::Hall, by, "10.0.0.7", "tide <24>", "call 13800138000", Outcome::Done);
    assert!(hall.app.audit.keep(act).await);
    hall.app.audit.check_again();
    wait_until("the chain was looked at", || {
        hall.app.audit.checked().is_some_and(|(_, checked)| checked.records == 2)
    });
    let page = hall.get("/office/audit", &auditor).await.text;
    assert!(page.contains("审计链完整") && page.contains("class=\"chain yes\""), "{page}");
    assert!(page.contains("tide &#60;24&#62;") || page.contains("tide &lt;24&gt;"), "{page}");
    assert!(page.contains("138****8000") && !page.contains("13800138000"));
    let lines = |text: &str| text.matches("<td class=\"r soft\">").count();
    assert_eq!(lines(&page), 2);
    for (query, count) in [
        ("kind=hall", 1),
        ("who=9001", 2),
        ("who=1234", 0),
        ("from=2026-11-22&until=2026-11-22", 0),
    ] {
        let page = hall.get(&format!("/office/audit?{query}"), &auditor).await.text;
        assert_eq!(lines(&page), count, "{query}");
    }
    let file = hall.get("/office/audit.csv?kind=hall", &auditor).await;
    assert_eq!(file.text.lines().count(), 2, "{}", file.text);
    act_of(&hall, Kind::Export);
    let again = hall.post("/office/audit", &auditor, OURS, "").await;
    assert_eq!(again.to(), "/office/audit");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_at_the_change_counts_as_at_the_sign_in() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let form = "now=wrong&new=four+words+of+mine&again=four+words+of+mine";
    for _ in 0..5 {
        hall.post("/password", &office, OURS, form).await;
    }
    let refused = hall.app.access.sign_in("9001", PASSWORD.into(), [127, 0, 0, 1].into()).await;
    assert!(matches!(refused, Err(SignInRefusal::Wait { .. })), "{refused:?}");
}

#[test]
fn every_watched_act_has_words_for_whoever_reads_the_trail() {
    use crate::{http::watched, pages::office::audit::words};
    let routes = watched::INTERFACE.iter().chain(watched::PAGES).map(|(route, _)| *route);
    for texts in [Texts::of(Language::Chinese), Texts::of(Language::English)] {
        for route in routes.clone() {
            let (key, _) = words::act_of(route);
            assert!(texts.has(&format!("audit_act.{key}")), "audit_act.{key} of {route}");
        }
    }
    let texts = Texts::of(Language::Chinese);
    for (written, said) in [
        ("POST /windows/20/lend queue=A minutes=60", "借用队列：窗口 20、分钟 60、队列 A"),
        ("POST /windows/1/tide queues=A B", "开潮汐窗口：窗口 1、队列 A B"),
        ("/office/report.csv?period=month&day=2026-11-01", "导出报表：month、日期 2026-11-01"),
        ("POST /office/task does=verify id=7", "处理单：核实、编号 7"),
        ("no=1003", "工号 1003"),
        ("POST /unheard/of id=7", "POST /unheard/of id=7"),
    ] {
        let read = words::readable(written, texts);
        let mut expected: Vec<&str> = said.split(['：', '、']).collect();
        let mut got: Vec<&str> = read.split(['：', '、', '，']).collect();
        expected.sort_unstable();
        got.sort_unstable();
        assert_eq!(got, expected, "{read}");
    }
}

/// Who reads pages gets a page, in their words and with the way back; a script gets the words.
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_a_page_with_the_way_back() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let ask = |form: &str, accepts: &str| {
        Request::post("/board/act")
            .header(header::HOST, "hall.example")
            .header(header::ORIGIN, OURS)
            .header(header::REFERER, format!("{OURS}/board/act?queue=M"))
            .header(header::COOKIE, &office)
            .header(header::ACCEPT, accepts)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()))
            .unwrap()
    };
    let no = "does=end-lend&of=M&queues=M&window=18";
    let page = hall.send(ask(no, "text/html,*/*")).await;
    assert!(
        page.status.is_client_error() && page.text.contains("<h1>没有执行</h1>"),
        "{}",
        page.text
    );
    assert!(page.text.contains("href=\"/board/act?queue=M\""), "{}", page.text);
    let bare = hall.send(ask(no, "*/*")).await;
    assert!(!bare.text.contains("<h1>"), "{}", bare.text);
    let unreadable = hall.send(ask("does=lend&minutes=-5", "text/html")).await;
    assert!(unreadable.text.contains("不是要求的格式"), "{}", unreadable.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_says_what_was_done_to_whoever_our_redirect_led_there_and_to_no_link() {
    let hall = Hall::open();
    let one = hall.cookie_of("9001", Role::Admin);
    let done = "已提交审批";
    for link in ["/setup?said=proposed", "/setup?x=1&said=proposed"] {
        let page = hall.get(link, &one).await;
        assert!(page.status.is_success() && !page.text.contains(done), "{link}");
    }
    hall.drafts("9001", "items", "A01", "mean_minutes", "30");
    let proposed = hall.order(&one, "propose", "r").await;
    assert_eq!(proposed.to(), "/setup?said=proposed");
    let mark = proposed.header(header::SET_COOKIE).to_owned();
    assert!(mark.contains("HttpOnly; SameSite=Strict; Max-Age=60"), "{mark}");
    assert!(hall.led(&proposed, &one).await.text.contains(done));
    // The mark is of these words alone, and one that somebody made up is none.
    let mark = mark.split(';').next().unwrap();
    let other = hall.get("/setup?said=discarded", &format!("{one}; {mark}")).await;
    assert!(!other.text.contains("草稿已放弃"), "{}", other.text);
    let forged = hall.get("/setup?said=proposed", &format!("{one}; paihao-said=00")).await;
    assert!(!forged.text.contains(done));
}
