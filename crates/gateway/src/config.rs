//! The configuration: one TOML file, every key also an environment variable, checked at start with errors that name the key.

mod blobs;
mod secret;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer};
use storage::audit::AnchorFile;

use crate::descriptors::LEAST_CONNECTIONS;

pub use blobs::Blobs;
pub use secret::Secret;

/// All settings with their defaults. `[server] listen` is also `LINGXUE_SERVER_LISTEN`, and so on.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub server: Server,
    pub data: Data,
    pub database: Database,
    pub blobs: Blobs,
    pub bus: Bus,
    pub log: Log,
    pub certificates: Certificates,
    pub jobs: Jobs,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    pub listen: SocketAddr,
    /// Where people reach the server, as in certificates' QR codes; `http://<listen>` when absent.
    pub public_url: Option<String>,
    /// Proxies in front that add to X-Forwarded-For.
    pub trusted_proxies: usize,
    /// Requests a second and address, of those who are not signed in; a tenth of it for each person who is. 0 sets no bound.
    pub requests_per_second: u32,
    /// Connections at once.
    pub connections: usize,
    /// Connections at once from one address; 0 sets no bound. Behind proxies, which all have the same few addresses, it does not count.
    pub connections_per_address: usize,
    /// Where `/metrics` is, apart from everything else; nowhere with `off`.
    #[serde(deserialize_with = "address_or_off")]
    pub metrics_listen: Option<SocketAddr>,
}

impl Default for Server {
    fn default() -> Self {
        let loopback = |port| SocketAddr::from(([127, 0, 0, 1], port));
        Self {
            listen: loopback(8080),
            public_url: None,
            trusted_proxies: 0,
            requests_per_second: http_kit::REQUESTS_PER_SECOND,
            connections: 10_000,
            connections_per_address: 2_000,
            metrics_listen: Some(loopback(9464)),
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Data {
    /// Database file, files and keys of the embedded default live here.
    pub folder: PathBuf,
    /// Keys live outside the database; `<folder>/keys` when absent.
    pub keys: Option<PathBuf>,
    /// Where the anchors of the audit chains are kept; `<folder>/audit-anchors.log` when absent.
    pub audit_anchors: Option<PathBuf>,
}

impl Default for Data {
    fn default() -> Self {
        Self { folder: PathBuf::from("data"), keys: None, audit_anchors: None }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// `sqlite:PATH` or `postgres://…`, with a password in it perhaps; a file in the data folder when absent.
    pub url: Option<Secret>,
    pub connections: u32,
    /// SQLite: an acknowledged write survives power loss.
    pub durable: bool,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: None, connections: 8, durable: true }
    }
}

#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Bus {
    /// Needed when several processes share one database.
    pub nats_url: Option<Secret>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// `pretty` for people, `json` for machines.
    pub format: LogFormat,
    /// What is logged, in the directives of tracing-subscriber.
    pub filter: String,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Pretty, filter: "info,sqlx=warn".to_owned() }
    }
}

#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Pretty,
    Json,
}

#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Certificates {
    /// Font files to try first, as `PATH` or `PATH#INDEX` of a collection.
    pub fonts: Vec<String>,
    /// The name printed and signed as the issuer.
    pub issuer_name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Jobs {
    /// Quick jobs that a process runs at once.
    pub quick: usize,
    /// Heavy jobs that a process runs at once.
    pub heavy: usize,
}

impl Default for Jobs {
    fn default() -> Self {
        Self { quick: 4, heavy: 2 }
    }
}

/// How a variable's text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reads {
    /// As it stands, whatever it looks like.
    Text,
    /// As it stands, and nothing ever prints it.
    Secret,
    /// A number, `true`, or a list, as TOML writes them.
    Toml,
}

