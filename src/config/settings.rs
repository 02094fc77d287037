//! The settings as they are in force, each with its default and its meaning, to be shown to whoever keeps the house.

use toml::{Table, Value};

use super::DEFAULTS;

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its section and key, such as `server.listen`.
    pub key: String,
    /// Its meaning, as the defaults tell it.
    pub meaning: String,
    /// The default.
    pub default: String,
    /// What is in force; a secret is not told, only whether there is one.
    pub value: String,
    /// Whether a file or the environment said otherwise than the default.
    pub changed: bool,
}

/// What is never shown.
const SECRET: &[&str] = &["mail.password"];

/// Every setting in the order of the defaults, as `table` has it.
pub(super) fn in_force(table: &Table) -> Vec<Setting> {
    let mut settings = Vec::new();
    let (mut section, mut meaning) = ("", String::new());
    // Keys that follow one another share what stands above the first, until something new is said.
    let mut is_told = false;
    for line in DEFAULTS.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            meaning.clear();
            is_told = false;
        } else if let Some(comment) = line.strip_prefix('#') {
            if std::mem::take(&mut is_told) {
                meaning.clear();
            }
            if !meaning.is_empty() {
                meaning.push(' ');
            }
            meaning.push_str(comment.trim());
        } else if let Some((key, default)) = line.split_once(" = ") {
            let key = format!("{section}.{key}");
            let value = value_of(table, &key);
            settings.push(Setting {
                changed: value != default.trim_matches('"'),
                value: shown(&key, &value),
                default: default.to_owned(),
                meaning: meaning.clone(),
                key,
            });
            is_told = true;
        } else {
            meaning.clear();
        }
    }
    settings
}

fn value_of(table: &Table, key: &str) -> String {
    let found = key.split_once('.').and_then(|(section, key)| table.get(section)?.get(key));
    match found {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// A password within an address is a secret too.
fn shown(key: &str, value: &str) -> String {
    if SECRET.contains(&key) {
        return if value.is_empty() { String::new() } else { "******".to_owned() };
    }
    match value.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?))) {
        Some((scheme, (account, host))) => {
            let user = account.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:******@{host}")
        }
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn every_setting_is_told_with_its_meaning_and_no_secret_is() {
        let environment = [
            ("DATABASE_URL".to_owned(), "postgres://dafu:geheim@db/dafu".to_owned()),
            ("DAFU_MAIL__PASSWORD".to_owned(), "geheim".to_owned()),
        ];
        let config = Config::load(None, environment).expect("settings");
        assert!(config.settings.len() > 40, "{}", config.settings.len());
        assert!(config.settings.iter().all(|one| !one.value.contains("geheim")), "{:#?}", config.settings);
        let url = config.settings.iter().find(|one| one.key == "database.url").expect("a setting");
        assert_eq!((url.value.as_str(), url.changed), ("postgres://dafu:******@db/dafu", true));
        let listen = config.settings.iter().find(|one| one.key == "server.listen").expect("a setting");
        assert_eq!((listen.changed, listen.meaning.is_empty()), (false, false));
        let cipher = config.settings.iter().find(|one| one.key == "keys.cipher").expect("a setting");
        assert!(
            cipher.meaning.starts_with("With what"),
            "its own meaning, not that of the key above: {}",
            cipher.meaning
        );
    }
    #[test]
    fn the_service_listens_on_this_machine_alone_until_it_is_told_otherwise() {
        let listens = |environment: &[(&str, &str)]| {
            let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            let config = Config::load(None, environment).expect("settings");
            let told = config.settings.iter().find(|one| one.key == "server.listen").expect("a setting").value.clone();
            assert_eq!(told, config.server.listen, "what is in force is what is shown");
            config.server.listen
        };
        assert_eq!(listens(&[]), "127.0.0.1:8080");
        assert_eq!(listens(&[("DAFU_SERVER__LISTEN", "0.0.0.0:80")]), "0.0.0.0:80");
    }
}
