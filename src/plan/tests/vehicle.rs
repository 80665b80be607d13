//! The rest of the numeric dialect: what a vehicle's unit does beside reporting.

use super::*;

/// Every command with the example that the vendor's paper gives (V1.6, sections 3.3 and 3.4 of the facts). Written from
/// the facts, not from the profile. 127, 152,0 and 280 are forms that the paper describes without an example, 146 and 260
/// have none either.
pub(super) const ROWS: &[Row] = &[
    ("fence", &[("fence_index", "1")], "125,1"),
    ("fence", &[("fence_index", "1"), ("fence_flag", "exit")], "125,1,1"),
    ("fence", &[("fence_index", "1"), ("fence_flag", "exit"), ("fence_radius_m", "200")], "125,1,1,200"),
    (
        "fence",
        &[
            ("fence_index", "1"),
            ("fence_flag", "exit"),
            ("fence_radius_m", "200"),
            ("fence_lat", "22.540103"),
            ("fence_lon", "114.082329"),
        ],
        "125,1,1,200,22.540103,114.082329",
    ),
    ("fence-name", &[("fence_index", "1"), ("fence_name", "Home")], "126,1,Home"),
    ("fence-delete", &[("fence_index", "1")], "127,1"),
    ("fences-delete", &[], "127"),
    ("harsh-acceleration", &[("harsh_acceleration_mg", "450")], "128,450"),
    ("harsh-braking", &[("harsh_braking_mg", "700")], "129,700"),
    ("harsh-turn", &[("harsh_turn", "17")], "130,17"),
    ("impact", &[("impact", "5")], "131,5"),
    ("vibration", &[("vibration_s", "10")], "132,10"),
    ("vibration", &[("vibration_s", "10"), ("vibration_mode", "always")], "132,10,1"),
    ("idling", &[("idling_min", "5")], "133,5"),
    ("fatigue", &[("driving_min", "240"), ("rest_min", "20"), ("driving_day_min", "480")], "134,240,20,480"),
    ("temperature-sensor", &[("sensor_index", "1"), ("sensor_name", "Storage room")], "135,1,Storage room"),
    (
        "temperature-limits",
        &[("sensor_index", "1"), ("temperature_high_c", "40.5"), ("temperature_low_c", "-10")],
        "136,1,40.5,-10",
    ),
    ("temperatures", &[], "137"),
    (
        "tank-size",
        &[("tank", "1"), ("tank_length_mm", "1000"), ("tank_width_mm", "500"), ("tank_height_mm", "600")],
        "138,1,1000,500,600",
    ),
    (
        "fuel-sensor",
        &[("tank", "1"), ("fuel_sensor", "level"), ("fuel_name", "Right Tank")],
        "139,1,1,Right Tank",
    ),
    ("fuel-theft", &[("tank", "1"), ("theft_l", "20"), ("theft_s", "60")], "140,1,20,60"),
    ("low-fuel", &[("tank", "1"), ("low_fuel_l", "10")], "141,1,10"),
    ("tank-input", &[("tank", "1"), ("tank_input", "rs232-1")], "142,1,2"),
    ("cards", &[("card_1", "123456789"), ("card_2", "987654321")], "144,123456789,987654321"),
    ("cards", &[("card_1", "#00000A678C")], "144,#00000A678C"),
    ("cards-learn", &[], "144"),
    ("cards-delete", &[("card_1", "123456789"), ("card_2", "987654321")], "145,123456789,987654321"),
    ("cards-delete-all", &[], "145,ALL"),
    ("cards-unlearn", &[], "145"),
    ("cards-check", &[("card_1", "123456789")], "146,123456789"),
    ("card-time", &[("card_time_s", "30")], "147,30"),
    ("vibration-sensitivity", &[("vibration_sensitivity", "3")], "151,3"),
    ("arm", &[], "152,1"),
    ("disarm", &[], "152,0"),
    ("jamming", &[("jamming_s", "10")], "153,10"),
    (
        "calls",
        &[("event_number", "1"), ("event_op", "set"), ("call_1", "answer"), ("call_2", "position")],
        "202,1,1,0,3",
    ),
    ("event-text", &[("event_1", "1"), ("event_text", "help")], "204,1,help"),
    (
        "talk-events",
        &[
            ("event_number", "1"),
            ("event_op", "set"),
            ("event_1", "2"),
            ("event_2", "7"),
            ("event_3", "15"),
            ("event_4", "20"),
            ("event_5", "39"),
        ],
        "205,1,1,2,7,15,20,39",
    ),
    (
        "listen-events",
        &[
            ("event_number", "1"),
            ("event_op", "set"),
            ("event_1", "2"),
            ("event_2", "7"),
            ("event_3", "15"),
            ("event_4", "20"),
            ("event_5", "39"),
        ],
        "206,1,1,2,7,15,20,39",
    ),
    (
        "photo-events",
        &[
            ("camera", "1"),
            ("event_op", "set"),
            ("event_1", "2"),
            ("event_2", "7"),
            ("event_3", "15"),
            ("event_4", "20"),
            ("event_5", "39"),
        ],
        "211,1,1,2,7,15,20,39",
    ),
    (
        "output-events",
        &[
            ("output", "1"),
            ("event_op", "set"),
            ("event_1", "2"),
            ("event_2", "7"),
            ("event_3", "15"),
            ("event_4", "20"),
            ("event_5", "39"),
        ],
        "212,1,1,2,7,15,20,39",
    ),
    ("input-mode", &[("input", "2"), ("input_mode", "high"), ("input_ms", "3000")], "250,2,1,3000"),
    (
        "output-mode",
        &[
            ("output", "1"),
            ("output_mode", "pulse"),
            ("output_s", "10"),
            ("output_on_ms", "500"),
            ("output_off_ms", "500"),
        ],
        "251,1,3,10,500,500",
    ),
    ("accessory", &[("serial_port", "1"), ("accessory", "obd")], "252,1,2"),
    ("photo-size", &[("camera", "1"), ("photo_size", "640x480")], "260,1,3"),
    ("photo-interval", &[("camera", "1"), ("photo_min", "20")], "261,1,20"),
    ("photo-interval", &[("camera", "1"), ("photo_min", "20"), ("photo_acc_off_min", "60")], "261,1,20,60"),
    ("photo-interval", &[("camera", "1"), ("photo_min", "20"), ("photo_stopped_min", "60")], "261,1,20,,60"),
    ("photo", &[("camera", "1"), ("camera_2", "2")], "262,1,2"),
    ("photos", &[], "263"),
    ("car-type", &[("car_type", "0400")], "270,0400"),
    (
        "wifi",
        &[("wifi_index", "1"), ("wifi_ssid", "istartek"), ("wifi_password", "12345678")],
        "280,1,istartek,12345678",
    ),
    ("wifi-delete-all", &[], "280"),
    ("output", &[("output", "2"), ("output_state", "on")], "900,2,1"),
    ("output", &[("output", "1"), ("output_state", "on"), ("output_ms", "100")], "900,1,1,100"),
    ("output", &[("output", "1"), ("output_state", "on"), ("safe_kmh", "10")], "900,1,1,0,10"),
    ("output-by-mode", &[("output", "2"), ("output_state", "on")], "901,2,1"),
];

