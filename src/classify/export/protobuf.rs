//! The few pieces of the protobuf wire format that an ONNX file needs: numbers, bytes and messages in messages.
//!
//! Owns the writing (Protocol Buffers, "Encoding"). Refuses to read: a whole library for a dozen fields would cost every user more than
//! these lines do.

/// A message under construction.
#[derive(Debug, Default, Clone)]
pub(super) struct Message(Vec<u8>);

impl Message {
    /// An integer, enum or boolean field.
    pub fn integer(mut self, field: u32, value: i64) -> Self {
        self.varint(u64::from(field) << 3);
        // Negative numbers are written in two's complement, ten bytes long.
        self.varint(value as u64);
        self
    }

    /// A field of text or bytes.
    pub fn bytes(mut self, field: u32, value: &[u8]) -> Self {
        self.varint(u64::from(field) << 3 | 2);
        self.varint(value.len() as u64);
        self.0.extend_from_slice(value);
        self
    }

    /// A field that is a message.
    pub fn message(self, field: u32, value: Message) -> Self {
        self.bytes(field, &value.0)
    }

    /// A repeated field of messages.
    pub fn messages(self, field: u32, values: impl IntoIterator<Item = Message>) -> Self {
        values.into_iter().fold(self, |whole, value| whole.message(field, value))
    }

    /// What was written.
    pub fn finish(self) -> Vec<u8> {
        self.0
    }

    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_specification() {
        assert_eq!(Message::default().integer(1, 150).finish(), [0x08, 0x96, 0x01]);
        let testing = [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67];
        assert_eq!(Message::default().bytes(2, b"testing").finish(), testing);
        let inner = Message::default().integer(1, 150);
        assert_eq!(Message::default().message(3, inner).finish(), [0x1a, 0x03, 0x08, 0x96, 0x01]);
        assert_eq!(Message::default().integer(1, -1).finish().len(), 11);
    }
}
