//! What the first load of *This week* needs, brotli: the script and style that the page itself names.

use http::Method;

use crate::client::Client;
use crate::server::Server;

pub struct FirstLoad {
    pub requests: usize,
    pub bytes: usize,
}

pub async fn measure(server: &Server) -> anyhow::Result<FirstLoad> {
    let client = Client::connect(&server.address).await?;
    let page = client.get("/learn", None).await?.good()?;
    let html = String::from_utf8_lossy(&page.bytes);
    let mut load = FirstLoad { requests: 0, bytes: 0 };
    for name in html.split('"').filter(|part| part.starts_with("/assets/")) {
        let brotli = [("accept-encoding", "br")];
        let answer = client.send(Method::GET, name, None, None, &brotli).await?.good()?;
        load.requests += 1;
        load.bytes += answer.bytes.len();
    }
    anyhow::ensure!(load.requests > 0, "the page names no script: was the web application built?");
    Ok(load)
}
