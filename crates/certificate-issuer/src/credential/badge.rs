//! From certificate to credential and back: which printed field stands where in Open Badges 3.0.

use kernel::Date;
use serde_json::Number;
use uuid::Uuid;

use super::claims::{
    Achievement, CONTEXT_BADGES, CONTEXT_VC, Claims, Criteria, Identity, MalformedBadge, Profile, Registered,
    ResultDescription, ResultValue, Subject,
};
use super::{Addresses, StatusPointer};
use crate::model::{Certificate, Credits, Grade, Printed, SerialNumber};

/// What is decided when a certificate is issued, besides its printed fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuance {
    /// Names the learner in this credential alone, so that two credentials of one person cannot be linked.
    pub subject: Uuid,
    pub status: StatusPointer,
}

impl Issuance {
    /// `random` becomes the subject.
    pub fn new(random: [u8; 16], status: StatusPointer) -> Self {
        Self { subject: uuid::Builder::from_random_bytes(random).into_uuid(), status }
    }
}

/// A certificate together with what its credential adds to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenBadge {
    pub certificate: Certificate,
    pub issuance: Issuance,
}

impl OpenBadge {
    /// Writes the credential.
    pub fn claims(&self, at: &Addresses) -> Claims {
        let printed: &Printed = &self.certificate;
        let id = at.credential(&printed.serial);
        let subject = format!("urn:uuid:{}", self.issuance.subject);
        let issuer = profile(at.issuer(printed.issuer), &printed.issuer_name);
        let achievement = achievement(printed, at.achievement(printed.training));
        Claims {
            context: words([CONTEXT_VC, CONTEXT_BADGES]),
            types: words(["VerifiableCredential", "OpenBadgeCredential"]),
            name: printed.training_title.clone(),
            valid_from: printed.issued_at,
            awarded_date: day(printed.issued_on),
            credential_status: self.issuance.status.entry(at),
            registered: Registered {
                iss: issuer.id.clone(),
                jti: id.clone(),
                sub: subject.clone(),
                nbf: printed.issued_at.seconds(),
            },
            credential_subject: Subject {
                id: subject,
                types: words(["AchievementSubject"]),
                identifier: vec![Identity {
                    kind: "IdentityObject".to_owned(),
                    hashed: false,
                    identity_hash: printed.learner_name.clone(),
                    identity_type: "name".to_owned(),
                }],
                license_number: printed.serial.to_string(),
                activity_start_date: day(printed.starts_on),
                activity_end_date: day(printed.ends_on),
                credits_earned: number(printed.credits),
                result: vec![
                    result(grade_of(&achievement.id), printed.grade.zh().to_owned()),
                    result(hours_of(&achievement.id), printed.hours.to_string()),
                ],
                source: profile(format!("{}#assessed-by", achievement.id), &printed.assessed_by),
                achievement,
            },
            id,
            issuer,
        }
    }

