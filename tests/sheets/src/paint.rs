//! Paints what egui tessellated: triangles with a colour and a texture, one after another, blended
//! as its shader does, pixel by pixel on the processor.

use std::collections::BTreeMap;

use egui::{
    ClippedPrimitive, Color32, ColorImage, ImageData, Rect, TextureId, TexturesDelta,
    epaint::{Mesh, Primitive, Vertex},
};

use crate::canvas::Canvas;

/// The textures of a context: its letters, as they were told so far.
#[derive(Default)]
pub struct Textures(BTreeMap<TextureId, ColorImage>);

impl Textures {
    /// Takes over what changed.
    pub fn set(&mut self, mut delta: TexturesDelta) {
        let all = delta.set.iter().flat_map(|(id, all)| all.iter().map(move |one| (id, one)));
        for (id, change) in all {
            let ImageData::Color(image) = &change.image;
            match (change.pos, self.0.get_mut(id)) {
                (Some([left, top]), Some(whole)) => {
                    for row in 0..image.size[1] {
                        let from = row * image.size[0];
                        let to = (top + row) * whole.size[0] + left;
                        whole.pixels[to..to + image.size[0]]
                            .copy_from_slice(&image.pixels[from..from + image.size[0]]);
                    }
                }
                (_, _) => drop(self.0.insert(*id, ColorImage::clone(image))),
            }
        }
        delta.clear();
    }
}

/// Paints meshes onto a canvas at so many pixels a point.
pub fn paint(canvas: &mut Canvas, textures: &Textures, meshes: &[ClippedPrimitive], scale: f32) {
    for clipped in meshes {
        let Primitive::Mesh(mesh) = &clipped.primitive else { continue };
        let Some(texture) = textures.0.get(&mesh.texture_id) else { continue };
        let clip = pixels(clipped.clip_rect, canvas, scale);
        for triangle in mesh.indices.chunks_exact(3) {
            paint_triangle(canvas, texture, mesh, triangle, clip, scale);
        }
    }
}

/// Left, top, right and bottom in whole pixels, the last two outside.
type Edges = [usize; 4];

fn pixels(rect: Rect, canvas: &Canvas, scale: f32) -> Edges {
    let whole = |at: f32, most: usize| ((at * scale).round().max(0.0) as usize).min(most);
    [
        whole(rect.left(), canvas.width),
        whole(rect.top(), canvas.height),
        whole(rect.right(), canvas.width),
        whole(rect.bottom(), canvas.height),
    ]
}

fn paint_triangle(
    canvas: &mut Canvas,
    texture: &ColorImage,
    mesh: &Mesh,
    triangle: &[u32],
    clip: Edges,
    scale: f32,
) {
    let corner = |n: usize| mesh.vertices[triangle[n] as usize];
    let (a, mut b, mut c) = (corner(0), corner(1), corner(2));
    let at = |vertex: &Vertex| (vertex.pos.x * scale, vertex.pos.y * scale);
    let cross = |p: (f32, f32), q: (f32, f32), r: (f32, f32)| {
        (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0)
    };
    let mut area = cross(at(&a), at(&b), at(&c));
    if area < 0.0 {
        std::mem::swap(&mut b, &mut c);
        area = -area;
    }
    if area < 1e-6 {
        return;
    }
    let (pa, pb, pc) = (at(&a), at(&b), at(&c));
    let least = |one: f32, two: f32, three: f32| one.min(two).min(three).floor().max(0.0) as usize;
    let most = |one: f32, two: f32, three: f32| one.max(two).max(three).ceil().max(0.0) as usize;
    let (left, right) = (least(pa.0, pb.0, pc.0).max(clip[0]), most(pa.0, pb.0, pc.0).min(clip[2]));
    let (top, bottom) = (least(pa.1, pb.1, pc.1).max(clip[1]), most(pa.1, pb.1, pc.1).min(clip[3]));
    // Most of a page is areas of one colour.
    let same = |one: &Vertex, other: &Vertex| one.uv == other.uv && one.color == other.color;
    let even =
        (same(&a, &b) && same(&a, &c)).then(|| shade(texture, [&a, &b, &c], [1.0, 0.0, 0.0]));
    for y in top..bottom {
        for x in left..right {
            let middle = (x as f32 + 0.5, y as f32 + 0.5);
            let weights = [
                (cross(pb, pc, middle), edge(pb, pc)),
                (cross(pc, pa, middle), edge(pc, pa)),
                (cross(pa, pb, middle), edge(pa, pb)),
            ];
            // A pixel on a common edge belongs to one of the two triangles only.
            if weights.iter().any(|(weight, owns)| *weight < 0.0 || (*weight == 0.0 && !owns)) {
                continue;
            }
            let share = weights.map(|(weight, _)| weight / area);
            let (colour, cover) = even.unwrap_or_else(|| shade(texture, [&a, &b, &c], share));
            canvas.blend(x, y, colour, cover);
        }
    }
}

/// True for a top or a left edge.
fn edge(from: (f32, f32), to: (f32, f32)) -> bool {
    (from.1 == to.1 && to.0 > from.0) || to.1 < from.1
}

/// The colour of a place in a triangle, weighed by its cover, and the cover.
fn shade(texture: &ColorImage, corners: [&Vertex; 3], share: [f32; 3]) -> ([f32; 3], f32) {
    let mix = |part: &dyn Fn(&Vertex) -> f32| -> f32 {
        corners.iter().zip(share).map(|(vertex, share)| part(vertex) * share).sum()
    };
    let (u, v) = (mix(&|vertex| vertex.uv.x), mix(&|vertex| vertex.uv.y));
    let letter = sample(texture, u, v);
    let part = |n: usize| mix(&|vertex| f32::from(vertex.color.to_array()[n])) * letter[n] / 255.0;
    ([part(0), part(1), part(2)], part(3) / 255.0)
}

/// The texture between its four nearest pixels.
fn sample(texture: &ColorImage, u: f32, v: f32) -> [f32; 4] {
    let [wide, high] = texture.size;
    let (x, y) = (u * wide as f32 - 0.5, v * high as f32 - 0.5);
    let at = |column: f32, row: f32| -> Color32 {
        let column = column.clamp(0.0, wide.saturating_sub(1) as f32) as usize;
        let row = row.clamp(0.0, high.saturating_sub(1) as f32) as usize;
        texture.pixels[row * wide + column]
    };
    let (left, top) = (x.floor(), y.floor());
    let (across, down) = (x - left, y - top);
    let four = [
        (at(left, top), (1.0 - across) * (1.0 - down)),
        (at(left + 1.0, top), across * (1.0 - down)),
        (at(left, top + 1.0), (1.0 - across) * down),
        (at(left + 1.0, top + 1.0), across * down),
    ];
    let part =
        |n: usize| four.iter().map(move |(pixel, share)| f32::from(pixel.to_array()[n]) * share);
    [part(0).sum(), part(1).sum(), part(2).sum(), part(3).sum()]
}

#[cfg(test)]
mod tests;
