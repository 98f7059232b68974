//! Opening, renewing and ending sessions. A refresh token has one successor: parallel tabs get the same one, a thief ends the family.
//! A used token is kept until its time is over, as no other row tells a thief; so that a loop makes no heap of them, a young one rests.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::id::{PersonId, SessionId};
use kernel::{Ambient, Timestamp};
use realtime::Hub;
use storage::audit::{self, Entry};
use storage::{Conn, StorageError, Tx};

use crate::access_token;
use crate::store::sessions;
use crate::vault::{Vault, digest};

/// A session ends after this long whatever happens, and sooner when nobody renews it.
const LONGEST_SECONDS: i64 = 90 * 86_400;
const IDLE_SECONDS: i64 = 30 * 86_400;
/// So many sessions somebody has open at once: more than they have devices. The one that was longest unused makes room.
const MOST_OPEN: i64 = 20;
/// A token is shown again and again for so long before it gets its successor: half of an access token's time, so that no browser that is
/// in use meets a resting one twice. A session has one row for each of these spans at most.
const RESTS_SECONDS: i64 = 300;
/// Tabs that renew at the same time, or an answer that was lost on the way, get the same successor within this time.
const GRACE_SECONDS: i64 = 30;

/// What a browser gets when it signs in or renews.
#[derive(Debug)]
pub(crate) struct Renewed {
    pub person: PersonId,
    pub session: SessionId,
    pub access_token: String,
    pub expires_at: Timestamp,
    pub refresh_token: String,
    pub refresh_seconds: i64,
}

/// How a refresh token was met. All but `Unknown` changed something: commit.
#[derive(Debug)]
pub(crate) enum Met {
    Renewed(Renewed),
    /// Used again after its time: whoever holds it, the whole family ends.
    Reused {
        person: PersonId,
        session: SessionId,
    },
    Unknown,
}

/// Opens a session for somebody whose row is held. What makes room ends with its sockets, as when it is signed out.
pub(crate) async fn open(
    tx: &mut Tx,
    ambient: &Ambient,
    vault: &Vault,
    hub: &Hub,
    person: PersonId,
) -> Result<Renewed, StorageError> {
    let now = ambient.now();
    let ended = sessions::make_room(tx, person, MOST_OPEN - 1, now).await?;
    let hub = hub.clone();
    tx.on_commit(move || ended.into_iter().for_each(|session| hub.close_session(person, session)));
    let session: SessionId = ambient.new_id();
    let refresh_token = URL_SAFE_NO_PAD.encode(ambient.random_bytes::<32>());
    sessions::insert(tx, session, person, now, now.plus_seconds(LONGEST_SECONDS)).await?;
    sessions::insert_token(tx, digest(&refresh_token), session, now, now.plus_seconds(IDLE_SECONDS)).await?;
    Ok(renewed(vault, (person, session), refresh_token, now, IDLE_SECONDS))
}

/// Whether a refresh token is one of ours, be its time over or not.
pub(crate) async fn is_token(conn: &mut Conn, token: &str) -> Result<bool, StorageError> {
    Ok(sessions::find_token(conn, &digest(token)).await?.is_some())
}

pub(crate) async fn renew(
    tx: &mut Tx,
    ambient: &Ambient,
    vault: &Vault,
    token: &str,
) -> Result<Met, StorageError> {
    let now = ambient.now();
    let own = digest(token);
    let first = sessions::use_token(tx, &own, now, now.plus_seconds(-RESTS_SECONDS)).await?;
    let Some(row) = sessions::find_token(tx, &own).await? else { return Ok(Met::Unknown) };
    let alive = row.revoked_at.is_none()
        && row.disabled_at.is_none()
        && row.expires_at > now
        && row.session_expires_at > now;
    if !alive {
        return Ok(Met::Unknown);
    }
    let holder = (row.person_id, row.session_id);
    sessions::set_renewed(tx, row.session_id, now).await?;
    let Some(used_at) = row.used_at else {
        let left = row.expires_at.seconds_since(now);
        return Ok(Met::Renewed(renewed(vault, holder, token.to_owned(), now, left)));
    };
    if !first && now.seconds_since(used_at) > GRACE_SECONDS {
        if !sessions::end(tx, row.session_id, "reused", now).await? {
            // It was shown more than once at this moment: whoever came first has ended the family and said so.
            return Ok(Met::Unknown);
        }
        let detail = serde_json::json!({ "session": row.session_id });
        entry(tx, ambient, None, "identity.refresh_token_reused", row.person_id, detail).await?;
        return Ok(Met::Reused { person: row.person_id, session: row.session_id });
    }
    let successor = URL_SAFE_NO_PAD.encode(vault.successor(token, used_at));
    let idle_ends = used_at.plus_seconds(IDLE_SECONDS).min(row.session_expires_at);
    sessions::insert_token(tx, digest(&successor), row.session_id, used_at, idle_ends).await?;
    Ok(Met::Renewed(renewed(vault, holder, successor, now, idle_ends.seconds_since(now))))
}

/// Ends one session; doing so again changes nothing.
pub(crate) async fn sign_out(tx: &mut Tx, ambient: &Ambient, session: SessionId) -> Result<(), StorageError> {
    sessions::end(tx, session, "signed_out", ambient.now()).await?;
    Ok(())
}

pub(crate) async fn sign_out_everywhere(
    tx: &mut Tx,
    ambient: &Ambient,
    person: PersonId,
) -> Result<(), StorageError> {
    let ended = sessions::end_all(tx, person, "everywhere", ambient.now()).await?;
    if ended == 0 {
        // Another request of theirs did it at the same moment.
        return Ok(());
    }
    let detail = serde_json::json!({ "sessions": ended });
    entry(tx, ambient, Some(person), "identity.signed_out_everywhere", person, detail).await
}

/// An entry of the system's chain about a person.
pub(crate) async fn entry(
    tx: &mut Tx,
    ambient: &Ambient,
    by: Option<PersonId>,
    action: &str,
    about: PersonId,
    detail: serde_json::Value,
) -> Result<(), StorageError> {
    let object = about.to_string();
    audit::append(tx, ambient, Entry { chain: "system".to_owned(), person: by, action, object, detail }).await
}

fn renewed(
    vault: &Vault,
    (person, session): (PersonId, SessionId),
    refresh_token: String,
    now: Timestamp,
    refresh_seconds: i64,
) -> Renewed {
    let (access_token, expires_at) = access_token::issue(vault, person, session, now);
    Renewed { person, session, access_token, expires_at, refresh_token, refresh_seconds }
}