    /// Reads a credential that this installation wrote.
    pub fn read(claims: &Claims, at: &Addresses) -> Result<Self, MalformedBadge> {
        claims.check_form()?;
        let malformed = |what| move || MalformedBadge(what);
        let subject = &claims.credential_subject;
        let achievement = &subject.achievement;
        let learner_name = match subject.identifier.as_slice() {
            [name] if name.identity_type == "name" && !name.hashed => name.identity_hash.clone(),
            _ => return Err(MalformedBadge("identifier")),
        };
        let grade = value(subject, &grade_of(&achievement.id)).ok_or_else(malformed("grade"))?;
        let hours = value(subject, &hours_of(&achievement.id)).ok_or_else(malformed("hours"))?;
        let printed = Printed {
            serial: subject.license_number.parse().map_err(|_| MalformedBadge("licenseNumber"))?,
            learner_name,
            training: at.training(&achievement.id).ok_or_else(malformed("achievement"))?,
            training_title: achievement.name.clone(),
            starts_on: date(&subject.activity_start_date).ok_or_else(malformed("activityStartDate"))?,
            ends_on: date(&subject.activity_end_date).ok_or_else(malformed("activityEndDate"))?,
            hours: hours.parse().map_err(|_| MalformedBadge("hours"))?,
            credits: credits(&subject.credits_earned).ok_or_else(malformed("creditsEarned"))?,
            grade: grade.parse().map_err(|_| MalformedBadge("grade"))?,
            assessed_by: subject.source.name.clone(),
            issuer: at.office(&claims.issuer.id).ok_or_else(malformed("issuer"))?,
            issuer_name: claims.issuer.name.clone(),
            issued_on: date(&claims.awarded_date).ok_or_else(malformed("awardedDate"))?,
            issued_at: claims.valid_from,
        };
        let named = |serial: &SerialNumber| at.credential(serial) == claims.id;
        if !named(&printed.serial) {
            return Err(MalformedBadge("id"));
        }
        let subject = subject.id.strip_prefix("urn:uuid:").and_then(|id| Uuid::parse_str(id).ok());
        Ok(Self {
            certificate: Certificate::new(printed).map_err(|_| MalformedBadge("fields"))?,
            issuance: Issuance {
                subject: subject.ok_or_else(malformed("sub"))?,
                status: StatusPointer::read(&claims.credential_status, at)?,
            },
        })
    }
}

fn achievement(printed: &Printed, id: String) -> Achievement {
    let title = &printed.training_title;
    Achievement {
        types: words(["Achievement"]),
        achievement_type: "CertificateOfCompletion".to_owned(),
        name: title.clone(),
        in_language: "zh-CN".to_owned(),
        description: format!(
            "按评价方案完成“{title}”的学习任务。Completed the learning tasks of this guided teacher training as its evaluation asks."
        ),
        criteria: Criteria {
            narrative:
                "按评价方案完成学习任务，过程性评价与终结性评价达到评价方案的各项最低要求，并经主管部门审核。\
                        Met every minimum of the evaluation scheme; approved by the responsible office."
                    .to_owned(),
        },
        credits_available: number(printed.credits),
        result_description: vec![
            ResultDescription {
                id: grade_of(&id),
                types: words(["ResultDescription"]),
                name: "成绩等级".to_owned(),
                result_type: "PerformanceLevel".to_owned(),
                allowed_value: Grade::ALL.map(|grade| grade.zh().to_owned()).to_vec(),
            },
            ResultDescription {
                id: hours_of(&id),
                types: words(["ResultDescription"]),
                name: "学时".to_owned(),
                result_type: "ext:ClassHours".to_owned(),
                allowed_value: Vec::new(),
            },
        ],
        id,
    }
}

fn grade_of(achievement: &str) -> String {
    format!("{achievement}#grade")
}
fn hours_of(achievement: &str) -> String {
    format!("{achievement}#hours")
}

fn profile(id: String, name: &str) -> Profile {
    Profile { id, types: words(["Profile"]), name: name.to_owned() }
}

fn result(result_description: String, value: String) -> ResultValue {
    ResultValue { types: words(["Result"]), result_description, value }
}

fn value<'a>(subject: &'a Subject, description: &str) -> Option<&'a str> {
    let mut found = subject.result.iter().filter(|result| result.result_description == description);
    found.next().filter(|_| found.next().is_none()).map(|result| result.value.as_str())
}

fn words<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

/// The format has instants only, so a calendar date is written as its midnight in UTC.
fn day(date: Date) -> String {
    format!("{date}T00:00:00Z")
}
fn date(text: &str) -> Option<Date> {
    text.strip_suffix("T00:00:00Z")?.parse().ok()
}

