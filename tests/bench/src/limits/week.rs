//! The statements by which a server finds a learner's week: the session with its grants, the class with its training, and the list as the class has
//! it with the tasks and the learner's progress.

use rusqlite::types::Value;
use rusqlite::{Connection, ToSql, params};

const GRANTS: &str = "select s.rights_taken, g.role, g.scope_kind, g.scope_id from sessions s \
     join people p on p.id = s.person_id left join grants g on g.person_id = p.id \
     where s.id = ?1 and s.person_id = ?2 and s.revoked_at is null and s.expires_at > ?3 and p.disabled_at is null";
const HEAD: &str = "select k.class_id, k.name, k.published, k.training_id, t.org_path, t.title, t.title_en, t.state, t.time_zone, t.starts_on, \
     t.weeks, s.grace_days, (select g.signed_at from v_placement m \
     join v_charter_signature g on g.class_id = m.class_id and g.person_id = m.person_id where m.class_id = ?1 and m.person_id = ?2), \
     (select count(*) from announcements a where a.class_id = ?1) \
     from v_class k join v_training t on t.training_id = k.training_id \
     left join board_settings s on s.training_id = k.training_id where k.class_id = ?1";
const LIST: &str = "select l.id, l.goal, l.goal_en, l.correction, l.corrected_at, p.published_at, c.claimed_at, \
     t.id, t.kind, t.title, t.title_en, t.minutes, t.required, t.ref_id, \
     case when g.returned_at is not null then 'returned' else g.state end, g.done_at, g.late, g.credited_ms, v.length_ms, v.bytes, \
     t.corrected_as, t.correction, t.corrected_at \
     from task_lists l join list_publications p on p.list_id = l.id and p.class_id = ?3 \
     left join claims c on c.list_id = l.id and c.person_id = ?4 left join tasks t on t.list_id = l.id \
     left join task_progress g on g.task_id = t.id and g.person_id = ?4 \
     left join v_micro_video v on v.micro_video_id = t.ref_id and t.kind = 'watch' \
     where l.training_id = ?1 and l.week = ?2 order by t.position, t.id";

/// Somebody's week, by the ids that the database knows them by.
pub struct Week {
    session: Value,
    signed_in_at: Value,
    person: Value,
    class: Value,
    number: i64,
}

impl Week {
    pub fn of(conn: &Connection, account: &str, number: i64) -> rusqlite::Result<Self> {
        let text = "select x.id, x.created_at, p.id, k.id from people p join sessions x on x.person_id = p.id \
                    join placements s on s.person_id = p.id join classes k on k.id = s.class_id \
                    join trainings t on t.id = k.training_id \
                    where p.account_name = ?1 and t.state = 'running' limit 1";
        conn.query_row(text, [account], |row| {
            let [session, signed_in_at, person, class] = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?];
            Ok(Self { session, signed_in_at, person, class, number })
        })
    }

    /// Reads all of it, every column of every row. How many tasks there are.
    pub fn read(&self, conn: &Connection) -> rusqlite::Result<Option<usize>> {
        all(conn, GRANTS, 4, params![self.session, self.person, self.signed_in_at])?;
        let head = all(conn, HEAD, 14, params![self.class, self.person])?;
        let Some(training) = head.first().map(|row| &row[3]) else { return Ok(None) };
        let list = all(conn, LIST, 23, params![training, self.number, self.class, self.person])?;
        Ok((!list.is_empty()).then_some(list.len()))
    }
}

fn all(
    conn: &Connection,
    text: &str,
    columns: usize,
    values: &[&dyn ToSql],
) -> rusqlite::Result<Vec<Vec<Value>>> {
    conn.prepare_cached(text)?
        .query_map(values, |row| (0..columns).map(|place| row.get(place)).collect())?
        .collect()
}

#[cfg(test)]
mod tests {
    use rusqlite::OptionalExtension as _;

    use super::*;

    #[test]
    fn the_statements_fit_the_schema() -> anyhow::Result<()> {
        let conn = Connection::open_in_memory()?;
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");
        let mut files: Vec<_> =
            std::fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
        files.sort();
        for file in files {
            conn.execute_batch(&std::fs::read_to_string(file)?)?;
        }
        for (text, columns) in [(GRANTS, 4), (HEAD, 14), (LIST, 23)] {
            assert_eq!(conn.prepare(text)?.column_count(), columns, "{text}");
        }
        let nobody = Week::of(&conn, "nobody", 1).optional()?;
        assert!(nobody.is_none());
        Ok(())
    }
}
