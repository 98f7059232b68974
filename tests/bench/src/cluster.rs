//! The throwaway PostgreSQL of this run: databases that come and go in it, and its account.

use anyhow::Context as _;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

use crate::account;

#[derive(Debug, Clone)]
pub struct Cluster {
    address: PgConnectOptions,
    pub account: account::Cluster,
    pub version: String,
}

impl Cluster {
    pub async fn at(url: &str) -> anyhow::Result<Self> {
        let address: PgConnectOptions = url.parse()?;
        let mut conn = PgConnection::connect_with(&address).await?;
        let folder: String = sqlx::query_scalar("show data_directory").fetch_one(&mut conn).await?;
        let version: String = sqlx::query_scalar("show server_version").fetch_one(&mut conn).await?;
        conn.close().await?;
        let version = version.split_whitespace().next().unwrap_or_default().to_owned();
        Ok(Self { address, account: account::Cluster::in_folder(&folder)?, version })
    }

    pub fn url_of(&self, database: &str) -> String {
        self.address.clone().database(database).to_url_lossy().into()
    }

    /// An empty database, or what another one holds; nobody may be in that one.
    pub async fn create(&self, database: &str, like: Option<&str>) -> anyhow::Result<()> {
        let like = like.map(|like| format!(" template {like} strategy file_copy")).unwrap_or_default();
        self.run(format!("create database {database}{like}")).await
    }

    pub async fn drop(&self, database: &str) -> anyhow::Result<()> {
        self.run(format!("drop database if exists {database} with (force)")).await
    }

    async fn run(&self, statement: String) -> anyhow::Result<()> {
        let mut conn = PgConnection::connect_with(&self.address).await?;
        conn.execute(AssertSqlSafe(statement.clone())).await.context(statement)?;
        Ok(conn.close().await?)
    }
}