fn number(credits: Credits) -> Number {
    let tenths = credits.tenths();
    let whole = Number::from(tenths / 10);
    if tenths.is_multiple_of(10) {
        whole
    } else {
        Number::from_f64(f64::from(tenths) / 10.0).unwrap_or(whole)
    }
}
fn credits(number: &Number) -> Option<Credits> {
    number.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use proptest::prelude::*;

    fn addresses() -> Addresses {
        Addresses::below("https://lingxue.example.org").expect("a base")
    }
    fn badge(certificate: Certificate) -> OpenBadge {
        let status =
            StatusPointer { list: 1, index: super::super::StatusIndex::from_random([0, 0, 16, 146]) };
        OpenBadge { certificate, issuance: Issuance::new([7; 16], status) }
    }

    #[test]
    fn credential_has_the_fields_that_the_standard_requires() {
        let badge = badge(sample::certificate());
        let json = serde_json::to_value(badge.claims(&addresses())).expect("claims are JSON");
        for pointer in [
            "/@context/0",
            "/@context/1",
            "/id",
            "/type/0",
            "/issuer/id",
            "/issuer/type/0",
            "/validFrom",
            "/credentialSubject/id",
            "/credentialSubject/type/0",
            "/credentialSubject/achievement/id",
            "/credentialSubject/achievement/type/0",
            "/credentialSubject/achievement/name",
            "/credentialSubject/achievement/description",
            "/credentialSubject/achievement/criteria/narrative",
            "/credentialSubject/achievement/resultDescription/1/resultType",
            "/credentialStatus/id",
            "/credentialStatus/type",
            "/iss",
            "/jti",
            "/sub",
            "/nbf",
        ] {
            assert!(json.pointer(pointer).is_some(), "{pointer} is missing in {json:#}");
        }
        assert!(json.get("vc").is_none(), "the payload itself is the credential");
        assert_eq!(json["nbf"], 1_780_300_800);
        assert_eq!(json["validFrom"], "2026-06-01T08:00:00Z");
        assert_eq!(json["credentialStatus"]["statusListIndex"], "4242");
        assert_eq!(json["credentialSubject"]["creditsEarned"], 6.5);
    }

    #[test]
    fn credential_of_another_installation_is_not_read_as_ours() {
        let claims = badge(sample::certificate()).claims(&addresses());
        let elsewhere = Addresses::below("https://other.example.org").expect("a base");
        assert_eq!(OpenBadge::read(&claims, &elsewhere), Err(MalformedBadge("achievement")));
    }

    #[test]
    fn claims_that_disagree_are_refused() {
        type Change = fn(&mut Claims);
        let cases: [(Change, &str); 8] = [
            (|c| c.registered.iss.push('x'), "iss"),
            (|c| c.registered.jti.push('x'), "jti"),
            (|c| c.registered.sub.push('x'), "sub"),
            (|c| c.registered.nbf += 1, "nbf"),
            (|c| c.types.reverse(), "type"),
            (|c| c.context.truncate(1), "@context"),
            (|c| c.credential_subject.identifier.clear(), "identifier"),
            (|c| c.credential_status.status_purpose = "message".to_owned(), "credentialStatus"),
        ];
        for (change, expected) in cases {
            let mut claims = badge(sample::certificate()).claims(&addresses());
            change(&mut claims);
            assert_eq!(OpenBadge::read(&claims, &addresses()), Err(MalformedBadge(expected)));
        }
    }

    proptest! {
        #[test]
        fn printed_fields_survive_the_credential(
            name in "[一-龥·A-Za-z]{1,40}", title in "[一-龥“”（）0-9]{1,100}", hours in 1_u16.., tenths in 0_u32..10_000,
            grade in prop::sample::select(Grade::ALL.to_vec()), days in 0_i32..400, subject: [u8; 16],
        ) {
            let mut printed = sample::printed();
            printed.learner_name = name;
            printed.training_title = title;
            printed.hours = hours;
            printed.credits = Credits::from_tenths(tenths);
            printed.grade = grade;
            printed.ends_on = printed.starts_on.plus_days(days);
            let mut badge = badge(Certificate::new(printed).expect("printable"));
            badge.issuance = Issuance::new(subject, badge.issuance.status);
            let json = serde_json::to_string(&badge.claims(&addresses())).expect("claims are JSON");
            let claims: Claims = serde_json::from_str(&json).expect("our own JSON");
            prop_assert_eq!(OpenBadge::read(&claims, &addresses()), Ok(badge));
        }
    }
}
