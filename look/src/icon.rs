//! The line drawings of the pictures, in a box of 96 by 96: strokes with round ends.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, epaint::CubicBezierShape, pos2, vec2};

/// A drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// 返回.
    Back,
    /// 下一页.
    Forward,
    /// 首页.
    Home,
    /// 请工作人员帮忙.
    Help,
    /// 语音.
    Speaker,
    /// 查找, 查询.
    Search,
    /// 号票.
    Ticket,
    /// 预约.
    Calendar,
    /// 领证取件.
    Document,
    /// 办事指南.
    Book,
    /// 服务评价.
    Smile,
    /// 我要反映.
    Talk,
    /// 打印.
    Printer,
    /// 缺纸: the paper is dashed.
    PaperOut,
    /// 材料.
    Sheet,
    /// 本人, 身份.
    Person,
    /// 成功.
    Done,
    /// 注意.
    Warning,
    /// 时间.
    Clock,
    /// 断网.
    Offline,
    /// 勾.
    Tick,
    /// 低位: somebody in a wheelchair.
    Wheelchair,
    /// 军人依法优先: a star.
    Star,
    /// 老年人: somebody with a stick.
    Cane,
    /// 孕妇.
    Pregnant,
    /// 携带婴幼儿: a grown-up with a child.
    Infant,
    /// 听不见叫号: an ear, struck through.
    Ear,
    /// 高对比: half light, half dark.
    Contrast,
    /// 怎么走, 大厅地图.
    Place,
    /// 非常满意.
    VerySatisfied,
    /// 满意.
    Satisfied,
    /// 基本满意.
    Fair,
    /// 不满意.
    Dissatisfied,
    /// 非常不满意.
    VeryDissatisfied,
}

