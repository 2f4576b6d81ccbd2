//! 大厅配置: the draft, who approves it, the comparison, and coming back to what was.

use hall::ids::SetupVersion;

use super::*;
use crate::{
    audit::{Act, Kind, Outcome},
    profile::forms::{self, Form},
    testing::wait_until,
};

impl Hall {
    /// Changes one field of the draft, as somebody.
    pub(super) fn drafts(&self, by: &str, list: &str, key: &str, field: &str, said: &str) {
        let cells = std::collections::BTreeMap::from([(field.to_owned(), said.to_owned())]);
        let form = Form::of(list).unwrap();
        let who = (by.parse().unwrap(), self.app.now());
        let put = |sources: &mut _| forms::put(sources, form, Some(key), &cells);
        self.app.drafts.edit(who, &self.app.profile, key, put).unwrap();
    }

    /// What a kiosk's catalogue calls an item.
    async fn name_at_kiosk(&self, secret: &str, item: &str) -> String {
        let request = Request::get("/api/v1/catalogue")
            .header(header::AUTHORIZATION, format!("Bearer {secret}"))
            .body(Body::empty());
        let answer = self.send(request.unwrap()).await;
        let told: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
        let items = told["items"].as_array().unwrap();
        let found = items.iter().find(|each| each["id"] == item).unwrap();
        found["name"].as_str().unwrap().to_owned()
    }

    fn seen(&self) -> SetupVersion {
        self.app.drafts.look(|kept| kept.draft.as_ref().unwrap().version())
    }

    pub(super) async fn order(&self, cookie: &str, act: &str, reason: &str) -> Page {
        let seen = self.app.drafts.look(|kept| {
            kept.draft.as_ref().map_or_else(String::new, |draft| draft.version().to_string())
        });
        let form = format!("act={act}&reason={reason}&seen={seen}");
        self.post("/setup", cookie, OURS, &form).await
    }
}

