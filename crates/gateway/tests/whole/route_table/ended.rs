//! What goes on when a training is over, and why. Everything else that changes something in it is refused.

/// A route, or all below it when it ends in a slash.
pub const GOES_ON: &[(&str, &str)] = &[
    ("/api/v1/live/", OF_NO_TRAINING),
    ("/api/v1/notices/", OF_NO_TRAINING),
    ("/api/v1/first-use", OF_NO_TRAINING),
    ("/api/v1/grants", OF_NO_TRAINING),
    ("/api/v1/grants/", OF_NO_TRAINING),
    ("/api/v1/me/", OF_NO_TRAINING),
    ("/api/v1/org-units", OF_NO_TRAINING),
    ("/api/v1/org-units/", OF_NO_TRAINING),
    ("/api/v1/people", OF_NO_TRAINING),
    ("/api/v1/people/", OF_NO_TRAINING),
    ("/api/v1/roster-imports", OF_NO_TRAINING),
    ("/api/v1/roster-imports/", OF_NO_TRAINING),
    ("/api/v1/sign-out", OF_NO_TRAINING),
    ("/api/v1/sign-out-everywhere", OF_NO_TRAINING),
    ("/api/v1/trainings", "it makes another training"),
    ("/api/v1/trainings/{training_id}/plan", APPROVED),
    ("/api/v1/trainings/{training_id}/plan/", APPROVED),
    ("/api/v1/staff-invitations/", "nobody is kept from saying no, from leaving, or from being let go"),
    ("/api/v1/trainings/{training_id}/leads", LED),
    ("/api/v1/training-leads/", LED),
    ("/api/v1/trainings/{training_id}/my-application/withdraw", "what nobody has decided is its writer's"),
    ("/api/v1/resources/{resource_id}", "what may not be shown is taken down at any time"),
    (
        "/api/v1/attempts/{attempt_id}/submit",
        "closing hands in what is open, and what is handed in is only told again",
    ),
    ("/api/v1/trainings/{training_id}/evaluation-scheme/what-if", "it is reckoned, and nothing is kept"),
    ("/api/v1/classes/{class_id}/tasks/{task_id}/topic", TALK),
    ("/api/v1/classes/{class_id}/topics", TALK),
    ("/api/v1/topics/", TALK),
    ("/api/v1/posts/", TALK),
    ("/api/v1/trainings/{training_id}/certificate-batches", CERTIFICATES),
    ("/api/v1/certificate-batches/", CERTIFICATES),
    ("/api/v1/certificate-changes/", CERTIFICATES),
    ("/api/v1/certificates/", CERTIFICATES),
    ("/api/v1/public/", CERTIFICATES),
];

const OF_NO_TRAINING: &str = "it belongs to no training";
const APPROVED: &str = "the plan of a training that opened is approved, and what is approved never changes";
const LED: &str = "certificates are proposed by somebody who leads, and nobody keeps a right that has ended";
const TALK: &str = "people go on talking with each other, and no result is reckoned from it any more";
const CERTIFICATES: &str = "certificates begin when a training is over";

pub fn goes_on(path: &str) -> bool {
    GOES_ON.iter().any(|(route, _)| *route == path || (route.ends_with('/') && path.starts_with(route)))
}
