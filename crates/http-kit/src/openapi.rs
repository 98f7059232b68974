//! What all operations of the OpenAPI document share: sign-in by bearer token, problems, the idempotency key.

use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ArrayBuilder, Object, ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApi, Ref, RefOr, Required, ResponseBuilder,
};

/// Completes the document that the routers wrote: title, problem schema and default answer, bearer scheme. Operations tagged
/// `public` need no sign-in; every other POST takes an `Idempotency-Key`, but for those that say `x-repeatable`: sent again they do
/// no harm.
pub fn finish_document(mut document: OpenApi, version: &str) -> OpenApi {
    document.info = InfoBuilder::new()
        .title("Lingxue")
        .version(version)
        .description(Some("Guided small private online courses for teachers at rural teaching points."))
        .build();
    let components = document.components.get_or_insert_with(|| ComponentsBuilder::new().build());
    components.schemas.insert("Problem".to_owned(), problem_schema().into());
    components.security_schemes.insert(
        "bearer".to_owned(),
        RefOr::T(SecurityScheme::Http(
            HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build(),
        )),
    );
    for item in document.paths.paths.values_mut() {
        complete(item);
    }
    document
}

/// The extension of a POST that needs no `Idempotency-Key`.
const REPEATABLE: &str = "x-repeatable";

fn complete(item: &mut PathItem) {
    if let Some(post) = &mut item.post
        && !is_public(post)
        && !is_repeatable(post)
    {
        post.parameters.get_or_insert_default().push(RefOr::T(idempotency_key()));
    }
    for operation in [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch]
        .into_iter()
        .flatten()
    {
        if !is_public(operation) {
            operation.security = Some(vec![SecurityRequirement::new("bearer", Vec::<String>::new())]);
        }
        let problem = ResponseBuilder::new()
            .description("What went wrong")
            .content(
                "application/problem+json",
                ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build(),
            )
            .build();
        operation.responses.responses.insert("default".to_owned(), RefOr::T(problem));
    }
}

fn is_public(operation: &Operation) -> bool {
    operation.tags.as_ref().is_some_and(|tags| tags.iter().any(|tag| tag == "public"))
}

fn is_repeatable(operation: &Operation) -> bool {
    operation.extensions.as_ref().is_some_and(|more| more.contains_key(REPEATABLE))
}

fn idempotency_key() -> Parameter {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some("Same key, same request: one effect, same answer."))
        .schema(Some(
            ObjectBuilder::new().schema_type(Type::String).min_length(Some(8)).max_length(Some(100)),
        ))
        .build()
}

fn problem_schema() -> Object {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let field = ObjectBuilder::new()
        .property("pointer", text())
        .required("pointer")
        .property("code", text())
        .required("code")
        .property("detail", text())
        .required("detail");
    ObjectBuilder::new()
        .property("type", text())
        .required("type")
        .property("title", text())
        .required("title")
        .property("status", ObjectBuilder::new().schema_type(Type::Integer))
        .required("status")
        .property("code", text())
        .required("code")
        .property("detail", text())
        .property("request_id", text())
        .property("errors", ArrayBuilder::new().items(field))
        .property("extra", ObjectBuilder::new().schema_type(Type::Object))
        .build()
}
