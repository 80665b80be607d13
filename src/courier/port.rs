//! Lists the serial ports of this machine, with what is probably behind each.
//! It asks the system only; no port is opened, as opening one can restart what is attached.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serialport::{SerialPortInfo, SerialPortType, UsbPortInfo};

use super::{Trouble, holders, usb};

/// A serial port that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// Its name, as `/dev/ttyUSB0` or `COM3`.
    pub path: String,
    /// A name that stays when it is plugged in again, `/dev/serial/by-id/…`.
    pub stable: Option<String>,
    /// What it probably is, in words.
    pub what: String,
    /// The USB vendor number.
    pub vendor_id: Option<u16>,
    /// The USB product number.
    pub product_id: Option<u16>,
    /// The serial number that the USB device gives.
    pub serial: Option<String>,
    /// Which of the USB device's interfaces it is; a modem has several.
    pub interface: Option<u8>,
    /// Who has it open, as far as this user may see.
    pub in_use: Option<String>,
}

/// Where the system keeps what is asked for here; a test puts its own folders.
struct Places {
    tty_class: PathBuf,
    by_id: PathBuf,
}

impl Places {
    fn system() -> Places {
        Places { tty_class: "/sys/class/tty".into(), by_id: "/dev/serial/by-id".into() }
    }
}

/// The serial ports of this machine, in the order of their names.
///
/// # Errors
/// When the system cannot list them.
pub fn list() -> Result<Vec<Port>, Trouble> {
    let places = Places::system();
    let stable = stable_names(&places);
    Ok(found(&places)?.into_iter().map(|info| describe(&places, &stable, info)).collect())
}

/// The names of the ports, for hints; an empty list when they cannot be had.
pub(super) fn names() -> Vec<String> {
    let found = found(&Places::system()).unwrap_or_default();
    found.into_iter().map(|info| info.port_name).collect()
}

fn found(places: &Places) -> Result<Vec<SerialPortInfo>, Trouble> {
    // serialport panics where this folder is missing, as in a bare container.
    if cfg!(target_os = "linux") && !places.tty_class.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = serialport::available_ports().map_err(|error| Trouble::Io {
        port: "the list of serial ports".to_owned(),
        doing: "read",
        cause: error.into(),
        sent: false,
    })?;
    found.retain(|info| has_hardware(places, &info.port_name));
    found.sort_by_cached_key(|info| natural(&info.port_name));
    Ok(found)
}

fn describe(places: &Places, stable: &BTreeMap<PathBuf, String>, info: SerialPortInfo) -> Port {
    let path = info.port_name;
    let usb = match &info.port_type {
        SerialPortType::UsbPort(usb) => Some(usb),
        _ => None,
    };
    Port {
        stable: stable.get(Path::new(&path)).cloned(),
        what: what(&info.port_type),
        vendor_id: usb.map(|usb| usb.vid),
        product_id: usb.map(|usb| usb.pid),
        serial: usb.and_then(|usb| usb.serial_number.clone()),
        interface: usb.and_then(|_| interface(places, &path)),
        in_use: in_use(&path),
        path,
    }
}

fn what(kind: &SerialPortType) -> String {
    match kind {
        SerialPortType::UsbPort(usb) => usb::name(usb.vid, usb.pid).unwrap_or_else(|| as_it_says(usb)),
        SerialPortType::PciPort => "serial port on a card, nothing may be attached".to_owned(),
        SerialPortType::BluetoothPort => "Bluetooth serial port".to_owned(),
        SerialPortType::Unknown => "built-in serial port, nothing may be attached".to_owned(),
    }
}

fn as_it_says(usb: &UsbPortInfo) -> String {
    match (&usb.product, &usb.manufacturer) {
        (Some(product), Some(maker)) => format!("USB serial device, \"{product}\" by \"{maker}\""),
        (Some(name), None) | (None, Some(name)) => format!("USB serial device, \"{name}\""),
        (None, None) => "USB serial device".to_owned(),
    }
}

fn in_use(path: &str) -> Option<String> {
    let holders = holders(Path::new(path));
    let texts: Vec<String> = holders.iter().map(ToString::to_string).collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}

