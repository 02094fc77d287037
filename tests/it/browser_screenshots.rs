//! Not a test but the maker of pictures (`make screenshots`): the demonstration city is made and served, the pages are
//! walked as its people would, and each is photographed whole at three widths, light and dark. They are to be looked at.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::json;

use crate::browser_applicant::{DESCRIPTION_LABEL, FORM, KIND, NAME, NUMBER, ON, PHONE, ROUTE, SEND, SUBJECT_LABEL};
use crate::browser_calendar::{CALENDAR, PROPOSE};
use crate::browser_officer::{DRAFT, GRANTED, LETTER_LABEL, MINE};
use crate::support::browser::{Browser, Scripts, Theme, Tongue};

const WIDTHS: [(u32, u32); 3] = [(360, 740), (768, 1024), (1440, 900)];

/// What the README shows: width, theme, page, and the name it has there.
const CHOSEN: [(u32, Theme, &str, &str); 3] = [
    (1440, Theme::Light, "case", "case"),
    (1440, Theme::Light, "supervision", "supervision"),
    (1440, Theme::Light, "tracking", "tracking"),
];

/// The city, served until this is dropped.
struct City {
    served: Child,
    /// What it says is not read, but the pipe must stay open.
    _said: BufReader<ChildStdout>,
    address: String,
    _folder: tempfile::TempDir,
    /// Receipt number and query code of an application on line.
    tracked: (String, String),
}

impl City {
    fn made() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let listen = format!("127.0.0.1:{port}");
        let mut served = Command::new(env!("CARGO_BIN_EXE_dafu"))
            .args(["demo", "--listen", &listen, "--directory"])
            .arg(folder.path().join("city"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut tracked = None;
        let mut said = BufReader::new(served.stdout.take().unwrap());
        let mut line = String::new();
        while said.read_line(&mut line).unwrap() > 0 {
            if let Some((number, rest)) = line.trim().split_once("查询码 / code") {
                let code = rest.split_whitespace().next().unwrap();
                tracked.get_or_insert((number.trim().to_owned(), code.to_owned()));
            }
            if line.trim().is_empty() && tracked.is_some() {
                break;
            }
            line.clear();
        }
        while std::net::TcpStream::connect(&listen).is_err() {
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        Self { served, _said: said, address: format!("http://{listen}"), _folder: folder, tracked: tracked.unwrap() }
    }
}

impl Drop for City {
    fn drop(&mut self) {
        let _killed = self.served.kill();
        let _gone = self.served.wait();
    }
}

/// Photographs pages.
struct Camera<'a> {
    browser: &'a Browser,
    folder: PathBuf,
    chosen: PathBuf,
}

impl Camera<'_> {
    fn shoot(&self, name: &str) {
        for theme in Theme::BOTH {
            self.browser.theme(theme);
            for (width, height) in WIDTHS {
                self.browser.size(width, height);
                let picture = bytes_of(&self.browser.picture(true));
                std::fs::write(self.folder.join(format!("{name}-{width}-{}.png", theme.name())), &picture).unwrap();
                for (of, shade, page, shown) in CHOSEN {
                    if (of, shade, page) == (width, theme, name) {
                        let first = bytes_of(&self.browser.picture(false));
                        std::fs::write(self.chosen.join(format!("{shown}.png")), first).unwrap();
                    }
                }
            }
        }
        self.browser.theme(Theme::Light);
        self.browser.size(1440, 900);
    }

    fn open(&self, path: &str, name: &str) {
        self.browser.go(path);
        self.shoot(name);
    }

    fn signs_in(&self, login: &str) {
        self.browser.forget();
        self.browser.go("/sign-in");
        self.browser.fill(("用户名", ""), login);
        self.browser.fill(("密码", ""), "demo-2026-dafu");
        self.browser.press(("登录", ""));
    }

    /// The first case of a list.
    fn first(&self) {
        let row = self.browser.element("return document.querySelector('[data-rows] tbody th a')", &json!([])).unwrap();
        self.browser.leaving(|| self.browser.click(&row));
    }

    /// Drafts the case that is open, or drafts it again.
    fn drafts(&self, letter: &str, statement: &str) {
        self.browser.follow(DRAFT);
        if self.browser.text().contains("先选定处理结果") {
            self.browser.follow(GRANTED);
        }
        self.browser.fill(LETTER_LABEL, letter);
        self.browser.fill(("内容", ""), statement);
        self.browser.choose(("是否立即送审", ""), ("是", ""));
    }
}

/// What anybody sees.
fn portal(camera: &Camera<'_>, tracked: &(String, String)) {
    let browser = camera.browser;
    camera.open("/", "home");
    camera.open("/agencies", "agencies");
    camera.open("/agencies/yunhe", "guide");
    camera
        .open("/calculator?received_on=2026-09-14&extension_days=10&extension_notice_sent_on=2026-10-12", "calculator");
    camera.open("/sign-in", "sign-in");
    browser.go("/apply/zjj");
    browser.press(("开始填写", ""));
    browser.fill(DESCRIPTION_LABEL, "2026年滨河路雨水管网改造工程的施工合同、变更签证和竣工验收报告。");
    browser.press(ON);
    camera.shoot("apply-errors");
    browser.fill(SUBJECT_LABEL, "滨河路雨水管网改造工程施工合同");
    browser.choose(FORM, ("电子", ""));
    browser.choose(ROUTE, ("网上获取", ""));
    browser.press(ON);
    browser.choose(KIND, ("自然人", ""));
    browser.fill(NAME, "陈晓燕");
    browser.fill(NUMBER, "110101199003070011");
    browser.fill(PHONE, "13800000001");
    camera.shoot("applicant");
    browser.press(ON);
    browser.press(ON);
    camera.shoot("check");
    browser.press(SEND);
    camera.shoot("receipt");
    camera.open("/track", "tracking");
    browser.forget();
    browser.go("/track");
    browser.fill(("回执编号", ""), &tracked.0);
    browser.fill(("查询码", ""), &tracked.1);
    browser.press(("查询", ""));
    camera.shoot("tracking-answered");
    camera.open("/track/remedies", "remedies");
}

