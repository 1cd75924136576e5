//! A model as an ONNX file: input `features` [rows, features] in doubles with NaN for what is missing, output `probabilities`
//! [rows, 4] for CS, AR, EM, MP.
//!
//! Owns the graph. It only uses operators of the core set that ONNX Runtime computes in doubles. The metadata holds the names
//! of the features. A model that refuses missing values gives NaN for such rows.

use super::constant;
use super::protobuf::Message;
use crate::classify::form::{Discriminant, Tree};
use crate::classify::model::{MissingPolicy, Model, ModelError};
use crate::instrument::construct::RelationalModel;

/// Version of the intermediate representation, and of the operators: old enough for runtimes of 2021.
const IR_VERSION: i64 = 7;
const OPERATORS: i64 = 13;
/// Type numbers of TensorProto.
const INT64: i64 = 7;
const DOUBLE: i64 = 11;

/// The bytes of the file.
///
/// # Errors
/// A model that does not pass its check.
pub fn onnx(model: &Model) -> Result<Vec<u8>, ModelError> {
    model.check()?;
    let mut graph = Graph::default();
    encoding(model, &mut graph);
    match &model.form {
        Discriminant::Linear { coefficients, .. } => linear(model, coefficients, &mut graph),
        Discriminant::Gaussian { means, variances, .. } => gaussian(model, means, variances, &mut graph),
        Discriminant::Trees { trees } => branches(model, trees, &mut graph),
    }
    let classes = model.classes.len();
    let shifts: Vec<f64> = (0..classes).map(|class| constant(model, class)).collect();
    graph.tensor("constants", &[classes], &shifts);
    graph.node("Add", &["sums", "constants"], "logits", &[]);
    graph.node("Softmax", &["logits"], "shares", &[("axis", 1)]);
    let selector: Vec<f64> = model
        .classes
        .iter()
        .flat_map(|class| RelationalModel::ALL.map(|column| f64::from(*class == column)))
        .collect();
    graph.tensor("selector", &[classes, 4], &selector);
    graph.node("MatMul", &["shares", "selector"], "probabilities", &[]);
    Ok(graph.file(model))
}

/// Raw features → `columns`.
fn encoding(model: &Model, graph: &mut Graph) {
    let encoding = &model.encoding;
    let width = encoding.means.len();
    graph.tensor("means", &[width], &encoding.means);
    graph.tensor("scales", &[width], &encoding.scales);
    graph.node("IsNaN", &["features"], "missing", &[]);
    match model.missing {
        MissingPolicy::Mean => graph.node("Where", &["missing", "means", "features"], "filled", &[]),
        MissingPolicy::Refuse => graph.node("Identity", &["features"], "filled", &[]),
    }
    graph.node("Sub", &["filled", "means"], "centred", &[]);
    if encoding.indicators.is_empty() {
        return graph.node("Div", &["centred", "scales"], "columns", &[]);
    }
    graph.node("Div", &["centred", "scales"], "standard", &[]);
    let places: Vec<i64> = encoding.indicators.iter().map(|column| column.feature as i64).collect();
    let means: Vec<f64> = encoding.indicators.iter().map(|column| column.mean).collect();
    let scales: Vec<f64> = encoding.indicators.iter().map(|column| column.scale).collect();
    graph.integers("indicator_features", &places);
    graph.tensor("indicator_means", &[means.len()], &means);
    graph.tensor("indicator_scales", &[scales.len()], &scales);
    graph.node("Cast", &["missing"], "absent", &[("to", DOUBLE)]);
    graph.node("Gather", &["absent", "indicator_features"], "indicators", &[("axis", 1)]);
    graph.node("Sub", &["indicators", "indicator_means"], "indicators_centred", &[]);
    graph.node("Div", &["indicators_centred", "indicator_scales"], "indicators_standard", &[]);
    graph.node("Concat", &["standard", "indicators_standard"], "columns", &[("axis", 1)]);
}

/// `columns` → `sums`, under a linear form.
fn linear(model: &Model, coefficients: &[Vec<f64>], graph: &mut Graph) {
    let width = model.encoding.width();
    let weights: Vec<f64> = (0..width)
        .flat_map(|column| coefficients.iter().map(move |class| class[column] / model.temperature))
        .collect();
    graph.tensor("weights", &[width, coefficients.len()], &weights);
    graph.node("MatMul", &["columns", "weights"], "sums", &[]);
}

