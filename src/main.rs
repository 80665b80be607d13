//! Parse, run, print the error, exit.

use std::process::{ExitCode, exit};

use homing::ui::Exit;

fn main() -> ExitCode {
    // Without the handler Ctrl-C ends the program as it always does, which nothing here minds but a batch's manners.
    let _ = ctrlc::set_handler(|| {
        if !homing::run::interrupt() {
            homing::ui::show_typing();
            exit(i32::from(Exit::Interrupted.code()));
        }
    });
    homing::cli::main()
}
