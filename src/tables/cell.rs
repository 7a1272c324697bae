//! What a Rust type is as a column: its Arrow type, whether it may be null, and how a value is appended.

use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Float32Builder, Float64Builder, Int8Builder, Int16Builder,
    Int32Builder, Int64Builder, ListBuilder, StringBuilder,
};
use arrow_schema::{DataType, Field};
use chrono::NaiveDate;
use serde_json::Value;

use crate::model::{
    Basis, Bound, Coverage, DocType, Flags, Kind, Level, Matching, Measure, Outcome, RepairKind, Script, SourceFormat,
    Stage, Status, Topic,
};

/// A Rust type that can stand in a column.
pub trait Cell {
    type Builder: ArrayBuilder;
    /// May the column hold nulls?
    const NULLABLE: bool = false;

    fn data_type() -> DataType;
    fn builder(rows: usize) -> Self::Builder;
    fn append(&self, builder: &mut Self::Builder);
    fn append_null(builder: &mut Self::Builder);
    fn json(&self) -> Value;

    /// The words that the column may hold; empty where it is open.
    fn vocabulary() -> Vec<&'static str> {
        Vec::new()
    }
}

impl<T: Cell> Cell for Option<T> {
    type Builder = T::Builder;
    const NULLABLE: bool = true;

    fn data_type() -> DataType {
        T::data_type()
    }

    fn builder(rows: usize) -> Self::Builder {
        T::builder(rows)
    }

    fn append(&self, builder: &mut Self::Builder) {
        match self {
            Some(value) => value.append(builder),
            None => T::append_null(builder),
        }
    }

    fn append_null(builder: &mut Self::Builder) {
        T::append_null(builder);
    }

    fn json(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::json)
    }

    fn vocabulary() -> Vec<&'static str> {
        T::vocabulary()
    }
}

/// Types that are text: open, or words of a closed vocabulary.
macro_rules! text_cell {
    (open: $($type:ty),+) => {$(
        text_cell!(@one as_ref, $type);
    )+};
    (words: $($type:ty),+ $(,)?) => {$(
        text_cell!(@one as_str, $type, <$type>::ALL.iter().map(|word| word.as_str()).collect());
    )+};
    (@one $text:ident, $type:ty $(, $vocabulary:expr)?) => {
        impl Cell for $type {
            type Builder = StringBuilder;

            fn data_type() -> DataType {
                DataType::Utf8
            }

            fn builder(rows: usize) -> StringBuilder {
                StringBuilder::with_capacity(rows, rows * 16)
            }

            fn append(&self, builder: &mut StringBuilder) {
                let text: &str = self.$text();
                builder.append_value(text);
            }

            fn append_null(builder: &mut StringBuilder) {
                builder.append_null();
            }

            fn json(&self) -> Value {
                let text: &str = self.$text();
                Value::from(text)
            }

            $(
                fn vocabulary() -> Vec<&'static str> {
                    $vocabulary
                }
            )?
        }
    };
}

text_cell!(open: &str, String);
text_cell!(
    words: Basis,
    Bound,
    Coverage,
    DocType,
    Kind,
    Level,
    Matching,
    Measure,
    Outcome,
    RepairKind,
    Script,
    SourceFormat,
    Stage,
    Status,
    Topic
);

macro_rules! number_cell {
    ($($type:ty: $data_type:ident, $builder:ident);+ $(;)?) => {$(
        impl Cell for $type {
            type Builder = $builder;

            fn data_type() -> DataType {
                DataType::$data_type
            }

            fn builder(rows: usize) -> $builder {
                $builder::with_capacity(rows)
            }

            fn append(&self, builder: &mut $builder) {
                builder.append_value(*self);
            }

            fn append_null(builder: &mut $builder) {
                builder.append_null();
            }

            fn json(&self) -> Value {
                Value::from(*self)
            }
        }
    )+};
}

number_cell! {
    i8: Int8, Int8Builder;
    i16: Int16, Int16Builder;
    i32: Int32, Int32Builder;
    i64: Int64, Int64Builder;
    f32: Float32, Float32Builder;
    f64: Float64, Float64Builder;
}

impl Cell for bool {
    type Builder = BooleanBuilder;

    fn data_type() -> DataType {
        DataType::Boolean
    }

    fn builder(rows: usize) -> BooleanBuilder {
        BooleanBuilder::with_capacity(rows)
    }

    fn append(&self, builder: &mut BooleanBuilder) {
        builder.append_value(*self);
    }

    fn append_null(builder: &mut BooleanBuilder) {
        builder.append_null();
    }

    fn json(&self) -> Value {
        Value::from(*self)
    }
}

impl Cell for NaiveDate {
    type Builder = Date32Builder;

    fn data_type() -> DataType {
        DataType::Date32
    }

    fn builder(rows: usize) -> Date32Builder {
        Date32Builder::with_capacity(rows)
    }

    fn append(&self, builder: &mut Date32Builder) {
        builder.append_value(self.to_epoch_days());
    }

    fn append_null(builder: &mut Date32Builder) {
        builder.append_null();
    }

    fn json(&self) -> Value {
        Value::from(self.to_string())
    }
}

fn element() -> Arc<Field> {
    Arc::new(Field::new("element", DataType::Utf8, false))
}

fn words<'w>(builder: &mut ListBuilder<StringBuilder>, words: impl Iterator<Item = &'w str>) {
    words.for_each(|word| builder.values().append_value(word));
    builder.append(true);
}

macro_rules! list_cell {
    ($type:ty, $list:ident => $words:expr, $vocabulary:expr) => {
        impl Cell for $type {
            type Builder = ListBuilder<StringBuilder>;

            fn data_type() -> DataType {
                DataType::List(element())
            }

            fn builder(rows: usize) -> Self::Builder {
                ListBuilder::with_capacity(StringBuilder::new(), rows).with_field(element())
            }

            fn append(&self, builder: &mut Self::Builder) {
                let $list = self;
                words(builder, $words);
            }

            fn append_null(builder: &mut Self::Builder) {
                builder.append(false);
            }

            fn json(&self) -> Value {
                let $list = self;
                $words.map(Value::from).collect()
            }

            fn vocabulary() -> Vec<&'static str> {
                $vocabulary
            }
        }
    };
}

list_cell!(Vec<String>, list => list.iter().map(String::as_str), Vec::new());
list_cell!(Flags, list => list.iter().map(|flag| flag.as_str()), crate::model::Flag::ALL.iter().map(|f| f.as_str()).collect());
