//! Where no script runs: every page has what it is for, shows nothing that does nothing, and its forms are
//! sent and answered; a clerk's and a manager's day goes on.

use std::{collections::BTreeSet, time::Duration};

use serde_json::{Value, json};
use tests::{
    api::Api,
    browser::Browser,
    county_in,
    demo::Demo,
    journey::Around,
    wait_until,
    walk::{Walk, kind},
};

use crate::journeys::Hall;

/// Monday morning.
const MORNING: &str = "2026-11-23 09:00";

/// A browser in which no page's script runs; the driver still looks at what is there.
fn browser() -> Option<Browser> {
    let browser = Browser::open(1366, 768)?;
    browser.cdp("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    Some(browser)
}

#[test]
fn every_page_has_its_content_and_every_form_is_answered() {
    let Some(browser) = browser() else { return };
    // Whatever is approved is written into a hall of its own.
    let folder = tempfile::tempdir().unwrap();
    let hall = county_in(folder.path()).display().to_string();
    let demo = Demo::open(&["--speed", "60", "--start", MORNING, "--hall", &hall]);
    let ask = |role: &str, path: &str, what: Value| {
        let secret = demo.command(&["token", "add", "--role", role, "--name", role]);
        let (status, answer) = Api::new(&demo.http, &secret).post(path, &what).unwrap();
        assert_eq!(status, 201, "{answer}");
    };
    ask("kiosk", "/matters", json!({ "request_id": "m", "reasons": ["sent_around"] }));
    ask("guide", "/visits", json!({ "request_id": "v", "reason": "other" }));
    let (mut walk, mut sent) = (Walk::default(), BTreeSet::new());
    let mut wrong = Vec::new();
    for page in ["desk", "room", "board", "guide", "accounts", "audit"] {
        let (person, password) = demo.sign_in(page);
        browser.sign_in(&demo.http, &person, &password);
        walk.every_page(&browser, &demo.http, |url| {
            let told = browser.run(LOOK);
            for each in told.as_array().into_iter().flatten().filter_map(Value::as_str) {
                wrong.push(format!("{url}: {each}"));
            }
            send_forms(&browser, url, &mut sent, &mut wrong);
        });
    }
    assert_eq!(walk.not_met(), Vec::<String>::new(), "nobody of the hall may see these pages");
    assert!(sent.len() >= FORMS_MIN, "only these forms were sent: {sent:#?}");
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
    demo.close();
}

/// Forms of different kinds that the walk must have met.
const FORMS_MIN: usize = 60;

/// What eyes find on a page without scripts: that it has its content, and no control that does nothing.
const LOOK: &str = "
    var wrong = [], main = document.querySelector('main'), head = document.querySelector('h1, [role=heading]'), i, all, each, form;
    function is_seen(node) { return node.getClientRects().length > 0 && getComputedStyle(node).visibility === 'visible'; }
    function name(node) { return node.tagName + '#' + node.id + '.' + node.className + ' ' + (node.innerText || node.name || '').slice(0, 30); }
    if (!main || main.innerText.replace(/\\s/g, '').length < 10) { wrong.push('no content'); }
    if (!head || !/\\S/.test(head.textContent)) { wrong.push('no heading'); }
    if (document.body.getAttribute('data-live') && !document.querySelector('meta[http-equiv=refresh]') && !/\\S/.test((document.querySelector('.no-script') || {}).innerText || '')) { wrong.push('nothing says that it stands still'); }
    all = document.querySelectorAll('button, input, select, textarea, [role=button], a:not([href])');
    for (i = 0; i < all.length; i++) {
        each = all[i]; form = each.form;
        if (!is_seen(each) || each.disabled) { continue; }
        if (!form) { wrong.push('in no form: ' + name(each)); continue; }
        if (each.tagName === 'BUTTON' && each.type !== 'submit') { wrong.push('does nothing: ' + name(each)); continue; }
        if (!Array.prototype.some.call(form.elements, function (one) { return one.type === 'submit' && is_seen(one); })) { wrong.push('cannot be sent: ' + name(each)); }
    }
    return wrong;";

/// Forms that end what the walk is about, and those that another test sends with what they need.
const APART: [&str; 7] = [
    "/signin",
    "/signout",
    "/signout/all",
    "/password",
    "/language",
    "/backup/restore",
    "/room/retire",
];

/// Sends each form of a page whose kind was not sent before, as it stands, with what it asks for filled in;
/// and comes back.
fn send_forms(browser: &Browser, url: &str, sent: &mut BTreeSet<String>, wrong: &mut Vec<String>) {
    loop {
        let forms = browser.run(FORMS);
        let forms = forms.as_array().cloned().unwrap_or_default();
        let fresh = forms.iter().find_map(|form| {
            let (at, of) = (form[0].as_u64()?, form[1].as_str()?);
            let action = of.split_whitespace().nth(1)?;
            let path = action.split('?').next()?;
            let name = of.replacen(action, &kind(action), 1);
            (!APART.contains(&path) && !sent.contains(&name)).then_some((at, name))
        });
        let Some((at, name)) = fresh else { return };
        browser.click(&format!("[data-walked='{at}']"));
        sent.insert(name.clone());
        wait_until("an answer", Duration::from_secs(20), || {
            let ready = browser.run(
                "return document.readyState === 'complete' && !document.querySelector('[data-walked]');",
            );
            if ready == true { Ok(()) } else { Err(browser.at()) }
        });
        let told = browser.run(
            "return [performance.getEntriesByType('navigation')[0].responseStatus, document.body.innerText.slice(0, 200),
                !!document.querySelector('main a[href], header a[href], .desk form')];",
        );
        let (status, words) = (told[0].as_u64().unwrap_or(0), told[1].as_str().unwrap_or(""));
        // A refusal is an answer; that there is no such page, or no such way to ask, is none.
        let is_answer = status < 500 && ![0, 404, 405, 415].contains(&status);
        if !is_answer || words.trim().is_empty() {
            wrong.push(format!("{url}: {name}: {status} {words}"));
        } else if told[2] != true {
            wrong.push(format!("{url}: {name}: {status}, and no way on: {words}"));
        }
        browser.go(url);
    }
}