fn acts(hall: &Hall) -> Vec<Act> {
    let today = hall.app.clock.date(hall.app.now());
    let found = hall.app.audit.of_days((today, today), 1_000, |_| true);
    found.acts.into_iter().map(|each| each.act).filter(|act| act.kind == Kind::Profile).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_administrator_approves_and_the_first_brings_back_what_was() {
    let hall = Hall::open();
    let (one, two) = (hall.cookie_of("9001", Role::Admin), hall.cookie_of("9002", Role::Admin));
    let first = hall.app.profile.version;
    let (_, kiosk) = hall.app.access.add_credential(Role::Kiosk, None, None).unwrap();
    hall.drafts("9001", "items", "A01", "mean_minutes", "30");
    hall.drafts("9001", "items", "A01", "name", "企业开办一件事");
    assert_eq!(hall.name_at_kiosk(&kiosk, "A01").await, "企业设立登记(一件事)");
    let page = hall.get("/setup", &one).await.text;
    assert!(page.contains("编辑中") && page.contains("标准时长（分钟）"), "{page}");
    assert!(page.contains("事项 A01 企业开办一件事"), "{page}");
    // Nobody approves their own items, and no reason is no proposal.
    let own = hall.order(&one, "approve", "why").await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.text.contains("不能批准自己参与修改的内容"), "{}", own.text);
    let silent = hall.order(&one, "propose", "").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(hall.order(&one, "propose", "measured").await.to(), "/setup?said=proposed");
    assert_eq!(hall.app.profile.version, first, "nothing is in force yet");
    let approved = hall.order(&two, "approve", "").await;
    assert_eq!(approved.to(), "/setup?said=in_force");
    let item = "A01".parse().unwrap();
    assert_eq!(hall.app.read(|now| now.item(item).unwrap().mean_service.0), 30 * 60_000);
    assert_eq!(hall.name_at_kiosk(&kiosk, "A01").await, "企业开办一件事");
    let page = hall.led(&approved, &two).await.text;
    assert!(page.contains("measured") && page.contains("新配置已生效"), "{page}");
    let now = hall.app.profile.version;
    let compared = hall.get(&format!("/setup/compare?from={first}&to={now}"), &two).await.text;
    assert!(compared.contains(">22<") && compared.contains(">30<"), "{compared}");
    // Back, by the same way.
    let form = format!("act=bring_back&version={first}");
    assert_eq!(hall.post("/setup", &one, OURS, &form).await.to(), "/setup?said=brought_back");
    hall.order(&one, "propose", "worse").await;
    assert_eq!(hall.order(&two, "approve", "").await.to(), "/setup?said=in_force");
    assert_eq!(hall.app.profile.version, first);
    assert_eq!(hall.name_at_kiosk(&kiosk, "A01").await, "企业设立登记(一件事)");
    wait_until("the trail has all of it", || acts(&hall).len() >= 7);
    let told = acts(&hall);
    let approved = told.iter().filter(|act| act.about.contains("act=approve"));
    let outcomes: Vec<&Outcome> = approved.map(|act| &act.outcome).collect();
    assert_eq!(outcomes.iter().filter(|each| ***each == Outcome::Done).count(), 2, "{told:?}");
    assert!(outcomes.contains(&&Outcome::Refused("setup_second_person".into())), "{told:?}");
    assert!(told.iter().any(|act| act.about.contains("proposed_by=9001") && act.why.is_empty()));
    assert!(told.iter().any(|act| act.why == "worse"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_manager_proposes_the_auditor_reads_and_the_others_are_led_away() {
    let hall = Hall::open();
    hall.drafts("9005", "windows", "24", "name", "潮汐");
    let office = hall.cookie_of("9005", Role::Office);
    assert_eq!(hall.order(&office, "propose", "why").await.to(), "/setup?said=proposed");
    let approved = hall.order(&office, "approve", "why").await;
    assert_eq!(approved.status, StatusCode::UNPROCESSABLE_ENTITY, "a manager does not approve");
    for (no, role) in [("9006", Role::Auditor), ("9007", Role::Supervisor)] {
        let cookie = hall.cookie_of(no, role);
        let page = hall.get("/setup", &cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{}", role.as_str());
        assert!(!page.text.contains("name=\"act\""), "{} is offered nothing", role.as_str());
        let refused = hall.order(&cookie, "discard&confirm=1", "").await;
        assert_ne!(refused.to(), "/setup?said=discarded");
    }
    for (no, role) in [("9010", Role::Desk), ("9011", Role::Guide), ("9012", Role::Security)] {
        let cookie = hall.cookie_of(no, role);
        for path in ["/setup", "/setup/compare"] {
            let page = hall.get(path, &cookie).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{} {path}", role.as_str());
        }
        hall.order(&cookie, "discard&confirm=1", "").await;
    }
    assert!(hall.app.drafts.look(|kept| kept.draft.is_some()), "nobody took the draft away");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_today_uses_waits_for_the_night_and_the_page_says_for_what() {
    let hall = Hall::open();
    let one = hall.cookie_of("9001", Role::Admin);
    hall.lives().await;
    let clerk = hall.clerk();
    let who = ("9001".parse().unwrap(), hall.app.now());
    let staff = Form::of("staff").unwrap();
    let change = |sources: &mut _| forms::remove(sources, staff, &clerk);
    hall.app.drafts.edit(who, &hall.app.profile, &clerk, change).unwrap();
    assert_eq!(hall.order(&one, "approve", "left").await.to(), "/setup?said=tonight");
    let page = hall.get("/setup", &one).await.text;
    assert!(
        page.contains("今晚生效") && page.contains(&format!("工号 {clerk} 正在窗口")),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_with_problems_names_them_and_offers_no_approval() {
    let hall = Hall::open();
    let one = hall.cookie_of("9001", Role::Admin);
    hall.drafts("9001", "queues", "M", "mean_service_minutes", "ten");
    let page = hall.get("/setup", &one).await.text;
    assert!(page.contains("检查发现 1 个错误") && page.contains("hall.toml:"), "{page}");
    assert!(!page.contains("value=\"propose\""), "{page}");
    let seen = hall.seen();
    let page = hall.order(&one, "propose", "why").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(hall.seen(), seen, "and keeps it");
    let kept = hall.order(&one, "discard", "").await;
    assert!(kept.text.contains("请先勾选"), "{}", kept.text);
    assert_eq!(hall.order(&one, "discard&confirm=1", "").await.to(), "/setup?said=discarded");
}

/// A row's form as a browser sends it.
fn sent(page: &str, list: &str, key: &str, more: &str) -> String {
    let was = page.split("name=\"was\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    format!("act=save&list={list}&key={key}&was={was}&{more}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_saved_in_the_draft_and_what_is_wrong_stands_beside_its_field() {
    let hall = Hall::open();
    let one = hall.cookie_of("9001", Role::Admin);
    let before = hall.app.profile.version;
    let page = hall.get("/setup/row?list=queues&key=M", &one).await.text;
    assert!(page.contains("队列 M 出入境证件"), "{page}");
    let whole = "id=M&name=%E5%87%BA%E5%85%A5%E5%A2%83&department=police&zone=D&issued=true\
                 &identity=optional&mean_service_minutes=";
    let form = sent(&page, "queues", "M", &format!("{whole}ten"));
    let saved = hall.post("/setup/row", &one, OURS, &form).await;
    assert_eq!(saved.to(), "/setup/row?list=queues&key=M&said=saved");
    let page = hall.get("/setup/row?list=queues&key=M", &one).await.text;
    let field = page.split("id=\"f-mean_service_minutes\"").nth(1).unwrap();
    let field = field.split("id=\"f-").next().unwrap();
    assert!(field.starts_with(" name=\"mean_service_minutes\" value=\"ten\""), "{field}");
    assert!(field.contains("class=\"err\""), "{field}");
    // A second window with the old row does not save over it, and loses nothing that was typed.
    let again = hall.post("/setup/row", &one, OURS, &form.replace("ten", "11")).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("刚被别人改过") && again.text.contains("value=\"11\""));
    let form = sent(&again.text, "queues", "M", &format!("{whole}11"));
    assert_eq!(hall.post("/setup/row", &one, OURS, &form).await.status, StatusCode::SEE_OTHER);
    assert!(hall.app.drafts.problems().iter().all(|each| each.key().is_none()));
    assert_eq!(hall.app.profile.version, before);
    let changed = hall.get("/setup/rows?list=queues&state=changed", &one).await.text;
    assert!(changed.contains("key=M\"") && !changed.contains("key=A\""), "{changed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn items_are_found_copied_switched_off_and_their_history_is_told() {
    let hall = Hall::open();
    let (one, two) = (hall.cookie_of("9001", Role::Admin), hall.cookie_of("9002", Role::Admin));
    let rows = |page: &str| {
        page.matches("list=items&amp;key=").count() + page.matches("list=items&#38;key=").count()
    };
    for (query, count) in [("find=A02", 1), ("find=nothing-like-it", 0), ("queue=A", 5)] {
        let page = hall.get(&format!("/setup/rows?list=items&{query}"), &one).await.text;
        assert_eq!(rows(&page), count, "{query}: {page}");
    }
    let of_tax = hall.get("/setup/rows?list=items&department=tax", &one).await.text;
    assert!(rows(&of_tax) > 0 && !of_tax.contains("企业设立登记"));
    let copy = hall.get("/setup/row?list=items&copy=A02", &one).await.text;
    assert!(copy.contains("个体工商户登记") && !copy.contains("value=\"A02\""), "{copy}");
    let page = hall.get("/setup/row?list=items&key=A02", &one).await.text;
    let off = sent(&page, "items", "A02", "").replace("act=save", "act=off");
    let done = hall.post("/setup/row", &one, OURS, &off).await;
    assert_eq!(done.to(), "/setup/row?list=items&key=A02&said=off");
    hall.order(&one, "propose", "no+longer").await;
    assert_eq!(hall.order(&two, "approve", "").await.to(), "/setup?said=in_force");
    assert!(hall.app.read(|now| now.item("A02".parse().unwrap()).is_none()));
    let off = hall.get("/setup/rows?list=items&state=off", &one).await.text;
    assert_eq!(rows(&off), 1, "{off}");
    let page = hall.get("/setup/row?list=items&key=A02", &one).await.text;
    assert!(page.contains("停用") && page.contains("重新启用"), "{page}");
    assert!(page.contains("修改历史") && page.contains("no longer"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_manager_changes_items_and_no_staff() {
    let hall = Hall::open();
    let office = hall.cookie_of("9005", Role::Office);
    let page = hall.get("/setup/row?list=staff&key=1003", &office).await.text;
    assert!(!page.contains("value=\"save\""), "{page}");
    let form = sent(&page, "staff", "1003", "no=1003&name=x");
    assert_eq!(hall.post("/setup/row", &office, OURS, &form).await.status, StatusCode::FORBIDDEN);
    let page = hall.get("/setup/row?list=items&key=A02", &office).await.text;
    assert!(page.contains("value=\"save\""), "{page}");
    let auditor = hall.cookie_of("9006", Role::Auditor);
    let form = sent(&page, "items", "A02", "name=x");
    let refused = hall.post("/setup/row", &auditor, OURS, &form).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(hall.app.drafts.look(|kept| kept.draft.is_none()));
}

impl Hall {
    async fn upload(&self, cookie: &str, way: &str, file: &[u8]) -> Page {
        let mut body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"way\"\r\n\r\n{way}\r\n--edge\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"items\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let request = Request::post("/setup/import")
            .header(header::HOST, "hall.example")
            .header(header::ORIGIN, OURS)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }

    async fn take(&self, cookie: &str, page: &str) -> Page {
        let mark = page.split("name=\"mark\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        self.post("/setup/import/take", cookie, OURS, &format!("mark={mark}")).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_is_checked_row_by_row_and_taken_only_when_somebody_says_so() {
    let hall = Hall::open();
    let one = hall.cookie_of("9001", Role::Admin);
    let head = "编码,事项名称,队列,件类,承诺时限（工作日）,平均办理分钟\n";
    let wrong = format!("{head}A01,企业设立登记,A,承诺件,1,很久\nZ01,新事项,QQ,即办件,,5\n");
    let page = hall.upload(&one, "merge", wrong.as_bytes()).await.text;
    assert!(
        page.contains("2 个错误") && page.contains("<b>2</b>") && page.contains("<b>3</b>"),
        "{page}"
    );
    assert!(page.contains("标准时长") && page.contains("lang=\"en\""), "{page}");
    assert!(!page.contains("name=\"mark\""), "nothing to take: {page}");
    let right = format!("{head}A01,企业设立登记,A,承诺件,1,31\nZ01,新事项,K,即办件,,5\n");
    let page = hall.upload(&one, "merge", right.as_bytes()).await.text;
    assert!(page.contains("事项 Z01 新事项") && page.contains(">31<"), "{page}");
    assert!(hall.app.drafts.look(|kept| kept.draft.is_none()), "looking takes nothing");
    assert_eq!(hall.take(&one, &page).await.to(), "/setup?said=imported");
    let changes = hall.app.drafts.changes(&hall.app.profile);
    assert_eq!(changes.len(), 2, "the other items stay: {changes:?}");
    // What was looked at before somebody else changed the draft is not taken.
    let page = hall.upload(&one, "merge", right.replace(",31", ",32").as_bytes()).await.text;
    hall.drafts("9001", "items", "A02", "mean_minutes", "33");
    let late = hall.take(&one, &page).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", late.text);
    // GBK, no file, somebody who may not.
    let gbk = [head.as_bytes(), b"\xcf\xee\xc4\xbf\n"].concat();
    assert!(hall.upload(&one, "merge", &gbk).await.text.contains("GBK"));
    assert_eq!(hall.upload(&one, "merge", b"").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let auditor = hall.cookie_of("9006", Role::Auditor);
    let refused = hall.upload(&auditor, "merge", right.as_bytes()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_downloaded_is_imported_again_without_a_difference() {
    let hall = Hall::open();
    let one = hall.cookie_of("9001", Role::Admin);
    for path in ["/setup/items.csv", "/setup/items.xlsx"] {
        let request = Request::get(path).header(header::COOKIE, &one).body(Body::empty());
        let response = hall.service.clone().oneshot(request.unwrap()).await.unwrap();
        let bytes = to_bytes(response.into_body(), 1 << 22).await.unwrap();
        for way in ["merge", "replace"] {
            let page = hall.upload(&one, way, &bytes).await.text;
            assert!(page.contains("内容和草稿一样"), "{path} {way}: {page}");
        }
    }
    let empty = hall.get("/setup/items.csv?empty=1", &one).await.text;
    assert_eq!(empty.lines().count(), 1);
    assert!(empty.contains("编码") && empty.contains("办事结果"));
}

#[tokio::test(flavor = "multi_thread")]
async fn own_words_are_put_into_the_draft_and_one_that_lacks_its_place_is_told_there() {
    let hall = Hall::open();
    let one = hall.cookie_of("9001", Role::Admin);
    let form = "key=strip.welcome&zh=%E6%AC%A2%E8%BF%8E&en=";
    let saved = hall.post("/setup/texts", &one, OURS, form).await;
    assert_eq!(saved.to(), "/setup/texts?section=strip&key=strip.welcome&said=saved");
    let page = hall.get("/setup/texts?key=strip.welcome", &one).await.text;
    assert!(page.contains("欢迎") && page.contains("class=\"err\""), "{page}");
    let form = "key=strip.welcome&zh=%7Bname%7D+%E6%AC%A2%E8%BF%8E&en=";
    hall.post("/setup/texts", &one, OURS, form).await;
    assert!(hall.app.drafts.problems().iter().all(|each| each.key().is_none()));
    // Words in force are those of the whole process: other tests go on with the built-in ones.
    let compared = hall.get("/setup/compare", &one).await.text;
    assert!(
        compared.contains("本厅用语 · strip") && compared.contains("{name} 欢迎"),
        "{compared}"
    );
    // Nothing said is the built-in text again, and no file is left.
    hall.post("/setup/texts", &one, OURS, "key=strip.welcome&zh=&en=").await;
    assert!(hall.app.drafts.changes(&hall.app.profile).is_empty());
    let office = hall.cookie_of("9005", Role::Office);
    let refused = hall.post("/setup/texts", &office, OURS, form).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

/// The forms of all groups as a browser sends them, with some values changed.
fn rules_form(page: &str, changed: &[(&str, &str)]) -> String {
    let value = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!("{name}=\""))?;
        rest.split('"').next().map(str::to_owned)
    };
    let mut sent = Vec::new();
    let (_, form) = page.split_once("action=\"/setup/rules\"").expect("the form");
    for tag in form.split("</form>").next().unwrap().split("<input").skip(1) {
        let (Some(name), Some(said)) = (value(tag, "name"), value(tag, "value")) else { continue };
        let is_box = tag.contains("type=\"checkbox\"");
        let is_on = tag.split('>').next().unwrap().contains(" checked");
        let change = changed.iter().find(|(path, _)| *path == name).map(|(_, said)| *said);
        if !is_box || change.map_or(is_on, |said| said == "true") {
            sent.push(format!("{name}={}", change.unwrap_or(&said)));
        }
    }
    sent.join("&")
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_set_on_a_page_and_approved_by_a_second_person() {
    let hall = Hall::open();
    let (one, two) = (hall.cookie_of("9001", Role::Admin), hall.cookie_of("9002", Role::Admin));
    let page = hall.get("/setup/rules", &one).await.text;
    assert!(page.contains("首次叫号后最多重呼几次") && page.contains("通常 2"), "{page}");
    // Saved as it stands, nothing is drafted.
    hall.post("/setup/rules", &one, OURS, &rules_form(&page, &[])).await;
    assert!(hall.app.drafts.changes(&hall.app.profile).is_empty());
    // One number and one yes; the file's comments stay.
    let form = rules_form(&page, &[("recalls_max", "3"), ("reactivation", "false")]);
    let saved = hall.post("/setup/rules", &one, OURS, &form).await;
    assert_eq!(saved.to(), "/setup/rules?group=&said=saved", "{}", saved.text);
    let compared = hall.get("/setup/compare", &one).await.text;
    assert!(compared.contains("首次叫号后最多重呼几次") && compared.contains("过号可激活"));
    let text = hall.app.drafts.sources(&hall.app.profile).get("hall.toml").to_owned();
    let line = "recalls_max = 3                   # 首次叫号后最多重呼几次";
    assert!(text.contains(line), "{text}");
    // Who drew the page before that saves nothing over it, and loses nothing typed.
    let late = rules_form(&page, &[("recalls_max", "4")]);
    let refused = hall.post("/setup/rules", &two, OURS, &late).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("name=\"recalls_max\" value=\"4\""), "{}", refused.text);
    assert!(
        refused.text.contains("草稿里现在是 3"),
        "what the other saved is seen: {}",
        refused.text
    );
    let approved = hall.order(&two, "approve", "r").await;
    assert!(approved.to().contains("said="), "{}", approved.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_out_of_its_range_is_told_at_its_field_and_what_is_left_empty_is_usual_again() {
    let hall = Hall::open();
    let one = hall.cookie_of("9001", Role::Admin);
    let alerts = "/setup/rules?group=alerts";
    let page = hall.get(alerts, &one).await.text;
    let form = rules_form(&page, &[("alerts.queue_red", "100000"), ("alerts.on", "false")]);
    let saved = hall.post("/setup/rules", &one, OURS, &form).await;
    let page = hall.led(&saved, &one).await.text;
    // What was saved with a fault is no success: it is counted, and the first is led to.
    assert!(
        page.contains("有 1 处不对") && page.contains("href=\"#f-alerts-queue_red\""),
        "{page}"
    );
    assert!(page.contains("id=\"f-alerts-queue_red\"") && !page.contains("chain yes"), "{page}");
    assert!(page.contains("通常：是"), "a flag says what is usual: {page}");
    assert_eq!(hall.get("/setup/rules?group=nix", &one).await.to(), "/setup/rules");
    assert_eq!(hall.get("/setup/rows?list=nix", &one).await.to(), "/setup/rows?list=items");
    let (_, field) = page.split_once("name=\"alerts.queue_red\"").unwrap();
    let field = field.split("</div>").next().unwrap();
    assert!(field.contains("value=\"100000\"") && field.contains("class=\"err\""), "{field}");
    // A keyboard for Chinese may type wide digits.
    let wide = rules_form(&page, &[("alerts.queue_red", "%EF%BC%91%EF%BC%92")]);
    hall.post("/setup/rules", &one, OURS, &wide).await;
    let page = hall.get(alerts, &one).await.text;
    assert!(page.contains("name=\"alerts.queue_red\" value=\"12\""), "{page}");
    let form = rules_form(&page, &[("alerts.queue_red", ""), ("alerts.on", "true")]);
    hall.post("/setup/rules", &one, OURS, &form).await;
    assert!(hall.app.drafts.changes(&hall.app.profile).is_empty());
    for (who, role) in [("9005", Role::Office), ("9006", Role::Supervisor)] {
        let reads = hall.cookie_of(who, role);
        let page = hall.get(alerts, &reads).await;
        assert!(page.text.contains("readonly") && !page.text.contains("class=\"do "), "{role:?}");
        let refused = hall.post("/setup/rules", &reads, OURS, &form).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_that_is_none_is_told_at_its_rule_and_nothing_may_be_verified() {
    let hall = Hall::open();
    let one = hall.cookie_of("9001", Role::Admin);
    let legs = "/setup/rules?group=legs";
    let page = hall.get(legs, &one).await.text;
    let form = rules_form(&page, &[]) + "&legs.cashier=ZZ9&legs.pick_up=";
    hall.post("/setup/rules", &one, OURS, &form).await;
    let page = hall.get(legs, &one).await.text;
    let (_, field) = page.split_once("name=\"legs.cashier\"").unwrap();
    let field = field.split("</div>").next().unwrap();
    assert!(field.contains("value=\"ZZ9\" selected") && field.contains("class=\"err\""), "{field}");
    assert!(hall.app.drafts.problems().iter().any(|each| each.key() == Some("legs.cashier")));
    // Every box unticked is an empty list, and stays one.
    let group = "/setup/rules?group=priority";
    let page = hall.get(group, &one).await.text;
    let none = [("priority.verify", "false")];
    hall.post("/setup/rules", &one, OURS, &rules_form(&page, &none)).await;
    let text = hall.app.drafts.sources(&hall.app.profile).get("hall.toml").to_owned();
    assert!(text.contains("verify = []"), "{text}");
    assert!(!hall.get(group, &one).await.text.contains("value=\"military\" checked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_chosen_of_the_rules_is_compared_in_words() {
    let hall = Hall::open();
    let one = hall.cookie_of("9001", Role::Admin);
    let page = hall.get("/setup/rules?group=order", &one).await.text;
    let form = rules_form(&page, &[]) + "&order.classes=ratio&order.lists=longest_wait";
    hall.post("/setup/rules", &one, OURS, &form).await;
    let page = hall.get("/setup/compare", &one).await.text;
    let (changes, _) = page.split_once("class=\"card rawlines\"").unwrap();
    assert!(changes.contains("按比例") && changes.contains("按级别并防饿"), "{changes}");
    assert!(!changes.contains("guarded") && !changes.contains("longest_wait"), "{changes}");
}

#[tokio::test(flavor = "multi_thread")]
async fn grants_and_settings_are_changed_on_pages_and_told_at_their_fields() {
    let hall = Hall::open();
    let one = hall.cookie_of("9001", Role::Admin);
    let page = hall.get("/setup/row?list=grants", &one).await.text;
    let form = sent(&page, "grants", "", "staff=1003&items=A01&until=2027-01-31");
    let saved = hall.post("/setup/row", &one, OURS, &form).await;
    assert_eq!(saved.to(), "/setup/row?list=grants&key=1003.1&said=saved", "{}", saved.text);
    let page = hall.led(&saved, &one).await.text;
    assert!(page.contains("授权 1003") && page.contains("chain yes"), "{page}");
    let page = hall.get("/setup/row?list=voice", &one).await.text;
    assert!(!page.contains("value=\"remove\"") && page.contains("分时音量"), "{page}");
    let form = sent(&page, "voice", "", "times=x&pace_percent=80&volume_percent=100");
    let saved = hall.post("/setup/row", &one, OURS, &form).await;
    let page = hall.led(&saved, &one).await.text;
    assert!(page.contains("有 1 处不对") && page.contains("href=\"#f-times\""), "{page}");
    // Nobody has moved the rest of the draft by it.
    let compared = hall.get("/setup/compare", &one).await.text;
    assert!(compared.contains("授权 1003") && compared.contains("播报方式"), "{compared}");
    assert_eq!(hall.get("/setup/rows?list=voice", &one).await.to(), "/setup/row?list=voice&key=");
    let office = hall.cookie_of("9005", Role::Office);
    let form = sent(&page, "voice", "", "times=3");
    assert_eq!(hall.post("/setup/row", &office, OURS, &form).await.status, StatusCode::SEE_OTHER);
    let page = hall.get("/setup/row?list=grants", &office).await.text;
    let form = sent(&page, "grants", "", "staff=1003&items=A01");
    assert_eq!(hall.post("/setup/row", &office, OURS, &form).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_told_over_the_interface_and_a_draft_do_not_write_over_each_other() {
    let hall = Hall::open();
    let (one, two) = (hall.cookie_of("9001", Role::Admin), hall.cookie_of("9002", Role::Admin));
    hall.drafts("9001", "items", "A01", "mean_minutes", "30");
    let token = hall.app.access.add_credential(Role::Office, None, None).unwrap().1;
    let change = r#"{"request_id":"c1","item":"A01","kind":"adjusted","to":{"name":"新名称"},
        "effective":"2026-11-23","approver":"9001"}"#;
    let request = Request::post("/api/v1/catalogue/changes")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(change));
    let told = hall.send(request.unwrap()).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.text);
    // The draft knows nothing of the new name: it does not go on before it does.
    let refused = hall.order(&one, "propose", "why").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("A01 另有已登记"), "{}", refused.text);
    assert!(refused.text.contains("value=\"take_in\""), "{}", refused.text);
    let taken = hall.post("/setup", &one, OURS, "act=take_in").await;
    assert_eq!(taken.to(), "/setup?said=taken_in", "{}", taken.text);
    let page = hall.led(&taken, &one).await.text;
    assert!(page.contains("已写进草稿") && !page.contains("value=\"take_in\""), "{page}");
    let sources = hall.app.drafts.sources(&hall.app.profile);
    let row =
        crate::profile::forms::rows(&sources, crate::profile::forms::Form::of("items").unwrap());
    let row = row.into_iter().find(|row| row.key == "A01").unwrap();
    assert_eq!((row.get("name"), row.get("mean_minutes")), ("新名称", "30"), "both stay");
    hall.order(&one, "propose", "why").await;
    assert_eq!(hall.order(&two, "approve", "").await.to(), "/setup?said=in_force");
    let item = hall.app.profile.setup.item("A01".parse().unwrap()).unwrap().clone();
    assert_eq!((item.name.as_str(), item.mean_service.0), ("新名称", 30 * 60_000));
    // What the list holds is asked for no more.
    let page = hall.get("/setup", &one).await.text;
    assert!(!page.contains("还没写进事项表"), "{page}");
}
