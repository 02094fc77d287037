//! Which body each act takes: the one table from acts to bodies, for the API and for the forms.

use serde_json::Value;
use utoipa::{PartialSchema, ToSchema};

use super::bodies::{EnquiryAnswer, EnquiryAssignment, EnquiryClosing, EnquiryHandOver, EnquiryNote, EnquirySending};
use crate::enquiry::Act;
use crate::office::failure::Failure;
use crate::office::intake::Enter;
use crate::office::proceedings::input::ReadsBodies;

/// Makes of `Act: Body` lines the input of an act, its reading, and the component of each body.
macro_rules! inputs {
    ($($act:ident: $body:ty;)+) => {
        /// An act with what was sent for it.
        #[derive(Debug, Clone)]
        #[expect(missing_docs, reason = "each is the act of that name")]
        pub enum EnquiryInput {
            $($act(Box<$body>),)+
        }

        impl EnquiryInput {
            /// The act.
            #[must_use]
            pub const fn act(&self) -> Act {
                match self {
                    $(Self::$act(_) => Act::$act,)+
                }
            }

            /// What was sent for `act`, checked.
            ///
            /// # Errors
            /// [`Failure::Invalid`] with every field that does not fit; [`Failure::Missing`] for an act nobody asks for here.
            pub fn read(act: Act, body: Value, contract: &impl ReadsBodies) -> Result<Self, Failure> {
                match act {
                    $(Act::$act => contract.read(body).map(Box::new).map(Self::$act),)+
                    Act::Register | Act::Rate | Act::Tick => Err(Failure::Missing),
                }
            }

            /// The component of an act's body; none for what is not asked for here.
            #[must_use]
            pub fn component(act: Act) -> Option<String> {
                match act {
                    $(Act::$act => Some(<$body>::name().into_owned()),)+
                    Act::Register | Act::Rate | Act::Tick => None,
                }
            }
        }

        impl PartialSchema for EnquiryInput {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                let one_of = utoipa::openapi::OneOfBuilder::new();
                $(let one_of = one_of.item(utoipa::openapi::Ref::from_schema_name(<$body>::name()));)+
                one_of.into()
            }
        }

        impl ToSchema for EnquiryInput {
            fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
                $(
                    if !schemas.iter().any(|(name, _)| *name == <$body>::name()) {
                        schemas.push((<$body>::name().into_owned(), <$body as PartialSchema>::schema()));
                    }
                )+
            }
        }
    };
}

inputs! {
    Assign: EnquiryAssignment;
    HandOver: EnquiryHandOver;
    Answer: EnquiryAnswer;
    Send: EnquirySending;
    Close: EnquiryClosing;
    TurnIntoApplication: Enter;
    Note: EnquiryNote;
}
