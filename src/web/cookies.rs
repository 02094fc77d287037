//! Every cookie there is: what it is called, where the browser sends it, how long it lasts. None can be read by a script,
//! and none is sent along with a request that another site made.
//!
//! Behind HTTPS their names begin with `__Host-` or `__Secure-`: a browser takes such a cookie over a secured line only, and the
//! first kind from this very host only. What somebody planted over the open line, or from a host beside this one, is not read.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse, web};

/// A cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The secret of a sign-in. Ends with the browser; how long it is good for is the office's matter.
    Session,
    /// The code of the application that is being written.
    Draft,
    /// Receipt number and query code of the application that is being looked at.
    Track,
    /// The pass to all that one has applied for.
    Mine,
    /// The language chosen.
    Language,
    /// Whether letters are to be large.
    Large,
}

impl Kind {
    /// What it is called: with the strictest prefix that its path allows, where there is HTTPS.
    fn name(self, https: bool) -> String {
        // `__Host-` asks for the path `/`; those of one form or one application are sent below their own path only, which is worth more.
        let prefix = match (https, self.path()) {
            (false, _) => "",
            (true, "/") => "__Host-",
            (true, _) => "__Secure-",
        };
        format!("{prefix}{}", self.plain_name())
    }

    const fn plain_name(self) -> &'static str {
        match self {
            Self::Session => "dafu_session",
            Self::Draft => "dafu_draft",
            Self::Track => "dafu_track",
            Self::Mine => "dafu_mine",
            Self::Language => "dafu_language",
            Self::Large => "dafu_large",
        }
    }

    /// Below which path the browser sends it.
    const fn path(self) -> &'static str {
        match self {
            Self::Session | Self::Language | Self::Large => "/",
            Self::Draft => "/apply",
            Self::Track => "/track",
            Self::Mine => "/mine",
        }
    }

    /// How long the browser keeps it; none: until it is closed.
    const fn lasts(self) -> Option<Duration> {
        match self {
            Self::Session => None,
            Self::Draft => Some(Duration::hours(12)),
            Self::Track => Some(Duration::minutes(30)),
            Self::Mine => Some(Duration::minutes(60)),
            Self::Language | Self::Large => Some(Duration::days(365)),
        }
    }

    /// What came with a request.
    pub(super) fn of(self, request: &HttpRequest) -> Option<String> {
        let https = request.app_data::<web::Data<Jar>>().is_some_and(|jar| jar.https);
        request.cookie(&self.name(https)).map(|cookie| cookie.value().to_owned()).filter(|value| !value.is_empty())
    }
}

/// Makes cookies.
#[derive(Debug)]
pub(super) struct Jar {
    https: bool,
}

impl Jar {
    pub(super) const fn new(https: bool) -> Self {
        Self { https }
    }

    /// Puts a cookie on an answer.
    pub(super) fn put(&self, response: &mut HttpResponse, kind: Kind, value: &str) {
        self.put_below(response, kind, "", value);
    }

    /// Puts a cookie on an answer that is sent only below `place` within the kind's path: a draft for each agency.
    pub(super) fn put_below(&self, response: &mut HttpResponse, kind: Kind, place: &str, value: &str) {
        let mut cookie = self.made(kind, place, value);
        cookie.set_max_age(kind.lasts());
        add(response, &cookie);
    }

    /// Takes a cookie away.
    pub(super) fn take(&self, response: &mut HttpResponse, kind: Kind) {
        self.take_below(response, kind, "");
    }

    /// Takes a cookie away that was put below `place`.
    pub(super) fn take_below(&self, response: &mut HttpResponse, kind: Kind, place: &str) {
        let mut cookie = self.made(kind, place, "");
        cookie.set_max_age(Duration::ZERO);
        add(response, &cookie);
    }

    fn made(&self, kind: Kind, place: &str, value: &str) -> Cookie<'static> {
        Cookie::build(kind.name(self.https), value.to_owned())
            .path(format!("{}{place}", kind.path()))
            .http_only(true)
            .same_site(SameSite::Strict)
            .secure(self.https)
            .finish()
    }
}

fn add(response: &mut HttpResponse, cookie: &Cookie<'_>) {
    // Only a name or value that is no header text is refused; ours are codes.
    let _refused = response.add_cookie(cookie);
}
