//! A house to test in: the area's routes behind the real sign-in, and behind callers whom a test makes up.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::{HeaderMap, Method, Request, header};
use http_body_util::BodyExt as _;
use http_kit::{LayerOptions, Platform};
use identity::admin::{Particulars, Phone};
use identity::vault::Vault;
use identity::{Identity, RosterReader};
use kernel::id::{OrgUnitId, PersonId};
use kernel::{Grant, Role, Scope};
use realtime::{Hub, InProcessBus};
use serde_json::{Value, json};
use testkit::{TestApp, TestBed, TestPerson};
use tower::ServiceExt as _;

pub const PASSWORD: &str = "山里的孩子也能看见大海";

pub struct House {
    pub bed: TestBed,
    pub identity: Identity,
    pub hub: Hub,
    /// What other processes are told.
    pub told: Arc<InProcessBus>,
    /// Callers are the test's own.
    pub app: TestApp,
    /// Callers have signed in.
    real: Router,
    keys: tempfile::TempDir,
}

/// An answer of the real house.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub json: Value,
}

/// What a browser holds after signing in.
#[derive(Debug, Clone)]
pub struct Browser {
    pub token: String,
    pub cookie: String,
}

impl House {
    pub async fn build(bed: TestBed) -> Self {
        Self::build_at(bed, "http://localhost:8080").await
    }

    pub async fn build_at(bed: TestBed, public_url: &str) -> Self {
        let keys = tempfile::tempdir().expect("a folder");
        let vault = Vault::open_or_make(keys.path()).expect("a vault");
        let (db, ambient) = (bed.db().clone(), bed.ambient.clone());
        let identity = Identity::with_reader(db, ambient, vault, public_url, RosterReader::in_process());
        let told = Arc::new(InProcessBus::default());
        let hub = bed.hub_on(Arc::<InProcessBus>::clone(&told)).await;
        let app = bed.serve(identity::router(bed.platform(), hub.clone(), identity.clone()));
        let platform = Platform { authenticator: Arc::new(identity.clone()), ..bed.platform() };
        let live = realtime::router(hub.clone());
        let (router, _) =
            identity::router(platform.clone(), hub.clone(), identity.clone()).merge(live).split_for_parts();
        let real = http_kit::surround(router, platform, &LayerOptions::default());
        Self { bed, identity, hub, told, app, real, keys }
    }

    pub fn keys(&self) -> &std::path::Path {
        self.keys.path()
    }

    /// Somebody with a password.
    pub async fn with_password(&self, name: &str, phone: Option<&str>, account_name: &str) -> PersonId {
        let hash = self.identity.passwords().hash(&self.bed.ambient, PASSWORD).await.expect("not busy");
        let mut tx = self.bed.db().begin_write().await.expect("a transaction");
        let particulars =
            Particulars { name: name.into(), phone: phone.and_then(Phone::parse), ..Particulars::default() };
        let (ambient, vault) = (&self.bed.ambient, self.identity.vault());
        let person = identity::admin::enter(&mut tx, ambient, vault, particulars, Some(account_name))
            .await
            .expect("a person");
        identity::admin::set_password(&mut tx, person, &hash).await.expect("a password");
        tx.commit().await.expect("a commit");
        person
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Reply {
        self.send_from(IpAddr::V4(Ipv4Addr::LOCALHOST), method, path, body, headers).await
    }

    pub async fn send_from(
        &self,
        from: IpAddr,
        method: Method,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut request =
            Request::builder().method(method).uri(path).extension(ConnectInfo(SocketAddr::from((from, 1))));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = match body {
            Some(json) => {
                request.header(header::CONTENT_TYPE, "application/json").body(Body::from(json.to_string()))
            }
            None => request.body(Body::empty()),
        };
        let response = self.real.clone().oneshot(request.expect("a request")).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("the body arrives").to_bytes();
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Reply { status: parts.status.as_u16(), headers: parts.headers, json }
    }

    pub async fn try_sign_in(&self, login: &str, password: &str) -> Reply {
        let body = json!({ "login": login, "password": password });
        self.send(Method::POST, "/api/v1/sign-in", Some(body), &[]).await
    }

    pub async fn sign_in(&self, login: &str) -> Browser {
        self.try_sign_in(login, PASSWORD).await.browser()
    }

    pub async fn refresh(&self, cookie: &str) -> Reply {
        self.send(Method::POST, "/api/v1/session/refresh", None, &[("cookie", cookie)]).await
    }

    pub async fn get_as(&self, browser: &Browser, path: &str) -> Reply {
        self.send(Method::GET, path, None, &[("authorization", &format!("Bearer {}", browser.token))]).await
    }

    pub async fn post_as(&self, browser: &Browser, path: &str, body: Value) -> Reply {
        let key: kernel::id::JobId = self.bed.ambient.new_id();
        let headers =
            [("authorization", format!("Bearer {}", browser.token)), ("idempotency-key", key.to_string())];
        let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (*n, v.as_str())).collect();
        self.send(Method::POST, path, Some(body), &headers).await
    }

    /// A province with a county and a school, and somebody who holds a role over the province.
    pub async fn province(&self, name: &str, role: Role) -> (TestPerson, Units) {
        use testkit::rows::identity as rows;
        let province = rows::org_unit(&self.bed, None, "province", name).await;
        let county = rows::org_unit(&self.bed, Some(province), "county", "通渭县").await;
        let school = rows::org_unit(&self.bed, Some(county), "central_school", "青石湾镇中心小学").await;
        let grant = Grant { role, scope: Scope::OrgUnit(province) };
        let overseer = self.bed.person("主管", &[grant]).await;
        rows::belongs_to(&self.bed, overseer.id, province).await;
        rows::grant(&self.bed, overseer.id, grant).await;
        (overseer, Units { province, county, school })
    }

    pub async fn administrator(&self) -> TestPerson {
        let grant = Grant { role: Role::Administrator, scope: Scope::System };
        let person = self.bed.person("管理员", &[grant]).await;
        testkit::rows::identity::grant(&self.bed, person.id, grant).await;
        person
    }

    /// How many audit entries say this.
    pub async fn audited(&self, action: &str) -> usize {
        let mut conn = self.bed.db().read().await.expect("a reader");
        let entries = storage::audit::page(&mut conn, "system", i64::MAX, 1000).await.expect("entries");
        entries.iter().filter(|entry| entry.action == action).count()
    }

    pub async fn count(&self, text: &'static str) -> i64 {
        let mut conn = self.bed.db().read().await.expect("a reader");
        storage::sql(text).one(&mut conn).await.expect("a count")
    }
}

pub struct Units {
    pub province: OrgUnitId,
    pub county: OrgUnitId,
    pub school: OrgUnitId,
}

impl Reply {
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.json);
        self
    }
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.json["code"].as_str()), (status, Some(code)), "{}", self.json);
        self
    }
    /// `name=value` of the cookie that this answer sets.
    pub fn cookie(&self) -> String {
        let cookie = self.headers.get(header::SET_COOKIE).expect("a cookie").to_str().expect("ASCII");
        cookie.split(';').next().expect("a pair").to_owned()
    }
    #[track_caller]
    pub fn browser(self) -> Browser {
        let reply = self.expect(200);
        let token = reply.json["access_token"].as_str().expect("a token").to_owned();
        Browser { token, cookie: reply.cookie() }
    }
}
