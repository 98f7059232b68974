//! What lies in the database: no phone, no identity number, no token that could be used.

use kernel::Role;
use serde_json::json;
use testkit::{TestBed, Which, on_both_databases};

use crate::support::House;

on_both_databases!(nothing_readable_is_stored, |bed: TestBed| async move {
    let house = House::build(bed).await;
    house.with_password("王小明", Some("13812345678"), "wangxm").await;
    let browser = house.sign_in("wangxm").await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let desk = house.app.as_person(&office);
    let number = "629900198005010021";
    let body = json!({ "name": "何秀兰", "phone": "16000001001", "identity_number": number, "org_unit_id": units.school });
    let made = desk.post("/api/v1/people", body).await.expect(201).json();
    let path = format!("/api/v1/people/{}", made["id"].as_str().expect("an id"));
    desk.post(&format!("{path}/reveal"), json!({ "reason": "核对证书" })).await.expect(200);
    let link = desk.post(&format!("{path}/first-use-link"), json!({})).await.expect(201).json();
    let link = link["link"].as_str().expect("a link").split_once('=').expect("a token").1.to_owned();
    let refresh = browser.cookie.split_once('=').expect("a pair").1.to_owned();

    let secrets = ["13812345678", "16000001001", number, &link, &refresh, &browser.token];
    for (table, rows) in everything(&house).await {
        for secret in secrets {
            assert!(!rows.contains(secret), "{table} holds {secret}");
        }
    }
    if house.bed.which == Which::Sqlite {
        let address = house.bed.database.address.trim_start_matches("sqlite:").to_owned();
        for file in [address.clone(), format!("{address}-wal")] {
            let bytes = std::fs::read(&file).unwrap_or_default();
            for secret in secrets {
                assert!(
                    !bytes.windows(secret.len()).any(|w| w == secret.as_bytes()),
                    "{file} holds {secret}"
                );
            }
        }
    }
    assert!(std::fs::read_dir(house.keys()).expect("the keys").count() >= 4);
});

/// Every table that this area or its answers write, as text.
async fn everything(house: &House) -> Vec<(&'static str, String)> {
    let mut conn = house.bed.db().read().await.expect("a reader");
    let mut all = Vec::new();
    for (table, text) in [
        (
            "people",
            "select name || account_name || coalesce(phone_masked, '') || coalesce(identity_number_masked, '') \
           || coalesce(password_hash, '') as value from people",
        ),
        ("audit_entries", "select action || object || detail as value from audit_entries"),
    ] {
        let rows: Vec<String> = storage::sql(text).all(&mut conn).await.expect("rows");
        all.push((table, rows.join("\n")));
    }
    for (table, text) in [
        ("people", "select phone_cipher as value from people where phone_cipher is not null"),
        (
            "people",
            "select identity_number_cipher as value from people where identity_number_cipher is not null",
        ),
        ("people", "select phone_hash as value from people where phone_hash is not null"),
        ("refresh_tokens", "select digest as value from refresh_tokens"),
        ("first_use_links", "select digest as value from first_use_links"),
        ("idempotency_keys", "select body as value from idempotency_keys"),
    ] {
        let rows: Vec<Vec<u8>> = storage::sql(text).all(&mut conn).await.expect("rows");
        all.push((table, String::from_utf8_lossy(&rows.concat()).into_owned()));
    }
    all
}
