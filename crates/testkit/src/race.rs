//! Two requests that race.

/// Begins both at once and waits for both. Give `first_begins` in turn over many rounds, so that either side wins some.
pub async fn both<A, B>(
    first_begins: bool,
    first: impl Future<Output = A> + Send + 'static,
    second: impl Future<Output = B> + Send + 'static,
) -> (A, B)
where
    A: Send + 'static,
    B: Send + 'static,
{
    let (first, second) = if first_begins {
        let first = tokio::spawn(first);
        (first, tokio::spawn(second))
    } else {
        let second = tokio::spawn(second);
        (tokio::spawn(first), second)
    };
    (first.await.expect("it ends"), second.await.expect("it ends"))
}