/// Every key that an environment variable may set.
const KEYS: &[(&str, Reads)] = &[
    ("server.listen", Reads::Text),
    ("server.public_url", Reads::Text),
    ("server.trusted_proxies", Reads::Toml),
    ("server.requests_per_second", Reads::Toml),
    ("server.connections", Reads::Toml),
    ("server.connections_per_address", Reads::Toml),
    ("server.metrics_listen", Reads::Text),
    ("data.folder", Reads::Text),
    ("data.keys", Reads::Text),
    ("data.audit_anchors", Reads::Text),
    ("database.url", Reads::Secret),
    ("database.connections", Reads::Toml),
    ("database.durable", Reads::Toml),
    ("blobs.free_space_floor_mb", Reads::Toml),
    ("blobs.s3_endpoint", Reads::Text),
    ("blobs.s3_public_endpoint", Reads::Text),
    ("blobs.s3_bucket", Reads::Text),
    ("blobs.s3_region", Reads::Text),
    ("blobs.s3_access_key", Reads::Secret),
    ("blobs.s3_secret_key", Reads::Secret),
    ("bus.nats_url", Reads::Secret),
    ("log.format", Reads::Text),
    ("log.filter", Reads::Text),
    ("certificates.fonts", Reads::Toml),
    ("certificates.issuer_name", Reads::Text),
    ("jobs.quick", Reads::Toml),
    ("jobs.heavy", Reads::Toml),
];

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("the configuration file {path} cannot be read")]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("the configuration is no TOML at line {line}: {why}")]
    NotToml { line: usize, why: String },
    #[error("the setting {key} is wrong: {why}")]
    Wrong { key: String, why: String },
}

impl Config {
    /// Reads the file, if one is named, then the environment over it.
    pub fn load(file: Option<&Path>, env: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let text = match file {
            Some(path) => std::fs::read_to_string(path)
                .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?,
            None => String::new(),
        };
        let mut table: toml::Table = text.parse().map_err(|error| not_toml(&text, &error))?;
        for (key, reads) in KEYS {
            if let Some(value) = env(&variable(key)) {
                set(&mut table, key, reads.value(value));
            }
        }
        let config: Self = serde_path_to_error::deserialize(toml::Value::Table(table))
            .map_err(|error| wrong_value(&error.path().to_string(), error.inner().message()))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let wrong =
            |key: &str, why: &str| Err(ConfigError::Wrong { key: key.to_owned(), why: why.to_owned() });
        if let Some(url) = &self.server.public_url
            && !is_web_address(url)
        {
            return wrong("server.public_url", "it should start with http:// or https://");
        }
        if let Some(url) = self.database.url.as_ref().map(Secret::expose)
            && !(url.starts_with("sqlite:")
                || url.starts_with("postgres://")
                || url.starts_with("postgresql://"))
        {
            return wrong("database.url", "it should start with sqlite: or postgres://");
        }
        if self.server.connections < LEAST_CONNECTIONS {
            return wrong("server.connections", "at least 32: with fewer nobody can work");
        }
        if self.database.connections == 0 {
            return wrong("database.connections", "at least 1");
        }
        for (key, address) in [
            ("blobs.s3_endpoint", &self.blobs.s3_endpoint),
            ("blobs.s3_public_endpoint", &self.blobs.s3_public_endpoint),
        ] {
            if address.as_ref().is_some_and(|address| !is_web_address(address)) {
                return wrong(key, "it should start with http:// or https://");
            }
        }
        if self.blobs.s3_endpoint.is_some() && self.blobs.s3_bucket.is_none() {
            return wrong("blobs.s3_bucket", "an S3 endpoint needs a bucket");
        }
        Ok(())
    }

    pub fn database_url(&self) -> Secret {
        match &self.database.url {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", self.data.folder.join("lingxue.db").display()).into(),
        }
    }

    /// The database's file, if it is one.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let url = self.database_url();
        let path = url.expose().strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
    }

    pub fn keys_folder(&self) -> PathBuf {
        self.data.keys.clone().unwrap_or_else(|| self.data.folder.join("keys"))
    }

    pub fn anchor_file(&self) -> AnchorFile {
        let path = self.data.audit_anchors.clone();
        AnchorFile::new(path.unwrap_or_else(|| self.data.folder.join("audit-anchors.log")))
    }

    pub fn public_url(&self) -> String {
        match &self.server.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.server.listen),
        }
    }

    /// Where browsers fetch files from, when that is not this server: scheme and host of the object store.
    pub fn media_origin(&self) -> Option<String> {
        let address = self.blobs.s3_public_endpoint.as_ref().or(self.blobs.s3_endpoint.as_ref())?;
        let address: http::Uri = address.parse().ok()?;
        Some(format!("{}://{}", address.scheme_str()?, address.authority()?))
    }
}

fn is_web_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

