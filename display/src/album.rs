//! 工作照 on this machine: asked of the server once, kept on the disk under their marks, and made as
//! small as a plate shows them. One thread; the window never waits for it.

use std::{
    collections::BTreeSet,
    fs,
    io::Cursor,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    time::Duration,
};

use egui::ColorImage;
use image::{ImageReader, Limits, imageops::FilterType};
use wire::server::{Way, WayFault};

use crate::config::{BrokerConfig, ServerConfig};

/// A photograph is at most so large; the server's `check` takes no larger one.
const BYTES_MAX: u64 = 512 * 1_024;

/// What a picture may take while it is read: 2400 × 2400 points.
const DECODE_BYTES_MAX: u64 = 32 * 1_024 * 1_024;
const SIDE_MAX: u32 = 2_400;

/// A plate shows it 290 points wide at most; on a screen twice as fine it is still sharp.
const SHOWN_WIDE: u32 = 480;
const SHOWN_HIGH: u32 = 640;

/// Photographs kept on the disk; past it the oldest files go.
const KEPT_MAX: usize = 400;

/// What did not come is asked for again so often, while it is wanted.
const AGAIN_AFTER: Duration = Duration::from_secs(30);

/// How long the server may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// A photograph, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Portrait {
    /// Its mark.
    pub mark: String,
    /// Its points.
    pub image: Arc<ColorImage>,
}

/// Why a photograph did not come.
#[derive(Debug, thiserror::Error)]
pub enum AlbumFault {
    /// The server.
    #[error("the server gave no photograph: {0}")]
    Server(String),
    /// The picture.
    #[error("a photograph cannot be read")]
    Picture(#[from] image::ImageError),
}

/// Gives the bytes of a photograph by its mark.
pub type Fetch = Box<dyn Fn(&str) -> Result<Vec<u8>, AlbumFault> + Send>;

/// Where the window says what it wants to show.
#[derive(Clone)]
pub struct Album {
    wanted: Arc<Mutex<Option<String>>>,
    bell: SyncSender<()>,
}

impl Album {
    /// An album over a folder; without one nothing is kept. `tell` is given what came.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(
        folder: Option<PathBuf>,
        fetch: Fetch,
        tell: impl Fn(Portrait) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (bell, rung) = sync_channel(1);
        let wanted = Arc::new(Mutex::new(None));
        let shelf = Shelf { folder, fetch };
        let asked = Arc::clone(&wanted);
        std::thread::Builder::new()
            .name("album".to_owned())
            .spawn(move || shelf.run(&asked, &rung, &tell))?;
        Ok(Self { wanted, bell })
    }

    /// This one is to be shown; what was wanted before is not any more.
    pub fn want(&self, mark: String) {
        *self.wanted.lock().unwrap_or_else(PoisonError::into_inner) = Some(mark);
        // A bell that rings already is heard.
        self.bell.try_send(()).ok();
    }
}

struct Shelf {
    folder: Option<PathBuf>,
    fetch: Fetch,
}

