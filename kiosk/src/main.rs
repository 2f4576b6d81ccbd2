//! The program; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    kiosk::main_with(std::env::args_os())
}