enum Piece {
    /// A path of SVG's M, L, H, V, Q and Z, absolute.
    Path(&'static str),
    Dashed(&'static str, f32, f32),
    Ring(f32, f32, f32),
    Dot(f32, f32),
    Box(f32, f32, f32, f32, f32),
}
use Piece::{Box, Dashed, Dot, Path, Ring};

/// What the five levels have in common: one ink, one size.
const FACE: Piece = Ring(48.0, 48.0, 42.0);
const LEFT_EYE: Piece = Dot(33.0, 38.0);
const RIGHT_EYE: Piece = Dot(63.0, 38.0);

impl Icon {
    const fn pieces(self) -> &'static [Piece] {
        match self {
            Self::Back => &[Path("M58 16L26 48L58 80")],
            Self::Forward => &[Path("M38 16L70 48L38 80")],
            Self::Home => &[Path("M12 46L48 14L84 46M22 40V82H74V40")],
            Self::Help => &[
                Ring(48.0, 48.0, 38.0),
                Path("M36 38Q36 26 48 26Q60 26 60 38Q60 46 48 52V58"),
                Dot(48.0, 71.0),
            ],
            Self::Speaker => &[
                Path("M12 36H28L50 18V78L28 60H12Z"),
                Path("M64 36Q72 48 64 60M74 24Q90 48 74 72"),
            ],
            Self::Search => &[Ring(42.0, 42.0, 28.0), Path("M63 63L84 84")],
            Self::Ticket => &[
                Box(16.0, 10.0, 64.0, 70.0, 6.0),
                Path("M30 28H66M30 62H50"),
                Path("M36 45H60M36 43H60M36 47H60"),
                Dashed("M16 88H80", 2.0, 11.0),
            ],
            Self::Calendar => &[
                Box(14.0, 20.0, 68.0, 62.0, 6.0),
                Path("M14 40H82M32 10V28M64 10V28"),
                Path("M36 60L45 69L62 52"),
            ],
            Self::Document => &[
                Path("M74 48V16Q74 10 68 10H22Q16 10 16 16V80Q16 86 22 86H48"),
                Path("M30 30H60M30 46H52M30 62H42"),
                Ring(70.0, 72.0, 16.0),
                Path("M63 72L68 77L77 67"),
            ],
            Self::Book => &[
                Path("M48 22V84"),
                Box(10.0, 16.0, 38.0, 64.0, 4.0),
                Box(48.0, 16.0, 38.0, 64.0, 4.0),
                Path("M22 34H36M22 50H36M60 34H74M60 50H74"),
            ],
            Self::Smile => &[
                Ring(48.0, 48.0, 36.0),
                Dot(36.0, 40.0),
                Dot(60.0, 40.0),
                Path("M32 58Q48 72 64 58"),
            ],
            Self::Wheelchair => &[
                Dot(42.0, 14.0),
                Path("M42 28V54H64L76 82H84"),
                Path("M42 40H62"),
                Path("M31 46Q15 54 17 69Q21 87 40 87Q55 86 60 71"),
            ],
            Self::Star => &[Path("M48 12L58 37L85 38L64 55L71 82L48 67L25 82L32 55L11 38L38 37Z")],
            Self::Cane => &[
                Ring(40.0, 17.0, 8.0),
                Path("M38 32Q27 44 30 58L42 64L38 86M30 58L20 86M36 40L52 50L64 48"),
                Path("M56 46Q60 40 66 44V86"),
            ],
            Self::Pregnant => &[
                Ring(44.0, 16.0, 9.0),
                Path("M42 32L36 60H44V88M42 32Q50 34 52 42Q68 48 64 60Q62 66 52 66V88"),
            ],
            Self::Infant => &[
                Ring(34.0, 16.0, 9.0),
                Path("M22 88V62L18 40Q20 32 34 32Q48 32 50 44L62 58M46 88V60"),
                Ring(70.0, 44.0, 7.0),
                Path("M62 58H78V74M62 58V74M64 74V88M76 74V88"),
            ],
            Self::Ear => &[
                Path(
                    "M28 46Q28 16 52 16Q76 16 76 42Q76 54 66 60Q60 64 58 72Q56 86 44 86Q34 86 32 76",
                ),
                Path("M42 46Q42 32 52 32Q62 32 62 44Q62 52 52 54"),
                Path("M14 14L84 84"),
            ],
            Self::Contrast => &[
                Ring(48.0, 48.0, 36.0),
                Path("M48 14V82M53 15V81M58 17V79M63 19V77M68 23V73M73 28V68M78 36V60"),
            ],
            Self::Talk => &[Path("M12 16H84V66H46L28 84V66H12Z"), Path("M28 34H68M28 49H54")],
            Self::Printer => &[
                Path("M28 34V12H68V34"),
                Box(10.0, 34.0, 76.0, 34.0, 5.0),
                Path("M28 56H68V86H28Z"),
            ],
            Self::PaperOut => &[
                Box(10.0, 40.0, 76.0, 36.0, 5.0),
                Dashed("M28 40V14H68V40", 7.0, 9.0),
                Path("M28 62H68"),
            ],
            Self::Sheet => &[Path("M20 12H60L76 28V84H20Z"), Path("M34 40H62M34 54H62M34 68H50")],
            Self::Person => &[Ring(48.0, 32.0, 18.0), Path("M14 88Q14 58 48 58Q82 58 82 88Z")],
            Self::Done => &[Ring(48.0, 48.0, 38.0), Path("M30 50L43 63L67 36")],
            Self::Warning => &[Path("M48 12L88 82H8Z"), Path("M48 38V58"), Dot(48.0, 70.0)],
            Self::Clock => &[Ring(48.0, 48.0, 38.0), Path("M48 24V50L64 62")],
            Self::Offline => &[Path("M16 16L80 80M80 16L16 80")],
            Self::Tick => &[Path("M18 50L40 72L80 26")],
            Self::Place => &[
                Path("M48 86Q20 58 20 38Q20 12 48 12Q76 12 76 38Q76 58 48 86Z"),
                Ring(48.0, 38.0, 10.0),
            ],
            Self::VerySatisfied => &[FACE, LEFT_EYE, RIGHT_EYE, Path("M26 54Q48 88 70 54Z")],
            Self::Satisfied => &[FACE, LEFT_EYE, RIGHT_EYE, Path("M30 58Q48 76 66 58")],
            Self::Fair => &[FACE, LEFT_EYE, RIGHT_EYE, Path("M32 64H64")],
            Self::Dissatisfied => &[FACE, LEFT_EYE, RIGHT_EYE, Path("M32 69Q48 55 64 69")],
            Self::VeryDissatisfied => &[FACE, LEFT_EYE, RIGHT_EYE, Path("M28 73Q48 47 68 73")],
        }
    }

    /// Paints the drawing into a square in the middle of `area`. `stroke` is the stroke's width in
    /// the box of 96: 6 for large ones, 7 or 8 for small ones, 10 for arrows.
    pub fn paint(self, painter: &Painter, area: Rect, stroke: f32, colour: Color32) {
        let side = area.width().min(area.height());
        let corner = area.center() - vec2(side, side) / 2.0;
        let scale = side / 96.0;
        let pen = Pen { painter, corner, scale, stroke: Stroke::new(stroke * scale, colour) };
        for piece in self.pieces() {
            pen.draw(piece);
        }
    }
}

struct Pen<'a> {
    painter: &'a Painter,
    corner: Pos2,
    scale: f32,
    stroke: Stroke,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> Pos2 {
        self.corner + vec2(x, y) * self.scale
    }

