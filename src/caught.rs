//! A panic in one document is that document's misfortune: it is caught, and told as the reason.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Set while a document is being processed; holds what a panic said, and where.
    static WATCHED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Run `work`; a panic in it becomes an error that says what went wrong and where in the program.
///
/// # Errors
/// The message and place of the panic.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(install_hook);
    WATCHED.with(|watched| *watched.borrow_mut() = Some(String::new()));
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    let told = WATCHED.with(|watched| watched.borrow_mut().take()).unwrap_or_default();
    result.map_err(|_| told)
}

/// Panics on a watched thread are kept for [`caught`]; all others are printed as ever.
fn install_hook() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let watched = WATCHED.with(|watched| {
            watched.borrow_mut().as_mut().map(|told| {
                let message = info.payload_as_str().unwrap_or("panic");
                *told = match info.location() {
                    Some(place) => format!("{message} ({}:{})", place.file(), place.line()),
                    None => message.to_owned(),
                };
            })
        });
        if watched.is_none() {
            before(info);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_with_its_place() {
        assert_eq!(caught(|| 1), Ok(1));
        let told = caught(|| -> i32 { panic!("byte {} is no boundary", 7) }).unwrap_err();
        assert!(told.starts_with("byte 7 is no boundary (src/caught.rs:"), "{told}");
    }
}
