//! What draws the window: OpenGL, and on Windows Direct3D 12 before it.
//!
//! A remote session or a virtual machine has no OpenGL worth the name, but Direct3D 12 draws there
//! without a graphics card. Where that is missing too, OpenGL gets its chance. For tests, the
//! environment variable `WGPU_BACKEND` names another way of drawing.

use eframe::{CreationContext, NativeOptions};

use crate::app::App;

/// Shows the window until it is closed.
///
/// # Errors
///
/// When nothing can draw it; `make` was not called then.
#[cfg(not(windows))]
pub fn show<Make>(title: &str, options: NativeOptions, make: Make) -> eframe::Result
where
    Make: FnOnce(&CreationContext<'_>) -> App,
{
    let create = move |creation: &CreationContext<'_>| Ok(Box::new(make(creation)) as _);
    eframe::run_native(title, options, Box::new(create))
}

/// Shows the window until it is closed.
///
/// # Errors
///
/// When nothing can draw it; `make` was not called then.
#[cfg(windows)]
pub fn show<Make>(title: &str, options: NativeOptions, make: Make) -> eframe::Result
where
    Make: FnOnce(&CreationContext<'_>) -> App,
{
    use std::cell::Cell;

    use eframe::Renderer;

    // Whoever can draw makes the program; that one cannot is known before.
    let make = Cell::new(Some(make));
    let try_with = |renderer| {
        let create = |creation: &CreationContext<'_>| {
            let make = make.take().ok_or(MadeBefore)?;
            Ok(Box::new(make(creation)) as Box<dyn eframe::App>)
        };
        let options = NativeOptions {
            renderer,
            wgpu_options: direct3d(),
            ..options.clone()
        };
        eframe::run_native(title, options, Box::new(create))
    };
    match try_with(Renderer::Wgpu) {
        Err(eframe::Error::Wgpu(error)) => {
            log::warn!("OpenGL draws instead: {error}");
            try_with(Renderer::Glow)
        }
        shown => shown,
    }
}

/// One program was made already and cannot be made again.
#[cfg(windows)]
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the program was started before")]
struct MadeBefore;

/// Direct3D 12 on the graphics card that needs the least power, unless a test asks for another way.
#[cfg(windows)]
fn direct3d() -> eframe::egui_wgpu::WgpuConfiguration {
    use eframe::egui_wgpu::{SurfaceConfig, WgpuConfiguration, WgpuSetupCreateNew};
    use wgpu::{Backends, PowerPreference};

    let mut setup = WgpuSetupCreateNew::without_display_handle();
    setup.instance_descriptor.backends = Backends::from_env().unwrap_or(Backends::DX12);
    setup.power_preference = PowerPreference::LowPower;
    WgpuConfiguration {
        wgpu_setup: setup.into(),
        ..WgpuConfiguration::default()
    }
    .with_surface_config(SurfaceConfig::LOW_LATENCY)
}