/// `columns` → `sums`, under naive Bayes: squared distances, class by class, because the expanded square would lose digits
/// where a variance is tiny.
fn gaussian(model: &Model, means: &[Vec<f64>], variances: &[Vec<f64>], graph: &mut Graph) {
    let width = model.encoding.width();
    let mut parts = Vec::new();
    for (class, (means, variances)) in means.iter().zip(variances).enumerate() {
        let name = |what: &str| format!("{what}_{class}");
        let factors: Vec<f64> = variances.iter().map(|v| -0.5 / (v * model.temperature)).collect();
        graph.tensor(&name("class_means"), &[width], means);
        graph.tensor(&name("factors"), &[width, 1], &factors);
        graph.node("Sub", &["columns", &name("class_means")], &name("distance"), &[]);
        graph.node("Mul", &[&name("distance"), &name("distance")], &name("squared"), &[]);
        graph.node("MatMul", &[&name("squared"), &name("factors")], &name("sum"), &[]);
        parts.push(name("sum"));
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    graph.node("Concat", &parts, "sums", &[("axis", 1)]);
}

/// `columns` → `sums`, under trees: a choice between two for every split, from the leaves up. The operator for whole trees would round
/// thresholds to single precision.
fn branches(model: &Model, trees: &[Tree], graph: &mut Graph) {
    let width = model.encoding.width();
    // A zero for each row, or NaN where any column is missing; it also gives a tree without splits its rows.
    graph.tensor("zeros", &[width, 1], &vec![0.0; width]);
    graph.node("MatMul", &["columns", "zeros"], "zero", &[]);
    let mut parts = Vec::new();
    for (class, tree) in trees.iter().enumerate() {
        let name = |what: &str, place: usize| format!("{what}_{class}_{place}");
        for (place, node) in tree.nodes.iter().enumerate().rev() {
            let Some(split) = node.split else {
                graph.tensor(&name("node", place), &[1, 1], &[node.log_share / model.temperature]);
                continue;
            };
            graph.integers(&name("column", place), &[split.column as i64]);
            graph.tensor(&name("threshold", place), &[1, 1], &[split.threshold]);
            graph.node("Gather", &["columns", &name("column", place)], &name("value", place), &[("axis", 1)]);
            let compared = [name("value", place), name("threshold", place)];
            graph.node("LessOrEqual", &[&compared[0], &compared[1]], &name("goes_below", place), &[]);
            let chosen = [name("goes_below", place), name("node", split.below), name("node", split.above)];
            graph.node("Where", &[&chosen[0], &chosen[1], &chosen[2]], &name("node", place), &[]);
        }
        graph.node("Add", &[&name("node", 0), "zero"], &name("sum", 0), &[]);
        parts.push(name("sum", 0));
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    graph.node("Concat", &parts, "sums", &[("axis", 1)]);
}

/// Nodes and constants of a graph. Field numbers are those of onnx.proto.
#[derive(Default)]
struct Graph {
    nodes: Vec<Message>,
    constants: Vec<Message>,
}

impl Graph {
    fn node(&mut self, operator: &str, inputs: &[&str], output: &str, attributes: &[(&str, i64)]) {
        let node = inputs.iter().fold(Message::default(), |node, input| node.bytes(1, input.as_bytes()));
        let node = node.bytes(2, output.as_bytes()).bytes(3, output.as_bytes()).bytes(4, operator.as_bytes());
        // An attribute has a name, an integer and the type INT.
        let attribute = |&(name, value): &(&str, i64)| {
            Message::default().bytes(1, name.as_bytes()).integer(3, value).integer(20, 2)
        };
        self.nodes.push(node.messages(5, attributes.iter().map(attribute)));
    }

    fn tensor(&mut self, name: &str, shape: &[usize], values: &[f64]) {
        let raw: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.constant(name, shape, DOUBLE, &raw);
    }

    fn integers(&mut self, name: &str, values: &[i64]) {
        let raw: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.constant(name, &[values.len()], INT64, &raw);
    }

    fn constant(&mut self, name: &str, shape: &[usize], kind: i64, raw: &[u8]) {
        let sized = shape.iter().fold(Message::default(), |tensor, &size| tensor.integer(1, size as i64));
        self.constants.push(sized.integer(2, kind).bytes(8, name.as_bytes()).bytes(9, raw));
    }

    fn file(self, model: &Model) -> Vec<u8> {
        let graph = Message::default()
            .messages(1, self.nodes)
            .bytes(2, b"relata")
            .messages(5, self.constants)
            .message(11, value("features", model.feature_names.len()))
            .message(12, value("probabilities", 4));
        let names = serde_json::Value::from(model.feature_names.clone()).to_string();
        Message::default()
            .integer(1, IR_VERSION)
            .bytes(2, b"relata")
            .message(7, graph)
            .message(8, Message::default().bytes(1, b"").integer(2, OPERATORS))
            .messages(
                14,
                [entry("feature_names", &names), entry("training_table_sha256", &model.fingerprint)],
            )
            .finish()
    }
}

/// A table of doubles with any number of rows.
fn value(name: &str, columns: usize) -> Message {
    let rows = Message::default().bytes(2, b"rows");
    let columns = Message::default().integer(1, columns as i64);
    let shape = Message::default().messages(1, [rows, columns]);
    let tensor = Message::default().integer(1, DOUBLE).message(2, shape);
    Message::default().bytes(1, name.as_bytes()).message(2, Message::default().message(1, tensor))
}

fn entry(key: &str, value: &str) -> Message {
    Message::default().bytes(1, key.as_bytes()).bytes(2, value.as_bytes())
}
