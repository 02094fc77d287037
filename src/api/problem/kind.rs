//! Fault → status, stable type, title: the table of the API's conventions, as one exhaustive match.

use actix_web::http::StatusCode;

use super::Fault;
use crate::office::failure::{Failure, SignInFault};

/// A kind of problem: what stays the same between two of its occurrences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// The HTTP status.
    pub status: StatusCode,
    /// The stable end of the `type`, after `/problems/`.
    pub slug: &'static str,
    /// The title in Chinese.
    pub zh: &'static str,
    /// The title in English.
    pub en: &'static str,
}

const fn kind(status: StatusCode, slug: &'static str, zh: &'static str, en: &'static str) -> Kind {
    Kind { status, slug, zh, en }
}

impl Fault {
    pub(super) const fn kind(&self) -> Kind {
        use StatusCode as S;
        match self {
            Self::Failed(failure) => match failure {
                Failure::Refused { .. } | Failure::RefusedInProceeding { .. } | Failure::RefusedInEnquiry { .. } => {
                    kind(S::CONFLICT, "refused", "现在不能这样办理", "This cannot be done now")
                }
                Failure::Invalid(_) => {
                    kind(S::UNPROCESSABLE_ENTITY, "invalid", "提交的内容有误", "What was sent is not right")
                }
                Failure::NotSignedIn(SignInFault::WrongQueryCode) => {
                    kind(S::UNAUTHORIZED, "wrong-query-code", "查询码不符", "The query code does not fit")
                }
                Failure::NotSignedIn(SignInFault::WrongDraftCode) => {
                    kind(S::UNAUTHORIZED, "wrong-draft-code", "草稿码不符", "The draft code does not fit")
                }
                Failure::NotSignedIn(_) => kind(S::UNAUTHORIZED, "not-signed-in", "未登录", "Not signed in"),
                Failure::Forbidden { .. } => kind(S::FORBIDDEN, "forbidden", "没有这项权限", "Not permitted"),
                Failure::Missing => kind(S::NOT_FOUND, "missing", "没有找到", "Not found"),
                Failure::Stale { .. } => {
                    kind(S::PRECONDITION_FAILED, "stale", "案件已有变化", "The case has changed meanwhile")
                }
                Failure::VersionMissing => kind(
                    S::PRECONDITION_REQUIRED,
                    "version-missing",
                    "须说明所依据的版本",
                    "State the version this rests on",
                ),
                Failure::KeyReused => kind(
                    S::UNPROCESSABLE_ENTITY,
                    "key-reused",
                    "幂等键已用于别的请求",
                    "The idempotency key was used for another request",
                ),
                Failure::Taken(_) => kind(S::UNPROCESSABLE_ENTITY, "taken", "已被占用", "Already taken"),
                Failure::Contrary { .. } => {
                    kind(S::CONFLICT, "contrary", "与现有状态相抵触", "Contrary to what stands")
                }
                Failure::TooOften { .. } | Failure::WrongCodes { .. } => {
                    kind(S::TOO_MANY_REQUESTS, "too-often", "请求过于频繁", "Too often")
                }
                Failure::Busy => kind(S::SERVICE_UNAVAILABLE, "busy", "系统繁忙", "Busy"),
                Failure::Unavailable => {
                    kind(S::SERVICE_UNAVAILABLE, "unavailable", "系统暂时无法使用", "Out of service for the moment")
                }
                Failure::Full => kind(S::SERVICE_UNAVAILABLE, "full", "存储空间已满", "No room left"),
                // No problem at all: it is answered with what would go out.
                Failure::Foretold(_) => kind(S::OK, "foretold", "只是试办", "Only tried"),
                Failure::Broken(_) => kind(S::INTERNAL_SERVER_ERROR, "broken", "系统出错", "A fault of ours"),
            },
            Self::Unreadable { .. } => kind(S::BAD_REQUEST, "unreadable", "请求无法读取", "The request cannot be read"),
            Self::TooLarge { .. } => kind(S::PAYLOAD_TOO_LARGE, "too-large", "内容过大", "Too large"),
            Self::TooSlow => kind(S::REQUEST_TIMEOUT, "too-slow", "发送超时", "Too slow"),
            Self::WrongMediaType => {
                kind(S::UNSUPPORTED_MEDIA_TYPE, "wrong-media-type", "内容类型不受支持", "Unsupported media type")
            }
            Self::WrongMethod { .. } => {
                kind(S::METHOD_NOT_ALLOWED, "wrong-method", "此路径不支持该方法", "That method is not offered here")
            }
        }
    }

