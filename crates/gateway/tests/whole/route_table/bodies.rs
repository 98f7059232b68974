//! What is sent along, so that a request comes as far as the question who may.

use serde_json::{Value, json};

use super::place::Place;

/// The query that a route cannot do without.
pub fn query(path: &str) -> &'static str {
    match path {
        "/api/v1/my/standing" => "?training_id={training_id}",
        "/api/v1/live/events" => "?channel=class:{class_id}",
        "/api/v1/placements/{placement_id}/effect" => "?class_id={class_id}",
        "/api/v1/public/certificates/{serial}" => "?key={key}",
        "/credentials/{serial}" => "?k={key}",
        "/blob/{blob_id}" => {
            "?exp=1&by=per_00000000000000000000000000&on=ses_00000000000000000000000000&of=own&sig=none"
        }
        "/api/v1/live" => "?ticket=none",
        _ => "",
    }
}

/// Routes that take a form with a file; the form comes empty.
const FORMS: [&str; 7] = [
    "/api/v1/roster-imports",
    "/api/v1/trainings/{training_id}/micro-videos",
    "/api/v1/trainings/{training_id}/resource-files",
    "/api/v1/micro-videos/{micro_video_id}/poster",
    "/api/v1/micro-videos/{micro_video_id}/subtitles",
    "/api/v1/tasks/{task_id}/submission/file",
    "/api/v1/public/certificates/verify",
];

/// Content type and bytes, about the things of a place. Each asking has a number.
pub fn body(method: &str, path: &str, about: &Place, asking: u32) -> (&'static str, String) {
    if path == "/api/v1/sign-in" {
        // Another account each time: who keeps guessing one is made to wait.
        return (
            "application/json",
            json!({ "login": format!("nobody-{asking}"), "password": "wrong" }).to_string(),
        );
    }
    if method == "POST" && FORMS.contains(&path) {
        return ("multipart/form-data; boundary=b", "--b--\r\n".to_owned());
    }
    match method {
        "GET" | "DELETE" => ("text/plain", String::new()),
        _ => ("application/json", json(path, &|name| about.thing(name).to_owned()).to_string()),
    }
}

fn json(path: &str, thing: &dyn Fn(&str) -> String) -> Value {
    let known = path.strip_prefix("/api/v1/").unwrap_or_default();
    offices(known, thing)
        .or_else(|| gate(known, thing))
        .or_else(|| classes(known, thing))
        .or_else(|| week(known, thing))
        .or_else(|| assessment(known, thing))
        .or_else(|| certificates(known, thing))
        .unwrap_or_else(|| json!({}))
}

fn offices(path: &str, thing: &dyn Fn(&str) -> String) -> Option<Value> {
    let person = || json!({ "name": "新来的", "phone": "16000009999", "org_unit_id": thing("org_unit_id") });
    Some(match path {
        // Too short a password, so that the link stays.
        "first-use" => json!({ "token": thing("token"), "password": "1234567" }),
        // Too short, so that everybody keeps theirs.
        "me/password" => json!({ "current": "wrong", "password": "1234567" }),
        "grants" => {
            json!({ "person_id": thing("person_id"), "role": "school_head", "org_unit_id": thing("org_unit_id") })
        }
        "org-units" => {
            json!({ "parent_id": thing("org_unit_id"), "level": "teaching_point", "name": "新教学点" })
        }
        "org-units/{org_unit_id}" => json!({ "name": "中心小学" }),
        "people" | "people/{person_id}" => person(),
        "people/{person_id}/reveal" => json!({ "reason": "核对证书" }),
        "roster-imports/{roster_import_id}/hidden-rows" => json!({ "taken": true }),
        "roster-imports/{roster_import_id}/units" => {
            json!({ "decisions": [{ "place": "甘肃省", "make": true }] })
        }
        "trainings" => {
            json!({ "org_unit_id": thing("county_id"), "title": "新培训", "starts_on": "2026-11-02", "weeks": 1 })
        }
        "trainings/{training_id}/plan" => plan(),
        "trainings/{training_id}/plan/return" => json!({ "reasons": "请补充。" }),
        "staff-invitations/{invitation_id}/end" | "applications/{application_id}/end" => {
            json!({ "reason": "调动" })
        }
        "trainings/{training_id}/leads" => json!({ "person_id": thing("person_id") }),
        "training-leads/{lead_id}/end" => json!({ "reason": "调动" }),
        "trainings/{training_id}/staff-invitations" => {
            json!({ "person_id": thing("person_id"), "role": "assistant" })
        }
        _ => return None,
    })
}

