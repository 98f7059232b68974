//! Problem responses, extractors, OpenAPI helpers, rate limits.
