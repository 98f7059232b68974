//! Our values on PostgreSQL's wire.

use kernel::Timestamp;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgArguments, PgTypeInfo, PgValueRef};
use sqlx::{Arguments as _, Decode, Encode, Postgres, Type};

use crate::error::StorageError;
use crate::query::Val;

pub(crate) fn of(values: &[Val]) -> Result<PgArguments, StorageError> {
    let mut args = PgArguments::default();
    for value in values {
        match value {
            Val::Bool(v) => args.add(v),
            Val::Int(v) => args.add(v),
            Val::Float(v) => args.add(v),
            Val::Text(v) => args.add(v.as_deref()),
            Val::Bytes(v) => args.add(v.as_deref()),
            Val::Uuid(v) => args.add(v),
            Val::Time(v) => args.add(v.map(PgTime)),
            Val::Json(v) => args.add(v.as_ref().map(sqlx::types::Json)),
        }
        .map_err(StorageError::Database)?;
    }
    Ok(args)
}

/// Microseconds on PostgreSQL's wire, where a TIMESTAMPTZ counts from the year 2000.
pub(crate) struct PgTime(pub Timestamp);

const MICROS_1970_TO_2000: i64 = 946_684_800_000_000;

impl Type<Postgres> for PgTime {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("TIMESTAMPTZ")
    }
}
impl Encode<'_, Postgres> for PgTime {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Postgres>::encode(self.0.micros() - MICROS_1970_TO_2000, buffer)
    }
}
impl<'r> Decode<'r, Postgres> for PgTime {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        let micros: i64 = Decode::<Postgres>::decode(value)?;
        Ok(Self(Timestamp::from_micros(micros + MICROS_1970_TO_2000)))
    }
}
