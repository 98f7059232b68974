//! What holds its thread for long: the others' work goes on beside it.

use tokio::runtime::{Handle, RuntimeFlavor};

/// Runs something that waits for the disk or reads much, once the work of this thread has been handed to another.
pub(crate) fn aside<T>(work: impl FnOnce() -> T) -> T {
    let hands_over =
        Handle::try_current().is_ok_and(|runtime| runtime.runtime_flavor() == RuntimeFlavor::MultiThread);
    if hands_over { tokio::task::block_in_place(work) } else { work() }
}