fn stable_names(places: &Places) -> BTreeMap<PathBuf, String> {
    let Ok(links) = fs::read_dir(&places.by_id) else {
        return BTreeMap::new();
    };
    links
        .flatten()
        .filter_map(|link| Some((fs::canonicalize(link.path()).ok()?, link.path().to_str()?.to_owned())))
        .collect()
}

/// The kernel makes device files for built-in ports that the machine may not have; their `type` is 0.
fn has_hardware(places: &Places, path: &str) -> bool {
    tty_file(places, path, "type").is_none_or(|kind| kind != "0")
}

/// ACM ports are a device of their interface, USB-serial ports a device below it.
fn interface(places: &Places, path: &str) -> Option<u8> {
    let number = tty_file(places, path, "device/bInterfaceNumber")
        .or_else(|| tty_file(places, path, "device/../bInterfaceNumber"))?;
    u8::from_str_radix(&number, 16).ok()
}

fn tty_file(places: &Places, path: &str, file: &str) -> Option<String> {
    let name = Path::new(path).file_name()?;
    let text = fs::read_to_string(places.tty_class.join(name).join(file)).ok()?;
    Some(text.trim().to_owned())
}

/// Orders `ttyUSB2` before `ttyUSB10`.
fn natural(path: &str) -> (String, u64) {
    let stem = path.trim_end_matches(|c: char| c.is_ascii_digit());
    (stem.to_owned(), path[stem.len()..].parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usb(vid: u16, pid: u16, product: Option<&str>) -> SerialPortType {
        let product = product.map(str::to_owned);
        SerialPortType::UsbPort(UsbPortInfo { vid, pid, serial_number: None, manufacturer: None, product })
    }

    #[test]
    fn a_port_is_named_by_the_registry_then_by_itself() {
        assert!(what(&usb(0x1e0e, 0x9011, Some("SimTech"))).starts_with("SIMCom modem"));
        assert_eq!(what(&usb(0xdead, 1, Some("Pet Finder"))), "USB serial device, \"Pet Finder\"");
        assert_eq!(what(&usb(0xdead, 1, None)), "USB serial device");
        assert!(what(&SerialPortType::Unknown).contains("nothing may be attached"));
    }

    #[test]
    fn names_are_ordered_as_people_count() {
        let mut paths = ["/dev/ttyUSB10", "/dev/ttyS0", "/dev/ttyUSB2", "COM3"];
        paths.sort_by_key(|path| natural(path));
        assert_eq!(paths, ["/dev/ttyS0", "/dev/ttyUSB2", "/dev/ttyUSB10", "COM3"]);
    }

    #[cfg(unix)]
    #[test]
    fn the_system_folders_tell_interface_hardware_and_stable_name() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().unwrap();
        let places = Places { tty_class: root.path().join("tty"), by_id: root.path().join("by-id") };
        let below = places.tty_class.join("ttyUSB1/device");
        fs::create_dir_all(&below).unwrap();
        fs::write(places.tty_class.join("ttyUSB1/bInterfaceNumber"), "02\n").unwrap();
        fs::create_dir_all(places.tty_class.join("ttyS3")).unwrap();
        fs::write(places.tty_class.join("ttyS3/type"), "0\n").unwrap();
        fs::create_dir_all(&places.by_id).unwrap();
        let device = root.path().join("ttyUSB1");
        fs::write(&device, "").unwrap();
        symlink(&device, places.by_id.join("usb-SIMCom-if02")).unwrap();

        assert_eq!(interface(&places, "/dev/ttyUSB1"), Some(2));
        assert!(has_hardware(&places, "/dev/ttyUSB1"));
        assert!(!has_hardware(&places, "/dev/ttyS3"));
        let names = stable_names(&places);
        assert!(names[&fs::canonicalize(&device).unwrap()].ends_with("by-id/usb-SIMCom-if02"));
    }

    #[test]
    fn listing_ports_opens_none_and_does_not_fail() {
        list().unwrap();
    }
}
