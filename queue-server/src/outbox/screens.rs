//! Which screens there are, for displays that were told their role and their place.

use hall::{ids::ZoneId, setup::Setup};
use wire::screens::{Role, Screen, Screens};

use crate::profile::Device;

/// Every screen that a program shows. One at a window hangs in the window's zone.
pub fn of(devices: &[Device], setup: &Setup) -> Screens {
    let zone_of = |device: &Device| -> Option<ZoneId> {
        let its_window = device.window.and_then(|window| setup.window(window));
        device.zone.or_else(|| its_window.map(|window| window.zone))
    };
    let screen = |device: &Device| {
        let role = Role::of(device.kind).filter(|_| device.is_screen_program())?;
        let (id, name, window) = (device.id, device.name.clone(), device.window);
        Some(Screen { id, role, name, zone: zone_of(device), window })
    };
    Screens { screens: devices.iter().filter_map(screen).collect() }
}

#[cfg(test)]
mod tests {
    use wire::device::DeviceKind;

    use super::*;
    use crate::testing::county;

    #[test]
    fn a_screen_at_a_window_hangs_in_its_zone_and_one_on_a_line_is_the_bridges() {
        let mut profile = county();
        for device in &mut profile.devices {
            match device.id.as_str() {
                "screen-1" => device.zone = Some("C".parse().unwrap()),
                "screen-2" => {
                    device.kind = DeviceKind::WindowScreen;
                    device.window = Some("20".parse().unwrap());
                }
                _ => {}
            }
        }
        let listed = of(&profile.devices, &profile.setup).screens.into_iter().map(|screen| {
            let zone = screen.zone.map_or("-".to_owned(), |zone| zone.to_string());
            format!("{} {:?} {zone}", screen.id, screen.role)
        });
        let listed: Vec<String> = listed.filter(|line| line.starts_with("screen-")).collect();
        assert_eq!(listed, ["screen-1 Hall C", "screen-2 Window D", "screen-c Hall C"]);
        assert!(
            !of(&profile.devices, &profile.setup).screens.iter().any(|it| it.name.contains("LED"))
        );
    }
}
