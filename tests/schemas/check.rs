//! A schema of `docs/schemas/`, and documents that it must take or refuse.

#![allow(dead_code, reason = "each test binary uses another part of this")]

use std::path::PathBuf;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/schemas")
}

/// The file of a document's schema: `homing.plans/1` is described by `homing.plans-1.json`.
pub(crate) fn file(name: &str) -> String {
    format!("{}.json", name.replace('/', "-"))
}

pub(crate) fn read(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder().join(file(name))).unwrap()).unwrap()
}

/// A change to a document.
pub(crate) enum Edit {
    /// Another value.
    To(Value),
    /// The key is not there.
    Gone,
}

/// A schema, compiled.
pub(crate) struct Schema {
    name: String,
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    pub(crate) fn of(name: &str) -> Schema {
        let mut schemas = Schemas::new();
        let path = folder().join(file(name));
        let index = Compiler::new().compile(path.to_str().unwrap(), &mut schemas);
        let index = index.unwrap_or_else(|error| panic!("{name}: {error:#}"));
        Schema { name: name.to_owned(), schemas, index }
    }

    fn fault(&self, document: &Value) -> Option<String> {
        self.schemas.validate(document, self.index).err().map(|error| format!("{error:#}"))
    }

    #[track_caller]
    pub(crate) fn accepts(&self, document: &Value) {
        if let Some(fault) = self.fault(document) {
            panic!("{}: {fault}\n{document:#}", self.name);
        }
    }

    #[track_caller]
    fn must_refuse(&self, document: &Value, what: &str) {
        assert!(self.fault(document).is_some(), "{} takes a document with {what}\n{document:#}", self.name);
    }

    /// Takes the document, and refuses it with any of the edits.
    #[track_caller]
    pub(crate) fn refuses(&self, document: &Value, edits: &[(&str, Edit)]) {
        self.accepts(document);
        for (at, edit) in edits {
            let mut broken = document.clone();
            let what = match edit {
                Edit::To(value) => {
                    broken.pointer_mut(at).unwrap_or_else(|| panic!("{at}")).clone_from(value);
                    format!("{value} at {at}")
                }
                Edit::Gone => {
                    let (parent, key) = at.rsplit_once('/').unwrap();
                    let parent = broken.pointer_mut(parent).unwrap().as_object_mut().unwrap();
                    assert!(parent.remove(key).is_some(), "{at}");
                    format!("nothing at {at}")
                }
            };
            self.must_refuse(&broken, &what);
        }
    }

    /// Refuses the document with one more key in any of its objects, and with something else in place of any value.
    #[track_caller]
    pub(crate) fn refuses_anything_more_or_else(&self, document: &Value) {
        for at in places(document) {
            let mut more = document.clone();
            if let Some(object) = more.pointer_mut(&at).unwrap().as_object_mut() {
                object.insert("zzzz".to_owned(), json!(1));
                self.must_refuse(&more, &format!("one more key in {at:?}"));
            }
            let mut other = document.clone();
            *other.pointer_mut(&at).unwrap() = json!([{"zzzz": 1}]);
            self.must_refuse(&other, &format!("something else at {at:?}"));
        }
    }
}

/// The pointers to everything in a document; of a list, the first element stands for all.
fn places(document: &Value) -> Vec<String> {
    let mut places = vec![String::new()];
    let mut at = 0;
    while at < places.len() {
        let here = places[at].clone();
        match document.pointer(&here) {
            Some(Value::Object(object)) => places.extend(object.keys().map(|key| format!("{here}/{key}"))),
            Some(Value::Array(list)) if !list.is_empty() => places.push(format!("{here}/0")),
            _ => {}
        }
        at += 1;
    }
    places
}
