use super::*;

fn text(words: Option<Bytes>) -> String {
    String::from_utf8(words.unwrap_or_default().to_vec()).unwrap()
}

#[test]
fn a_stream_hears_everything_at_first_and_then_only_what_is_new() {
    let mut heard = None;
    let first = text(Told::of(0, 7, 1).new_to(&mut heard));
    assert_eq!(
        first,
        "event: changed\nid: 7\ndata: {\"sequence\":7}\n\n\
         event: devices\nid: 1\ndata: {\"sequence\":1}\n\n"
    );
    assert_eq!(Told::of(0, 7, 1).new_to(&mut heard), None);
    let step = text(Told::of(1, 8, 1).new_to(&mut heard));
    assert_eq!(step, "event: changed\nid: 8\ndata: {\"sequence\":8}\n\n");
    let range = text(Told::of(2, 8, 1).new_to(&mut heard));
    assert_eq!(range, step, "a range that changed by itself is told like a step");
    let device = text(Told::of(2, 8, 2).new_to(&mut heard));
    assert_eq!(device, "event: devices\nid: 2\ndata: {\"sequence\":2}\n\n");
}

#[test]
fn what_is_told_is_written_once_and_shared() {
    let told = Told::of(3, 9, 4);
    let (one, other) = (told.clone().new_to(&mut None), told.clone().new_to(&mut None));
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_eq!(one.as_ptr(), other.as_ptr());
}