/// What officers see.
fn desk(camera: &Camera<'_>) {
    let browser = camera.browser;
    camera.signs_in("zjj.handler");
    camera.open("/desk?open=true&sort=due_on", "queue");
    browser.go("/desk");
    browser.follow(MINE);
    camera.first();
    let case = browser.here();
    browser.follow(("期限", ""));
    camera.shoot("clock");
    browser.go(&case);
    let letter = "经审查，您申请获取的信息属于本机关制作的政府信息，现予以公开。\n\n附件：相关文件电子版三份。";
    camera.drafts(letter, "以电子邮件提供，本答复书送达之日起三个工作日内发出。");
    browser.previews("三份");
    camera.shoot("draft");
    browser.press(DRAFT);
    camera.shoot("case");

    let case = browser.here();
    let case = case.split('?').next().unwrap();
    camera.signs_in("zjj.reviewer");
    browser.go(case);
    browser.follow(("审核", ""));
    browser.choose(("意见", ""), ("退回修改", ""));
    browser.fill(("理由", ""), "请写明附件名称，并删去“三份”。");
    browser.press(("审核", ""));
    camera.signs_in("zjj.handler");
    browser.go(case);
    let letter = "经审查，您申请获取的信息属于本机关制作的政府信息，现予以公开。\n\n附件：施工合同、变更签证、竣工验收报告电子版。";
    camera.drafts(letter, "以电子邮件提供，本答复书送达之日起三个工作日内发出。");
    browser.press(DRAFT);
    camera.signs_in("zjj.reviewer");
    browser.go(case);
    browser.follow(("审核", ""));
    camera.shoot("approval");
}

/// What lies beside a case: files of proceedings, and a large file on its way.
fn beside(camera: &Camera<'_>) {
    let browser = camera.browser;
    camera.signs_in("zrzy.clerk");
    camera.open("/desk/proceedings", "proceedings");
    let row = browser.element("return document.querySelector('tbody th a')", &json!([])).unwrap();
    browser.leaving(|| browser.click(&row));
    camera.shoot("proceeding");
    let case = browser.run("return document.querySelector('a[href^=\"/desk/cases/\"]').pathname", &json!([]));
    let case = case.as_str().unwrap();
    camera.open(&format!("{case}/proceedings?open=yes"), "proceeding-kinds");
    camera.open(&format!("{case}/proceedings?kind=litigation"), "proceeding-suit");

    // The third piece never comes.
    let paper = tempfile::tempdir().unwrap();
    let paper = paper.path().join("规划图集（扫描件）.txt");
    std::fs::create_dir_all(paper.parent().unwrap()).unwrap();
    std::fs::write(&paper, "控制性详细规划 图则\n".repeat(700_000)).unwrap();
    browser.go(&format!("{case}/files"));
    let stops = "const send = XMLHttpRequest.prototype.send; let sent = 0;
        XMLHttpRequest.prototype.send = function (body) { if (++sent <= 3) send.call(this, body); };";
    browser.run(stops, &json!([]));
    browser.write(&browser.field(("文件（可以多选）", "")), paper.to_str().unwrap());
    let button = browser.element("return document.querySelector('form[data-upload] button')", &json!([])).unwrap();
    browser.click(&button);
    while browser.run("return document.querySelector('progress')?.value ?? 0", &json!([])).as_f64() < Some(8e6) {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    camera.shoot("upload");
}

/// What those see who keep watch and keep house.
fn above(camera: &Camera<'_>) {
    let browser = camera.browser;
    camera.signs_in("supervisor");
    camera.open("/supervision", "supervision");
    camera.open("/supervision/overdue", "overdue");
    camera.signs_in("admin");
    camera.open("/admin", "administration");
    camera.open("/admin/calendar", "calendar");
    let year = browser.run("return new Date().getFullYear() + 1", &json!([]));
    let text = format!(
        "year = {year}\nnotice = \"国办发明电〔示例〕1号\"\npublished_on = \"{}-11-20\"\nholidays = [\"{year}-01-01\", \
         \"{year}-01-04\"]\nworkdays = []\n",
        year.as_i64().unwrap() - 1
    );
    browser.fill(CALENDAR, &text);
    browser.press(PROPOSE);
    camera.shoot("proposal");
}

#[test]
#[ignore = "makes pictures; `make screenshots` runs it"]
fn screenshots() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let (folder, chosen) = (docs.join("screenshots-work"), docs.join("images"));
    for folder in [&folder, &chosen] {
        std::fs::create_dir_all(folder).unwrap();
    }
    let city = City::made();
    let Some(browser) = Browser::open(&city.address, Scripts::On, Tongue::Zh) else { return };
    let camera = Camera { browser: &browser, folder, chosen };
    portal(&camera, &city.tracked);
    desk(&camera);
    beside(&camera);
    above(&camera);
}

/// Out of base64, as WebDriver hands pictures over.
fn bytes_of(text: &str) -> Vec<u8> {
    let digits = text.bytes().filter_map(|letter| {
        Some(match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        })
    });
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0u32, 0);
    for digit in digits {
        held = (held << 6) | u32::from(digit);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).unwrap());
        }
    }
    bytes
}
