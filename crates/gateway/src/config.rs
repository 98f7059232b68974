//! The configuration: one TOML file, every key also an environment variable, checked at start with errors that name the key.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use storage::audit::AnchorFile;

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
    /// Requests a second and address; 0 sets no bound.
    pub requests_per_second: u32,
}

impl Default for Server {
    fn default() -> Self {
        let listen = SocketAddr::from(([127, 0, 0, 1], 8080));
        Self { listen, public_url: None, trusted_proxies: 0, requests_per_second: 100 }
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
    /// `sqlite:PATH` or `postgres://…`; a file in the data folder when absent.
    pub url: Option<String>,
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
pub struct Blobs {
    /// An S3-compatible store; a folder in the data folder when absent.
    pub s3_endpoint: Option<String>,
    /// How browsers reach the store, where that differs.
    pub s3_public_endpoint: Option<String>,
    pub s3_bucket: Option<String>,
    pub s3_region: Option<String>,
    pub s3_access_key: Option<String>,
    pub s3_secret_key: Option<String>,
}

#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Bus {
    /// Needed when several processes share one database.
    pub nats_url: Option<String>,
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

/// Every key that an environment variable may set.
const KEYS: &[&str] = &[
    "server.listen",
    "server.public_url",
    "server.trusted_proxies",
    "server.requests_per_second",
    "data.folder",
    "data.keys",
    "data.audit_anchors",
    "database.url",
    "database.connections",
    "database.durable",
    "blobs.s3_endpoint",
    "blobs.s3_public_endpoint",
    "blobs.s3_bucket",
    "blobs.s3_region",
    "blobs.s3_access_key",
    "blobs.s3_secret_key",
    "bus.nats_url",
    "log.format",
    "log.filter",
    "certificates.fonts",
    "certificates.issuer_name",
    "jobs.quick",
    "jobs.heavy",
];

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("the configuration file {path} cannot be read")]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("the configuration is no TOML")]
    NotToml(#[source] toml::de::Error),
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
        let mut table: toml::Table = text.parse().map_err(ConfigError::NotToml)?;
        for key in KEYS {
            if let Some(value) = env(&variable(key)) {
                set(&mut table, key, read_value(&value));
            }
        }
        let config: Self = serde_path_to_error::deserialize(toml::Value::Table(table)).map_err(|error| {
            ConfigError::Wrong { key: error.path().to_string(), why: error.inner().message().to_owned() }
        })?;
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
        if let Some(url) = &self.database.url
            && !(url.starts_with("sqlite:")
                || url.starts_with("postgres://")
                || url.starts_with("postgresql://"))
        {
            return wrong("database.url", "it should start with sqlite: or postgres://");
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

    pub fn database_url(&self) -> String {
        match &self.database.url {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", self.data.folder.join("lingxue.db").display()),
        }
    }

    /// The database's file, if it is one.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let url = self.database_url();
        let path = url.strip_prefix("sqlite:")?;
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

/// `8`, `true` and `["a"]` read as what they look like; everything else is text.
fn read_value(text: &str) -> toml::Value {
    let parsed = format!("value = {text}").parse::<toml::Table>().ok().and_then(|mut t| t.remove("value"));
    parsed.unwrap_or_else(|| toml::Value::String(text.to_owned()))
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
            ("LINGXUE_LOG_FORMAT", "xml", "log.format"),
            ("LINGXUE_BLOBS_S3_PUBLIC_ENDPOINT", "files.example.cn", "blobs.s3_public_endpoint"),
        ] {
            let error = load(&[(name, value)]).expect_err(name).to_string();
            assert!(error.contains(key), "{error}");
        }
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
        let path = std::env::temp_dir().join(format!("lingxue-config-{}.toml", std::process::id()));
        std::fs::write(&path, "[server]\nlistenn = \"127.0.0.1:1\"\n").expect("the file is written");
        let error = Config::load(Some(&path), |_| None).expect_err("a slip of the pen").to_string();
        std::fs::remove_file(&path).expect("the file goes");
        assert!(error.contains("listenn"), "{error}");
    }
}
