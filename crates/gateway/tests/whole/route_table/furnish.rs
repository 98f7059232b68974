//! Makes a place: a province, a training under way with its people, and one of everything that routes speak of.

use std::collections::BTreeMap;

use axum::Router;
use gateway::World;
use http_kit::Authenticator as _;
use kernel::id::{ClassId, OrgUnitId, PersonId, PlacementId, RosterImportId, StaffAssignmentId, TrainingId};
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use storage::sql;
use testkit::{TestBed, TestPerson, rows};

use super::desk::Desk;
use super::place::{Caller, Place};

pub async fn furnish(bed: &TestBed, world: &World, router: &Router, province: &str) -> Place {
    Builder::new(bed, router, province).await.build(world).await
}

/// What is there while a place is made.
struct Builder<'a> {
    bed: &'a TestBed,
    desk: Desk<'a>,
    things: BTreeMap<&'static str, String>,
    people: BTreeMap<Caller, TestPerson>,
    school: OrgUnitId,
    training: TrainingId,
    class: ClassId,
}

impl<'a> Builder<'a> {
    async fn new(bed: &'a TestBed, router: &'a Router, name: &str) -> Self {
        let province = rows::identity::org_unit(bed, None, "province", name).await;
        let county = rows::identity::org_unit(bed, Some(province), "county", "通渭县").await;
        let school = rows::identity::org_unit(bed, Some(county), "central_school", "中心小学").await;
        let away = rows::identity::org_unit(bed, None, "province", &format!("{name}之外")).await;
        let training = rows::training_plan::training(bed, county, "复式教学", "2026-11-02", 8).await;
        rows::training_plan::running(bed, training).await;
        let class = rows::class_allocation::class(bed, training, "一班").await;
        let mut builder = Self {
            bed,
            desk: Desk { bed, router },
            things: BTreeMap::new(),
            people: BTreeMap::new(),
            school,
            training,
            class,
        };
        let (of_training, of_class) = (Scope::Training(training), Scope::Class(class));
        for (caller, name, grants) in [
            (Caller::Stranger, "路人", vec![]),
            (Caller::Learner, "何秀兰", vec![(Role::Learner, of_training), (Role::Learner, of_class)]),
            (Caller::Assistant, "李婷", vec![(Role::Assistant, of_training), (Role::Assistant, of_class)]),
            (Caller::Expert, "周敏贤", vec![(Role::Expert, of_training), (Role::Expert, of_class)]),
            (
                Caller::Lead,
                "宋玉梅",
                vec![(Role::TrainingLead, of_training), (Role::TrainingLead, Scope::OrgUnit(county))],
            ),
            (Caller::Office, "韩正清", vec![(Role::ProvincialOffice, Scope::OrgUnit(province))]),
            (Caller::OtherOffice, "马文静", vec![(Role::ProvincialOffice, Scope::OrgUnit(away))]),
            (Caller::Administrator, "高志远", vec![(Role::Administrator, Scope::System)]),
        ] {
            let grants: Vec<Grant> = grants.into_iter().map(|(role, scope)| Grant { role, scope }).collect();
            let person = bed.person(name, &grants).await;
            for grant in grants {
                rows::identity::grant(bed, person.id, grant).await;
            }
            builder.sign_in(&person).await;
            builder.people.insert(caller, person);
        }
        builder.keep("training_id", training);
        let lead = builder.id(Caller::Lead);
        builder.keep("lead_id", rows::training_plan::lead(bed, training, lead).await);
        builder.keep("class_id", class);
        builder.keep("org_unit_id", school);
        builder.keep("county_id", county);
        builder.keep("province_id", province);
        let learner = builder.id(Caller::Learner);
        builder.keep("learner_id", learner);
        builder
    }

    fn keep(&mut self, name: &'static str, thing: impl ToString) {
        self.things.insert(name, thing.to_string());
    }
    fn keep_text(&mut self, name: &'static str, thing: &Value) {
        self.keep(name, thing.as_str().unwrap_or_else(|| panic!("{name}: {thing} is no text")));
    }
    fn id(&self, caller: Caller) -> PersonId {
        self.people[&caller].id
    }

