//! Open files: every connection is one, and a process that runs out of them takes nobody in.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::config::Config;

/// Listeners, logs, keys, files on their way, workbook readers, and room to breathe.
const RESERVE: usize = 256;
/// SQLite holds the database, its log and its index open for each connection.
const PER_DATABASE_CONNECTION: usize = 3;
/// With fewer nobody can work: no fewer may be configured, and so many are taken whatever the limit of open files says.
pub(crate) const LEAST_CONNECTIONS: usize = 32;

/// Raises the soft limit to the hard one, and answers how many connections there is room for.
pub fn prepare(config: &Config) -> usize {
    let limit = getrlimit(Resource::Nofile);
    if limit.current != limit.maximum
        && let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit })
    {
        tracing::warn!(%error, "the limit of open files stays as low as it is");
    }
    let allowed = getrlimit(Resource::Nofile).current;
    let wanted = config.server.connections;
    let room = room(allowed, config);
    if room < wanted {
        tracing::warn!(
            wanted,
            room,
            "too few open files are allowed for so many connections: fewer are taken"
        );
    }
    room.min(wanted).max(LEAST_CONNECTIONS)
}

/// Whether as many files may be opened as the settings need; changes nothing.
pub fn check(config: &Config) -> Result<String, String> {
    // The server raises its own limit as far as it may.
    judge(getrlimit(Resource::Nofile).maximum, config)
}

fn judge(allowed: Option<u64>, config: &Config) -> Result<String, String> {
    let connections = config.server.connections;
    let needed = connections.saturating_add(beside(config));
    let said = match allowed {
        Some(allowed) => format!("{allowed} may be open"),
        None => "any number may be open".to_owned(),
    };
    if room(allowed, config) >= connections {
        return Ok(format!("{said}, {connections} connections (server.connections) need {needed}"));
    }
    Err(format!(
        "{said}, but {connections} connections need {needed}: raise the limit (LimitNOFILE, ulimit -n) or lower server.connections"
    ))
}

/// How many connections these open files leave room for.
fn room(allowed: Option<u64>, config: &Config) -> usize {
    let allowed = allowed.map_or(usize::MAX, |allowed| usize::try_from(allowed).unwrap_or(usize::MAX));
    allowed.saturating_sub(beside(config))
}

fn beside(config: &Config) -> usize {
    let database = usize::try_from(config.database.connections).unwrap_or(usize::MAX);
    database.saturating_mul(PER_DATABASE_CONNECTION).saturating_add(RESERVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_doctor_says_how_many_files_are_needed() {
        let mut config = Config::default();
        (config.server.connections, config.database.connections) = (700, 8);
        for (allowed, is_enough) in [(Some(1024), true), (Some(980), true), (Some(979), false), (None, true)]
        {
            let said = judge(allowed, &config);
            assert_eq!(said.is_ok(), is_enough, "{said:?}");
            let said = said.unwrap_or_else(|wrong| wrong);
            assert!(said.contains("980") && said.contains("server.connections"), "{said}");
        }
    }

    #[test]
    fn no_more_connections_are_taken_than_files_allow() {
        let mut config = Config::default();
        config.server.connections = usize::MAX;
        let allowed = getrlimit(Resource::Nofile).maximum;
        assert_eq!(prepare(&config), room(allowed, &config).max(LEAST_CONNECTIONS));
        assert_eq!(getrlimit(Resource::Nofile).current, allowed, "the soft limit was raised");
        config.server.connections = 100;
        assert_eq!(prepare(&config), 100.min(room(allowed, &config)));
    }
}