    fn draw(&self, piece: &Piece) {
        match *piece {
            Path(path) => {
                for points in subpaths(path) {
                    self.rounded_line(&points);
                }
            }
            Dashed(path, dash, gap) => {
                for points in subpaths(path) {
                    let points: Vec<Pos2> = points.iter().map(|p| self.at(p.x, p.y)).collect();
                    let dashes = Shape::dashed_line(
                        &points,
                        self.stroke,
                        dash * self.scale,
                        gap * self.scale,
                    );
                    for shape in dashes {
                        if let Shape::LineSegment { points, .. } = shape {
                            self.ends(&points);
                        }
                        self.painter.add(shape);
                    }
                }
            }
            Ring(x, y, radius) => {
                self.painter.circle_stroke(self.at(x, y), radius * self.scale, self.stroke);
            }
            Dot(x, y) => {
                let radius = 2.5 * self.scale + self.stroke.width / 2.0;
                self.painter.circle_filled(self.at(x, y), radius, self.stroke.color);
            }
            Box(x, y, width, height, radius) => {
                let rect = Rect::from_min_size(self.at(x, y), vec2(width, height) * self.scale);
                self.painter.rect_stroke(
                    rect,
                    radius * self.scale,
                    self.stroke,
                    egui::StrokeKind::Middle,
                );
            }
        }
    }

    fn rounded_line(&self, points: &[Pos2]) {
        let points: Vec<Pos2> = points.iter().map(|p| self.at(p.x, p.y)).collect();
        self.ends(&points);
        self.painter.line(points, self.stroke);
    }

    fn ends(&self, points: &[Pos2]) {
        for point in points {
            self.painter.circle_filled(*point, self.stroke.width / 2.0, self.stroke.color);
        }
    }
}

/// Reads M, L, H, V, Q and Z with absolute coordinates; curves become short lines.
fn subpaths(path: &str) -> Vec<Vec<Pos2>> {
    let mut all: Vec<Vec<Pos2>> = Vec::new();
    let mut rest = path;
    while let Some(command) = rest.chars().next() {
        let body = &rest[1..];
        let end = body.find(|char: char| char.is_ascii_alphabetic()).unwrap_or(body.len());
        let numbers: Vec<f32> =
            body[..end].split([' ', ',']).filter_map(|number| number.parse().ok()).collect();
        rest = &body[end..];
        let last = all.last().and_then(|line| line.last()).copied().unwrap_or_default();
        match (command, numbers.as_slice()) {
            ('M', [x, y]) => all.push(vec![pos2(*x, *y)]),
            ('L', [x, y]) => push(&mut all, pos2(*x, *y)),
            ('H', [x]) => push(&mut all, pos2(*x, last.y)),
            ('V', [y]) => push(&mut all, pos2(last.x, *y)),
            ('Q', [x1, y1, x, y]) => {
                let (control, end) = (pos2(*x1, *y1), pos2(*x, *y));
                for point in curve(last, control, end) {
                    push(&mut all, point);
                }
            }
            ('Z', []) => {
                if let Some(first) = all.last().and_then(|line| line.first()).copied() {
                    push(&mut all, first);
                }
            }
            _ => debug_assert!(false, "an icon's path has an unknown command: {path}"),
        }
    }
    all
}

fn push(all: &mut [Vec<Pos2>], point: Pos2) {
    if let Some(line) = all.last_mut() {
        line.push(point);
    }
}

fn curve(from: Pos2, control: Pos2, to: Pos2) -> Vec<Pos2> {
    let toward = |end: Pos2| end + (control - end) * (2.0 / 3.0);
    let cubic = CubicBezierShape {
        points: [from, toward(from), toward(to), to],
        closed: false,
        fill: Color32::TRANSPARENT,
        stroke: egui::epaint::PathStroke::NONE,
    };
    (1..=12).map(|step| cubic.sample(step as f32 / 12.0)).collect()
}