    /// The session that somebody's token names, for those who ask whether it still lasts.
    async fn sign_in(&self, person: &TestPerson) {
        let actor = self.bed.callers.actor(&person.token).await.expect("the book knows them");
        let mut tx = self.bed.db().begin_write().await.expect("a transaction");
        sql("insert into sessions (id, person_id, created_at, renewed_at, expires_at) values ($1, $2, $3, $3, $4)")
            .bind(actor.session)
            .bind(actor.person)
            .bind(self.bed.ambient.now())
            .bind(self.bed.ambient.now().plus_days(1))
            .exec(&mut tx)
            .await
            .expect("a session is stored");
        tx.commit().await.expect("a commit");
    }

    async fn build(mut self, world: &World) -> Place {
        self.seat_everybody().await;
        let applicant = self.applicant().await;
        self.roster_import().await;
        self.week().await;
        self.talk().await;
        self.people_and_staff(applicant).await;
        self.certificates(world).await;
        let learner = self.people[&Caller::Learner].token.clone();
        let notices = self.desk.get(&learner, "/api/v1/notices").await;
        self.keep_text("notice_id", &notices["items"][0]["id"]);
        self.keep("week", 1);
        self.keep("blob_id", "blb_01h455vb4pex5vsknk084sn02q");
        let tokens = self.people.into_iter().map(|(caller, person)| (caller, person.token)).collect();
        Place::new(tokens, self.things)
    }

    /// The classes are published, the learner and the staff have their places.
    async fn seat_everybody(&mut self) {
        let (bed, class, training) = (self.bed, self.class, self.training);
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        sql("insert into allocations (training_id, state, seed, most_local_percent, version, made_at, locked_at, published_at) \
             values ($1, 'published', 1, 60, 1, $2, $2, $2)")
        .bind(training)
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("an allocation is stored");
        tx.commit().await.expect("a commit");
        rows::identity::belongs_to(bed, self.id(Caller::Learner), self.school).await;
        rows::gate_admission::admitted(bed, training, self.id(Caller::Learner), 1).await;
        rows::class_allocation::place(bed, class, self.id(Caller::Learner), true).await;
        for (caller, role) in [(Caller::Assistant, Role::Assistant), (Caller::Expert, Role::Expert)] {
            rows::training_plan::staff(bed, training, self.id(caller), role).await;
            rows::class_allocation::assign(bed, class, self.id(caller), role).await;
        }
        let mut conn = bed.db().read().await.expect("a reader");
        let placement: PlacementId = sql("select id as value from placements where class_id = $1")
            .bind(class)
            .one(&mut conn)
            .await
            .expect("a placement");
        let assignment: StaffAssignmentId =
            sql("select id as value from staff_assignments where class_id = $1 and role = 'assistant'")
                .bind(class)
                .one(&mut conn)
                .await
                .expect("an assignment");
        self.keep("placement_id", placement);
        self.keep("assignment_id", assignment);
    }

    /// Somebody of the school who has applied.
    async fn applicant(&mut self) -> PersonId {
        let person = self.bed.person("王小明", &[]).await;
        rows::identity::belongs_to(self.bed, person.id, self.school).await;
        let mine = format!("/api/v1/trainings/{}/my-application", self.training);
        self.desk.put(&person.token, &mine, json!({ "hours_a_week": 4 })).await;
        let submitted = self.desk.post_at(1, &person.token, &format!("{mine}/submit"), json!({})).await;
        self.keep_text("application_id", &submitted["application_id"]);
        self.keep("person_id", person.id);
        person.id
    }

