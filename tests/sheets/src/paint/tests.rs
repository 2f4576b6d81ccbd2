use egui::{Color32, Pos2, Rect, pos2, vec2};

use super::*;

const WHITE: [f32; 3] = [255.0; 3];

/// A canvas of ten by ten onto which shapes were painted.
fn painted(draw: impl Fn(&egui::Painter)) -> Canvas {
    let ctx = egui::Context::default();
    let page = Rect::from_min_size(Pos2::ZERO, vec2(10.0, 10.0));
    let input = egui::RawInput { screen_rect: Some(page), ..egui::RawInput::default() };
    let output = ctx.run_ui(input, |ui| draw(ui.painter()));
    let mut textures = Textures::default();
    textures.set(output.textures_delta);
    let mut canvas = Canvas::new(10, 10, WHITE);
    paint(&mut canvas, &textures, &ctx.tessellate(output.shapes, 1.0), 1.0);
    canvas
}

#[test]
fn a_rectangle_covers_its_pixels_once_and_no_others() {
    let place = Rect::from_min_max(pos2(2.0, 3.0), pos2(7.0, 8.0));
    let glass = Color32::from_rgba_premultiplied(0, 0, 0, 128);
    let canvas = painted(|painter| {
        painter.rect_filled(place, 0.0, glass);
    });
    let grey = 255.0 * (1.0 - 128.0 / 255.0);
    for (n, pixel) in canvas.pixels.iter().enumerate() {
        let within = place.contains(pos2((n % 10) as f32 + 0.5, (n / 10) as f32 + 0.5));
        let expected = if within { grey } else { 255.0 };
        // The middle of the two triangles is where a pixel would be painted twice.
        assert!((pixel[0] - expected).abs() < 1.0, "{n}: {pixel:?}, not {expected}");
    }
}

#[test]
fn a_colour_comes_out_as_it_is() {
    let ink = Color32::from_rgb(10, 120, 230);
    let canvas = painted(|painter| {
        painter.rect_filled(Rect::from_min_size(Pos2::ZERO, vec2(10.0, 10.0)), 0.0, ink);
    });
    assert!(canvas.pixels.iter().all(|pixel| pixel.map(f32::round) == [10.0, 120.0, 230.0]));
}

#[test]
fn letters_leave_ink() {
    let canvas = painted(|painter| {
        let font = egui::FontId::proportional(10.0);
        painter.text(pos2(1.0, 0.0), egui::Align2::LEFT_TOP, "H", font, Color32::BLACK);
    });
    assert!(
        canvas.pixels.iter().any(|pixel| pixel[0] < 80.0),
        "a letter is nearly black somewhere"
    );
    assert!(canvas.pixels.iter().filter(|pixel| pixel[0] > 250.0).count() > 40);
}
