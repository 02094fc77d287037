//! What a newcomer is told once the city stands: where it is, who is who, and what to try first.

use super::city::PLACES;
use super::making::Tracked;
use super::staff::{ACCOUNTS, Account, PASSWORD};
use crate::case::Role;
use crate::cli::terminal;
use crate::config::Config;

/// Columns that a login and a name take in the table.
const LOGIN_WIDTH: usize = 18;
const NAME_WIDTH: usize = 8;
const ROLES_WIDTH: usize = 56;

/// Prints it. `served`: whether the service starts now.
pub fn say(config: &Config, tracked: &[Tracked], served: bool) {
    let address = format!("http://{}", config.server.listen);
    let mut text = vec![accounts(), receipts(tracked), tries(&address, tracked)];
    if served {
        text.insert(0, addresses(&address, config));
    } else {
        text.insert(0, how_to_serve(config));
    }
    terminal::say(&text.join("\n"));
}

fn addresses(address: &str, config: &Config) -> String {
    format!(
        "云河市已建成，人物、机关、案件均为虚构。 / The city stands; its people, agencies and cases are invented.\n\n  \
         公众页面 / for all    {address}/\n  工作人员 / for staff  {address}/sign-in\n  \
         接口文档 / API docs   {address}/api/docs\n  健康检查 / health     {address}/healthz\n  \
         发出的邮件 / mail     {}\n  \
         停止 / stop           Ctrl-C\n",
        config.mail.folder.display()
    )
}

fn how_to_serve(config: &Config) -> String {
    // An address of PostgreSQL may hold a password, and who gave it knows it.
    let url = if config.database.url.starts_with("sqlite://") { &config.database.url } else { "…" };
    let (keys, files) = (config.keys.directory.display(), &config.files.url);
    format!(
        "云河市已建成，未启动服务。 / The city stands and is not served. To serve or check it:\n\n  \
         DATABASE_URL={url} DAFU_KEYS__DIRECTORY={keys} DAFU_FILES__URL={files} dafu serve\n  \
         DATABASE_URL={url} DAFU_KEYS__DIRECTORY={keys} DAFU_FILES__URL={files} dafu check\n"
    )
}

fn accounts() -> String {
    let heading = format!("账号（密码均为 {PASSWORD}） / Accounts (password of all: {PASSWORD})\n\n");
    let english = Role::ALL.iter().map(|role| format!("{} {role}", role.zh())).collect::<Vec<_>>().join("，");
    heading + &ACCOUNTS.iter().map(line).collect::<String>() + &format!("\n  {english}\n")
}

fn line(account: &Account) -> String {
    let agency = PLACES.iter().find(|place| place.slug == account.agency).map_or(account.agency, |place| place.name);
    let roles = account.roles.iter().copied().map(Role::zh).collect::<Vec<_>>().join("、");
    format!(
        "  {}{}{}{agency}\n",
        padded(account.login, LOGIN_WIDTH),
        padded(account.name, NAME_WIDTH),
        padded(&roles, ROLES_WIDTH)
    )
}

/// Chinese letters take two columns of a terminal.
fn padded(text: &str, width: usize) -> String {
    let taken: usize = text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
    format!("{text}{}", " ".repeat(width.saturating_sub(taken).max(1)))
}

fn receipts(tracked: &[Tracked]) -> String {
    let lines = shown(tracked)
        .map(|one| format!("  {}   查询码 / code {}   {}\n", one.receipt_no, one.query_code, one.subject));
    "申请人查询：回执编号和查询码 / For applicants: receipt number and query code\n\n".to_owned()
        + &lines.collect::<String>()
}

fn tries(address: &str, tracked: &[Tracked]) -> String {
    let track = shown(tracked).next().map_or_else(String::new, |one| {
        format!(
            "  curl -s -H 'X-Query-Code: {}' {address}/api/v1/public/applications/{}\n",
            one.query_code, one.receipt_no
        )
    });
    format!(
        "试一试 / Try it\n\n{track}  \
         TOKEN=$(curl -s -H 'Content-Type: application/json' -d '{{\"login\":\"supervisor\",\"password\":\"{PASSWORD}\"}}' \
         {address}/api/v1/auth/login | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')\n  \
         curl -s -H \"Authorization: Bearer $TOKEN\" {address}/api/v1/supervision/overdue\n  \
         curl -s -H \"Authorization: Bearer $TOKEN\" '{address}/api/v1/supervision/due-soon?within=5'\n"
    )
}

/// One that was answered and one that is still on its way, each with as much to read as any.
fn shown(tracked: &[Tracked]) -> impl Iterator<Item = &Tracked> {
    [true, false]
        .into_iter()
        .filter_map(|answered| tracked.iter().filter(|one| one.answered == answered).max_by_key(|one| one.steps))
}
