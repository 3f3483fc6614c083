//! The fonts a document is set in: bundled ones first, then those of the system, in an order that is written down here.
//!
//! The system's own idea of a fallback is never asked for: it picked odd faces.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use parley::fontique::{Blob, Charmap, CharmapIndex, Collection, CollectionOptions, FontInfo, FontStyle, SourceCache};
use parley::{FontContext, FontData, LayoutContext};

use super::face::Face;
use super::families::{OTHERS, Tongue, ideographs};
use super::kept::Kept;

macro_rules! bundled {
    ($($file:literal),* $(,)?) => {
        &[$(include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/fonts/", $file, ".ttf")).as_slice()),*]
    };
}

/// The files of `assets/fonts`.
const BUNDLED: &[&[u8]] = bundled!(
    "NotoSerif-Regular",
    "NotoSerif-Bold",
    "NotoSerif-Italic",
    "NotoSerif-BoldItalic",
    "NotoNaskhArabic-Regular",
    "NotoNaskhArabic-Bold",
    "NotoSerifHebrew-Regular",
    "NotoSerifHebrew-Bold",
    "NotoSerifDevanagari-Regular",
    "NotoSerifDevanagari-Bold",
    "NotoSerifThai-Regular",
    "NotoSerifThai-Bold",
    "NotoSansMono-Regular",
);

/// Families of the bundled fonts in the order in which a character is looked for.
pub(super) const TEXT: &[&str] = &[
    "Noto Serif",
    "Noto Naskh Arabic",
    "Noto Serif Hebrew",
    "Noto Serif Devanagari",
    "Noto Serif Thai",
    CODE,
];

/// The family of code; its other characters come from [`TEXT`].
pub(super) const CODE: &str = "Noto Sans Mono";

/// The fonts, parsed once and kept from one export to the next. Make one and share it.
pub struct Fonts {
    cabinet: Mutex<Cabinet>,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").finish_non_exhaustive()
    }
}

impl Default for Fonts {
    fn default() -> Self {
        Self::new()
    }
}

impl Fonts {
    /// The bundled fonts, and those of the system for what they lack. The system's are looked for when a text first
    /// needs them, which takes some tens of milliseconds once.
    #[must_use]
    pub fn new() -> Self {
        Self::with(System::Unopened)
    }

    /// The bundled fonts alone: the same pages on every machine.
    #[must_use]
    pub fn bundled() -> Self {
        Self::with(System::Unwanted)
    }

    fn with(system: System) -> Self {
        let mut context = FontContext {
            collection: Collection::new(CollectionOptions {
                shared: false,
                system_fonts: false,
            }),
            source_cache: SourceCache::default(),
        };
        let mut own = Vec::new();
        for file in BUNDLED {
            context.collection.register_fonts(Blob::new(Arc::new(*file)), None);
        }
        for name in TEXT {
            own.extend(Family::of(&mut context.collection, name));
        }
        Self {
            cabinet: Mutex::new(Cabinet {
                context,
                layout: LayoutContext::new(),
                own,
                extra: Vec::new(),
                tried: HashMap::new(),
                files: HashMap::new(),
                homes: HashMap::new(),
                faces: HashMap::new(),
                kept: Kept::default(),
                system,
            }),
        }
    }

    /// The fonts, for one document at a time. A panic of another thread leaves caches only, so the lock is taken over.
    pub(super) fn open(&self) -> MutexGuard<'_, Cabinet> {
        self.cabinet.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The system's fonts.
enum System {
    Unwanted,
    Unopened,
    Open(Box<(Collection, SourceCache)>),
}

/// Where a character is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// In a bundled font.
    Own,
    /// In a font of the system: index into [`Cabinet::extra`].
    Extra(usize),
    /// Nowhere.
    None,
}

/// A family and which characters its regular face has.
pub(super) struct Family {
    pub(super) name: String,
    data: Blob<u8>,
    charmap: CharmapIndex,
}

impl Family {
    fn of(collection: &mut Collection, name: &str) -> Option<Self> {
        let family = collection.family_by_name(name)?;
        let font = family.default_font()?;
        Some(Self {
            name: name.to_owned(),
            data: font.load(None)?,
            charmap: font.charmap_index(),
        })
    }

    fn charmap(&self) -> Option<Charmap<'_>> {
        self.charmap.charmap(self.data.as_ref())
    }

    fn has(&self, c: char) -> bool {
        self.charmap()
            .and_then(|map| map.map(c))
            .is_some_and(|glyph| glyph != 0)
    }
}

