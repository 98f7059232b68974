//! `lingxue`, the program: what it can be told, and what each word does.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use gateway::World;
use gateway::config::Config;
use gateway::doctor::Depth;
use gateway::world::Doors;
use tokio_util::sync::CancellationToken;

// Requests allocate much and shortly, rows and JSON above all.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(
    name = "lingxue",
    version,
    about = "Lingxue 领学: guided small private online courses for teachers"
)]
struct Arguments {
    /// The configuration file (TOML). Every key is also an environment variable LINGXUE_SECTION_KEY.
    #[arg(long, env = "LINGXUE_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the platform until Ctrl-C or SIGTERM.
    Serve,
    /// Brings the database's schema up to date.
    Migrate,
    /// Fills an empty database with the demo training.
    Demo {
        /// Leave a database in use alone without complaint.
        #[arg(long)]
        if_empty: bool,
        /// Only print who can sign in.
        #[arg(long)]
        print_sign_ins: bool,
    },
    /// Looks for what is wrong: settings, database, files, jobs, audit chains, keys, fonts.
    Doctor,
    /// The same, and besides every file, every sealed value and every certificate.
    Verify {
        /// Look at this backup instead: whether every byte of it is what it was.
        #[arg(long, value_name = "FOLDER")]
        backup: Option<PathBuf>,
    },
    /// Copies everything but the keys into a new folder, while the server runs.
    Backup { folder: PathBuf },
    /// Puts a backup into an empty place.
    Restore { folder: PathBuf },
    /// The keys that live outside the database.
    #[command(subcommand)]
    Keys(Keys),
    /// The file that keeps what the audit chains were.
    #[command(subcommand)]
    Anchors(Anchors),
    /// Jobs that were given up.
    #[command(subcommand)]
    Jobs(Jobs),
    /// Writes the OpenAPI document to standard output.
    Openapi,
    /// People of the system itself.
    #[command(subcommand)]
    Admin(Admin),
    /// Reads a workbook from standard input for the server, in a process of its own.
    #[command(hide = true)]
    ParseXlsx,
}

#[derive(Subcommand)]
enum Keys {
    /// Shows which keys the database knows and which are in the folder; never the keys themselves.
    List,
    /// Makes new keys that take over in two minutes; the older ones go on reading.
    Rotate {
        /// Of these alone: personal, token, audit, certificates.
        purposes: Vec<String>,
        /// When the new keys take over; long enough to copy them to other hosts.
        #[arg(long, value_name = "MINUTES")]
        after: Option<u32>,
    },
    /// Seals all personal data with the key in use and retires the older ones.
    Reseal,
}

#[derive(Subcommand)]
enum Anchors {
    /// Writes the file from the database: on a further host, or after finding out why it went.
    Begin,
}

#[derive(Subcommand)]
enum Admin {
    /// Makes an administrator and prints the link by which they set their password.
    Create {
        /// The name to sign in with: letters, digits, dots, hyphens.
        account_name: String,
        /// The person's name.
        #[arg(long, default_value = "系统管理员")]
        name: String,
    },
}

#[derive(Subcommand)]
enum Jobs {
    /// Puts the given-up jobs of a kind back into the queue.
    Retry { kind: String },
    /// Deletes the given-up jobs of a kind.
    Discard { kind: String },
}

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    if let Command::ParseXlsx = arguments.command {
        return Ok(identity::parse_stdin_main());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run(arguments))?;
    Ok(ExitCode::SUCCESS)
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    if let Command::Openapi = arguments.command {
        println!("{}", gateway::areas::document().await?);
        return Ok(());
    }
    let config = Config::load(arguments.config.as_deref(), |name| std::env::var(name).ok())?;
    let _last_lines = gateway::telemetry::start(&config.log)?;
    match arguments.command {
        Command::Openapi | Command::ParseXlsx => Ok(()),
        Command::Admin(Admin::Create { account_name, name }) => {
            create_administrator(&config, &account_name, &name).await
        }
        Command::Migrate => gateway::world::migrate(&config).await,
        Command::Demo { print_sign_ins: true, .. } => gateway::demo::print_sign_ins(&config),
        Command::Demo { if_empty, .. } => gateway::demo::fill(&config, if_empty).await,
        Command::Doctor => gateway::doctor::run(&config, Depth::Sample).await,
        Command::Jobs(Jobs::Retry { kind }) => gateway::queue::retry(&config, &kind).await,
        Command::Jobs(Jobs::Discard { kind }) => gateway::queue::discard(&config, &kind).await,
        Command::Verify { backup: Some(folder) } => {
            let manifest = gateway::backup::check(&folder)?;
            println!("a whole backup of what was acknowledged before {}", manifest.begun_at);
            Ok(())
        }
        Command::Verify { backup: None } => gateway::doctor::run(&config, Depth::Everything).await,
        Command::Backup { folder } => gateway::backup::run(&config, &folder).await,
        Command::Restore { folder } => gateway::restore::run(&config, &folder).await,
        Command::Keys(Keys::List) => gateway::keys::list(&config).await,
        Command::Keys(Keys::Rotate { purposes, after }) => {
            gateway::keys::rotate(&config, &purposes, after).await
        }
        Command::Keys(Keys::Reseal) => gateway::keys::reseal(&config).await,
        Command::Anchors(Anchors::Begin) => gateway::anchoring::begin(&config).await,
        Command::Serve => serve(config).await,
    }
}

async fn create_administrator(config: &Config, account_name: &str, name: &str) -> anyhow::Result<()> {
    let world = World::open(config).await?;
    let platform = &world.platform;
    let mut tx = platform.db.begin_write().await?;
    let vault = world.areas.identity.vault();
    let link = identity::admin::create(&mut tx, &platform.ambient, vault, account_name, name).await?;
    tx.commit().await?;
    println!("{}", link.address(&platform.public_url));
    platform.db.close().await;
    Ok(())
}

async fn serve(mut config: Config) -> anyhow::Result<()> {
    config.server.connections = gateway::descriptors::prepare(&config);
    let world = World::open(&config).await?;
    let doors = Doors::open(&config.server).await?;
    let stop = CancellationToken::new();
    let signal = stop.clone();
    tokio::spawn(async move {
        wait_for_signal().await;
        tracing::info!("stopping: finishing what is under way");
        signal.cancel();
    });
    world.serve(doors, stop).await
}

async fn wait_for_signal() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        let _ = interrupt.await;
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}
