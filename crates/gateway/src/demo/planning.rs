//! The plan: written by the lead, returned once, approved; then staff are invited and accept.

use http::Method;
use kernel::id::TrainingId;
use serde_json::json;

use super::cast::People;
use super::content;
use super::face::{Face, text};

pub async fn plan(face: &Face, people: &People) -> anyhow::Result<TrainingId> {
    let content = content::training()?;
    let (lead, office) = (people.id("lead")?, people.id("office1")?);
    let when = |days, hour| face.calendar.before_start(days, hour, 20);
    face.at(when(75, 9));
    let made = json!({
        "org_unit_id": people.province()?, "title": content.title, "title_en": content.title_en,
        "time_zone": content.time_zone, "starts_on": face.calendar.first_day, "weeks": content.weeks,
    });
    let training: TrainingId = text(&face.post(lead, "/api/v1/trainings", made).await?, "id")?.parse()?;
    let path = format!("/api/v1/trainings/{training}/plan");
    let line = |line: &content::ContentLineText| {
        json!({
            "title": line.title, "first_week": line.weeks.first(), "last_week": line.weeks.last(),
        })
    };
    let plan = json!({
        "title": content.title, "title_en": content.title_en, "time_zone": content.time_zone,
        "starts_on": face.calendar.first_day, "weeks": content.weeks,
        "purpose": content.plan.purpose, "target_group": content.plan.target_group, "scale": content.plan.scale,
        "staff_needed": {
            "assistants": content.plan.staff_needed.assistants, "experts": content.plan.staff_needed.experts,
        },
        "content_lines": content.plan.content_lines.iter().map(line).collect::<Vec<_>>(),
        "budget_lines": content.plan.budget.iter()
            .map(|b| json!({"title": b.item, "fen": b.amount_fen})).collect::<Vec<_>>(),
    });
    face.edit(lead, &path, plan.clone()).await?;
    face.at(when(70, 17));
    face.edit_as_of(lead, &path, Method::POST, &format!("{path}/submit"), json!({})).await?;
    face.at(when(66, 10));
    face.edit_as_of(
        office,
        &path,
        Method::POST,
        &format!("{path}/return"),
        json!({"reasons": content.plan.review.first_reason}),
    )
    .await?;
    face.at(when(63, 15));
    face.edit(lead, &path, plan).await?;
    face.edit_as_of(lead, &path, Method::POST, &format!("{path}/submit"), json!({})).await?;
    face.at(when(60, 11));
    face.edit_as_of(
        office,
        &path,
        Method::POST,
        &format!("{path}/approve"),
        json!({"note": content.plan.review.second_reason}),
    )
    .await?;
    invite(face, people, training).await?;
    Ok(training)
}

async fn invite(face: &Face, people: &People, training: TrainingId) -> anyhow::Result<()> {
    let lead = people.id("lead")?;
    let staff = people.roster.staff.iter().filter(|s| matches!(s.role.as_str(), "expert" | "assistant"));
    for (days, somebody) in (40..=55).rev().zip(staff) {
        let person = people.id(&somebody.key)?;
        face.at(face.calendar.before_start(days, 9, 5));
        let invitation =
            json!({"person_id": person, "role": somebody.role, "message": "诚邀您一起带这八周的小班。"});
        let path = format!("/api/v1/trainings/{training}/staff-invitations");
        let made = face.post(lead, &path, invitation).await?;
        face.at(face.calendar.before_start(days, 20, 40));
        let accept = format!("/api/v1/staff-invitations/{}/accept", text(&made, "id")?);
        face.post_over(person, &accept, json!({}), &made).await?;
    }
    Ok(())
}
