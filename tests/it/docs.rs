//! The pages of docs/ against the code: what they list is what there is, and what they name exists. A page that drifts
//! is worse than none, because it is believed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dafu::case::{Refusal, Stage, table};
use dafu::law::article::{Article, Instrument};
use dafu::law::house;

use crate::refusals::RAISED;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The part of `text` between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("{from:?} is missing"));
    rest.split_once(to).unwrap_or_else(|| panic!("{to:?} is missing after {from:?}")).0
}

/// Everything set in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The cells of the tables in `text`, row by row.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .filter(|line| line.starts_with("| "))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
}

#[test]
fn the_table_of_outcomes_is_the_one_the_program_prints() {
    let page = read("docs/LAW.md");
    let shown = between(between(&page, "<!-- outcomes: begin -->", "<!-- outcomes: end -->"), "```text\n", "```");
    assert_eq!(shown, dafu::cli::law::outcomes());
}

#[test]
fn every_test_the_law_page_names_is_there() {
    let page = read("docs/LAW.md");
    let tests = quoted(&page).filter_map(|word| word.split_once("::")).filter(|(_, name)| is_test(name));
    let mut missing = Vec::new();
    let mut found = 0;
    for (file, name) in tests {
        let places = [format!("tests/it/{file}.rs"), format!("src/{file}.rs"), format!("src/{file}/tests.rs")];
        let there = places
            .iter()
            .filter_map(|path| std::fs::read_to_string(root().join(path)).ok())
            .any(|text| text.contains(&format!("fn {name}(")));
        if there { found += 1 } else { missing.push(format!("{file}::{name}")) }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(found > 50, "only {found} were found: has the way of naming them changed?");
}

/// A test's name is a sentence of three words at least; `law::count` and the like are no tests.
fn is_test(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && name.bytes().filter(|byte| *byte == b'_').count() >= 2
}

/// An article as docs/LAW.md shortens it.
fn short(article: Article) -> String {
    let text = match article.instrument {
        Instrument::Regulation => "art.",
        Instrument::HouseRule => "house rule",
        Instrument::FeeMeasures => "109号 art.",
        Instrument::ReconsiderationLaw => "复议法 art.",
        Instrument::ArchivesRules => "档案法实施条例 art.",
        Instrument::ServiceLetter => return "235号".to_owned(),
        other => panic!("{other:?} has no short form in the table of refusals yet"),
    };
    let paragraph = article.paragraph.map(|paragraph| format!(" ¶{paragraph}")).unwrap_or_default();
    let item = article.item.map(|item| format!(" item {item}")).unwrap_or_default();
    format!("{text} {}{paragraph}{item}", article.number)
}

#[test]
fn every_refusal_stands_in_the_law_page_with_its_article() {
    let page = read("docs/LAW.md");
    let written: BTreeSet<(String, String)> = rows(between(&page, "## 8. Refusals", "### There is no refusal"))
        .filter_map(|row| Some((quoted(row.first()?).next()?.to_owned(), (*row.get(1)?).to_owned())))
        .collect();
    let raised: BTreeSet<(String, String)> =
        RAISED.iter().map(|(rule, raise)| ((*rule).to_owned(), short(Refusal::article(&raise())))).collect();
    assert_eq!(written, raised);
}

#[test]
fn every_check_of_the_gate_stands_in_the_law_page_with_its_article() {
    use dafu::case::gate::CheckCode;
    let page = read("docs/LAW.md");
    let written: Vec<(String, String)> = rows(between(&page, "### The legality gate", "### What a third party"))
        .filter_map(|row| Some((quoted(row.first()?).next()?.to_owned(), (*row.get(1)?).to_owned())))
        .collect();
    let short = |code: CheckCode| match code.article().instrument {
        Instrument::ReconsiderationLaw => {
            let article = code.article();
            let paragraph = article.paragraph.map(|paragraph| format!(" ¶{paragraph}")).unwrap_or_default();
            format!("复议法 art. {}{paragraph}", article.number)
        }
        Instrument::FeeMeasures => format!("fee art. {}", code.article().number),
        _ => short(code.article()),
    };
    let checks: Vec<_> = CheckCode::ALL.iter().map(|code| (code.as_str().to_owned(), short(*code))).collect();
    assert_eq!(written, checks);
}

#[test]
fn every_refusal_stands_in_the_api_page() {
    let page = read("docs/API.md");
    let written: BTreeSet<&str> = quoted(between(&page, "[LAW.md](LAW.md#8-refusals).", "## Calls")).collect();
    let raised: BTreeSet<&str> = RAISED.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(written, raised);
}

#[test]
fn every_period_stands_in_the_law_page_with_its_numbers() {
    let (page, source) = (read("docs/LAW.md"), read("src/law/periods.rs"));
    let mut wrong = Vec::new();
    for constant in source.split("\npub const ").skip(1) {
        let (name, value) = (constant.split(':').next().unwrap(), between(constant, " = ", ";"));
        let told = rows(&page).any(|row| {
            let named = row.iter().any(|cell| quoted(cell).any(|word| word == name));
            named && row.get(1).is_some_and(|length| numbers(value).is_subset(&numbers(length)))
        });
        if !told {
            wrong.push(format!("{name} = {value}"));
        }
    }
    assert!(wrong.is_empty(), "without a row, or with other numbers: {wrong:#?}");
}

/// The whole numbers in `text`.
fn numbers(text: &str) -> BTreeSet<u32> {
    text.split(|letter: char| !letter.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

#[test]
fn the_drawn_way_of_a_case_has_every_stage_and_only_acts_that_are_open_there() {
    let page = read("docs/ARCHITECTURE.md");
    let drawn = between(&page, "stateDiagram-v2\n", "```");
    let mut stages = BTreeSet::new();
    for arrow in drawn.lines().map(str::trim).filter(|line| !line.starts_with("[*]")) {
        let (from, to_and_act) = arrow.split_once(" --> ").unwrap();
        let (to, act) = to_and_act.split_once(": ").unwrap();
        let (from, to): (Stage, Stage) = (from.parse().unwrap(), to.parse().unwrap());
        assert!(table::open_in(act.parse().unwrap(), from), "{arrow}");
        stages.extend([from.as_str(), to.as_str()]);
    }
    assert_eq!(stages, Stage::ALL.iter().map(|stage| stage.as_str()).collect());
}

#[test]
fn the_changelog_counts_the_refusals_and_house_rules() {
    let page = read("CHANGELOG.md");
    assert!(page.contains(&format!("one of {} refusals", RAISED.len())), "there are {} refusals", RAISED.len());
    assert_eq!(house::RULES.len(), 38, "the changelog says thirty-eight choices");
    assert!(page.contains("Thirty-eight choices"));
    assert_eq!(dafu::case::gate::CheckCode::ALL.len(), 22, "the changelog says twenty-two checks");
}

#[test]
fn every_house_rule_stands_in_the_law_page_and_has_its_reason() {
    let (page, reasons) = (read("docs/LAW.md"), read("docs/decisions/004-where-the-law-is-silent.md"));
    let written: BTreeSet<u16> = rows(between(&page, "## 9. House rules", "### Also disputed"))
        .filter_map(|row| row.first()?.parse().ok())
        .collect();
    let rules: BTreeSet<u16> = house::RULES.iter().map(|rule| rule.number).collect();
    assert_eq!(written, rules);
    // A reason begins with the number in bold; two rules may share one.
    let bold: String = reasons.split("**").skip(1).step_by(2).collect::<Vec<_>>().join(" ");
    let reasoned: BTreeSet<u16> =
        bold.split(|letter: char| !letter.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    assert!(rules.is_subset(&reasoned), "without a reason: {:?}", rules.difference(&reasoned));
}

#[test]
fn every_setting_is_described_with_its_default() {
    let defaults: toml::Table = read("config/default.toml").parse().unwrap();
    let settings: BTreeSet<(String, String)> = defaults
        .iter()
        .flat_map(|(section, keys)| {
            keys.as_table().unwrap().iter().map(move |(key, value)| (format!("{section}.{key}"), shown(value)))
        })
        .collect();
    let page = read("docs/OPERATING.md");
    let described: BTreeSet<(String, String)> = rows(between(&page, "## Settings", "## Roles"))
        .filter_map(|row| Some((quoted(row.first()?).next()?.to_owned(), row.get(1)?.replace('`', ""))))
        .collect();
    assert_eq!(described, settings);
}

fn shown(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) if text.is_empty() => "empty".to_owned(),
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[test]
fn every_kind_of_problem_stands_in_the_api_page() {
    let source = read("src/api/problem/kind.rs");
    let table = between(&source, "const fn kind(&self) -> Kind", "fn detail(&self)");
    // The slug is the one literal without a capital, a blank or a Chinese letter.
    let kinds: BTreeSet<&str> = table
        .split('"')
        .skip(1)
        .step_by(2)
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
        .collect();
    let page = read("docs/API.md");
    let written: BTreeSet<&str> = rows(between(&page, "## Problems", "### Rules"))
        .filter_map(|row| quoted(row.get(1)?).next()?.strip_prefix("/problems/"))
        .collect();
    assert_eq!(written, kinds);
}

#[test]
fn every_call_stands_in_the_api_page() {
    let source = read("src/api.rs");
    let last = |path: &str| path.rsplit('/').find(|part| !part.starts_with('{')).unwrap_or_default().to_owned();
    let calls: BTreeSet<String> = quoted_by(between(&source, "routes! {", "\n}"), '"').map(last).collect();
    let page = read("docs/API.md");
    let written: BTreeSet<String> = rows(between(&page, "## Calls", "## Examples"))
        .flat_map(|row| quoted(row.get(1).copied().unwrap_or_default()).map(str::to_owned).collect::<Vec<_>>())
        .map(|call| last(call.rsplit(' ').next().unwrap_or_default()))
        .collect();
    let unwritten: Vec<_> = calls.difference(&written).collect();
    let unknown: Vec<_> = written.difference(&calls).collect();
    assert!(unwritten.is_empty() && unknown.is_empty(), "not in the page: {unwritten:?}; not in the code: {unknown:?}");
}

fn quoted_by(text: &str, mark: char) -> impl Iterator<Item = &str> {
    text.split(mark).skip(1).step_by(2)
}

/// Every page that is written in Markdown.
fn pages() -> Vec<PathBuf> {
    let folders = [root().to_path_buf(), root().join("docs"), root().join("docs/decisions")];
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let mut dead = Vec::new();
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(link, _)| link)) {
            let file = link.split('#').next().unwrap_or_default();
            if !link.contains("://") && !page.parent().unwrap().join(file).exists() {
                dead.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

#[test]
fn every_decision_stands_in_the_index() {
    let index = read("docs/decisions/README.md");
    for page in pages().iter().filter(|page| page.parent().unwrap().ends_with("decisions")) {
        let name = page.file_name().unwrap().to_string_lossy();
        assert!(name == "README.md" || index.contains(&format!("({name})")), "{name}");
    }
}

#[test]
fn the_two_readmes_show_the_same_commands() {
    let commands = |page: &str| -> Vec<String> {
        let text = read(page);
        let shell = text.split("```sh\n").skip(1).filter_map(|rest| rest.split_once("```").map(|(block, _)| block));
        shell.flat_map(str::lines).map(|line| line.split(" # ").next().unwrap_or_default().trim().to_owned()).collect()
    };
    assert_eq!(commands("README.md"), commands("README.zh-CN.md"));
}
