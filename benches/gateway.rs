//! How many messages a second the gateway courier hands over: `cargo bench --bench gateway`.

fn main() {}
