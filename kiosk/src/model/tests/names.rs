//! What things are called, by language, and where the hall gave no English name.

use wire::texts::Language;

use crate::gallery;

#[test]
fn in_english_a_queue_a_zone_and_the_hall_have_their_english_names() {
    let mut model = gallery::sample();
    let queue = model.queue("L".parse().unwrap()).unwrap().clone();
    let zone = model.zone(queue.zone).unwrap().clone();
    assert_eq!(model.queue_name(&queue), "户籍证件");
    assert_eq!(model.zone_title(&zone), "D区 便民服务");
    model.language = Language::English;
    assert_eq!(model.hall_name(), "Yunxi Government Services");
    assert_eq!(model.queue_name(&queue), "Household & ID cards");
    assert_eq!(model.zone_title(&zone), "Area D, Daily life");
    assert_eq!(model.place_of(&queue), "Area D, floor 1");
    assert_eq!(model.department_told("公安局"), "Police");
}

#[test]
fn what_the_hall_gave_no_english_name_stays_chinese() {
    let mut model = gallery::sample();
    model.language = Language::English;
    let catalogue = model.catalogue.as_mut().unwrap();
    catalogue.hall_english_name = None;
    catalogue.queues[0].english_name = None;
    catalogue.zones[0].english_place = None;
    let queue = model.catalogue.as_ref().unwrap().queues[0].clone();
    assert_eq!(model.hall_name(), "云溪县政务服务中心");
    assert_eq!(model.queue_name(&queue), "企业开办");
    assert_eq!(model.place_of(&queue), "一楼A区");
    assert_eq!(model.place_told("别处"), "别处");
}

#[test]
fn what_a_ticket_tells_is_named_by_its_id_or_else_by_its_name() {
    let mut model = gallery::sample();
    model.language = Language::English;
    let queue = Some("L".parse().unwrap());
    assert_eq!(model.business_told((None, None), (queue, "户籍")), "Household & ID cards");
    assert_eq!(model.business_told((None, None), (None, "户籍证件")), "Household & ID cards");
    assert_eq!(model.business_told((None, Some("出生登记")), (None, "")), "Birth registration");
    // A queue without tickets is known too, and one that is gone is told as it was.
    assert_eq!(model.business_told((None, None), (None, "收费")), "Payment");
    assert_eq!(model.business_told((None, None), (None, "渔业")), "渔业");
}

#[test]
fn hours_are_said_in_the_language_of_the_page_if_the_server_tells_them_apart() {
    let mut model = gallery::sample();
    assert_eq!(model.hours("，"), "上午 8:15—11:45，下午 13:45—17:15");
    model.language = Language::English;
    assert_eq!(model.hours(", "), "morning 8:15–11:45, afternoon 13:45–17:15");
    if let Some((board, _)) = &mut model.board {
        board.opening.spans.clear();
    }
    assert_eq!(model.hours(", "), "上午 8:15—11:45，下午 13:45—17:15");
}