    async fn roster_import(&mut self) {
        let id: RosterImportId = self.bed.ambient.new_id();
        let mut tx = self.bed.db().begin_write().await.expect("a transaction");
        sql("insert into roster_imports (id, person_id, file_name, state, created_at, row_count, wrong_count, new_count, \
             changed_count, unit_count, confirm_count, hidden_count, unit_choices, findings, new_units) \
             values ($1, $2, '名单.xlsx', 'checked', $3, 0, 0, 0, 0, 0, 0, 0, $5, $4, $6)")
        .bind(id)
        .bind(self.id(Caller::Office))
        .bind(self.bed.ambient.now())
        .bind(json!({ "unread_columns": [], "unread_sheets": [], "hidden_sheets": [], "hidden_columns": [],
            "new_provinces": [], "new_units": [], "undecided_units": 0, "matched_units": [], "new_role_count": 0, "new_roles": [] }))
        .bind(json!({}))
        .bind(json!([]))
        .exec(&mut tx)
        .await
        .expect("an import is stored");
        tx.commit().await.expect("a commit");
        self.keep("roster_import_id", id);
    }

    /// A week with a task of each kind, and what the learner made of it.
    async fn week(&mut self) {
        let (bed, training, class) = (self.bed, self.training, self.class);
        let video = rows::course_library::micro_video(bed, training, "一师一校的一天", 60).await;
        let paper = rows::assessment::paper(bed, training, "复式教学入门").await;
        let list = rows::task_board::list(bed, training, 1, &[class]).await;
        let task =
            async |kind: &str, reference| rows::task_board::task(bed, list, kind, kind, reference).await;
        let read = task("read", None).await;
        let watch = task("watch", Some(video.uuid())).await;
        let discuss = task("discuss", None).await;
        let test = task("test", Some(paper.uuid())).await;
        let assignment = task("assignment", None).await;
        let reflect = task("reflect", None).await;
        let learner = self.people[&Caller::Learner].clone();
        rows::task_board::claim(bed, list, class, learner.id).await;
        let attempt = rows::assessment::attempt(bed, paper, test, class, learner.id, (10, 10)).await;
        self.keep("micro_video_id", video);
        self.keep("paper_id", paper);
        self.keep("list_id", list);
        self.keep("task_id", read);
        self.keep("attempt_id", attempt);
        for (kind, task) in [
            ("watch", watch),
            ("discuss", discuss),
            ("test", test),
            ("assignment", assignment),
            ("reflect", reflect),
        ] {
            self.keep(kind, task);
        }
        let words = "四年级先做三道题，二年级听讲，十分钟后交换。";
        let hand_in = |task: kernel::id::TaskId, what: &str| format!("/api/v1/tasks/{task}/{what}/hand-in");
        let body = json!({ "text": words, "based_on": 0, "files": [] });
        let work = self.desk.post(&learner.token, &hand_in(assignment, "submission"), body).await;
        self.keep_text("submission_id", &work["id"]);
        let work = self
            .desk
            .post(&learner.token, &hand_in(reflect, "reflection"), json!({ "body": words, "based_on": 0 }))
            .await;
        self.keep_text("reflection_id", &work["id"]);
        let playback =
            self.desk.post(&learner.token, &format!("/api/v1/tasks/{watch}/playbacks"), json!({})).await;
        self.keep_text("playback_id", &playback["id"]);
        let assistant = self.people[&Caller::Assistant].token.clone();
        let resource =
            self.desk.upload(&assistant, &format!("/api/v1/trainings/{training}/resource-files")).await;
        self.keep_text("resource_id", &resource["id"]);
    }

    async fn talk(&mut self) {
        let learner = self.people[&Caller::Learner].token.clone();
        let topic = json!({ "kind": "question", "title": "怎么分", "body": "四十分钟怎么分？", "client_id": "device-1" });
        let topics = format!("/api/v1/classes/{}/topics", self.class);
        let topic = self.desk.post(&learner, &topics, topic).await;
        self.keep_text("topic_id", &topic["id"]);
        let page = self.desk.get(&learner, &format!("/api/v1/topics/{}", self.things["topic_id"])).await;
        self.keep_text("post_id", &page["posts"][0]["id"]);
    }

