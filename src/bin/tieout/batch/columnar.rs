//! Parquet and Arrow IPC files: tables that come in columns. A file is known by its first bytes, an output by its
//! ending.

use super::TableArguments;
use super::report::Report;
use crate::failure::{Failure, Status};
use crate::output::Output;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_ipc::writer::{FileWriter, StreamWriter};
use arrow_schema::{ArrowError, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::num::NonZero;
use std::path::Path;
use std::time::Instant;
use tieout::batch::{ColumnRun, Header, NumberColumns, Summary, TableJob};

/// The rows of a batch that is read from a Parquet file.
const BATCH: usize = 65_536;
/// How many batches are computed together, for each thread.
const TOGETHER: usize = 2;

/// A form of files of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Parquet,
    IpcFile,
    IpcStream,
}

impl Form {
    /// The form of an input by its first bytes.
    fn of_start(start: &[u8]) -> Option<Form> {
        match start {
            [b'P', b'A', b'R', b'1', ..] => Some(Form::Parquet),
            [b'A', b'R', b'R', b'O', b'W', b'1', ..] => Some(Form::IpcFile),
            [0xff, 0xff, 0xff, 0xff, ..] => Some(Form::IpcStream),
            _ => None,
        }
    }

    /// The form of an output by its ending.
    fn of_ending(path: &Path) -> Option<Form> {
        match path.extension()?.to_str()? {
            "parquet" => Some(Form::Parquet),
            "arrow" | "feather" | "ipc" => Some(Form::IpcFile),
            "arrows" => Some(Form::IpcStream),
            _ => None,
        }
    }
}

/// A table of columns that is open.
pub(super) struct ColumnTable {
    header: Header,
    schema: SchemaRef,
    batches: Box<dyn RecordBatchReader + Send>,
}

impl ColumnTable {
    /// The input as columns, if it is a file that holds them.
    pub(super) fn open(arguments: &TableArguments) -> Result<Option<ColumnTable>, Failure> {
        let to_columns = arguments.output.as_deref().and_then(Form::of_ending).is_some();
        let form = if arguments.is_standard_input() { None } else { form_of(arguments)? };
        let Some((form, file)) = form else {
            return match to_columns {
                true => Err(Failure::CouldNotRun("a CSV file gives a CSV file: end -o in .csv, .gz or .zst".to_owned())),
                false => Ok(None),
            };
        };
        if !to_columns {
            let message = "a Parquet or Arrow file gives one: end -o in .parquet, .arrow or .arrows";
            return Err(Failure::CouldNotRun(format!("{}: {message}", arguments.name())));
        }
        if arguments.explain.is_some() || arguments.errors.is_some() {
            return Err(Failure::CouldNotRun("--explain and --errors are for CSV files".to_owned()));
        }
        let batches = reader(form, file).map_err(|error| Failure::CouldNotRun(format!("{}: {error}", arguments.name())))?;
        let schema = batches.schema();
        let header = Header::of_names(&arguments.name(), schema.fields().iter().map(|field| field.name().as_str()));
        Ok(Some(ColumnTable { header, schema, batches }))
    }

    /// The names of the columns.
    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// Runs a job over the table and writes it.
    pub(super) fn run(
        self,
        command: &'static str,
        source: Option<&str>,
        arguments: &TableArguments,
        job: TableJob<'_>,
    ) -> Result<Status, Failure> {
        let mut report = Report::start(command, source, arguments);
        let run = ColumnRun::new(&self.schema, &self.header, job, NumberColumns::from(arguments.numbers))?;
        let started = Instant::now();
        let summary = self.compute(&run, arguments)?;
        report.finish(&summary, started.elapsed());
        report.write(arguments.report.as_deref())?;
        report.print();
        Ok(if summary.is_clean() { Status::Clean } else { Status::Findings })
    }

