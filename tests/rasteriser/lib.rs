//! Draws what egui wants drawn, on the processor alone: pictures that are the same everywhere.
//!
//! A crate of its own because it is compiled with optimisation also where the rest is not: without,
//! a picture takes seconds.
#![forbid(unsafe_code)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "pixels are counted in whole numbers, far below what these types hold, and a test stops \
              where it breaks"
)]

use std::collections::HashMap;

use egui::epaint::{ImageData, Mesh, Primitive, TextureId};
use egui::{Color32, Context, FullOutput, Rect, TexturesDelta};
use image::RgbaImage;

/// Channels between 0 and 1, multiplied with their alpha.
type Pixel = [f32; 4];

/// Keeps the textures between pictures.
#[derive(Default)]
pub struct Rasteriser {
    textures: HashMap<TextureId, Texture>,
}

struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<Pixel>,
}

impl Texture {
    fn pixel(&self, x: f32, y: f32) -> Pixel {
        let clamp = |value: f32, size: usize| value.clamp(0.0, size as f32 - 1.0) as usize;
        self.pixels[clamp(y, self.height) * self.width + clamp(x, self.width)]
    }

    /// The colour at a place between pixels.
    fn sample(&self, u: f32, v: f32) -> Pixel {
        let (x, y) = (u * self.width as f32 - 0.5, v * self.height as f32 - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right_part, lower_part) = (x - left, y - top);
        let row = |y: f32| mix(self.pixel(left, y), self.pixel(left + 1.0, y), right_part);
        mix(row(top), row(top + 1.0), lower_part)
    }
}

fn mix(one: Pixel, other: Pixel, part: f32) -> Pixel {
    std::array::from_fn(|channel| one[channel] * (1.0 - part) + other[channel] * part)
}

fn channels(colour: Color32) -> Pixel {
    colour.to_array().map(|channel| f32::from(channel) / 255.0)
}

