//! A line between a laptop and a hub, that can be cut and that counts what goes over it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// A port of its own on this machine, behind which the hub's lies.
#[derive(Debug)]
pub struct Line {
    port: u16,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    is_cut: AtomicBool,
    ended: AtomicBool,
    /// From the laptop to the hub, and back.
    bytes: [AtomicU64; 2],
    sockets: Mutex<Vec<TcpStream>>,
}

impl Line {
    /// A line to a port of this machine.
    pub fn to(target: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        thread::spawn(move || {
            for laptop in listener.incoming().map_while(Result::ok) {
                if own.ended.load(Ordering::SeqCst) {
                    return;
                }
                if !own.is_cut.load(Ordering::SeqCst)
                    && let Ok(hub) = TcpStream::connect(("127.0.0.1", target))
                {
                    own.join(laptop, hub);
                }
            }
        });
        Self { port, shared }
    }

    /// Where the laptop finds the hub by this line.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Cuts it: what is under way is lost, and nobody comes through.
    pub fn cut(&self) {
        self.shared.is_cut.store(true, Ordering::SeqCst);
        self.shared.hang_up();
    }

    /// Lets come through again who tries.
    pub fn mend(&self) {
        self.shared.is_cut.store(false, Ordering::SeqCst);
    }

    /// How many bytes went from the laptop to the hub, and back.
    pub fn bytes(&self) -> (u64, u64) {
        let [there, back] = &self.shared.bytes;
        (there.load(Ordering::SeqCst), back.load(Ordering::SeqCst))
    }
}

impl Shared {
    fn join(self: &Arc<Self>, laptop: TcpStream, hub: TcpStream) {
        laptop.set_nodelay(true).unwrap();
        hub.set_nodelay(true).unwrap();
        let ends = [laptop.try_clone().unwrap(), hub.try_clone().unwrap()];
        self.sockets.lock().unwrap().extend(ends);
        let ways = [(laptop.try_clone().unwrap(), hub.try_clone().unwrap()), (hub, laptop)];
        for (way, (from, to)) in ways.into_iter().enumerate() {
            let own = Arc::clone(self);
            thread::spawn(move || own.carry(way, from, to));
        }
        // It may have been cut since it was asked.
        if self.is_cut.load(Ordering::SeqCst) {
            self.hang_up();
        }
    }

    fn carry(&self, way: usize, mut from: TcpStream, mut to: TcpStream) {
        let mut buffer = [0; 16 * 1024];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            if to.write_all(&buffer[..count]).is_err() {
                break;
            }
            self.bytes[way].fetch_add(count as u64, Ordering::SeqCst);
        }
        for end in [from, to] {
            let _closed_already = end.shutdown(Shutdown::Both);
        }
    }

    fn hang_up(&self) {
        for socket in self.sockets.lock().unwrap().drain(..) {
            let _closed_already = socket.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        self.cut();
        // Whoever listens is woken to see that it has ended.
        let _gone_already = TcpStream::connect(("127.0.0.1", self.port));
    }
}