#[test]
fn every_row_of_the_vehicle_functions_gives_the_papers_example() {
    let profile = profile("istartek-vt");
    for (step, settings, wanted) in ROWS {
        let steps = [(*step).to_owned()];
        let ask = Ask { what: What::Steps(&steps), destructive: true, ..Ask::routine("", FormName::Sms) };
        let made = plan(&profile, &tracker(settings), &ask);
        let made = made.unwrap_or_else(|faults| panic!("{step}: {faults:?}"));
        assert_eq!(texts(&made), [format!("0000,{wanted}")], "{step}");
    }
}

#[test]
fn photos_are_deleted_on_the_data_link_only() {
    let profile = profile("istartek-vt");
    let (steps, names) = (["photos-delete".to_owned()], [("photo_1", "pt1"), ("photo_2", "pt2")]);
    let mut asked = tracker(&names);
    asked.imei = Some("869912033012424".parse().unwrap());
    let ask = |form| Ask { what: What::Steps(&steps), destructive: true, ..Ask::routine("", form) };
    let made = plan(&profile, &asked, &ask(FormName::Link)).unwrap();
    assert!(made.commands[0].text.contains(",264,pt1,pt2"), "{:?}", made.commands[0].text);
    assert!(plan(&profile, &asked, &ask(FormName::Sms)).is_err());
}

#[test]
fn what_can_stop_a_vehicle_or_erases_needs_its_own_word() {
    let profile = profile("istartek-vt");
    for id in
        ["output", "output-by-mode", "output-events", "fences-delete", "cards-delete-all", "wifi-delete-all"]
    {
        let step = profile.step(id).map(|at| &profile.steps[at]).unwrap();
        assert!(step.destructive, "{id}");
    }
}
