//! Where a server's data lies: a folder, with a database that is a file in it or one of PostgreSQL's. Filled ones are made once for each
//! program, and every round takes fresh copies.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use anyhow::Context as _;
use tokio::process::Command;

use crate::cluster::Cluster;
use crate::crowd;
use crate::programs::Program;
use crate::server;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Sqlite,
    Postgres,
}

pub const KINDS: [Kind; 2] = [Kind::Sqlite, Kind::Postgres];

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// How many people there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Size {
    Usual,
    TenTimes,
}

pub const SIZES: [Size; 2] = [Size::Usual, Size::TenTimes];

impl Size {
    /// The numbers of the demo's copies beside the demo itself: some 1,300 people, and some 13,000.
    fn copies(self) -> RangeInclusive<u32> {
        match self {
            Self::Usual => 1..=9,
            Self::TenTimes => 1..=99,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Place {
    pub folder: PathBuf,
    pub kind: Kind,
    cluster: Cluster,
}

impl Place {
    /// Nothing in it yet.
    pub async fn empty(folder: PathBuf, kind: Kind, cluster: &Cluster) -> anyhow::Result<Self> {
        let place = Self { folder, kind, cluster: cluster.clone() };
        std::fs::create_dir_all(&place.folder)?;
        if kind == Kind::Postgres {
            cluster.create(&place.database()?, None).await?;
        }
        Ok(place)
    }

    /// The demo, as the program makes it.
    pub async fn demo(
        program: &Program,
        folder: PathBuf,
        kind: Kind,
        cluster: &Cluster,
    ) -> anyhow::Result<Self> {
        let place = Self::empty(folder, kind, cluster).await?;
        let filled = server::command(program, &place)?.arg("demo").status().await?;
        anyhow::ensure!(filled.success(), "{} could not make the demo", program.label);
        Ok(place)
    }

    /// The same with more people in it.
    pub async fn grown(&self, folder: PathBuf, size: Size) -> anyhow::Result<Self> {
        let place = self.copy(folder).await?;
        match place.kind {
            Kind::Sqlite => crowd::sqlite::add(&place.file(), &size.copies())?,
            Kind::Postgres => crowd::postgres::add(&place.url()?, &size.copies()).await?,
        }
        Ok(place)
    }

    /// The same once more, elsewhere. Nobody may be using it.
    pub async fn copy(&self, folder: PathBuf) -> anyhow::Result<Self> {
        let place = Self { folder, ..self.clone() };
        std::fs::create_dir_all(&place.folder)?;
        let all = self.folder.join(".");
        let copied =
            Command::new("cp").args(["-a", "--reflink=auto"]).arg(&all).arg(&place.folder).status().await?;
        anyhow::ensure!(copied.success(), "{} cannot be copied", self.folder.display());
        if self.kind == Kind::Postgres {
            self.cluster.create(&place.database()?, Some(&self.database()?)).await?;
        }
        Ok(place)
    }

    pub async fn remove(self) -> anyhow::Result<()> {
        if self.kind == Kind::Postgres {
            self.cluster.drop(&self.database()?).await?;
        }
        Ok(std::fs::remove_dir_all(&self.folder)?)
    }

    /// SQLite's database.
    pub fn file(&self) -> PathBuf {
        self.folder.join("lingxue.db")
    }

    /// PostgreSQL's.
    pub fn url(&self) -> anyhow::Result<String> {
        Ok(self.cluster.url_of(&self.database()?))
    }

    fn database(&self) -> anyhow::Result<String> {
        let name =
            self.folder.file_name().and_then(|name| name.to_str()).context("a folder without a name")?;
        Ok(name.replace('-', "_"))
    }

    pub const fn cluster(&self) -> &Cluster {
        &self.cluster
    }
}
