//! What a validator found, said so that whoever filled in the field can put it right: one problem a field, with a
//! pointer to it, in both languages. What was sent is not repeated: it may be somebody's name.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value;

use crate::office::failure::Problem;

/// Everything found, in the order of the body.
pub(super) fn problems<'a>(errors: impl Iterator<Item = ValidationError<'a>>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for error in errors {
        explain(&error, &mut problems);
    }
    // Two keywords may find the same fault in a field (the wrong type has the wrong format too): once is enough.
    problems.sort_by(|one, other| one.pointer.cmp(&other.pointer));
    problems.dedup();
    problems
}

fn explain(error: &ValidationError<'_>, problems: &mut Vec<Problem>) {
    let at = error.instance_path().as_str();
    match error.kind() {
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            problems.push(Problem::at(member(at, name), "缺少这一项。", "This is missing."));
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            problems.extend(unexpected.iter().map(|name| {
                Problem::at(member(at, name), "没有这一项，请检查名称。", "There is no such field; check its name.")
            }));
        }
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => match meant(context) {
            Some(branch) => branch.iter().for_each(|inner| explain(inner, problems)),
            None => problems.push(Problem::at(at, "不符合任何一种允许的形式。", "It has none of the allowed forms.")),
        },
        kind => {
            let (zh, en) = say(kind);
            problems.push(Problem::at(at, zh, en));
        }
    }
}

/// The form that was meant, of several that do not fit: the one with the right type and the right tag, and of those the
/// one with the fewest faults. An optional field that was filled in wrongly is then not told that it could be null.
fn meant<'a>(branches: &'a [Vec<ValidationError<'static>>]) -> Option<&'a Vec<ValidationError<'static>>> {
    let distance = |branch: &&Vec<ValidationError<'static>>| {
        let wrong_type = branch.iter().any(|error| matches!(error.kind(), Kind::Type { kind } if is_null(kind)));
        let wrong_tag = branch.iter().any(|error| match error.kind() {
            Kind::Constant { .. } => true,
            Kind::Enum { options } => options.as_array().is_some_and(|options| options.len() == 1),
            _ => false,
        });
        (wrong_type, wrong_tag, branch.len())
    };
    branches.iter().min_by_key(distance)
}

fn is_null(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Single(jsonschema::JsonType::Null))
}

fn say(kind: &Kind) -> (String, String) {
    match kind {
        Kind::Type { kind } => {
            let names = names(kind);
            let zh: Vec<&str> = names.iter().map(|name| type_zh(name)).collect();
            (format!("应为{}。", zh.join("或者")), format!("Expected: {}.", names.join(" or ")))
        }
        Kind::Enum { options } => {
            let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
            let values: Vec<String> = options.iter().filter(|value| !value.is_null()).map(plain).collect();
            (format!("只能是：{}。", values.join("、")), format!("One of: {}.", values.join(", ")))
        }
        Kind::Constant { expected_value } => {
            let value = plain(expected_value);
            (format!("只能是：{value}。"), format!("Only: {value}."))
        }
        Kind::Format { format } => format_of(format),
        Kind::Pattern { pattern } => (format!("格式应为 {pattern}。"), format!("It must have the form {pattern}.")),
        Kind::MinLength { limit: 1 } => said("不能为空。", "It must not be empty."),
        Kind::MinLength { limit } => (format!("至少 {limit} 个字。"), format!("At least {limit} characters.")),
        Kind::MaxLength { limit } => (format!("最多 {limit} 个字。"), format!("At most {limit} characters.")),
        Kind::Minimum { limit } => (format!("不得小于 {limit}。"), format!("Not less than {limit}.")),
        Kind::Maximum { limit } => (format!("不得大于 {limit}。"), format!("Not more than {limit}.")),
        Kind::ExclusiveMinimum { limit } => (format!("须大于 {limit}。"), format!("More than {limit}.")),
        Kind::ExclusiveMaximum { limit } => (format!("须小于 {limit}。"), format!("Less than {limit}.")),
        Kind::MinItems { limit: 1 } => said("至少要有一项。", "At least one is needed."),
        Kind::MinItems { limit } => (format!("至少 {limit} 项。"), format!("At least {limit} items.")),
        Kind::MaxItems { limit } => (format!("最多 {limit} 项。"), format!("At most {limit} items.")),
        Kind::UniqueItems => said("各项不得重复。", "The items must differ."),
        other => {
            (format!("不符合要求（{}）。", other.keyword()), format!("It does not satisfy \"{}\".", other.keyword()))
        }
    }
}

fn format_of(format: &str) -> (String, String) {
    match format {
        "date" => said("应为日期，例如 2026-03-02。", "A date is expected, such as 2026-03-02."),
        "date-time" => said(
            "应为带时区的时刻，例如 2026-03-02T09:30:00+08:00。",
            "An instant with its offset is expected, such as 2026-03-02T09:30:00+08:00.",
        ),
        "uuid" => said("应为 UUID。", "A UUID is expected."),
        "email" => said("应为电子邮件地址。", "An e-mail address is expected."),
        "uri" => said("应为网址。", "A URI is expected."),
        other => (format!("格式应为 {other}。"), format!("Its format must be {other}.")),
    }
}

fn names(kind: &TypeKind) -> Vec<&'static str> {
    match kind {
        TypeKind::Single(one) => vec![one.as_str()],
        TypeKind::Multiple(many) => {
            many.iter().map(jsonschema::JsonType::as_str).filter(|name| *name != "null").collect()
        }
    }
}

fn type_zh(name: &str) -> &str {
    match name {
        "string" => "文字",
        "integer" => "整数",
        "number" => "数",
        "boolean" => " true 或 false",
        "array" => "列表",
        "object" => "对象",
        "null" => " null",
        other => other,
    }
}

/// A value of the schema (not of the body) as one would write it.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn said(zh: &str, en: &str) -> (String, String) {
    (zh.to_owned(), en.to_owned())
}

/// The pointer to a member of the object at `at` (RFC 6901 §3).
fn member(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}