impl Rasteriser {
    /// Takes textures in, and lets go of those that are not needed any more.
    ///
    /// # Panics
    ///
    /// When a texture is changed that does not exist.
    pub fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, images) in delta.set.drain() {
            for change in images {
                let ImageData::Color(image) = &change.image;
                let [width, height] = image.size;
                let pixels: Vec<Pixel> =
                    image.pixels.iter().map(|pixel| channels(*pixel)).collect();
                let Some([left, top]) = change.pos else {
                    self.textures.insert(
                        id,
                        Texture {
                            width,
                            height,
                            pixels,
                        },
                    );
                    continue;
                };
                let texture = self
                    .textures
                    .get_mut(&id)
                    .expect("only what exists is changed");
                for y in 0..height {
                    let start = (top + y) * texture.width + left;
                    texture.pixels[start..start + width]
                        .copy_from_slice(&pixels[y * width..(y + 1) * width]);
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    /// Draws what egui put out; `None` when there is nothing to draw on.
    pub fn render(&mut self, context: &Context, output: &FullOutput) -> Option<RgbaImage> {
        let scale = context.pixels_per_point();
        let size = context.content_rect().size() * scale;
        let mut canvas = Canvas::new(size.x.round() as usize, size.y.round() as usize, scale);
        for primitive in context.tessellate(output.shapes.clone(), scale) {
            if let Primitive::Mesh(mesh) = &primitive.primitive
                && let Some(texture) = self.textures.get(&mesh.texture_id)
            {
                canvas.draw(mesh, texture, primitive.clip_rect);
            }
        }
        canvas.into_image()
    }
}

struct Canvas {
    width: usize,
    height: usize,
    scale: f32,
    pixels: Vec<Pixel>,
}

/// A corner of a triangle: where it is on the canvas and in the texture, and its colour.
#[derive(Clone, Copy)]
struct Corner {
    x: f32,
    y: f32,
    u: f32,
    v: f32,
    colour: Pixel,
}

/// Twice the area of the triangle from `from` over `to` to the point; its sign says on which side
/// of the edge the point lies.
fn side(from: Corner, to: Corner, x: f32, y: f32) -> f32 {
    (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x)
}

impl Canvas {
    fn new(width: usize, height: usize, scale: f32) -> Self {
        Self {
            width,
            height,
            scale,
            pixels: vec![[0.0, 0.0, 0.0, 1.0]; width * height],
        }
    }

    fn draw(&mut self, mesh: &Mesh, texture: &Texture, clip: Rect) {
        let corners: Vec<Corner> = mesh
            .vertices
            .iter()
            .map(|vertex| Corner {
                x: vertex.pos.x * self.scale,
                y: vertex.pos.y * self.scale,
                u: vertex.uv.x,
                v: vertex.uv.y,
                colour: channels(vertex.color),
            })
            .collect();
        for triangle in mesh.indices.chunks_exact(3) {
            let corners = [0, 1, 2].map(|index| corners[triangle[index] as usize]);
            self.draw_triangle(corners, texture, clip);
        }
    }

    fn draw_triangle(&mut self, corners: [Corner; 3], texture: &Texture, clip: Rect) {
        let [a, b, c] = corners;
        let area = side(a, b, c.x, c.y);
        if area == 0.0 {
            return;
        }
        let columns = self.span(corners.map(|corner| corner.x), clip.x_range(), self.width);
        let rows = self.span(corners.map(|corner| corner.y), clip.y_range(), self.height);
        let edges = [(b, c), (c, a), (a, b)];
        for row in rows {
            for column in columns.clone() {
                let (x, y) = (column as f32 + 0.5, row as f32 + 0.5);
                let shares = edges.map(|(from, to)| side(from, to, x, y) / area);
                let outside = |index: usize| {
                    let (from, to) = edges[index];
                    // An edge that two triangles share is drawn by one of them.
                    let (dx, dy) = ((to.x - from.x) * area, (to.y - from.y) * area);
                    let owns_edge = (dy == 0.0 && dx > 0.0) || dy < 0.0;
                    shares[index] < 0.0 || (shares[index] == 0.0 && !owns_edge)
                };
                if (0..3).any(outside) {
                    continue;
                }
                let blend = |value: fn(&Corner) -> f32| {
                    corners
                        .iter()
                        .zip(shares)
                        .map(|(corner, share)| value(corner) * share)
                        .sum()
                };
                let texel = texture.sample(blend(|corner| corner.u), blend(|corner| corner.v));
                let pixel = &mut self.pixels[row * self.width + column];
                let source: Pixel = std::array::from_fn(|channel| {
                    let tint: f32 = corners
                        .iter()
                        .zip(shares)
                        .map(|(corner, share)| corner.colour[channel] * share)
                        .sum();
                    texel[channel] * tint
                });
                for channel in 0..4 {
                    pixel[channel] = source[channel] + pixel[channel] * (1.0 - source[3]);
                }
            }
        }
    }

    /// The pixels between the outermost of `places`, inside the clip range.
    fn span(&self, places: [f32; 3], clip: egui::Rangef, end: usize) -> std::ops::Range<usize> {
        let clip = [clip.min, clip.max].map(|edge| (edge * self.scale).round());
        let first = places
            .into_iter()
            .fold(f32::MAX, f32::min)
            .floor()
            .max(clip[0])
            .max(0.0);
        let last = places
            .into_iter()
            .fold(f32::MIN, f32::max)
            .ceil()
            .min(clip[1])
            .min(end as f32);
        first as usize..last.max(0.0) as usize
    }

    fn into_image(self) -> Option<RgbaImage> {
        let byte = |channel: f32| (channel.clamp(0.0, 1.0) * 255.0).round() as u8;
        let bytes = self
            .pixels
            .into_iter()
            .flat_map(|pixel| pixel.map(byte))
            .collect();
        let [width, height] = [self.width, self.height].map(|side| u32::try_from(side).unwrap());
        RgbaImage::from_raw(width, height, bytes)
    }
}