    /// Memory does not grow with the file: a few batches are held at a time.
    fn compute(self, run: &ColumnRun<'_>, arguments: &TableArguments) -> Result<Summary, Failure> {
        let input = |error: ArrowError| Failure::CouldNotRun(format!("{}: {error}", arguments.name()));
        let mut output = Sink::create(arguments.output.as_deref(), &run.schema())?;
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        let (mut batches, mut summary) = (self.batches.peekable(), Summary::default());
        while batches.peek().is_some() {
            let some: Vec<RecordBatch> = batches.by_ref().take(TOGETHER * threads).collect::<Result<_, _>>().map_err(input)?;
            let (done, found) = run.batches(&some, threads)?;
            summary.add(&found);
            done.iter().try_for_each(|batch| output.write(batch))?;
        }
        output.finish()?;
        Ok(summary)
    }
}

/// The form of a regular file of columns, and the file.
fn form_of(arguments: &TableArguments) -> Result<Option<(Form, File)>, Failure> {
    let mut file = arguments.open()?;
    if !file.metadata().is_ok_and(|known| known.is_file()) {
        return Ok(None);
    }
    let mut start = Vec::new();
    let read = Read::by_ref(&mut file).take(8).read_to_end(&mut start).and_then(|_| file.rewind());
    read.map_err(|error| Failure::file(&arguments.input, &error))?;
    Ok(Form::of_start(&start).map(|form| (form, file)))
}

fn reader(form: Form, file: File) -> Result<Box<dyn RecordBatchReader + Send>, ArrowError> {
    Ok(match form {
        Form::Parquet => Box::new(ParquetRecordBatchReaderBuilder::try_new(file)?.with_batch_size(BATCH).build()?),
        Form::IpcFile => Box::new(FileReader::try_new(BufReader::new(file), None)?),
        Form::IpcStream => Box::new(StreamReader::try_new(BufReader::new(file), None)?),
    })
}

/// Where a table of columns goes.
enum Sink {
    Parquet(Box<ArrowWriter<Output>>),
    IpcFile(FileWriter<Output>),
    IpcStream(StreamWriter<Output>),
}

impl Sink {
    fn create(path: Option<&Path>, schema: &SchemaRef) -> Result<Sink, Failure> {
        let output = Output::create(path)?;
        let sink = match path.and_then(Form::of_ending) {
            Some(Form::Parquet) | None => {
                let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
                let writer = ArrowWriter::try_new(output, schema.clone(), Some(properties)).map_err(ArrowError::from);
                writer.map(|writer| Sink::Parquet(Box::new(writer)))
            }
            Some(Form::IpcFile) => FileWriter::try_new(output, schema).map(Sink::IpcFile),
            Some(Form::IpcStream) => StreamWriter::try_new(output, schema).map(Sink::IpcStream),
        };
        sink.map_err(|error| Failure::CouldNotRun(error.to_string()))
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        let written = match self {
            Sink::Parquet(writer) => writer.write(batch).map_err(ArrowError::from),
            Sink::IpcFile(writer) => writer.write(batch),
            Sink::IpcStream(writer) => writer.write(batch),
        };
        written.map_err(|error| self.take_failure().unwrap_or_else(|| Failure::CouldNotRun(error.to_string())))
    }

    /// Writes what is left, and puts the file in its place.
    fn finish(self) -> Result<(), Failure> {
        let output = match self {
            Sink::Parquet(writer) => writer.into_inner().map_err(ArrowError::from),
            Sink::IpcFile(writer) => writer.into_inner(),
            Sink::IpcStream(writer) => writer.into_inner(),
        };
        output.map_err(|error| Failure::CouldNotRun(error.to_string()))?.finish()
    }

    /// Why writing failed, if it did.
    fn take_failure(&mut self) -> Option<Failure> {
        match self {
            Sink::Parquet(writer) => writer.inner_mut().take_failure(),
            Sink::IpcFile(writer) => writer.get_mut().take_failure(),
            Sink::IpcStream(writer) => writer.get_mut().take_failure(),
        }
    }
}
