//! 工作照 on the page of somebody: taken as a picture, seen before it is approved, and refused with a reason.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use super::{Hall, OURS, Page};
use crate::{access::Role, testing};

impl Hall {
    async fn photo(&self, cookie: &str, no: &str, act: &str, file: &[u8]) -> Page {
        self.picture("/setup/photo", cookie, &[("no", no), ("act", act)], file).await
    }

    /// A form with a picture, as a browser sends it.
    pub(super) async fn picture(
        &self,
        path: &str,
        cookie: &str,
        fields: &[(&str, &str)],
        file: &[u8],
    ) -> Page {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend_from_slice(
                format!(
                    "--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .as_bytes(),
            );
        }
        body.extend_from_slice(
            b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n",
        );
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let request = Request::post(path)
            .header(header::HOST, "hall.example")
            .header(header::ORIGIN, OURS)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photograph_goes_by_the_draft_and_what_is_no_picture_is_told() {
    let hall = Hall::open();
    let one = hall.cookie_of("9001", Role::Admin);
    let row = "/setup/row?list=staff&key=1003";
    let page = hall.get(row, &one).await.text;
    assert!(page.contains("action=\"/setup/photo\"") && !page.contains("删除照片"), "{page}");
    for (file, why) in [
        (b"GIF89a".to_vec(), "这不是完整的 JPEG 或 PNG"),
        (testing::jpeg(80, 100), "图片太小"),
        (Vec::new(), "请选择一个文件"),
    ] {
        let refused = hall.photo(&one, "1003", "save", &file).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(why) && refused.text.contains("value=\"1003\""), "{why}");
    }
    assert!(hall.app.drafts.look(|kept| kept.draft.is_none()));
    let saved = hall.photo(&one, "1003", "save", &testing::jpeg(1_200, 1_600)).await;
    assert_eq!(saved.to(), format!("{row}&said=saved"), "{}", saved.text);
    let page = hall.led(&saved, &one).await.text;
    let picture = page.split("src=\"/setup/photo?mark=").nth(1).unwrap().split('"').next().unwrap();
    let picture = format!("/setup/photo?mark={picture}");
    let shown = hall.get(&picture, &one).await;
    assert_eq!((shown.status, shown.header(header::CONTENT_TYPE)), (StatusCode::OK, "image/jpeg"));
    assert_eq!(hall.get("/setup/photo?mark=00", &one).await.status, StatusCode::NOT_FOUND);
    let compared = hall.get("/setup/compare", &one).await.text;
    assert!(compared.contains("工作照") && compared.contains("1003"), "{compared}");
    assert_eq!(hall.order(&one, "approve", "new+picture").await.to(), "/setup?said=in_force");
    let no = "1003".parse().unwrap();
    let mark = hall.app.profile.photos.get(&no).unwrap().mark.clone();
    let page = hall.get(row, &one).await.text;
    assert!(
        page.contains(&format!("/api/v1/photos/{mark}")) && page.contains("删除照片"),
        "{page}"
    );
    assert_eq!(hall.photo(&one, "1003", "remove", b"").await.to(), format!("{row}&said=removed"));
    hall.order(&one, "approve", "gone").await;
    assert!(hall.app.profile.photos.is_empty());
    // Nobody's, by who may not, and seen by who need not.
    let nobody = hall.photo(&one, "7777", "save", &testing::jpeg(300, 400)).await;
    assert_eq!(nobody.status, StatusCode::BAD_REQUEST);
    for (who, role) in [("9005", Role::Office), ("9006", Role::Auditor)] {
        let cookie = hall.cookie_of(who, role);
        let refused = hall.photo(&cookie, "1003", "save", &testing::jpeg(300, 400)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{role:?}");
    }
    let auditor = hall.cookie_of("9006", Role::Auditor);
    assert_eq!(hall.get(&picture, &auditor).await.status, StatusCode::FORBIDDEN);
}