impl Shelf {
    fn run(&self, wanted: &Mutex<Option<String>>, rung: &Receiver<()>, tell: &impl Fn(Portrait)) {
        let mut lacking = BTreeSet::new();
        loop {
            match rung.recv_timeout(AGAIN_AFTER) {
                Ok(()) | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let mark = wanted.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let Some(mark) = mark else { continue };
            match self.find(&mark) {
                Ok(image) => {
                    let mut still = wanted.lock().unwrap_or_else(PoisonError::into_inner);
                    if still.as_ref() == Some(&mark) {
                        *still = None;
                    }
                    drop(still);
                    lacking.remove(&mark);
                    tell(Portrait { mark, image: Arc::new(image) });
                }
                Err(error) => note(&mut lacking, mark, &error),
            }
        }
    }

    fn find(&self, mark: &str) -> Result<ColorImage, AlbumFault> {
        if let Some(kept) = self.kept(mark) {
            return Ok(kept);
        }
        let bytes = (self.fetch)(mark)?;
        let image = decoded(&bytes)?;
        self.keep(mark, &bytes);
        Ok(image)
    }

    /// One that was kept and can still be read.
    fn kept(&self, mark: &str) -> Option<ColorImage> {
        let path = self.place(mark)?;
        let fits = fs::metadata(&path).ok()?.len() <= BYTES_MAX;
        let bytes = fits.then(|| fs::read(&path).ok()).flatten()?;
        decoded(&bytes).ok()
    }

    /// Whole or not at all; one that cannot be kept is asked for again on the next start.
    fn keep(&self, mark: &str, bytes: &[u8]) {
        let (Some(path), Some(folder)) = (self.place(mark), &self.folder) else { return };
        let beside = path.with_extension("new");
        let kept = fs::create_dir_all(folder).and_then(|()| fs::write(&beside, bytes));
        if let Err(error) = kept.and_then(|()| fs::rename(&beside, &path)) {
            tracing::warn!(%error, "a photograph was not kept");
        }
        self.clear();
    }

    /// The oldest files go.
    fn clear(&self) {
        let Some(entries) = self.folder.as_ref().and_then(|folder| fs::read_dir(folder).ok())
        else {
            return;
        };
        let mut files: Vec<_> = entries
            .filter_map(|entry| {
                let entry = entry.ok()?;
                Some((entry.metadata().ok()?.modified().ok()?, entry.path()))
            })
            .collect();
        files.sort();
        let many = files.len().saturating_sub(KEPT_MAX);
        for (_, path) in files.into_iter().take(many) {
            drop(fs::remove_file(path));
        }
    }

    /// A mark is 16 hexadecimal digits: anything else names no file.
    fn place(&self, mark: &str) -> Option<PathBuf> {
        let is_mark = mark.len() == 16 && mark.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_mark.then(|| self.folder.as_ref().map(|folder| folder.join(mark))).flatten()
    }
}

/// One that does not come is told of once, however often it is asked for again.
fn note(lacking: &mut BTreeSet<String>, mark: String, error: &AlbumFault) {
    if lacking.contains(&mark) {
        tracing::debug!(%mark, %error, "a photograph still does not come");
        return;
    }
    tracing::warn!(%mark, %error, "a plate goes without its photograph");
    if lacking.len() >= KEPT_MAX {
        lacking.clear();
    }
    lacking.insert(mark);
}

/// A picture as small as it is shown.
fn decoded(bytes: &[u8]) -> Result<ColorImage, AlbumFault> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| AlbumFault::Picture(image::ImageError::IoError(error)))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(DECODE_BYTES_MAX);
    reader.limits(limits);
    let picture = reader.decode()?;
    let is_large = picture.width() > SHOWN_WIDE || picture.height() > SHOWN_HIGH;
    let shown = if is_large {
        picture.resize(SHOWN_WIDE, SHOWN_HIGH, FilterType::Triangle)
    } else {
        picture
    };
    let points = shown.to_rgb8();
    let size = [points.width() as usize, points.height() as usize];
    Ok(ColorImage::from_rgb(size, points.as_raw()))
}

/// Asks the server, with the display's own credential.
///
/// # Errors
/// If there is no way to it.
pub fn from_server(server: &ServerConfig, broker: &BrokerConfig) -> Result<Fetch, WayFault> {
    let way = Way::to(&server.url, server.authority_file.as_deref())?;
    let (url, broker) = (way.url().to_owned(), broker.clone());
    let config = way.agent().http_status_as_error(true).timeout_global(Some(ANSWER_WITHIN));
    let agent = config.build().new_agent();
    Ok(Box::new(move |mark| {
        let fault = |why: String| AlbumFault::Server(why);
        let secret = broker.secret().map_err(|error| fault(error.to_string()))?;
        let asked = agent
            .get(format!("{url}/api/v1/photos/{mark}"))
            .header("authorization", format!("Bearer {secret}"))
            .call();
        let mut answer = asked.map_err(|error| fault(error.to_string()))?;
        let body = answer.body_mut().with_config().limit(BYTES_MAX);
        body.read_to_vec().map_err(|error| fault(error.to_string()))
    }))
}

#[cfg(test)]
mod tests;
