//! What the bounds, the doors and the reading of bodies answer, added to each endpoint's description,
//! which itself names only what is its own.

use utoipa::openapi::{
    ContentBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder,
    path::{Operation, ParameterIn},
    security::SecurityRequirement,
};

/// Adds the common answers to every endpoint.
pub fn complete(api: &mut OpenApi) {
    for place in api.paths.paths.values_mut() {
        for operation in [&mut place.get, &mut place.post].into_iter().flatten() {
            for (status, why) in common(operation) {
                let responses = &mut operation.responses.responses;
                responses.entry(status.to_owned()).or_insert_with(|| problem(why));
            }
        }
    }
}

/// What may be answered beside the endpoint's own answers.
fn common(operation: &Operation) -> Vec<(&'static str, &'static str)> {
    let mut answers = vec![("429", "Too many requests; ask again after `Retry-After`.")];
    let is_public = operation
        .security
        .as_ref()
        .is_some_and(|ways| ways.iter().all(|way| *way == SecurityRequirement::default()));
    if !is_public {
        answers.push(("401", "No credential, or one that is not believed."));
        answers.push(("403", "The role or the window does not allow it, or another site sent it."));
    }
    let in_path = |parameter: &RefOr<_>| match parameter {
        RefOr::T(utoipa::openapi::path::Parameter { parameter_in, .. }) => {
            *parameter_in == ParameterIn::Path
        }
        RefOr::Ref(_) => false,
    };
    if operation.parameters.iter().flatten().any(in_path) {
        answers.push(("404", "There is none of this name."));
    }
    if operation.request_body.is_some() {
        answers.extend([
            ("403", "The role or the window does not allow it, or another site sent it."),
            ("408", "The body did not come in time."),
            ("413", "The body is too large."),
            ("422", "The body does not fit; `detail` says what."),
        ]);
    }
    // Whatever the hall may refuse goes through the engine, whose line has an end.
    if operation.responses.responses.contains_key("409") {
        answers.push(("503", "Busy or restarting; ask again with the same `request_id`."));
    }
    answers
}

fn problem(why: &str) -> RefOr<Response> {
    let schema = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(schema)).build();
    let response = ResponseBuilder::new().description(why);
    RefOr::T(response.content("application/problem+json", content).build())
}