    /// An open invitation, a grant, and a one-time link.
    async fn people_and_staff(&mut self, applicant: PersonId) {
        let invitee = self.bed.person("赵助教", &[]).await;
        let lead = self.people[&Caller::Lead].token.clone();
        let invitation = json!({ "person_id": invitee.id, "role": "assistant" });
        let path = format!("/api/v1/trainings/{}/staff-invitations", self.training);
        let invitation = self.desk.post(&lead, &path, invitation).await;
        self.keep_text("invitation_id", &invitation["id"]);
        let head = self.bed.person("常耀东", &[]).await;
        rows::identity::belongs_to(self.bed, head.id, self.school).await;
        let office = self.people[&Caller::Office].token.clone();
        let grant = json!({ "person_id": head.id, "role": "school_head", "org_unit_id": self.school });
        let grant = self.desk.post(&office, "/api/v1/grants", grant).await;
        self.keep_text("grant_id", &grant["id"]);
        let link =
            self.desk.post(&office, &format!("/api/v1/people/{applicant}/first-use-link"), json!({})).await;
        let link = link["link"].as_str().expect("a link").to_owned();
        self.keep("token", link.split_once("?token=").expect("a token").1);
    }

    /// The learner's certificate, and a draft with a classmate in it.
    async fn certificates(&mut self, world: &World) {
        let (bed, training, class) = (self.bed, self.training, self.class);
        let (lead, office) =
            (self.people[&Caller::Lead].token.clone(), self.people[&Caller::Office].token.clone());
        let learner = self.people[&Caller::Learner].clone();
        rows::assessment::final_result(bed, training, class, learner.id, 9500, "excellent").await;
        // Batches are made of the results of a closed training; everything else here is about a running one.
        rows::training_plan::closed(bed, training).await;
        let batches = format!("/api/v1/trainings/{training}/certificate-batches");
        let batch = self.desk.post(&lead, &batches, json!({})).await;
        let path = format!("/api/v1/certificate-batches/{}", batch["batch"]["id"].as_str().expect("an id"));
        self.desk.post_at(1, &lead, &format!("{path}/submit"), json!({})).await;
        let entries =
            json!({ "entries": [{ "entry_id": batch["entries"][0]["id"], "decision": "approve" }] });
        self.desk.post_at(2, &office, &format!("{path}/decide"), entries).await;
        world.areas.runner().run_due().await.expect("the jobs run");
        let mine = self.desk.get(&learner.token, "/api/v1/my/certificates").await;
        let certificate = &mine["items"][0];
        self.keep_text("certificate_id", &certificate["id"]);
        self.keep_text("serial", &certificate["serial"]);
        let path =
            format!("/api/v1/certificates/{}/propose-revocation", certificate["id"].as_str().expect("an id"));
        let body = json!({ "cause": "misconduct", "reason": "他人代学" });
        let change = self.desk.post(&office, &path, body).await;
        self.keep_text("change_id", &change["id"]);
        let address = certificate["verify_url"].as_str().expect("an address").to_owned();
        self.keep("key", address.rsplit_once("?k=").expect("a key").1);
        let keys = self.desk.get(&learner.token, "/.well-known/jwks.json").await;
        self.keep_text("key_id", &keys["keys"][0]["kid"]);
        self.keep("list", 1);

        let classmate = bed.person("赵春生", &[]).await;
        rows::gate_admission::admitted(bed, training, classmate.id, 2).await;
        rows::class_allocation::place(bed, class, classmate.id, true).await;
        rows::assessment::final_result(bed, training, class, classmate.id, 7000, "pass").await;
        let draft = self.desk.post(&lead, &batches, json!({})).await;
        self.keep_text("batch_id", &draft["batch"]["id"]);
        self.keep_text("entry_id", &draft["entries"][0]["id"]);
        rows::training_plan::running(bed, training).await;
    }
}
