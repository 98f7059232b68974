//! What can be worth a notice: one variant for each kind, with the words its sentence needs.

use kernel::Date;
use serde::{Deserialize, Serialize};

/// Something that a person should know, and where in the application it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub happened: Happened,
    /// A path of the web application, such as `/learn/topics/top_…`.
    pub link: String,
}

impl Notice {
    pub fn new(happened: Happened, link: impl Into<String>) -> Self {
        Self { happened, link: link.into() }
    }
}

/// What happened, in the order of the flow. Adding a kind means a variant here, its sentence in `words.rs` and its row in
/// `notice_kinds`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "params", rename_all = "snake_case")]
pub enum Happened {
    /// To the provincial office: a plan waits for a decision.
    PlanSubmitted { training: String },
    /// To the lead.
    PlanApproved { training: String },
    /// To the lead.
    PlanReturned { training: String },
    /// To an expert or assistant who is asked along.
    StaffInvited { training: String },
    /// To the lead.
    InvitationAccepted { training: String, person: String },
    /// To the lead.
    InvitationDeclined { training: String, person: String },
    /// To the lead: an assistant or expert has stopped leading along.
    StaffLeft { training: String, person: String },
    /// To the assistant or expert: the lead has ended their part in the training.
    StaffEnded { training: String },
    /// To somebody who leads a training from now on.
    LeadNamed { training: String },
    /// To somebody who no longer leads a training: why.
    LeadEnded { training: String, reason: String },
    /// To the assistant or expert whom somebody else has taken from a class: why.
    ClassDismissed { training: String, class: String, reason: String },
    /// To the leads: the last assistant of a class is gone.
    ClassWithoutAssistant { training: String, class: String },
    /// To the leads: the last expert of a class is gone.
    ClassWithoutExpert { training: String, class: String },
    /// To the lead: somebody who was admitted has left the training.
    LearnerLeft { training: String, person: String },
    /// To the other leads: one of them has ended a learner's part in the training.
    LearnerTakenOut { training: String, person: String },
    /// To the learner: the lead has ended their part in the training.
    LearnerRemoved { training: String },
    /// To the school head: a teacher asks for a recommendation.
    RecommendationWanted { training: String, person: String },
    /// To the applicant.
    Admitted { training: String },
    /// To the applicant.
    Waitlisted { training: String },
    /// To the applicant.
    Rejected { training: String },
    /// To everybody placed in a class or assigned to it.
    ClassPublished { training: String, class: String },
    /// To the members of a class: its charter is settled for the first time and waits for their signatures.
    CharterSettled { class: String },
    /// To the members of a class who signed an earlier text of its charter.
    CharterChanged { class: String },
    /// To an assistant: the expert has marked a week's list as ready, and their classes wait for it.
    ListReady { training: String, week: u16 },
    /// To the learners of a class.
    ListPublished { training: String, week: u16 },
    /// To the learners of a class that has the list: tasks of it were corrected, added or withdrawn.
    ListCorrected { training: String, week: u16 },
    /// To the learners of a class: what the announcement is about.
    Announced { class: String, title: String },
    /// To the staff of a class.
    QuestionAsked { class: String, topic: String },
    /// To the person who asked, at the first answer by staff.
    QuestionAnswered { topic: String },
    /// To the learner: an assignment or reflection was reviewed.
    WorkReviewed { task: String },
    /// To the learner: the work should be handed in again, on this day at the latest.
    WorkReturned { task: String, last_day: Date },
    /// To the provincial office: a certificate batch waits for a decision.
    BatchSubmitted { training: String },
    /// To the lead.
    BatchApproved { training: String },
    /// To the lead.
    BatchReturned { training: String },
    /// To the learner.
    CertificateIssued { training: String },
    /// To the learner: a corrected certificate is there, and the one before it is revoked.
    CertificateReplaced { training: String },
    /// To the learner.
    CertificateRevoked { training: String },
    /// To the other officers: a colleague wants to take back or correct somebody's certificate.
    ChangeProposed { training: String, person: String },
    /// To the officer who proposed it.
    ChangeConfirmed { training: String, person: String },
    /// To the officer who proposed it.
    ChangeRefused { training: String, person: String },
    /// To somebody whose office gave them another phone to sign in with; both are masked.
    PhoneChanged { from: String, to: String },
    /// To somebody whose office gave them their first phone to sign in with, which ended their password; it is masked.
    PhoneGiven { to: String },
    /// To somebody whose office took their phone away; it is masked.
    PhoneTaken { from: String },
    /// To those who oversee somebody: whoever has the phone and password of before that person's phone was changed wanted to sign in.
    FormerSignIn { person: String, changed_on: Date },
}
