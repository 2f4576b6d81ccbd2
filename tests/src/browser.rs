//! Debian's Chromium, driven by its own driver: what people see, and their hands.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use ureq::Agent;

use crate::wait_until;

/// The name of an element in answers of the driver.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A key of the keyboard as the driver knows it.
pub const F2: &str = "\u{e032}";
/// Enter.
pub const ENTER: &str = "\u{e007}";

/// A browser with one window.
pub struct Browser {
    driver: Child,
    agent: Agent,
    session: String,
}

impl Browser {
    /// Opens a browser of this size; `None` if Chromium or its driver is not installed.
    ///
    /// # Panics
    /// If it is installed and does not start.
    #[must_use]
    pub fn open(width: u32, height: u32) -> Option<Self> {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let out = driver.stdout.take().expect("its output is ours");
        let mut lines = BufReader::new(out).lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            line.split("on port ")
                .nth(1)?
                .trim_end_matches('.')
                .parse::<u16>()
                .ok()
                .filter(|port| *port > 0)
        });
        let port = port.expect("the driver says its port");
        // A driver whose output nobody reads ends.
        std::thread::spawn(move || lines.for_each(drop));
        let config = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(60)))
            .http_status_as_error(false)
            .build();
        let agent: Agent = config.into();
        let base = format!("http://127.0.0.1:{port}/session");
        let size = format!("--window-size={width},{height}");
        let args = json!([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            "--lang=zh-CN",
            "--accept-lang=zh-CN",
            size
        ]);
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "args": args } } } });
        let answer = agent.post(&base).send_json(&wanted);
        let mut answer = answer.unwrap_or_else(|error| panic!("the driver is silent: {error}"));
        let answer: Value = answer.body_mut().read_json().expect("the driver answers JSON");
        let id = answer["value"]["sessionId"].as_str();
        let id = id.unwrap_or_else(|| panic!("Chromium did not start: {answer}"));
        let browser = Self { driver, agent, session: format!("{base}/{id}") };
        // The window has a head of its own; what counts is the page.
        let inner = browser.run("return window.innerHeight;").as_u64().unwrap_or(0);
        let taller = u64::from(height) + u64::from(height).saturating_sub(inner);
        browser.post("/window/rect", &json!({ "width": width, "height": taller }));
        Some(browser)
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let answer = self.agent.post(format!("{}{path}", self.session)).send_json(body);
        let mut answer = answer.expect("the driver answers");
        answer.body_mut().read_json::<Value>().unwrap_or_default()["value"].clone()
    }

    fn get(&self, path: &str) -> Value {
        let answer = self.agent.get(format!("{}{path}", self.session)).call();
        let mut answer = answer.expect("the driver answers");
        answer.body_mut().read_json::<Value>().unwrap_or_default()["value"].clone()
    }

    /// Opens an address.
    pub fn go(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    /// Where the browser is.
    #[must_use]
    pub fn at(&self) -> String {
        self.get("/url").as_str().unwrap_or_default().to_owned()
    }

    /// Runs a script.
    #[must_use]
    pub fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// The text that people see in the first element of a selector; empty if there is none.
    #[must_use]
    pub fn text(&self, selector: &str) -> String {
        let script = format!(
            "var found = document.querySelector({}); return found ? found.innerText : '';",
            json!(selector)
        );
        self.run(&script).as_str().unwrap_or_default().to_owned()
    }

    fn find(&self, selector: &str) -> String {
        wait_until(&format!("{selector} is on the page"), Duration::from_secs(10), || {
            let wanted = json!({ "using": "css selector", "value": selector });
            let found = self.post("/element", &wanted);
            found[ELEMENT].as_str().map(ToOwned::to_owned).ok_or_else(|| self.text("body"))
        })
    }

    /// Clicks an element.
    pub fn click(&self, selector: &str) {
        let element = self.find(selector);
        self.post(&format!("/element/{element}/click"), &json!({}));
    }

    /// A finger comes down on an element and stays there.
    pub fn touch(&self, selector: &str) {
        let on = json!({ ELEMENT: self.find(selector) });
        self.point(&json!([
            { "type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": on },
            { "type": "pointerDown", "button": 0 },
        ]));
    }

    /// The finger comes up again.
    pub fn let_go(&self) {
        self.point(&json!([{ "type": "pointerUp", "button": 0 }]));
    }

    fn point(&self, actions: &Value) {
        let finger = json!({ "type": "pointer", "id": "finger", "actions": actions });
        self.post("/actions", &json!({ "actions": [finger] }));
    }

    /// Types into an element.
    pub fn write(&self, selector: &str, text: &str) {
        let element = self.find(selector);
        self.post(&format!("/element/{element}/value"), &json!({ "text": text }));
    }

    /// Presses a key wherever the focus is.
    pub fn press(&self, key: &str) {
        let keys = json!([
            { "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }
        ]);
        self.post(
            "/actions",
            &json!({ "actions": [
            { "type": "key", "id": "keyboard", "actions": keys } ] }),
        );
    }

    /// Presses a key while others are held.
    pub fn chord(&self, held: &[&str], key: &str) {
        let down = |key: &str| json!({ "type": "keyDown", "value": key });
        let up = |key: &str| json!({ "type": "keyUp", "value": key });
        let mut keys: Vec<Value> = held.iter().copied().map(down).collect();
        keys.extend([down(key), up(key)]);
        keys.extend(held.iter().rev().copied().map(up));
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": keys });
        self.post("/actions", &json!({ "actions": [keyboard] }));
    }

    /// Types wherever the focus is.
    pub fn type_here(&self, text: &str) {
        let at = self.get("/element/active");
        let at = at[ELEMENT].as_str().unwrap_or_default();
        self.post(&format!("/element/{at}/value"), &json!({ "text": text }));
    }

    /// Goes over to the window that was opened last.
    pub fn newest_window(&self) {
        let windows = self.get("/window/handles");
        let newest = windows.as_array().and_then(|all| all.last()).cloned().unwrap_or_default();
        self.post("/window", &json!({ "handle": newest }));
    }

    /// Presses a key twice, faster than any hand.
    pub fn press_twice(&self, key: &str) {
        let keys = json!([
            { "type": "keyDown", "value": key }, { "type": "keyUp", "value": key },
            { "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }
        ]);
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": keys });
        self.post("/actions", &json!({ "actions": [keyboard] }));
    }

    /// Asks the browser's own tools.
    pub fn cdp(&self, command: &str, parameters: &Value) {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }));
    }

    /// Makes the page this large.
    pub fn size(&self, width: u32, height: u32) {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// The page as it came, also where scripts are forbidden.
    #[must_use]
    pub fn source(&self) -> String {
        self.get("/source").as_str().unwrap_or_default().to_owned()
    }

    /// Walks over the page with Tab, and tells what was reached and not seen: outside the window, or
    /// without a mark of the focus.
    #[must_use]
    pub fn tab_walk(&self) -> Vec<String> {
        const STEPS_MAX: usize = 40;
        let mut unseen = Vec::new();
        for _ in 0..STEPS_MAX {
            self.press("\u{e004}");
            let found = self.run(
                "var at = document.activeElement, box, style, name;
                 if (!at || at === document.body) { return 'over'; }
                 if (at.getAttribute('data-walked')) { return 'over'; }
                 at.setAttribute('data-walked', '1');
                 box = at.getBoundingClientRect(); style = getComputedStyle(at);
                 name = at.tagName + '#' + at.id + '.' + at.className + ' ' + (at.innerText || at.name || '').slice(0, 20);
                 if (at.tagName === 'INPUT' && (at.type === 'radio' || at.type === 'checkbox') && at.parentNode) {
                     box = at.parentNode.getBoundingClientRect();
                 }
                 if (box.bottom <= 0 || box.top >= window.innerHeight) { return 'outside the window: ' + name; }
                 if (style.outlineStyle === 'none' && style.boxShadow === 'none') { return 'no mark of the focus: ' + name; }
                 return '';",
            );
            match found.as_str().unwrap_or("over") {
                "over" => break,
                "" => {}
                what => unseen.push(what.to_owned()),
            }
        }
        unseen
    }

    /// Waits until the text of an element holds some words.
    pub fn wait_for(&self, selector: &str, words: &str) {
        wait_until(&format!("{selector} says {words}"), Duration::from_secs(60), || {
            let text = self.text(selector);
            if text.contains(words) { Ok(()) } else { Err(text) }
        });
    }

    /// Signs in.
    pub fn sign_in(&self, base: &str, no: &str, password: &str) {
        self.go(&format!("{base}/signin"));
        self.write("input[name=no]", no);
        self.write("input[name=password]", password);
        self.click("button.go");
        // The click is over before the server has looked at the password, and to go elsewhere now
        // would take the asking back. A wrong one stays here.
        let until = Instant::now() + Duration::from_secs(5);
        while Instant::now() < until && self.at().ends_with("/signin") {
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Keeps a picture of what people see.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn picture(&self, path: &Path) {
        let text = self.get("/screenshot");
        let png = base64(text.as_str().unwrap_or_default());
        std::fs::write(path, png).expect("a picture can be written");
    }

    /// Errors that the page's own scripts met, and what the content policy forbade.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        let log = self.post("/se/log", &json!({ "type": "browser" }));
        let entries = log.as_array().cloned().unwrap_or_default();
        let severe = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        severe.filter_map(|entry| entry["message"].as_str().map(ToOwned::to_owned)).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver closes Chromium with the session.
        self.agent.delete(&self.session).call().ok();
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

fn base64(text: &str) -> Vec<u8> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.decode(text).unwrap_or_default()
}