    /// The sentence for this occurrence: Chinese, English.
    pub(in crate::api) fn detail(&self) -> (String, String) {
        let said = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        match self {
            Self::Failed(failure) => detail_of(failure),
            Self::Unreadable { zh, en } => (zh.clone(), en.clone()),
            Self::TooLarge { limit } => {
                (format!("内容不得超过 {limit} 字节。"), format!("The body may have {limit} bytes at most."))
            }
            Self::TooSlow => {
                said("内容没有在规定时间内送达，请重发。", "The body did not arrive in time; send it again.")
            }
            Self::WrongMediaType => said(
                "请以 Content-Type: application/json（UTF-8，不压缩）提交。",
                "Send Content-Type: application/json, in UTF-8, not compressed.",
            ),
            Self::WrongMethod { allow } => (format!("可用的方法：{allow}。"), format!("Methods offered: {allow}.")),
        }
    }
}

fn detail_of(failure: &Failure) -> (String, String) {
    let said = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    match failure {
        Failure::Refused { refusal, .. } => (refusal.zh(), refusal.en()),
        Failure::RefusedInProceeding { refusal, .. } => (refusal.zh(), refusal.en()),
        Failure::RefusedInEnquiry { refusal, .. } => (refusal.zh(), refusal.en()),
        Failure::Invalid(problems) => (
            format!("有 {} 处需要更正，见 errors。", problems.len()),
            format!("{} to be put right: see errors.", problems.len()),
        ),
        Failure::NotSignedIn(fault) => not_signed_in(*fault),
        Failure::Forbidden { zh, en } | Failure::Contrary { zh, en } => (zh.clone(), en.clone()),
        Failure::Missing => said("没有这一项，或者您无权查看。", "There is no such thing, or it is not yours to see."),
        Failure::Stale { version, .. } => (
            format!("读取之后又有变动，现为第 {version} 版，请查看 current 后重试。"),
            format!("It was changed since you read it and is at version {version} now: look at current and try again."),
        ),
        Failure::VersionMissing => said(
            "请在 If-Match 中写明所读到的版本，例如 If-Match: \"7\"。",
            "Put the version you have read into If-Match, as in If-Match: \"7\".",
        ),
        Failure::KeyReused => {
            said("同一个 Idempotency-Key 只能用于同一请求。", "One Idempotency-Key goes with one request only.")
        }
        Failure::Taken(problem) => (problem.zh.clone(), problem.en.clone()),
        Failure::TooOften { retry_after } => {
            (format!("请在 {retry_after} 秒后再试。"), format!("Try again in {retry_after} seconds."))
        }
        // Whoever mistypes while a stranger at the same address guesses is not to wait: the right code opens.
        Failure::WrongCodes { fault, .. } => {
            let (zh, en) = not_signed_in(*fault);
            (
                format!("{zh}近来输错的次数较多，请仔细核对后再输；正确的码随时可以打开，不必等待。"),
                format!(
                    "{en} There have been many wrong ones lately: compare it once more. The right one opens at any time, without waiting."
                ),
            )
        }
        Failure::Busy => {
            said("本次请求没有写入任何内容，请稍后重试。", "Nothing was written. Please try again shortly.")
        }
        Failure::Unavailable => said(
            "数据库暂时无法连接，请稍后重试；提交带有 Idempotency-Key 的，可以放心重发。",
            "The database is away. Try again shortly; what was sent with an Idempotency-Key can safely be sent again.",
        ),
        Failure::Full => said(
            "存储空间已满，本次请求没有写入任何内容。腾出空间后，可以原样重发。",
            "The disk is full and nothing was written. Once there is room, the same can be sent again.",
        ),
        // The cause is for the log only: it may name tables, paths and people.
        Failure::Foretold(_) => said("没有办理，只是试办。", "Nothing was done; it was only tried."),
        Failure::Broken(_) => said(
            "请求未能完成。报告此事时请提供 request_id。",
            "The request could not be completed. Quote the request_id when reporting it.",
        ),
    }
}

fn not_signed_in(fault: SignInFault) -> (String, String) {
    let (zh, en) = match fault {
        SignInFault::Missing => ("请先登录。", "Sign in first."),
        SignInFault::Invalid => ("令牌无效，请重新登录。", "The token is not valid; sign in again."),
        SignInFault::Expired => ("令牌已过期，请刷新。", "The token has run out; refresh it."),
        SignInFault::WrongCredentials => ("用户名或者密码不正确。", "The name or the password is wrong."),
        SignInFault::Reused => {
            ("刷新令牌被重复使用，该次登录已全部作废，请重新登录。", "The refresh token was used twice; sign in again.")
        }
        SignInFault::Inactive => ("账号已停用。", "The account is switched off."),
        SignInFault::WrongQueryCode => ("回执编号与查询码不符。", "The receipt number and the query code do not fit."),
        SignInFault::WrongDraftCode => (
            "没有这个草稿码的草稿：或者输入有误，或者已经过期、删除、提交。",
            "No draft has this code: it was mistyped, or the draft has run out, was deleted or was sent.",
        ),
    };
    (zh.to_owned(), en.to_owned())
}