/// Fills in what the forms of a page ask for, marks a button of each, and tells which they are.
const FORMS: &str = "
    var told = [], i, j, all = document.querySelectorAll('form'), form, button, field, names;
    function is_seen(node) { return node.getClientRects().length > 0 && getComputedStyle(node).visibility === 'visible'; }
    for (i = 0; i < all.length; i++) {
        form = all[i]; button = null; names = [];
        for (j = 0; j < form.elements.length; j++) {
            field = form.elements[j];
            if (field.type === 'submit') { if (!button && is_seen(field) && !field.disabled) { button = field; } continue; }
            if (field.name && field.type !== 'hidden') { names.push(field.name); }
            if (field.name === 'does' || field.name === 'act') { names.push(field.value); }
            if (!field.required || field.value) { continue; }
            if (field.tagName === 'SELECT') { field.selectedIndex = field.options.length - 1; }
            else if (field.type === 'number') { field.value = field.min || '1'; }
            else if (field.type === 'date') { field.value = '2026-11-23'; }
            else if (field.type === 'file') { button = null; break; }
            else { field.value = '1001'; }
        }
        if (!button) { continue; }
        // What is still not as the form wishes is for the server to say.
        form.noValidate = true;
        button.setAttribute('data-walked', String(i));
        told.push([i, form.method + ' ' + form.getAttribute('action') + ' ' + names.filter(function (one, at) { return names.indexOf(one) === at; }).sort().slice(0, 8).join(',') + ' ' + (button.name ? button.name + '=' + button.value.split(':')[0] : '')]);
    }
    return told;";

/// Somebody at a page where no script runs.
struct Reader<'a> {
    browser: &'a Browser,
    http: String,
}

impl Reader<'_> {
    /// Presses what a selector points at, and waits for words on the page that answers.
    #[track_caller]
    fn press(&self, selector: &str, sees: &str) {
        assert!(
            self.browser.run("document.body.setAttribute('data-old', '1'); return true;") == true
        );
        self.browser.click(selector);
        wait_until(&format!("{selector} leads to {sees}"), Duration::from_secs(20), || {
            let is_new = self.browser.run(
                "return document.readyState === 'complete' && !document.body.getAttribute('data-old');",
            );
            let text = self.browser.text("body");
            if is_new == true && text.contains(sees) { Ok(()) } else { Err(text) }
        });
    }

    fn order(&self, order: &str, sees: &str) {
        self.press(&format!("[name=order][value=\"{order}\"]"), sees);
    }

    fn choose(&self, field: &str, words: &str) {
        let chosen = self.browser.run(&format!(
            "var list = document.querySelector({}), i;
             for (i = 0; i < list.options.length; i++) {{ if (list.options[i].text.indexOf({}) >= 0) {{ list.selectedIndex = i; return true; }} }}
             return list.innerText;",
            json!(field),
            json!(words)
        ));
        assert!(chosen == true, "{words} is in {field}: {chosen}");
    }

    fn go(&self, path: &str) {
        self.browser.go(&format!("{}{path}", self.http));
    }
}