fn plan() -> Value {
    json!({
        "title": "复式教学", "time_zone": "Asia/Shanghai", "starts_on": "2026-11-02", "weeks": 1,
        "purpose": "有方法", "target_group": "教学点教师", "scale": 20,
        "staff_needed": { "assistants": 1, "experts": 1 },
        "content_lines": [{ "title": "一堂课", "first_week": 1, "last_week": 1 }], "budget_lines": [],
    })
}

fn gate(path: &str, thing: &dyn Fn(&str) -> String) -> Option<Value> {
    Some(match path {
        "applications/{application_id}/decide" => json!({ "decision": "admit", "reason": "材料齐全" }),
        "applications/{application_id}/recommend" => json!({ "recommended": true, "reason": "认真" }),
        "trainings/{training_id}/applications/admit-next" => {
            json!({ "application_id": thing("application_id"), "reason": "有人退出" })
        }
        "trainings/{training_id}/applications/decide-many" => {
            let applications = json!([{ "application_id": thing("application_id"), "version": 0 }]);
            json!({ "applications": applications, "decision": "admit", "reason": "材料齐全" })
        }
        "trainings/{training_id}/notice" => json!({
            "title": "招募", "body_markdown": "欢迎", "opens_at": "2026-11-01T00:00:00Z",
            "closes_at": "2026-12-01T00:00:00Z", "capacity": 20, "eligibility": [], "willingness": [],
            "threshold": 0, "pledge": [],
        }),
        _ => return None,
    })
}

fn classes(path: &str, thing: &dyn Fn(&str) -> String) -> Option<Value> {
    Some(match path {
        "classes/{class_id}" => json!({ "name": "一班" }),
        "classes/{class_id}/charter" => json!({ "vision": "互相帮助", "clauses": ["按时完成任务"] }),
        "classes/{class_id}/charter/clauses" => json!({ "body": "不懂就问" }),
        "classes/{class_id}/charter/sign" => json!({ "version": 1 }),
        "classes/{class_id}/staff-assignments" => {
            json!({ "person_id": thing("person_id"), "role": "assistant" })
        }
        "staff-assignments/{assignment_id}/dismiss" => json!({ "reason": "另有任务" }),
        "placements/{placement_id}/move" => json!({ "class_id": thing("class_id") }),
        "trainings/{training_id}/placements" => {
            json!({ "person_id": thing("person_id"), "class_id": thing("class_id") })
        }
        "classes/{class_id}/topics" => {
            json!({ "kind": "discussion", "title": "大家好", "body": "我是新来的。", "client_id": "device-9-1" })
        }
        "topics/{topic_id}/posts" => json!({ "body": "我也是。", "client_id": "device-9-2" }),
        "posts/{post_id}" => json!({ "body": "改一个字。" }),
        "topics/{topic_id}/closed" => json!({ "closed": true }),
        "topics/{topic_id}/pinned" => json!({ "pinned": true }),
        "topics/{topic_id}/seen" => json!({ "number": 1 }),
        "classes/{class_id}/announcements" => json!({ "title": "通知", "body": "明天见。" }),
        _ => return None,
    })
}

