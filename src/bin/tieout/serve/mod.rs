//! `tieout serve`: the page and the commands over HTTP, on this machine.
//!
//! [`connection`] accepts and cuts off, [`guard`] stands before every answer, [`api`] answers programs with the JSON of
//! the commands, [`site`] answers people with pages, [`input`] reads what either was sent.

mod api;
mod connection;
mod guard;
mod input;
mod problem;
mod site;

use crate::args::RateArguments;
use crate::failure::{Failure, Status};
use axum::Router;
use clap::Args;
use problem::Problem;
use std::borrow::Cow;
use std::io::Write;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use tieout::RateTable;
use tokio::sync::Semaphore;

/// Serves the check and the calculators as a web page and as JSON, on this machine
///
/// Examples:
///   tieout serve
///   tieout serve --listen 127.0.0.1:9000
///   curl --json '{"text": "Sales rose 10% to $110m from $100m."}' http://127.0.0.1:8080/api/check
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Listen on an address that other machines reach; there is no encryption and no password
    #[arg(long)]
    allow_remote: bool,
    #[command(flatten)]
    rates: RateArguments,
}

/// What every request may use.
struct Service {
    table: Cow<'static, RateTable>,
    /// As many computations at a time as there are processors.
    processors: Arc<Semaphore>,
    allow_remote: bool,
}

/// Runs the command until it is told to stop.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let addresses = addresses(arguments)?;
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let service = Arc::new(Service {
        table: arguments.rates.table()?,
        processors: Arc::new(Semaphore::new(processors)),
        allow_remote: arguments.allow_remote,
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| cannot_listen(arguments, &error))?;
    let served = runtime.block_on(async {
        let listener = connection::bind(&addresses).await.map_err(|error| cannot_listen(arguments, &error))?;
        let address = listener.local_addr().map_err(|error| cannot_listen(arguments, &error))?;
        // OK to ignore: a service that nobody watches still serves.
        let _ = writeln!(std::io::stdout(), "tieout serves http://{address}/");
        connection::serve(listener, router(service)).await;
        Ok(Status::Clean)
    });
    // What still computes has had its time, and nobody waits for it.
    runtime.shutdown_background();
    served
}

/// The addresses, none of which other machines may reach unless that is asked for.
fn addresses(arguments: &Arguments) -> Result<Vec<SocketAddr>, Failure> {
    let addresses: Vec<SocketAddr> = arguments.listen.to_socket_addrs().map_err(|error| cannot_listen(arguments, &error))?.collect();
    match addresses.iter().find(|address| !address.ip().is_loopback()) {
        Some(remote) if !arguments.allow_remote => Err(Failure::CouldNotRun(format!(
            "--listen {}: other machines reach {}; say --allow-remote if they should",
            arguments.listen,
            remote.ip()
        ))),
        _ => Ok(addresses),
    }
}

fn cannot_listen(arguments: &Arguments, error: &std::io::Error) -> Failure {
    Failure::CouldNotRun(format!("--listen {}: {error}", arguments.listen))
}

fn router(service: Arc<Service>) -> Router {
    let guarded = axum::middleware::from_fn_with_state(Arc::clone(&service), guard::guard);
    Router::new()
        .merge(site::routes())
        .merge(api::routes())
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async { Problem::method_not_allowed() })
        .layer(axum::extract::DefaultBodyLimit::max(guard::BODY_BYTES))
        .layer(guarded)
        .with_state(service)
}

/// Up to how many bytes of text a check is over before another thread would have taken it.
const AT_ONCE: usize = 4 * 1024;

impl Service {
    /// Computes what takes a text of so many bytes: at once where that is less than the way to another thread.
    async fn compute_for<T: Send + 'static>(
        self: Arc<Self>,
        bytes: usize,
        work: impl FnOnce(&RateTable) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        if bytes > AT_ONCE {
            return self.compute(work).await;
        }
        // A panic ends the answer and not the connection, as on another thread.
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&self.table))).map_err(|_| Problem::internal())?
    }

    /// Computes beside the connections, when a processor is free.
    async fn compute<T: Send + 'static>(
        self: Arc<Self>,
        work: impl FnOnce(&RateTable) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = Arc::clone(&self.processors).acquire_owned().await.map_err(|_| Problem::stopping())?;
        let computed = tokio::task::spawn_blocking(move || {
            // The turn ends with the work, also where nobody waits for it any longer.
            let _turn = turn;
            work(&self.table)
        });
        computed.await.map_err(|_| Problem::internal())?
    }
}