fn variable(key: &str) -> String {
    format!("LINGXUE_{}", key.replace('.', "_").to_ascii_uppercase())
}

impl Reads {
    fn value(self, text: String) -> toml::Value {
        let parsed = match self {
            Self::Text | Self::Secret => None,
            Self::Toml => {
                format!("value = {text}").parse::<toml::Table>().ok().and_then(|mut t| t.remove("value"))
            }
        };
        parsed.unwrap_or(toml::Value::String(text))
    }
}

/// The parser's own words would show the line, and a secret may stand in it.
fn not_toml(text: &str, error: &toml::de::Error) -> ConfigError {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    ConfigError::NotToml { line: before.matches('\n').count() + 1, why: error.message().to_owned() }
}

/// The deserializer's own words may quote the value: they are passed on only where no secret can be meant.
fn wrong_value(key: &str, why: &str) -> ConfigError {
    let quotes_no_secret = why.starts_with("unknown field")
        || KEYS.iter().any(|(known, reads)| *reads != Reads::Secret && is_within(key, known));
    let why = if quotes_no_secret { why } else { "this is another kind of value; text stands in quotes" };
    ConfigError::Wrong { key: key.to_owned(), why: why.to_owned() }
}

/// `certificates.fonts[0]` is within `certificates.fonts`.
fn is_within(key: &str, known: &str) -> bool {
    key.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
}

fn address_or_off<'de, D: Deserializer<'de>>(text: D) -> Result<Option<SocketAddr>, D::Error> {
    let text = String::deserialize(text)?;
    if text == "off" {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| serde::de::Error::custom("an address and port, or off"))
}