fn week(path: &str, thing: &dyn Fn(&str) -> String) -> Option<Value> {
    let words = "四年级先做三道题，二年级听讲，十分钟后交换。";
    Some(match path {
        "micro-videos/{micro_video_id}" => json!({ "title": "一天", "is_withdrawn": false }),
        "trainings/{training_id}/resources" => json!({ "title": "表", "kind": "article",
            "url": "https://example.org/b", "source": "县教研室", "licence": "CC BY 4.0" }),
        "trainings/{training_id}/task-lists" => json!({ "week": 2, "goal": "分层作业" }),
        "task-lists/{list_id}" => json!({ "week": 1, "goal": "看看时间" }),
        "task-lists/{list_id}/order" => json!({ "task_ids": [thing("task_id")] }),
        "task-lists/{list_id}/state" => json!({ "state": "ready" }),
        "task-lists/{list_id}/tasks" | "tasks/{task_id}" => {
            json!({ "kind": "read", "title": "读", "minutes": 5, "body_markdown": "读一读" })
        }
        "tasks/{task_id}/withdraw" => json!({ "correction": "不用做了" }),
        "tasks/{task_id}/reflection" => json!({ "draft": words, "based_on": 0 }),
        "tasks/{task_id}/reflection/hand-in" => json!({ "body": words, "based_on": 0 }),
        "tasks/{task_id}/watch-evidence" => json!({ "playback_id": thing("playback_id"), "records": [
            { "counter": 0, "from_ms": 0, "to_ms": 10, "rate_hundredths": 100, "wall_ms": 10, "is_visible": true }] }),
        "trainings/{training_id}/board-settings" => json!({ "grace_days": 7, "revision_days": 7 }),
        _ => return None,
    })
}

fn assessment(path: &str, thing: &dyn Fn(&str) -> String) -> Option<Value> {
    let words = "四年级先做三道题，二年级听讲，十分钟后交换。";
    let level = |key: &str, points: u8| json!({ "key": key, "title": key, "points": points });
    Some(match path {
        "tasks/{task_id}/submission" => json!({ "text": words, "based_on": 0 }),
        "tasks/{task_id}/submission/hand-in" => json!({ "text": words, "based_on": 0, "files": [] }),
        "test-papers/{paper_id}/attempts" => json!({ "task_id": thing("test") }),
        "submissions/{submission_id}/review" | "reflections/{reflection_id}/review" => {
            json!({ "hand_in": 1, "based_on": 0 })
        }
        "submissions/{submission_id}/review/finish" | "reflections/{reflection_id}/review/finish" => {
            json!({ "decision": "grade", "hand_in": 1, "based_on": 0 })
        }
        "trainings/{training_id}/evaluation-scheme" | "trainings/{training_id}/evaluation-scheme/what-if" => {
            json!({
                "components": [{ "kind": "tasks", "weight": 100 }], "pass_from": 60, "good_from": 80,
                "excellent_from": 90, "credits_tenths": 200, "hours": 20, "late_percent": 80, "posts_wanted": 2,
            })
        }
        "trainings/{training_id}/rubrics" => json!({ "work_kind": "assignment", "title": "表", "criteria": [
            { "key": "clear", "title": "清楚", "levels": [level("low", 0), level("high", 5)] }] }),
        "trainings/{training_id}/test-papers" | "trainings/{training_id}/test-papers/{paper_id}" => json!({
            "title": "新卷", "attempts_allowed": 1, "multiple_rule": "partial", "show_answers": "after_last",
            "items": [],
        }),
        "trainings/{training_id}/test-papers/{paper_id}/publish" => json!({ "version": 1 }),
        _ => return None,
    })
}

fn certificates(path: &str, thing: &dyn Fn(&str) -> String) -> Option<Value> {
    Some(match path {
        "certificate-batches/{batch_id}/decide" => {
            json!({ "entries": [{ "entry_id": thing("entry_id"), "decision": "approve" }] })
        }
        "certificates/{certificate_id}/propose-correction" => {
            json!({ "learner_name": "何秀岚", "reason": "姓名登记有误" })
        }
        "certificates/{certificate_id}/propose-revocation" => {
            json!({ "cause": "misconduct", "reason": "他人代学" })
        }
        "certificate-changes/{change_id}/refuse" => json!({ "reason": "证据不足" }),
        _ => return None,
    })
}
