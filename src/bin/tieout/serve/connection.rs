//! Connections: how many there are, how long they may stay silent, and how they end.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// How many connections are open at a time; more wait to be accepted.
const CONNECTIONS: usize = 512;
/// How long a client may take for the head of a request, or stay silent before the next one.
const HEAD_WAIT: Duration = Duration::from_secs(10);
/// The greatest head of a request.
const HEAD_BYTES: usize = 16 * 1024;
/// How long requests that are under way may take when the service stops.
const GRACE: Duration = Duration::from_secs(10);
/// How long no connection is accepted after one could not be.
const PAUSE: Duration = Duration::from_millis(50);

/// Listens on the first address that is free.
pub(super) async fn bind(addresses: &[SocketAddr]) -> io::Result<TcpListener> {
    TcpListener::bind(addresses).await
}

/// Serves until the process is told to stop, then ends what is under way.
pub(super) async fn serve(listener: TcpListener, router: Router) {
    let slots = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(told_to_stop());
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_WAIT).max_buf_size(HEAD_BYTES);
    loop {
        let accept = async {
            let slot = Arc::clone(&slots).acquire_owned().await;
            (slot, listener.accept().await)
        };
        let accepted = tokio::select! {
            accepted = accept => accepted,
            () = &mut stop => break,
        };
        let (Ok(slot), Ok((stream, _))) = accepted else {
            // No more files may be open: others must close first.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        // OK to ignore: small answers are only a little later.
        let _ = stream.set_nodelay(true);
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // OK to ignore: a client that goes away or keeps silent is none of the others' business.
            let _ = connection.await;
            drop(slot);
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(GRACE) => {}
    }
}

/// Ctrl-C, or the signal by which services are stopped.
async fn told_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
