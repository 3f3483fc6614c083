//! A small WebDriver client (W3C WebDriver, level 1) for WebKitGTK's `WebKitWebDriver`.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine;
use serde_json::{Value, json};

/// How long anything may take that is not said otherwise.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The key under which WebDriver sends an element's reference.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A running driver with one window; both end with it.
#[derive(Debug)]
pub(crate) struct Session {
    driver: Child,
    agent: ureq::Agent,
    base: String,
    id: Option<String>,
}

/// An element of the page, as the driver knows it.
#[derive(Clone, Debug)]
pub(crate) struct Element(String);

impl Element {
    /// The element as an argument of a script.
    pub(crate) fn json(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

impl Session {
    /// Starts a driver on a fresh port, and through it the program, in this environment.
    pub(crate) fn start(browser: &str, program: &Path, arguments: &[&str], environment: &[(&str, &Path)]) -> Self {
        // Somebody else may take the port between here and the driver's start: then a second one is tried.
        let mut session = (0..3)
            .find_map(|_| Self::driver(environment))
            .expect("WebKitWebDriver does not answer");
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": browser,
            "webkitgtk:browserOptions": {"binary": program, "args": arguments},
        }}});
        let made = session.ask("POST", "/session", Some(wanted));
        session.id = Some(made["sessionId"].as_str().expect("a session has an id").to_owned());
        session
    }

    fn driver(environment: &[(&str, &Path)]) -> Option<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let mut command = Command::new("WebKitWebDriver");
        command
            .arg(format!("--port={port}"))
            .args(["--host=127.0.0.1"])
            .stdin(Stdio::null());
        // The program inherits these; the first two make Tauri let itself be driven.
        command
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.envs(environment.iter().copied());
        let driver = command.spawn().expect("WebKitWebDriver starts");
        // A page may take long to build what a test waits for, but the driver answers within a minute or not at all.
        let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
        let agent = config.timeout_global(Some(Duration::from_secs(60))).build().new_agent();
        let session = Self {
            driver,
            agent,
            base: format!("http://127.0.0.1:{port}"),
            id: None,
        };
        within(Duration::from_secs(10), || session.try_ask("GET", "/status", None).ok()).map(|_| session)
    }

    /// The first element that the CSS selector finds, as soon as it is there. Fails the test with the page's text.
    pub(crate) fn find(&self, css: &str) -> Element {
        self.find_within(css, PATIENCE)
            .unwrap_or_else(|| panic!("no `{css}` on the page:\n{}", self.text_of_page()))
    }

    /// The same, for at most so long.
    pub(crate) fn find_within(&self, css: &str, limit: Duration) -> Option<Element> {
        within(limit, || self.find_all(css).into_iter().next())
    }

    /// What the CSS selector finds right now.
    pub(crate) fn find_all(&self, css: &str) -> Vec<Element> {
        let wanted = json!({"using": "css selector", "value": css});
        let path = format!("/session/{}/elements", self.id.as_deref().expect("a started session"));
        // What goes between being found and being named is "stale": then one looks again.
        let found = within(PATIENCE, || match self.try_ask("POST", &path, Some(wanted.clone())) {
            Err(error) if error.contains("stale element reference") => None,
            other => Some(other),
        });
        let found = found.unwrap_or_else(|| panic!("`{css}` is stale whenever it is looked for"));
        let found = found.unwrap_or_else(|error| panic!("POST {path}: {error}"));
        let references = found.as_array().expect("a list of elements").iter();
        references
            .map(|one| Element(one[ELEMENT].as_str().expect("a reference").to_owned()))
            .collect()
    }

    /// Clicks in an element's middle.
    pub(crate) fn click(&self, element: &Element) {
        self.of_element("POST", element, "/click", Some(json!({})));
    }

    /// Focuses an element and types into it.
    pub(crate) fn type_into(&self, element: &Element, text: &str) {
        self.of_element("POST", element, "/value", Some(json!({"text": text})));
    }

    /// Presses and releases one key after the other, wherever the focus is: characters, and those of `keys`.
    pub(crate) fn press(&self, text: &str) {
        let steps = text.chars().flat_map(|key| [down(key), up(key)]).collect();
        self.act(steps);
    }

    /// Presses the last key while the others are held: `chord(&[CONTROL, 'k'])`.
    pub(crate) fn chord(&self, together: &[char]) {
        let steps = together
            .iter()
            .map(|key| down(*key))
            .chain(together.iter().rev().map(|key| up(*key)))
            .collect();
        self.act(steps);
    }

    /// Draws with the pointer from the middle of one element to so many pixels above (below 0) or under another's middle.
    pub(crate) fn drag(&self, from: &Element, to: &Element, under: i32) {
        let over = |element: &Element, y: i32, duration: u32| json!({"type": "pointerMove", "duration": duration, "origin": element.json(), "x": 0, "y": y});
        let steps = [
            over(from, 0, 0),
            json!({"type": "pointerDown", "button": 0}),
            over(from, 8, 50),
            over(to, under, 100),
            json!({"type": "pointerUp", "button": 0}),
        ];
        let pointer =
            json!({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps});
        self.of_session("POST", "/actions", Some(json!({"actions": [pointer]})));
    }

    fn act(&self, steps: Vec<Value>) {
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": steps});
        self.of_session("POST", "/actions", Some(json!({"actions": [keyboard]})));
    }

    /// An element's text as it is shown.
    pub(crate) fn text(&self, element: &Element) -> String {
        string(&self.of_element("GET", element, "/text", None))
    }

    /// An attribute as the page's source has it.
    pub(crate) fn attribute(&self, element: &Element, name: &str) -> Option<String> {
        self.of_element("GET", element, &format!("/attribute/{name}"), None)
            .as_str()
            .map(str::to_owned)
    }

    /// A property as the page's script would read it: `value` of a field, say.
    pub(crate) fn property(&self, element: &Element, name: &str) -> Value {
        self.of_element("GET", element, &format!("/property/{name}"), None)
    }

    /// The name that assistive technology would read out, and the role.
    pub(crate) fn name_and_role(&self, element: &Element) -> (String, String) {
        let ask = |what| string(&self.of_element("GET", element, what, None));
        (ask("/computedlabel"), ask("/computedrole"))
    }

    /// Runs the body of a function in the page, and returns what it returns. `arguments` are its `arguments`.
    pub(crate) fn script(&self, body: &str, arguments: &[Value]) -> Value {
        self.of_session(
            "POST",
            "/execute/sync",
            Some(json!({"script": body, "args": arguments})),
        )
    }

    /// The same for work that takes its time: the body is that of an `async` function.
    pub(crate) fn script_later(&self, body: &str, arguments: &[Value]) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];\n\
             (async function () {{ {body} }}).apply(null, arguments).then(\n\
               (value) => done({{ value }}), (error) => done({{ error: String(error) }}));"
        );
        let answer = self.of_session(
            "POST",
            "/execute/async",
            Some(json!({"script": script, "args": arguments})),
        );
        assert!(answer.get("error").is_none(), "the script failed: {answer}");
        answer["value"].clone()
    }

    /// Goes to another address (of the tests' own pages).
    pub(crate) fn go(&self, address: &str) {
        self.of_session("POST", "/url", Some(json!({"url": address})));
    }

    /// The address of the page.
    pub(crate) fn address(&self) -> String {
        string(&self.of_session("GET", "/url", None))
    }

    /// The window's title as the page has it.
    pub(crate) fn title(&self) -> String {
        string(&self.of_session("GET", "/title", None))
    }

    /// The page as it stands, in HTML.
    pub(crate) fn source(&self) -> String {
        string(&self.of_session("GET", "/source", None))
    }

    /// All text that is shown.
    pub(crate) fn text_of_page(&self) -> String {
        string(&self.script("return document.body ? document.body.innerText : ''", &[]))
    }

    /// Makes the window this large, in CSS pixels.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        self.of_session("POST", "/window/rect", Some(json!({"width": width, "height": height})));
    }

    /// Writes what is to be seen into a PNG file.
    pub(crate) fn screenshot(&self, to: &Path) {
        // WebKitGTK takes its picture with the next frame, and a page at rest draws none: a dot that nobody can see
        // makes it draw for a while.
        let body = "const dot = document.createElement('i'); let left = 100;\
            dot.style.cssText = 'position:fixed;inset:0 auto auto 0;width:1px;height:1px';\
            document.body.append(dot);\
            const timer = setInterval(() => { dot.style.background = left % 2 ? '#00000001' : '#00000002';\
            left -= 1; if (left < 0) { clearInterval(timer); dot.remove() } }, 50)";
        self.script(body, &[]);
        let shot = string(&self.of_session("GET", "/screenshot", None));
        let png = base64::engine::general_purpose::STANDARD
            .decode(shot)
            .expect("the picture is base64");
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).unwrap();
        }
        fs::write(to, png).unwrap();
    }

    /// Waits until an element of this selector shows this text somewhere in it. Fails the test with what is shown.
    pub(crate) fn wait_for_text(&self, css: &str, text: &str) {
        let body =
            "return Array.from(document.querySelectorAll(arguments[0])).some(e => e.innerText.includes(arguments[1]))";
        self.wait_until(&format!("`{text}` in `{css}`"), || {
            self.script(body, &[json!(css), json!(text)]) == json!(true)
        });
    }

    /// Waits until no element of this selector is left.
    pub(crate) fn wait_until_gone(&self, css: &str) {
        self.wait_until(&format!("`{css}` to go"), || self.find_all(css).is_empty());
    }

    /// Waits until something holds. Fails the test with the page's text.
    pub(crate) fn wait_until(&self, what: &str, holds: impl Fn() -> bool) {
        let held = within(PATIENCE, || holds().then_some(()));
        assert!(
            held.is_some(),
            "waited {PATIENCE:?} for {what}; the page shows:\n{}",
            self.text_of_page()
        );
    }

    /// Ends the window's program as a power cut would (`kill -9`), and the driver with it.
    pub(crate) fn kill_window(mut self) {
        let windows = children(self.driver.id());
        assert_eq!(windows.len(), 1, "the driver has started one window");
        let killed = Command::new("kill").arg("-9").args(&windows).status().unwrap();
        assert!(killed.success());
        // There is no session to end any more.
        self.id = None;
    }

    fn of_session(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let id = self.id.as_deref().expect("a started session");
        self.ask(method, &format!("/session/{id}{path}"), body)
    }

    fn of_element(&self, method: &str, element: &Element, path: &str, body: Option<Value>) -> Value {
        self.of_session(method, &format!("/element/{}{path}", element.0), body)
    }

    fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        self.try_ask(method, path, body)
            .unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    fn try_ask(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value, String> {
        let address = format!("{}{path}", self.base);
        let sent = match method {
            "GET" => self.agent.get(address).call(),
            "DELETE" => self.agent.delete(address).call(),
            _ => self
                .agent
                .post(address)
                .content_type("application/json")
                .send(body.unwrap_or_default().to_string()),
        };
        let mut response = sent.map_err(|error| error.to_string())?;
        // A picture of a large window is over ureq's default limit.
        let text = response
            .body_mut()
            .with_config()
            .limit(256 << 20)
            .read_to_string()
            .map_err(|e| e.to_string())?;
        let answer: Value = serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))?;
        if response.status().is_success() {
            Ok(answer["value"].clone())
        } else {
            Err(text)
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The window closes as by its person; the driver, which would serve on, is ended.
        let windows = children(self.driver.id());
        if let Some(id) = self.id.take() {
            let _closed_already = self.try_ask("DELETE", &format!("/session/{id}"), None);
        }
        // A machine that is busy takes its time, and a window that nobody watches any more would stay for good.
        let gone = within(Duration::from_secs(5), || {
            let left = windows.iter().any(|window| command_of(window).is_some());
            (!left).then_some(())
        });
        if gone.is_none() {
            let _gone_meanwhile = Command::new("kill").arg("-9").args(&windows).status();
        }
        if self.driver.kill().is_ok() {
            let _ended = self.driver.wait();
        }
    }
}

/// The processes that a process has started and that run still.
fn children(of: u32) -> Vec<String> {
    let of = of.to_string();
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|process| parent(process).as_deref() == Some(&of) && command_of(process).is_some())
        .collect()
}

/// The command of a process that runs; none where it has ended, though nobody has asked how.
fn command_of(process: &str) -> Option<Vec<u8>> {
    let command = fs::read(format!("/proc/{process}/cmdline")).ok()?;
    (!command.is_empty()).then_some(command)
}

/// The parent of a process (proc(5): the second field after the name in parentheses).
fn parent(process: &str) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(1).map(str::to_owned)
}

fn down(key: char) -> Value {
    json!({"type": "keyDown", "value": key})
}

fn up(key: char) -> Value {
    json!({"type": "keyUp", "value": key})
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Tries every 20 ms until there is something, for at most so long.
pub(crate) fn within<T>(limit: Duration, mut attempt: impl FnMut() -> Option<T>) -> Option<T> {
    let started = Instant::now();
    loop {
        let found = attempt();
        if found.is_some() || started.elapsed() > limit {
            return found;
        }
        thread::sleep(Duration::from_millis(20));
    }
}
