//! The holiday notices that come with the service, and those an administrator lays in a folder.
//!
//! A file a year, as in config/calendar: an amended year is edited in place and says by which notice.

pub mod ical;

use super::ConfigFault;
use crate::law::calendar::Year;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The notices embedded in the binary, so that a fresh instance can reckon at once. A test holds that no file of
/// config/calendar is missing here.
const EMBEDDED: &[(&str, &str)] = &[
    ("2019.toml", include_str!("../../config/calendar/2019.toml")),
    ("2020.toml", include_str!("../../config/calendar/2020.toml")),
    ("2021.toml", include_str!("../../config/calendar/2021.toml")),
    ("2022.toml", include_str!("../../config/calendar/2022.toml")),
    ("2023.toml", include_str!("../../config/calendar/2023.toml")),
    ("2024.toml", include_str!("../../config/calendar/2024.toml")),
    ("2025.toml", include_str!("../../config/calendar/2025.toml")),
    ("2026.toml", include_str!("../../config/calendar/2026.toml")),
];

/// The notices that come with the service, oldest first.
///
/// # Errors
/// [`ConfigFault::Wrong`] naming the file: a fault of the build, which a test rules out.
pub fn embedded_years() -> Result<Vec<Year>, ConfigFault> {
    EMBEDDED.iter().map(|(file, text)| year_from_toml(file, text)).collect()
}

/// The embedded notices, with those of `directory` (`calendar.directory`) added, or in their place year by year.
/// An empty path means there is no such folder.
///
/// # Errors
/// As [`years_from_dir`].
pub fn known_years(directory: &Path) -> Result<Vec<Year>, ConfigFault> {
    let own = if directory.as_os_str().is_empty() { Vec::new() } else { years_from_dir(directory)? };
    let all = embedded_years()?.into_iter().chain(own);
    Ok(all.map(|year| (year.year, year)).collect::<BTreeMap<_, _>>().into_values().collect())
}

/// The notices in a folder: every `*.toml` in it, by file name.
///
/// # Errors
/// [`ConfigFault::Unreadable`] if the folder or a file of it cannot be read; [`ConfigFault::Wrong`] if a file is no year
/// or says what no notice can say (every fault of it at once), or if the folder holds none: most likely the wrong one.
pub fn years_from_dir(path: &Path) -> Result<Vec<Year>, ConfigFault> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| ConfigFault::Unreadable { path, source }
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable(path))? {
        let file = entry.map_err(unreadable(path))?.path();
        if file.extension().is_some_and(|extension| extension == "toml") {
            files.push(file);
        }
    }
    if files.is_empty() {
        return Err(ConfigFault::wrong(path.display().to_string(), "holds no calendar (*.toml)"));
    }
    files.sort();
    let read = |file: &PathBuf| {
        let text = std::fs::read_to_string(file).map_err(unreadable(file))?;
        year_from_toml(&file.display().to_string(), &text)
    };
    files.iter().map(read).collect()
}

/// One notice from its text; `place` is how faults name it.
///
/// # Errors
/// [`ConfigFault::Wrong`]: no year in TOML, or every fault of [`Year::check`].
pub fn year_from_toml(place: &str, text: &str) -> Result<Year, ConfigFault> {
    let year: Year = toml::from_str(text).map_err(|fault| ConfigFault::wrong(place, fault))?;
    match year.check() {
        Ok(()) => Ok(year),
        Err(faults) => {
            Err(ConfigFault::wrong(place, faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::calendar::Calendar;

    #[test]
    fn the_embedded_years_have_the_working_days_the_notices_give() {
        let calendar = Calendar::new(embedded_years().unwrap()).unwrap();
        let counts: Vec<_> = calendar
            .years()
            .map(|year| {
                let eve = format!("{}-12-31", year.year - 1).parse().unwrap();
                let last = format!("{}-12-31", year.year).parse().unwrap();
                (year.year, calendar.working_days_between(eve, last))
            })
            .collect();
        let expected =
            [(2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)];
        assert_eq!(counts, expected);
    }

    #[test]
    fn no_file_of_the_folder_is_left_out_of_the_binary() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/calendar");
        assert_eq!(years_from_dir(&folder).unwrap(), embedded_years().unwrap());
    }

    #[test]
    fn a_wrong_year_names_its_file_and_every_fault() {
        let text = r#"
            year = 2026
            notice = "国办发明电〔2025〕7号"
            published_on = "2025-11-04"
            holidays = ["2026-01-03", "2027-01-01"]
            workdays = ["2026-01-05"]
        "#;
        let fault = year_from_toml("2026.toml", text).unwrap_err().to_string();
        assert!(fault.starts_with("2026.toml: "), "{fault}");
        for said in [
            "2027-01-01 does not lie in 2026",
            "2026-01-03 is listed as a holiday",
            "2026-01-05 is listed as a worked",
            "1 January 2026",
        ] {
            assert!(fault.contains(said), "{said} in {fault}");
        }
    }

    #[test]
    fn a_mistyped_key_is_not_passed_over() {
        let fault = year_from_toml("x.toml", "year = 2026\nholiday = []").unwrap_err();
        assert!(fault.to_string().contains("unknown field `holiday`"), "{fault}");
    }

    #[test]
    fn a_folder_replaces_a_year_and_adds_others() {
        let folder = tempfile::tempdir().unwrap();
        let year = |number: i32| {
            let days = format!("holidays = [\"{number}-01-01\"]\nworkdays = []");
            format!("year = {number}\nnotice = \"甲号\"\npublished_on = \"2025-12-01\"\n{days}\n")
        };
        for number in [2026, 2027] {
            std::fs::write(folder.path().join(format!("{number}.toml")), year(number)).unwrap();
        }
        let years = known_years(folder.path()).unwrap();
        let last: Vec<_> = years.iter().rev().take(3).map(|year| (year.year, year.notice.as_str())).collect();
        assert_eq!(last, [(2027, "甲号"), (2026, "甲号"), (2025, "国办发明电〔2024〕12号")]);
        assert_eq!(known_years(Path::new("")).unwrap(), embedded_years().unwrap());
    }

    #[test]
    fn an_empty_folder_is_taken_for_the_wrong_one() {
        let folder = tempfile::tempdir().unwrap();
        let fault = years_from_dir(folder.path()).unwrap_err().to_string();
        assert!(fault.contains("holds no calendar"), "{fault}");
    }
}
