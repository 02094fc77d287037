//! A server that speaks S3, for the store of files: objects by key, listed by prefix and page by page, deleted many at once. Every
//! request must be signed (AWS Signature Version 4) with the one account it knows; the signature is computed anew and compared.
//!
//! The account and the endpoint are read from the environment of the process, as in an installation. A test must not change its own
//! environment, so what it does is done by the test binary once more, in a process of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::process::Command;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::http::Method;
use actix_web::web::{self, Bytes, Data, PayloadConfig};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

const ACCOUNT: &str = "dafu-test";
const SECRET: &str = "a secret for tests only";
const REGION: &str = "yunhe-1";
const BUCKET: &str = "records";
/// Where in it the service keeps its files.
pub const URL: &str = "s3://records/dafu";
/// Keys a page of a list has: few, so that lists have several.
const PAGE: usize = 3;

const PORT: &str = "DAFU_TEST_S3_PORT";

#[derive(Clone, Default)]
struct Objects(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

/// The bucket, and the server before it.
pub struct Bucket {
    objects: Objects,
    port: u16,
    running: Option<(ServerHandle, JoinHandle<()>)>,
}

/// Does `body` with a bucket, in a process of its own whose environment names it. `test` is the whole name of the test that asks.
#[track_caller]
pub fn with_bucket(test: &str, body: impl FnOnce(Bucket)) {
    if let Ok(port) = std::env::var(PORT) {
        return body(Bucket::open(port.parse().unwrap()));
    }
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--test-threads", "1"])
        .env(PORT, free.to_string())
        .env("AWS_ENDPOINT", format!("http://127.0.0.1:{free}"))
        .env("AWS_ALLOW_HTTP", "true")
        .env("AWS_REGION", REGION)
        .env("AWS_ACCESS_KEY_ID", ACCOUNT)
        .env("AWS_SECRET_ACCESS_KEY", SECRET)
        .output()
        .unwrap();
    let said = format!("{}\n{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
}

impl Bucket {
    fn open(port: u16) -> Self {
        let mut bucket = Self { objects: Objects::default(), port, running: None };
        bucket.comes_back();
        bucket
    }

    /// Listens, with all that it had.
    pub fn comes_back(&mut self) {
        let (objects, port) = (self.objects.clone(), self.port);
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let app = move || {
                    App::new()
                        .app_data(Data::new(objects.clone()))
                        .app_data(PayloadConfig::new(64 << 20))
                        .default_service(web::to(answer))
                };
                let server = HttpServer::new(app).workers(2).disable_signals().bind(("127.0.0.1", port)).unwrap().run();
                tell.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        self.running = Some((told.recv().unwrap(), thread));
    }

    /// Nobody listens any more.
    pub fn goes_away(&mut self) {
        let (handle, thread) = self.running.take().unwrap();
        drop(handle.stop(false));
        thread.join().unwrap();
    }

    /// The keys of what lies in it.
    pub fn keys(&self) -> Vec<String> {
        self.objects.0.lock().unwrap().keys().cloned().collect()
    }

    /// The bytes of an object.
    pub fn bytes(&self, key: &str) -> Vec<u8> {
        self.objects.0.lock().unwrap()[key].clone()
    }

    /// Changes a byte of it.
    pub fn changes(&self, key: &str) {
        self.objects.0.lock().unwrap().get_mut(key).unwrap()[20] ^= 1;
    }

    /// Loses it.
    pub fn loses(&self, key: &str) {
        self.objects.0.lock().unwrap().remove(key).unwrap();
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        if let Some((handle, _thread)) = self.running.take() {
            drop(handle.stop(false));
        }
    }
}

fn xml(status: u16, body: &str) -> HttpResponse {
    let status = actix_web::http::StatusCode::from_u16(status).unwrap();
    HttpResponse::build(status)
        .content_type("application/xml")
        .body(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{body}"))
}

fn error(status: u16, code: &str) -> HttpResponse {
    xml(status, &format!("<Error><Code>{code}</Code><Message>{code}</Message></Error>"))
}

async fn answer(request: HttpRequest, body: Bytes, objects: Data<Objects>) -> HttpResponse {
    if !is_signed(&request, &body) {
        return error(403, "SignatureDoesNotMatch");
    }
    let path = request.path().strip_prefix(&format!("/{BUCKET}")).unwrap_or_default().to_owned();
    let key = path.trim_start_matches('/');
    let asked: BTreeMap<String, String> =
        form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect();
    let mut objects = objects.0.lock().unwrap();
    match (request.method(), key) {
        (&Method::GET, "") => list(&objects, &asked),
        (&Method::POST, "") if asked.contains_key("delete") => {
            let told = String::from_utf8(body.to_vec()).unwrap();
            let keys: Vec<&str> = told.split("<Key>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
            let gone = keys.iter().map(|key| {
                objects.remove(*key);
                format!("<Deleted><Key>{key}</Key></Deleted>")
            });
            xml(200, &format!("<DeleteResult>{}</DeleteResult>", gone.collect::<String>()))
        }
        (&Method::PUT, key) => {
            objects.insert(key.to_owned(), body.to_vec());
            HttpResponse::Ok().insert_header(("ETag", etag(&body))).finish()
        }
        (&Method::DELETE, key) => {
            objects.remove(key);
            HttpResponse::NoContent().finish()
        }
        (&Method::GET | &Method::HEAD, key) => match objects.get(key) {
            None => error(404, "NoSuchKey"),
            Some(bytes) => HttpResponse::Ok()
                .insert_header(("ETag", etag(bytes)))
                .insert_header(("Last-Modified", "Mon, 03 Mar 2025 04:00:00 GMT"))
                .content_type("application/octet-stream")
                .body(bytes.clone()),
        },
        _ => error(405, "MethodNotAllowed"),
    }
}

fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", hex(&Sha256::digest(bytes)[..16]))
}

/// `ListObjectsV2`: what lies below a prefix, what lies deeper told by its folder, a page at a time.
fn list(objects: &BTreeMap<String, Vec<u8>>, asked: &BTreeMap<String, String>) -> HttpResponse {
    let of = |name: &str| asked.get(name).map_or("", String::as_str);
    let (prefix, delimiter, after) = (of("prefix"), of("delimiter"), of("continuation-token"));
    let mut folders = BTreeSet::new();
    let mut found = Vec::new();
    for (key, bytes) in objects.iter().filter(|(key, _)| key.starts_with(prefix)) {
        let below = key.strip_prefix(prefix).unwrap_or(key);
        let deeper = below.split_once(delimiter).filter(|_| !delimiter.is_empty()).map(|(folder, _)| folder);
        match deeper {
            Some(folder) => {
                let folder = format!("{prefix}{folder}{delimiter}");
                if folders.insert(folder.clone()) {
                    found.push((folder.clone(), format!("<CommonPrefixes><Prefix>{folder}</Prefix></CommonPrefixes>")));
                }
            }
            None => found.push((
                key.clone(),
                format!(
                    "<Contents><Key>{key}</Key><LastModified>2025-03-03T04:00:00.000Z</LastModified><Size>{}</Size></Contents>",
                    bytes.len()
                ),
            )),
        }
    }
    let rest: Vec<_> = found.iter().filter(|(name, _)| name.as_str() > after).collect();
    let page = &rest[..rest.len().min(PAGE)];
    let more = rest.len() > PAGE;
    let next =
        page.last().filter(|_| more).map(|(name, _)| format!("<NextContinuationToken>{name}</NextContinuationToken>"));
    let items: String = page.iter().map(|(_, item)| item.as_str()).collect();
    xml(
        200,
        &format!(
            "<ListBucketResult><IsTruncated>{more}</IsTruncated>{items}{}</ListBucketResult>",
            next.unwrap_or_default()
        ),
    )
}

/// Whether the signature is the account's, over this request as it came.
fn is_signed(request: &HttpRequest, body: &[u8]) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let told = header("authorization");
    let part =
        |name: &str| told.split([' ', ',']).find_map(|one| one.strip_prefix(name)).unwrap_or_default().to_owned();
    let (credential, names, signature) = (part("Credential="), part("SignedHeaders="), part("Signature="));
    let Some((ACCOUNT, scope)) = credential.split_once('/') else { return false };
    let digest = header("x-amz-content-sha256");
    if digest != hex(&Sha256::digest(body)) {
        return false;
    }
    let mut query: Vec<(String, String)> = form_urlencoded::parse(request.query_string().as_bytes())
        .map(|(name, text)| (strict(&name), strict(&text)))
        .collect();
    query.sort();
    let query: Vec<String> = query.iter().map(|(name, text)| format!("{name}={text}")).collect();
    let headers: Vec<String> = names.split(';').map(|name| format!("{name}:{}\n", header(name).trim())).collect();
    let headers = headers.concat();
    let canonical =
        [request.method().as_str(), request.uri().path(), &query.join("&"), &headers, &names, digest].join("\n");
    let to_sign = ["AWS4-HMAC-SHA256", header("x-amz-date"), scope, &hex(&Sha256::digest(canonical))].join("\n");
    let begin = mac(format!("AWS4{SECRET}").as_bytes(), scope.split('/').next().unwrap_or_default());
    let key = [REGION, "s3", "aws4_request"].iter().fold(begin, |key, step| mac(&key, step));
    hex(&mac(&key, &to_sign)) == signature
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// As the signature has it: all but letters, digits and `-_.~` in hexadecimal.
fn strict(text: &str) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn hex(bytes: &[u8]) -> String {
    super::served::hex(bytes)
}
