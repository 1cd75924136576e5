//! Connections with time limits: a client that stalls is disconnected.
//!
//! Owns four limits. A request head must be complete in time, counted from the start of the connection or from the last answer and
//! including the wait for its first byte; so must a body (`guard`). A client that does not read is dropped. And every connection
//! has a maximum lifetime: a browser opens a new one unnoticed.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Sleep, sleep, timeout};

/// Time limit for the head of a request.
const HEAD: Duration = Duration::from_secs(10);
/// How long a client may accept none of the bytes written to it.
const STUCK: Duration = Duration::from_secs(10);
/// Longest lifetime of a connection.
const LIFE: Duration = Duration::from_secs(600);
/// Connections at the same time; more have to wait.
const AT_ONCE: usize = 1_024;
/// Largest head in bytes.
const LONGEST_HEAD: usize = 16 * 1024;

/// The client's address; behind a proxy, the proxy's address.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClientAddress(pub IpAddr);

/// Listens at an address.
///
/// The backlog is large enough for a whole hall at the same instant: with the usual 128, a client too many tries again only after a
/// second.
pub(super) fn listen(at: SocketAddr) -> io::Result<TcpListener> {
    let socket = if at.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Lets the same room be reopened at once; on other systems it would let other programs bind the same address.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(at)?;
    socket.listen(AT_ONCE as u32)
}

/// Listens at an address, or at one of the `further` next ports where another program has the first.
pub(super) fn listen_near(at: SocketAddr, further: u16) -> io::Result<TcpListener> {
    let next = |port: u16| listen(SocketAddr::new(at.ip(), port)).ok();
    listen(at).or_else(|why| match why.kind() {
        io::ErrorKind::AddrInUse => {
            (1..=further).filter_map(|step| at.port().checked_add(step)).find_map(next).ok_or(why)
        }
        _ => Err(why),
    })
}

/// Accepts and serves connections for as long as the runtime lives.
pub(super) async fn serve(listener: TcpListener, app: Router) {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        let Ok(place) = room.clone().acquire_owned().await else { return };
        let (stream, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(_) => {
                // Too many open files, or the client disconnected at once.
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let app = TowerToHyperService::new(app.clone());
        let app = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ClientAddress(from.ip()));
            app.call(request)
        });
        tokio::spawn(async move {
            // A client that sends nothing at all is dropped too.
            if timeout(HEAD, stream.readable()).await.is_err() {
                return;
            }
            // Send small answers immediately.
            let _ = stream.set_nodelay(true);
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(LONGEST_HEAD);
            let io = TokioIo::new(Patient { stream, stuck: None });
            let answered = builder.serve_connection(io, app);
            // The connection is gone, so the client cannot be told of an error.
            let _ = timeout(LIFE, answered).await;
            drop(place);
        });
    }
}

/// A connection that fails when the client stops reading.
struct Patient {
    stream: TcpStream,
    stuck: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn wrote<T>(&mut self, context: &mut Context<'_>, wrote: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if wrote.is_ready() {
            self.stuck = None;
            return wrote;
        }
        let stuck = self.stuck.get_or_insert_with(|| Box::pin(sleep(STUCK)));
        match stuck.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.wrote(context, wrote)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let wrote = Pin::new(&mut self.stream).poll_flush(context);
        self.wrote(context, wrote)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let wrote = Pin::new(&mut self.stream).poll_shutdown(context);
        self.wrote(context, wrote)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn a_port_that_is_taken_leads_to_one_of_the_next_where_that_will_do() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let first = listen(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 0)).unwrap();
            let taken = first.local_addr().unwrap();
            assert_eq!(listen_near(taken, 0).unwrap_err().kind(), io::ErrorKind::AddrInUse);
            let next = listen_near(taken, 20).unwrap().local_addr().unwrap();
            assert!(next.port() > taken.port() && next.port() - taken.port() <= 20, "{next} beside {taken}");
        });
    }
}
