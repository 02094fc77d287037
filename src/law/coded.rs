//! The closed lists of the law: each member has one code, one Chinese and one English name.
//!
//! The code is what the journal, the API and the database keep; it is never translated and never reused.
//! Declared through one macro so that the code, serde's name and `FromStr` cannot drift apart.

/// A code that is on none of the law's lists.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is no {list}; known are {known}")]
pub struct UnknownCode {
    /// The list that was asked, by its Rust name.
    pub list: &'static str,
    /// What was given.
    pub given: String,
    /// The codes on the list, comma-separated.
    pub known: String,
}

/// Declares a closed list: `Variant = "code", "中文", "English";` a line.
macro_rules! coded {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $code:literal, $zh:literal, $en:literal;)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        $vis enum $name {
            $($(#[$variant_meta])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every member, in the order of the law.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code kept in the journal, the database and the API.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The Chinese name, as shown to people.
            #[must_use]
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$variant => $zh),+ }
            }

            /// The English name, as shown to people.
            #[must_use]
            pub const fn en(self) -> &'static str {
                match self { $(Self::$variant => $en),+ }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::law::coded::UnknownCode;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($code => Ok(Self::$variant),)+
                    _ => Err($crate::law::coded::UnknownCode {
                        list: stringify!($name),
                        given: text.to_owned(),
                        known: [$($code),+].join(", "),
                    }),
                }
            }
        }
    };
}
pub(crate) use coded;

#[cfg(test)]
mod tests {
    use crate::law::receipt::Channel;

    #[test]
    fn a_code_is_the_same_in_json_and_in_text() {
        for channel in Channel::ALL {
            let json = serde_json::to_string(channel).unwrap();
            assert_eq!(json, format!("\"{channel}\""));
            assert_eq!(channel.as_str().parse(), Ok(*channel));
        }
    }

    #[test]
    fn an_unknown_code_is_told_what_is_known() {
        let fault = "pigeon".parse::<Channel>().unwrap_err();
        assert!(fault.to_string().starts_with("\"pigeon\" is no Channel; known are online, in_person"));
    }
}