#[test]
fn a_clerk_s_day_goes_by_forms_alone() {
    let Some(browser) = browser() else { return };
    let demo = Demo::open(&["--no-crowd", "--speed", "10", "--start", MORNING]);
    let mut hall = Hall::of(&demo);
    let at = Reader { browser: &browser, http: demo.http.clone() };
    browser.sign_in(&demo.http, &hall.fill("{no}"), &hall.fill("{password}"));
    at.order("sign-on", "已上岗");
    for _ in 0..2 {
        hall.happen("comes", "A01");
    }
    at.order("call-next", &hall.fill("{1}"));
    assert!(browser.text("#now").contains("为什么叫这位"), "{}", browser.text("#now"));
    // A key that the hall refuses says why, and the page stays.
    at.order("call-next", "先");
    at.order("start", "开始办理");
    at.choose("#item", "A02");
    browser.write("#copies", "\u{e009}a\u{e000}2");
    browser.click("input[name=missing][value='1']");
    at.order("notice", "一次性告知记录在案");
    browser.write("#case-no", "2026-0001");
    at.order("accept", "已受理");
    at.order("print:receipt", "已打出");
    at.order("deliver:pick_up", "领取方式已记下");
    at.order("hold", "已挂起");
    at.order(&hall.fill("call-back:{1}"), "已回呼");
    browser.click("input[name=case][value=promised] + span");
    at.order("finish", "已办结");
    assert!(browser.text("#past").contains("承诺件"), "{}", browser.text("#past"));
    at.order("take-back", "办理中");
    at.order("finish", "已办结");
    at.order("call-next", &hall.fill("{2}"));
    at.order("start", "办理中");
    at.choose("#send-to", "E 不动产");
    at.order("send", "已转出");
    hall.happen("comes", "A elderly");
    at.go("/desk");
    at.order("call-next", &hall.fill("{3}"));
    at.order("start", "请查看有效证件");
    at.order("verify", "已核验");
    at.order("finish", "已办结");
    hall.happen("comes", "A");
    at.go("/desk");
    browser.write("#number", &hall.fill("{4}"));
    at.order("call", &hall.fill("{4}"));
    wait_until("nobody came", Duration::from_secs(60), || {
        at.go("/desk");
        let key = |order: &str| format!("[name=order][value={order}]:not([disabled])");
        if !browser.text(&key("no-show")).is_empty() {
            return Ok(());
        }
        if !browser.text(&key("recall")).is_empty() {
            browser.click(&key("recall"));
        }
        Err(browser.text("#keys"))
    });
    at.order("no-show", "已过号");
    browser.click("input[name=where][value=study] + span");
    at.order("pause:meeting", "已暂停服务");
    at.order("resume", "已恢复服务");
    at.order("sign-off", "已下岗");
    assert!(browser.text("#day").contains("办结"), "{}", browser.text("#day"));
    demo.close();
}

#[test]
fn a_manager_acts_by_forms_alone() {
    let Some(browser) = browser() else { return };
    let demo = Demo::open(&["--no-crowd", "--speed", "30", "--start", MORNING]);
    let mut hall = Hall::of(&demo);
    hall.happen("staffed", "");
    hall.happen("comes", "M 12");
    hall.happen("poor", "1");
    let at = Reader { browser: &browser, http: demo.http.clone() };
    browser.sign_in(&demo.http, &hall.fill("{manager}"), &hall.fill("{manager password}"));
    browser.write("#say-text", "请取了号的群众到等候区就座");
    at.press("#say-do", "正在等候");
    wait_until("an alert", Duration::from_secs(60), || {
        at.go("/board");
        let text = browser.text("#alerts");
        if text.contains("知道了") { Ok(()) } else { Err(text) }
    });
    browser.write("#alerts input[name=note]", "已请 24 号窗口支援");
    at.press("#alerts input[name=note] ~ button", "已请 24 号窗口支援");
    at.go("/board/act?queue=M");
    at.choose("select[name=does]", "潮汐");
    at.choose("form:not([method=post]) select[name=window]", "24");
    at.press("select[name=does] ~ button, .own button", "24 号窗口开潮汐");
    at.press("form[method=post] input[value=tide] ~ button.primary", "潮汐窗口已开");
    at.press("input[value=end-tide] ~ button", "潮汐已结束");
    at.go("/board/act?queue=M&does=stop&more=5&minutes=60");
    browser
        .write("form.own[method=post] input[name=more] ~ label input[name=reason]", "窗口人手不够");
    at.press("form.own[method=post] input[name=more] ~ button.primary", "已限号");
    at.go(&format!("/board/act?no={}", hall.fill("{3}")));
    browser.write("input[value=expedite] ~ label input[name=reason]", "持立功证件");
    at.press("input[value=expedite] ~ button", "已排到最前");
    at.go("/board/act?away=2");
    at.press("input[value=stand-in] ~ button", "已批准");
    at.go("/office/inspection");
    browser.click("label.big.seen");
    at.press("#inspected", "日巡查台账");
    demo.close();
}
