//! How many sockets this process may have: a thousand endpoints at once need more than systems give at first.

/// Asks for as many open files as this user may have. Failing only means that fewer endpoints go at once.
pub fn raise() {
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, getrlimit, setrlimit};
        if let Ok((soft, hard)) = getrlimit(Resource::RLIMIT_NOFILE)
            && soft < hard
        {
            let _ = setrlimit(Resource::RLIMIT_NOFILE, hard, hard);
        }
    }
}
