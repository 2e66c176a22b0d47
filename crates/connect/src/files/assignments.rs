//! `assignments.csv`: what was decided, one row for each line and place.
//!
//! Owns: the columns `order_id,line,sku,qty,location_id`. Refuses to know: why it was decided so.

use super::bad_input::{BadInput, plain_words};
use super::out_file::OutFile;
use model::{Decision, Network, Order};
use std::fmt::Write as _;
use std::path::Path;

const HEADER: [&str; 5] = ["order_id", "line", "sku", "qty", "location_id"];

/// Writes decisions as they come.
pub struct Assignments {
    writer: csv::Writer<OutFile>,
    /// Numbers as text, memory kept.
    number: String,
    rows: u64,
}

impl Assignments {
    /// Begins the file; see [`OutFile::create`].
    pub fn create(path: &Path, inputs: &[&Path]) -> Result<Assignments, BadInput> {
        let mut writer = csv::WriterBuilder::new().from_writer(OutFile::create(path, inputs)?);
        writer.write_record(HEADER).map_err(|error| fault(path, &error))?;
        Ok(Assignments { writer, number: String::new(), rows: 0 })
    }

    /// Writes one row for each placement of a decision; nothing for units that no place fills.
    pub fn write(&mut self, network: &Network, order: &Order, decision: &Decision) -> Result<(), BadInput> {
        let written = self.write_rows(network, order, decision);
        written.map_err(|error| fault(self.writer.get_ref().path(), &error))
    }

    /// Rows so far, without the header.
    pub fn row_count(&self) -> u64 {
        self.rows
    }

    pub fn finish(self) -> Result<(), BadInput> {
        let path = self.writer.get_ref().path().to_owned();
        let file = self.writer.into_inner().map_err(|error| cannot(&path, &plain_words(error.error())))?;
        file.finish()
    }

    fn write_rows(&mut self, network: &Network, order: &Order, decision: &Decision) -> csv::Result<()> {
        for parcel in &decision.parcels {
            for placement in decision.placements_of(parcel) {
                let number = order.lines.get(usize::from(placement.line)).map_or(0, |line| line.number);
                self.writer.write_field(&order.id)?;
                self.write_number(number)?;
                self.writer.write_field(&network.product(placement.product).sku)?;
                self.write_number(placement.quantity)?;
                self.writer.write_field(&network.location(parcel.location).code)?;
                self.writer.write_record(None::<&[u8]>)?;
                self.rows += 1;
            }
        }
        Ok(())
    }

    fn write_number(&mut self, number: u32) -> csv::Result<()> {
        self.number.clear();
        // Writing to a string cannot fail.
        let _ = write!(self.number, "{number}");
        self.writer.write_field(&self.number)
    }
}

const REMEDY: &str = "check the folder, its permissions and free space";

fn fault(path: &Path, error: &csv::Error) -> BadInput {
    match error.kind() {
        csv::ErrorKind::Io(error) => cannot(path, &plain_words(error)),
        _ => cannot(path, &error.to_string()),
    }
}

fn cannot(path: &Path, why: &str) -> BadInput {
    BadInput::of_file(&path.display().to_string(), format!("cannot be written: {why}"), REMEDY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::scratch::Scratch;
    use model::calendar::{Day, Dispatch, Timestamp};
    use model::{
        Cost, Currency, Distance, Location, LocationId, LocationKind, NetworkParts, OrderLine, Parcel,
        PartCosts, Placement, Product, ProductId, RateBook, RecordId, ServiceChoice, Settings, Weight,
    };

    fn network() -> Network {
        let place = |code| Location::new(code, LocationKind::Store);
        Network::new(NetworkParts {
            currency: Currency::USD,
            locations: vec![place("depot"), place("mall, north")],
            products: vec![Product::new("MUG \"blue\""), Product::new("TEE")],
            rates: RateBook { services: vec![], choice: ServiceChoice::Cheapest, band_upper: vec![] },
            settings: Settings::default(),
        })
    }

    fn parcel(location: u16, first_placement: u16, placement_count: u16) -> Parcel {
        Parcel {
            location: LocationId(location),
            service: None,
            zone: None,
            distance: Distance(0),
            weight: Weight(0),
            dispatch: Dispatch { cutoff: Timestamp(0), day: Day(0), window: 0 },
            arrives: Day(0),
            ready_at: None,
            costs: PartCosts::default(),
            preference: Cost::ZERO,
            first_placement,
            placement_count,
        }
    }

    #[test]
    fn each_placement_is_a_row() {
        let placement = |line, product, quantity| Placement {
            line,
            product: ProductId(product),
            record: RecordId(0),
            quantity,
        };
        let line = |number, product| OrderLine {
            number,
            product: ProductId(product),
            quantity: 2,
            unit_price: Cost::ZERO,
            when_short: None,
        };
        let order = Order { id: "O-1".into(), lines: vec![line(7, 0), line(9, 1)], ..Order::empty() };
        let decision = Decision {
            parcels: vec![parcel(0, 0, 2), parcel(1, 2, 1)],
            placements: vec![placement(0, 0, 2), placement(1, 1, 1), placement(1, 1, 1)],
            ..Decision::default()
        };
        let dir = Scratch::new(&[]);
        let path = dir.path().join("assignments.csv");
        let mut out = Assignments::create(&path, &[]).unwrap();
        out.write(&network(), &order, &decision).unwrap();
        assert_eq!(out.row_count(), 3);
        out.finish().unwrap();
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "order_id,line,sku,qty,location_id\n\
             O-1,7,\"MUG \"\"blue\"\"\",2,depot\n\
             O-1,9,TEE,1,depot\n\
             O-1,9,TEE,1,\"mall, north\"\n"
        );
    }
}
