//! The lead ends a training: its results are computed once more and stand.

use kernel::Ambient;
use storage::Tx;
use training_plan::access::{Granted, Manage};
use training_plan::training;

use super::attempts;
use super::calendar::Calendar;
use super::compute_results::{Asked, Computed, compute_results, unsettled};
use crate::error::{CloseError, EvaluationError};

/// Ends the training, not before the last week's days of grace are over, and no answers that count are on their way any more. Work that still waits for its review counts nothing, which the
/// lead confirms.
pub(crate) async fn close_training(
    tx: &mut Tx,
    ambient: &Ambient,
    lead: &Granted<Manage>,
    asked: Asked,
) -> Result<Computed, CloseError> {
    training::hold(tx, lead.training).await?;
    let calendar = Calendar::of(tx, lead.training).await?.ok_or(EvaluationError::NoSuchThing)?;
    calendar.not_over().map_err(EvaluationError::from)?;
    let open = attempts::settle_overdue(tx, ambient, lead.training).await.map_err(unsettled)?;
    let calendar = calendar.with_answers_until(open.until);
    if ambient.now() < calendar.ends() {
        return Err(match calendar.answers_last_until() {
            // The minute is over by then.
            Some(until) => CloseError::TestsOpen {
                attempts: open.attempts,
                until: until.plus_seconds(59),
                said: calendar.minute(until.plus_seconds(59)),
            },
            None => CloseError::TooEarly { last_day: calendar.last_day() },
        });
    }
    attempts::settle_last(tx, ambient, lead.training).await.map_err(unsettled)?;
    let computed = compute_results(tx, ambient, lead, asked).await?;
    training::close(tx, ambient, lead.training, lead.actor.person).await?;
    Ok(computed)
}