/// Everything that is kept from one export to the next.
pub(super) struct Cabinet {
    pub(super) context: FontContext,
    /// The shaper's scratch space. The brush is the number of the link that a run belongs to, or 0.
    pub(super) layout: LayoutContext<u32>,
    own: Vec<Family>,
    pub(super) extra: Vec<Family>,
    /// Families of the system by the name that was looked for.
    tried: HashMap<&'static str, Option<usize>>,
    /// Files of the system by number: the family name of each of their faces.
    files: HashMap<u64, Vec<(u32, String)>>,
    homes: HashMap<(char, Tongue), Home>,
    faces: HashMap<(u64, u32), Option<Arc<Face>>>,
    pub(super) kept: Kept,
    system: System,
}

impl Cabinet {
    /// Where a character is found.
    pub(super) fn home(&mut self, c: char, tongue: Tongue) -> Home {
        if matches!(c, ' '..='~') {
            return Home::Own;
        }
        if let Some(home) = self.homes.get(&(c, tongue)) {
            return *home;
        }
        let home = if self.own.iter().any(|family| family.has(c)) {
            Home::Own
        } else {
            self.abroad(c, tongue)
        };
        self.homes.insert((c, tongue), home);
        home
    }

    fn abroad(&mut self, c: char, tongue: Tongue) -> Home {
        // What a private-use character shows is by chance.
        let is_private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
        if is_private || matches!(self.system, System::Unwanted) {
            return Home::None;
        }
        for name in ideographs(tongue).iter().chain(OTHERS) {
            if let Some(index) = self.load(name)
                && self.extra.get(index).is_some_and(|family| family.has(c))
            {
                return Home::Extra(index);
            }
        }
        Home::None
    }

    /// Takes a family of the system in, if it is there and can be embedded.
    fn load(&mut self, name: &'static str) -> Option<usize> {
        if let Some(index) = self.tried.get(name) {
            return *index;
        }
        let index = self.fetch(name).map(|family| {
            self.extra.push(family);
            self.extra.len() - 1
        });
        self.tried.insert(name, index);
        index
    }

    fn fetch(&mut self, name: &str) -> Option<Family> {
        if matches!(self.system, System::Unopened) {
            let options = CollectionOptions {
                shared: false,
                system_fonts: true,
            };
            self.system = System::Open(Box::new((Collection::new(options), SourceCache::default())));
        }
        let System::Open(system) = &mut self.system else {
            return None;
        };
        let (collection, cache) = system.as_mut();
        let family = collection.family_by_name(name)?;
        let upright = |font: &&FontInfo| font.style() == FontStyle::Normal && font.axes().is_empty();
        let near = |weight: f32| {
            move |a: &&FontInfo, b: &&FontInfo| {
                (a.weight().value() - weight)
                    .abs()
                    .total_cmp(&(b.weight().value() - weight).abs())
            }
        };
        let regular = family.fonts().iter().filter(upright).min_by(near(400.0))?;
        let bold = family
            .fonts()
            .iter()
            .filter(upright)
            .filter(|font| font.weight().value() > 550.0)
            .min_by(near(700.0));
        let data = regular.load(Some(cache))?;
        Face::read(data.clone(), regular.index())?;
        let bold = bold.and_then(|font| Some((font.load(Some(cache))?, font.index())));
        let (charmap, index) = (regular.charmap_index(), regular.index());
        let own_name = self.register(&data, index)?;
        if let Some((bold, index)) = bold
            && Face::read(bold.clone(), index).is_some()
        {
            self.register(&bold, index);
        }
        Some(Family {
            name: own_name,
            data,
            charmap,
        })
    }

    /// Makes a file's faces known to the shaper; the family name of one of them.
    fn register(&mut self, data: &Blob<u8>, index: u32) -> Option<String> {
        if !self.files.contains_key(&data.id()) {
            let mut faces = Vec::new();
            for (id, fonts) in self.context.collection.register_fonts(data.clone(), None) {
                if let Some(name) = self.context.collection.family_name(id).map(str::to_owned) {
                    faces.extend(fonts.iter().map(|font| (font.index(), name.clone())));
                }
            }
            self.files.insert(data.id(), faces);
        }
        self.files
            .get(&data.id())?
            .iter()
            .find(|face| face.0 == index)
            .map(|face| face.1.clone())
    }

    /// The face behind a font that the shaper chose.
    pub(super) fn face(&mut self, font: &FontData) -> Option<Arc<Face>> {
        self.faces
            .entry((font.data.id(), font.index))
            .or_insert_with(|| Face::read(font.data.clone(), font.index).map(Arc::new))
            .clone()
    }
}
