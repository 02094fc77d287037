//! What makes one list of routes into three things that cannot differ: the server's routes, the OpenAPI document, and
//! the answer to a path or a method that is not on the list.

use std::sync::LazyLock;

use actix_web::HttpRequest;
use actix_web::dev::ResourceDef;

use super::ROUTES;
use super::problem::Fault;
use crate::office::failure::Failure;

/// All that the API answers lies below this.
pub const PREFIX: &str = "/api";

/// One line of the route table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The method in lower case, as OpenAPI writes it.
    pub method: &'static str,
    /// The whole path, with its parameters in braces.
    pub path: &'static str,
}

/// Turns `method "path" => module::handler;` lines into `ROUTES`, the registration of each, and `Paths`, the OpenAPI
/// document of their `#[utoipa::path]` attributes. The attributes state method and path once more; a test compares.
macro_rules! routes {
    ($($method:ident $path:literal => $module:ident::$handler:ident;)+) => {
        /// Every route of the API.
        pub const ROUTES: &[$crate::api::route::Route] =
            &[$($crate::api::route::Route { method: stringify!($method), path: $path }),+];

        fn register(scope: actix_web::Scope) -> actix_web::Scope {
            scope$(.route($crate::api::route::below_prefix($path), actix_web::web::$method().to($module::$handler)))+
        }

        #[derive(utoipa::OpenApi)]
        #[openapi(paths($($module::$handler),+))]
        struct Paths;
    };
}
pub(super) use routes;

/// The path as actix wants it inside the scope of [`PREFIX`].
pub(super) fn below_prefix(path: &'static str) -> &'static str {
    path.strip_prefix(PREFIX).unwrap_or(path)
}

static PATTERNS: LazyLock<Vec<(ResourceDef, &'static str)>> =
    LazyLock::new(|| ROUTES.iter().map(|route| (ResourceDef::new(route.path), route.method)).collect());

/// Answers whatever no route took: 405 where another method would have been taken, 404 elsewhere.
///
/// Methods are asked here and not by actix: it registers each line as a resource of its own, so a wrong method falls
/// through to this place.
///
/// # Errors
/// Always: [`Fault::WrongMethod`] or [`Failure::Missing`].
pub async fn unmatched(request: HttpRequest) -> Result<actix_web::HttpResponse, Fault> {
    let mut methods: Vec<String> = PATTERNS
        .iter()
        .filter(|(pattern, _)| pattern.is_match(request.path()))
        .map(|(_, method)| method.to_uppercase())
        .collect();
    if methods.is_empty() {
        return Err(Failure::Missing.into());
    }
    methods.sort_unstable();
    methods.dedup();
    Err(Fault::WrongMethod { allow: methods.join(", ") })
}
