//! Bytes in order, with numbers in the order of theirs that the file was written in.

/// What is left of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'a> {
    left: &'a [u8],
    order: Order,
}

/// Which byte of a number comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    pub fn double(self, bytes: &[u8]) -> Option<f64> {
        let bytes = bytes.try_into().ok()?;
        Some(match self {
            Self::Little => f64::from_le_bytes(bytes),
            Self::Big => f64::from_be_bytes(bytes),
        })
    }

    fn int(self, bytes: &[u8]) -> Option<i32> {
        let bytes = bytes.try_into().ok()?;
        Some(match self {
            Self::Little => i32::from_le_bytes(bytes),
            Self::Big => i32::from_be_bytes(bytes),
        })
    }

    fn long(self, bytes: &[u8]) -> Option<i64> {
        let bytes = bytes.try_into().ok()?;
        Some(match self {
            Self::Little => i64::from_le_bytes(bytes),
            Self::Big => i64::from_be_bytes(bytes),
        })
    }
}

fn ends() -> String {
    "ends in the middle: it was cut off".into()
}

impl<'a> Bytes<'a> {
    pub fn of(bytes: &'a [u8]) -> Self {
        Self::in_order(bytes, Order::Little)
    }

    pub fn in_order(left: &'a [u8], order: Order) -> Self {
        Self { left, order }
    }

    pub fn order(&self) -> Order {
        self.order
    }

    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    pub fn rest(&self) -> &'a [u8] {
        self.left
    }

    pub fn take(&mut self, count: usize) -> Result<&'a [u8], String> {
        let (taken, left) = self.left.split_at_checked(count).ok_or_else(ends)?;
        self.left = left;
        Ok(taken)
    }

    /// So many bytes, to be read on their own.
    pub fn part(&mut self, count: usize) -> Result<Self, String> {
        Ok(Self { left: self.take(count)?, order: self.order })
    }

    /// The order in which the next number is one of these.
    pub fn order_by(&mut self, one: i32, other: i32) -> Result<(), String> {
        let number = self.take(4)?;
        let is = |order: &Order| order.int(number).is_some_and(|found| found == one || found == other);
        self.order = [Order::Little, Order::Big]
            .into_iter()
            .find(is)
            .ok_or("has numbers in an order that is not known")?;
        Ok(())
    }

    pub fn int(&mut self) -> Result<i32, String> {
        let bytes = self.take(4)?;
        self.order.int(bytes).ok_or_else(ends)
    }

    pub fn long(&mut self) -> Result<i64, String> {
        let bytes = self.take(8)?;
        self.order.long(bytes).ok_or_else(ends)
    }

    pub fn double(&mut self) -> Result<f64, String> {
        let bytes = self.take(8)?;
        self.order.double(bytes).ok_or_else(ends)
    }

    /// A number of things.
    pub fn count(&mut self) -> Result<usize, String> {
        let count = self.int()?;
        usize::try_from(count).map_err(|_| format!("counts {count} of something"))
    }

    /// Bytes with their number before them.
    pub fn counted(&mut self) -> Result<&'a [u8], String> {
        let count = self.count()?;
        self.take(count)
    }
}