fn set(table: &mut toml::Table, key: &str, value: toml::Value) {
    let (section, name) = key.split_once('.').unwrap_or(("", key));
    let section = table.entry(section).or_insert_with(|| toml::Value::Table(toml::Table::new()));
    if let toml::Value::Table(section) = section {
        section.insert(name.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::load(None, |name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn environment_sets_any_key() {
        let config = load(&[
            ("LINGXUE_SERVER_LISTEN", "0.0.0.0:9000"),
            ("LINGXUE_DATABASE_CONNECTIONS", "3"),
            ("LINGXUE_CERTIFICATES_FONTS", r#"["/a.ttc#2"]"#),
        ])
        .expect("good settings");
        assert_eq!(config.server.listen.port(), 9000);
        assert_eq!(config.database.connections, 3);
        assert_eq!(config.certificates.fonts, ["/a.ttc#2"]);
        assert_eq!(config.public_url(), "http://0.0.0.0:9000");
    }

    #[test]
    fn wrong_settings_name_their_key() {
        for (name, value, key) in [
            ("LINGXUE_SERVER_LISTEN", "everywhere", "server.listen"),
            ("LINGXUE_SERVER_PUBLIC_URL", "training.example.cn", "server.public_url"),
            ("LINGXUE_DATABASE_URL", "mysql://x", "database.url"),
            ("LINGXUE_DATABASE_CONNECTIONS", "many", "database.connections"),
            ("LINGXUE_SERVER_CONNECTIONS", "31", "server.connections"),
            ("LINGXUE_LOG_FORMAT", "xml", "log.format"),
            ("LINGXUE_BLOBS_S3_PUBLIC_ENDPOINT", "files.example.cn", "blobs.s3_public_endpoint"),
            ("LINGXUE_SERVER_METRICS_LISTEN", "9464", "server.metrics_listen"),
        ] {
            let error = load(&[(name, value)]).expect_err(name).to_string();
            assert!(error.contains(key), "{error}");
        }
    }

    #[test]
    fn text_stays_text_whatever_it_looks_like() {
        for text in
            ["0123", "true", "1e5", "[\"a\"]", "2024-05-01", "\"quoted\"", "a # b", "", " x ", "inf", "{}"]
        {
            let config = load(&[
                ("LINGXUE_BLOBS_S3_SECRET_KEY", text),
                ("LINGXUE_BLOBS_S3_ACCESS_KEY", text),
                ("LINGXUE_BUS_NATS_URL", text),
                ("LINGXUE_BLOBS_S3_BUCKET", text),
                ("LINGXUE_DATA_FOLDER", text),
                ("LINGXUE_CERTIFICATES_ISSUER_NAME", text),
            ])
            .expect(text);
            let Blobs { s3_secret_key, s3_access_key, s3_bucket, .. } = &config.blobs;
            for secret in [s3_secret_key, s3_access_key, &config.bus.nats_url] {
                assert_eq!(secret.as_ref().map(Secret::expose), Some(text));
            }
            for plain in [s3_bucket, &config.certificates.issuer_name] {
                assert_eq!(plain.as_deref(), Some(text));
            }
            assert_eq!(config.data.folder, Path::new(text));
        }
    }

    #[test]
    fn metrics_are_for_this_machine_alone_until_somebody_says_otherwise() {
        let listens = |pairs: &[(&str, &str)]| load(pairs).expect("good settings").server.metrics_listen;
        assert!(listens(&[]).is_some_and(|address| address.ip().is_loopback()));
        assert_eq!(listens(&[("LINGXUE_SERVER_METRICS_LISTEN", "off")]), None);
        let elsewhere = listens(&[("LINGXUE_SERVER_METRICS_LISTEN", "10.0.0.3:9000")]);
        assert_eq!(elsewhere, Some("10.0.0.3:9000".parse().expect("an address")));
    }

    #[test]
    fn no_secret_is_printed() {
        const PASSWORD: &str = "90441387";
        let good = format!(
            "[database]\nurl = \"postgres://lingxue:{PASSWORD}@db/lingxue\"\n[bus]\nnats_url = \"nats://x:{PASSWORD}@bus\"\n\
             [blobs]\ns3_access_key = \"{PASSWORD}\"\ns3_secret_key = \"{PASSWORD}\"\n"
        );
        let config = from_file(&good).expect("good settings");
        assert!(!format!("{config:?} {:?}", config.database_url()).contains(PASSWORD));
        for wrong in [
            // No TOML, in the very line; the wrong kind of value; a section that is none; a key that is none.
            format!("[blobs]\ns3_secret_key = \"{PASSWORD}\n"),
            format!("[blobs]\ns3_secret_key = 0{PASSWORD}\n"),
            format!("[blobs]\ns3_secret_key = {PASSWORD}\n"),
            format!("[blobs]\ns3_secret_key = [\"{PASSWORD}\"]\n"),
            format!("[database]\nurl = \"mysql://lingxue:{PASSWORD}@db\"\n"),
            format!("[database]\nurl = {PASSWORD}\n"),
            format!("database = \"postgres://lingxue:{PASSWORD}@db\"\n"),
            format!("bus = {PASSWORD}\n"),
            format!("[blobs]\ns3_secret = \"{PASSWORD}\"\n"),
        ] {
            let error = from_file(&wrong).expect_err(&wrong);
            let said = [format!("{error} {error:?}"), format!("{:?}", anyhow::Error::from(error))].concat();
            assert!(!said.contains(PASSWORD), "{said}");
        }
        let error = from_file("[server]\nlisten = 5\n").expect_err("a number is no address").to_string();
        assert!(error.contains("server.listen") && error.contains('5'), "plain values are named: {error}");
    }

    #[test]
    fn files_come_from_the_store_as_browsers_reach_it() {
        let inside = ("LINGXUE_BLOBS_S3_ENDPOINT", "http://10.0.0.3:3900");
        let bucket = ("LINGXUE_BLOBS_S3_BUCKET", "lingxue");
        let outside = ("LINGXUE_BLOBS_S3_PUBLIC_ENDPOINT", "https://files.example.cn/some/path");
        let origin = |pairs: &[(&str, &str)]| load(pairs).expect("good settings").media_origin();
        assert_eq!(origin(&[]), None);
        assert_eq!(origin(&[inside, bucket]).as_deref(), Some("http://10.0.0.3:3900"));
        assert_eq!(origin(&[inside, bucket, outside]).as_deref(), Some("https://files.example.cn"));
    }

    #[test]
    fn unknown_keys_of_the_file_are_refused() {
        let error = from_file("[server]\nlistenn = \"127.0.0.1:1\"\n").expect_err("a slip of the pen");
        assert!(error.to_string().contains("listenn"), "{error}");
    }

    fn from_file(text: &str) -> Result<Config, ConfigError> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), text).expect("the file is written");
        Config::load(Some(file.path()), |_| None)
    }
}
